import CCurl
import EventLoop

/// One `CURLM*`, driven by an event loop: libcurl says which descriptors and which timer it waits for, the loop
/// watches them.
///
/// Used by one thread at a time. libcurl's callbacks get an unretained pointer to this object and only tell the loop.
final class MultiHandle {
    /// Of the connections, which are closed with this object.
    let sockets = OpenSockets()
    private var pointer: UnsafeMutableRawPointer?
    private let source: EventLoop.Source
    private var watched: [Int32: Watch] = [:]

    /// What the loop watches a descriptor for.
    private struct Watch {
        var readiness: Readiness
        /// Whether libcurl wants to hear of it. Between two requests it does not: it would have a connection taken out of epoll
        /// and put back for each of them.
        var isWanted: Bool
    }

    init(source: EventLoop.Source) throws(HTTPError) {
        guard CurlLibrary.isInitialized, let pointer = curl_multi_init() else {
            throw .configuration("libcurl cannot be initialized")
        }
        self.pointer = pointer
        self.source = source
        // A closed descriptor has left epoll by itself, and its number may come back for another.
        sockets.onClose = { [unowned self] descriptor in watched[descriptor] = nil }
        // There is deliberately no limit of connections in use, neither in all nor for each host: receivers that hang
        // would fill it and stop the others.
        curl_multi_set_long(pointer, CURLMOPT_PIPELINING, Int(CURLPIPE_NOTHING))

        let context = Unmanaged.passUnretained(self).toOpaque()
        curl_multi_set_pointer(pointer, CURLMOPT_SOCKETDATA, context)
        curl_multi_set_socket(pointer) { _, descriptor, what, context, _ in
            MultiHandle.from(context)?.watch(descriptor, what)
            return 0
        }
        curl_multi_set_pointer(pointer, CURLMOPT_TIMERDATA, context)
        curl_multi_set_timer(pointer) { _, milliseconds, context in
            MultiHandle.from(context)?.source.setDeadline(after: milliseconds < 0 ? nil : .milliseconds(milliseconds))
            return 0
        }
    }

    deinit {
        close()
    }

    /// How many connections, in use and idle, there may be before one that returns makes the oldest idle one close.
    /// libcurl counts both: set below the number in use, it would end all reuse.
    func setMaximumCachedConnections(_ count: Int) {
        curl_multi_set_long(pointer, CURLMOPT_MAXCONNECTS, count)
    }

    func add(_ transfer: Transfer) throws(HTTPError) {
        let code = curl_multi_add_handle(pointer, transfer.easy.pointer)
        guard code == CURLM_OK else {
            throw .configuration("libcurl does not take the request: \(String(cString: curl_multi_strerror(code)))")
        }
    }

    /// Ends a transfer, finished or not; an unfinished one loses its connection.
    func remove(_ transfer: Transfer) {
        curl_multi_remove_handle(pointer, transfer.easy.pointer)
    }

    func process(_ descriptor: Int32, _ readiness: Readiness) {
        guard watched[descriptor]?.isWanted == true else {
            // An idle connection was closed by the other side, or has something to say: libcurl sees that when it wants it again.
            return unwatch(descriptor)
        }
        var mask: Int32 = 0
        if readiness.contains(.read) { mask |= CURL_CSELECT_IN }
        if readiness.contains(.write) { mask |= CURL_CSELECT_OUT }
        if readiness.contains(.error) { mask |= CURL_CSELECT_ERR }
        act(descriptor, mask)
    }

    func processTimeouts() {
        act(CURL_SOCKET_TIMEOUT, 0)
    }

    /// The next transfer that has ended and was not asked for yet.
    func nextCompletion() -> (transfer: Transfer, code: CURLcode)? {
        guard let pointer else { return nil }
        var remaining: Int32 = 0
        while let message = curl_multi_info_read(pointer, &remaining) {
            guard message.pointee.msg == CURLMSG_DONE else { continue }
            var context: UnsafeMutableRawPointer?
            curl_easy_get_pointer(message.pointee.easy_handle, CURLINFO_PRIVATE, &context)
            guard let context else { continue }
            return (Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue(), message.pointee.data.result)
        }
        return nil
    }

    /// Closes all connections. No transfer may be left.
    func close() {
        guard let pointer else { return }
        self.pointer = nil
        // Closing connections would call back; their descriptors leave epoll by being closed.
        curl_multi_set_socket(pointer, nil)
        curl_multi_set_timer(pointer, nil)
        sockets.onClose = { _ in }
        watched = [:]
        curl_multi_cleanup(pointer)
    }

    private func act(_ descriptor: curl_socket_t, _ mask: Int32) {
        guard let pointer else { return }
        var running: Int32 = 0
        curl_multi_socket_action(pointer, descriptor, mask, &running)
    }

    private func watch(_ descriptor: curl_socket_t, _ what: Int32) {
        guard what != CURL_POLL_REMOVE else {
            if sockets.isConnected(descriptor) { watched[descriptor]?.isWanted = false } else { unwatch(descriptor) }
            return
        }
        var readiness: Readiness = []
        if what & CURL_POLL_IN != 0 { readiness.insert(.read) }
        if what & CURL_POLL_OUT != 0 { readiness.insert(.write) }
        let former = watched.updateValue(Watch(readiness: readiness, isWanted: true), forKey: descriptor)
        if former?.readiness != readiness { source.watch(descriptor, for: readiness, isNew: former == nil) }
    }

    private func unwatch(_ descriptor: Int32) {
        if watched.removeValue(forKey: descriptor) != nil { source.unwatch(descriptor) }
    }

    private static func from(_ context: UnsafeMutableRawPointer?) -> MultiHandle? {
        context.map { Unmanaged<MultiHandle>.fromOpaque($0).takeUnretainedValue() }
    }
}
