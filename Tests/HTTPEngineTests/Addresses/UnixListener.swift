import EventLoop
import Glibc

/// A Unix socket that listens and never answers.
final class UnixListener {
    let path: String
    private let directory: String
    private let descriptor: Int32

    init() throws(SystemError) {
        var template = Array("/tmp/belfry-unix-XXXXXX".utf8CString)
        guard let made = mkdtemp(&template) else { throw SystemError("mkdtemp") }
        directory = String(cString: made)
        path = directory + "/socket"
        descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue), 0)
        guard descriptor >= 0 else { throw SystemError("socket") }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let isListening = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0 && listen(descriptor, 8) == 0
            }
        }
        guard isListening else { throw SystemError("bind") }
    }

    /// Whether somebody has connected since this was last asked.
    var wasReached: Bool {
        let connection = accept(descriptor, nil, nil)
        guard connection >= 0 else { return false }
        close(connection)
        return true
    }

    func stop() {
        close(descriptor)
        remove(path)
        remove(directory)
    }
}
