import Glibc
import Synchronization

/// A directory that goes with the value, and what a test put into it.
final class TemporaryDirectory: Sendable {
    struct Failure: Error {
        let code: Int32
    }

    let path: String
    private let names = Mutex<Set<String>>([])

    init() throws(Failure) {
        var template = Array("/tmp/belfry-configuration-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw Failure(code: errno) }
        path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    deinit {
        for name in names.withLock({ $0 }) { unlink(path + "/" + name) }
        rmdir(path)
    }

    /// Returns the file's whole path.
    @discardableResult
    func write(_ name: String, _ text: String) throws(Failure) -> String {
        try write(name, Array(text.utf8))
    }

    @discardableResult
    func write(_ name: String, _ bytes: [UInt8]) throws(Failure) -> String {
        names.withLock { _ = $0.insert(name) }
        let file = path + "/" + name
        let descriptor = open(file, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        guard descriptor >= 0 else { throw Failure(code: errno) }
        defer { close(descriptor) }
        guard Glibc.write(descriptor, bytes, bytes.count) == bytes.count else { throw Failure(code: errno) }
        return file
    }
}
