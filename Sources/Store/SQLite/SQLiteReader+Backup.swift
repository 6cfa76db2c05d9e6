import Glibc

extension SQLiteReader {
    /// Copies the database as it is now into a new file. It appears under its name when it is whole.
    func copy(to destination: String) throws(StoreError) {
        let partial = destination + ".partial"
        guard access(destination, F_OK) != 0 else {
            throw .unusable("the backup \(destination) exists already: name a new file")
        }
        let descriptor = open(partial, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Self.failure(destination, code: errno) }
        defer { Glibc.close(descriptor) }
        do throws(StoreError) {
            try vacuum(into: partial)
            guard fsync(descriptor) == 0, rename(partial, destination) == 0 else {
                throw Self.failure(destination, code: errno)
            }
        } catch {
            unlink(partial)
            throw error
        }
        StoreFile.synchronize(directoryOf: destination)
    }

    private static func failure(_ destination: String, code: Int32) -> StoreError {
        .unusable("the backup \(destination) cannot be written: \(String(cString: strerror(code)))")
    }
}
