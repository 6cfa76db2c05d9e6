import CCurl

/// Where libcurl writes what went wrong, in words. Its texts name hosts and ports, never paths or headers.
struct ErrorBuffer: ~Copyable {
    let pointer: UnsafeMutablePointer<CChar>

    init() {
        pointer = .allocate(capacity: Int(CURL_ERROR_SIZE))
        pointer.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
    }

    deinit {
        pointer.deallocate()
    }

    func clear() {
        pointer.pointee = 0
    }

    func text(for code: CURLcode) -> String {
        String(cString: pointer.pointee == 0 ? curl_easy_strerror(code) : UnsafePointer(pointer))
    }
}
