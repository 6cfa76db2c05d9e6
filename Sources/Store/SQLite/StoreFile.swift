import Glibc

/// The database file as the file system sees it: made when it is missing, owned by one process.
struct StoreFile {
    /// As the operator wrote it, for messages.
    let name: String
    /// Without links, so that two names of one file share a lock.
    let path: String
    private let lock: FileLock

    /// Makes missing directories (0700) and the file (0600), and takes the lock.
    init(_ name: String) throws(StoreError) {
        self.name = name
        try Self.makeDirectories(of: name)
        try Self.makeFile(name)
        guard let resolved = realpath(name, nil) else { throw Self.failure(name, code: errno) }
        defer { free(resolved) }
        path = String(cString: resolved)
        do {
            lock = try FileLock(path: path + ".lock")
        } catch {
            throw Self.failure(name, error)
        }
        try checkHeader()
    }

    /// The write-ahead log.
    var logPath: String { path + "-wal" }

    /// Bytes of the write-ahead log.
    var logSize: Int { Self.size(logPath) }

    // MARK: - Making

    private static func makeDirectories(of name: String) throws(StoreError) {
        let parts = name.split(separator: "/", omittingEmptySubsequences: false).dropLast()
        var directory = ""
        for (index, part) in parts.enumerated() {
            directory += index == 0 ? String(part) : "/" + part
            guard !directory.isEmpty, mkdir(directory, 0o700) == 0 else {
                continue  // It is there, or opening the file says what is wrong.
            }
            // A directory that a power cut takes away takes the file along.
            synchronize(directoryOf: directory)
        }
    }

    /// Opens no file that is there: it may be another store's of this process, and closing any descriptor of a file drops the
    /// process's locks on it.
    private static func makeFile(_ name: String) throws(StoreError) {
        let descriptor = open(name, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        if descriptor >= 0 {
            close(descriptor)
            synchronize(directoryOf: name)
            return
        }
        guard errno == EEXIST else { throw failure(name, code: errno) }
        var status = stat()
        guard stat(name, &status) == 0 else { throw failure(name, code: errno) }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw .unusable("the store \(name) cannot be opened: not a regular file: name a file in storage.path")
        }
    }

    /// Makes a directory's entry last. Not every file system can; where it can not, there is nothing more to do.
    static func synchronize(directoryOf name: String) {
        let parts = name.split(separator: "/", omittingEmptySubsequences: false).dropLast()
        let parent = parts.joined(separator: "/")
        let directory = parent.isEmpty ? (name.hasPrefix("/") ? "/" : ".") : parent
        let descriptor = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        _ = fsync(descriptor)
        close(descriptor)
    }

    // MARK: - Checking

    /// SQLite takes an empty file for a new database and any file for one until it reads it. Both deserve clearer words.
    private func checkHeader() throws(StoreError) {
        let magic = Array("SQLite format 3\0".utf8)
        // For writing, too: SQLite would fall back to reading only, and the first write would say so much later.
        let descriptor = open(path, O_RDWR | O_CLOEXEC)
        guard descriptor >= 0 else { throw Self.failure(name, code: errno) }
        defer { close(descriptor) }
        var header = [UInt8](repeating: 0, count: magic.count)
        let count = pread(descriptor, &header, header.count, 0)
        guard count >= 0 else { throw Self.failure(name, code: errno) }
        if count == 0 {
            guard logSize == 0 else {
                throw .unusable(
                    "the store \(name) is damaged: the file is empty but its log is not: put a backup in its place, or "
                        + "move both away to begin with an empty store")
            }
        } else if header != magic {
            throw .unusable(
                "\(name) is not a store: it is not a SQLite database: name another file in storage.path, or put a "
                    + "backup in its place")
        }
    }

    private static func size(_ path: String) -> Int {
        var status = stat()
        return stat(path, &status) == 0 ? Int(status.st_size) : 0
    }

    // MARK: - Words

    private static func failure(_ name: String, _ failure: FileLock.Failure) -> StoreError {
        switch failure {
        case .held(let holder):
            let process = holder.map { " (process \($0))" } ?? ""
            return .unusable(
                "the store \(name) is used by another belfry process\(process): end that one, or give this one a "
                    + "storage.path of its own")
        case .system(let code):
            return self.failure(name, code: code)
        }
    }

    static func failure(_ name: String, code: Int32) -> StoreError {
        let advice =
            switch code {
            case EACCES, EPERM: "give the user that runs belfry write access to the file and its directory"
            case EROFS: "name a file on a disk that can be written in storage.path"
            case ENOSPC, EDQUOT: "free some space and start again"
            case EISDIR, ENOTDIR, ENOENT, ELOOP, ENAMETOOLONG: "name a file in storage.path"
            default: "look at the disk and the system's log, then start again"
            }
        return .unusable("the store \(name) cannot be opened: \(String(cString: strerror(code))): \(advice)")
    }
}
