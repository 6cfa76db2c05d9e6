import Glibc

/// Writing a file that only its owner may read.
enum NewFile {
    /// Throws a line for people when the file is there already, unless `replacing`: then the old one is there until the new one
    /// is whole.
    static func write(_ text: String, to path: String, replacing: Bool) throws(ProblemLine) {
        if replacing {
            let draft = "\(path).\(getpid()).new"
            try create(draft, text)
            guard rename(draft, path) == 0 else {
                let failure = failure(path)
                unlink(draft)
                throw failure
            }
        } else {
            try create(path, text)
        }
    }

    static func exists(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0
    }

    private static func create(_ path: String, _ text: String) throws(ProblemLine) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure(path) }
        defer { close(descriptor) }
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else {
                let failure = failure(path)
                unlink(path)
                throw failure
            }
            rest = rest.dropFirst(count)
        }
    }

    private static func failure(_ path: String) -> ProblemLine {
        errno == EEXIST
            ? ProblemLine("\(path) is there already; --force writes another in its place")
            : ProblemLine("cannot write \(path): \(String(cString: strerror(errno)))")
    }
}
