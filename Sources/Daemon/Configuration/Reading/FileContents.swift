import Glibc

/// Reads whole files; small ones, for it blocks.
enum FileContents {
    /// Enough for a list of half a million chats.
    private static let limit = 64 << 20

    /// The system's word for why a file cannot be read, such as `No such file or directory`.
    struct Failure: Error {
        let reason: String

        /// Of the call that just failed.
        static var last: Failure {
            Failure(reason: String(cString: strerror(errno)))
        }
    }

    /// In bytes.
    static func size(of path: String) throws(Failure) -> Int {
        var status = stat()
        guard stat(path, &status) == 0 else { throw .last }
        return Int(status.st_size)
    }

    static func read(_ path: String) throws(Failure) -> [UInt8] {
        // C would take a shorter name for it.
        guard !path.utf8.contains(0) else { throw Failure(reason: "a NUL in its name") }
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .last }
        defer { close(descriptor) }
        var contents: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            if count == 0 { return contents }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw .last }
            contents += buffer[..<count]
            guard contents.count <= limit else { throw Failure(reason: "larger than \(limit >> 20) MiB") }
        }
    }
}
