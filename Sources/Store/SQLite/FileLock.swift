import Glibc

/// Keeps a second process from a file, by a lock on another one beside it. The kernel lifts it when the process ends, however
/// it ends. The file stays: whoever removed it could hand the lock to two.
///
/// Not on the database file itself: SQLite's own locks there are the process's, and closing any descriptor of the file
/// would drop them.
final class FileLock: Sendable {
    private let descriptor: Int32

    enum Failure: Error {
        /// `holder` is the process that has it, as far as it said so.
        case held(holder: String?)
        case system(code: Int32)
    }

    init(path: String) throws(Failure) {
        descriptor = try Self.lock(path)
        let owner = Array("\(getpid())\n".utf8)
        // Only for the other's message: a failure here changes nothing.
        _ = ftruncate(descriptor, 0)
        _ = pwrite(descriptor, owner, owner.count, 0)
    }

    // Apart from `init`: an initializer that throws once everything is set runs `deinit`, and a descriptor that is closed
    // twice is by then somebody else's.
    private static func lock(_ path: String) throws(Failure) -> Int32 {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .system(code: errno) }
        if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return descriptor }
        let code = errno
        let holder = holder(descriptor)
        close(descriptor)
        throw code == EWOULDBLOCK ? .held(holder: holder) : .system(code: code)
    }

    deinit {
        close(descriptor)
    }

    private static func holder(_ descriptor: Int32) -> String? {
        var buffer = [UInt8](repeating: 0, count: 16)
        let count = pread(descriptor, &buffer, buffer.count, 0)
        let digits = buffer.prefix(max(count, 0)).prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        return digits.isEmpty ? nil : String(decoding: digits, as: UTF8.self)
    }
}
