import Glibc

/// What tells two states of a file apart without reading it.
struct FileMark: Sendable, Equatable {
    private let device: UInt64
    private let inode: UInt64
    private let size: Int64
    /// Of the contents, and of whatever is known about the file: the latter nobody can set back. Nanoseconds.
    private let modified: Int64
    private let changed: Int64

    /// Follows symbolic links: it is the file at their end that is read.
    init(path: String) throws(FileContents.Failure) {
        var status = stat()
        guard stat(path, &status) == 0 else { throw .last }
        // A pipe has no end, and would keep its reader waiting.
        guard status.st_mode & S_IFMT == S_IFREG else { throw FileContents.Failure(reason: "not a regular file") }
        device = UInt64(status.st_dev)
        inode = UInt64(status.st_ino)
        size = Int64(status.st_size)
        modified = Self.nanoseconds(status.st_mtim)
        changed = Self.nanoseconds(status.st_ctim)
    }

    // The members of `timespec` belong to a module that cannot be imported by its name, so its bytes are taken: two integers.
    private static func nanoseconds(_ time: timespec) -> Int64 {
        withUnsafeBytes(of: time) { bytes in
            let seconds = bytes.load(as: Int.self)
            let nanoseconds = bytes.load(fromByteOffset: MemoryLayout<Int>.size, as: Int.self)
            return Int64(seconds) &* 1_000_000_000 &+ Int64(nanoseconds)
        }
    }
}
