/// The body of a request while libcurl reads it: its own memory, since an array's may move or go.
struct BodyBuffer: ~Copyable {
    /// What is kept from request to request; a larger body gives its memory back.
    private static let keptCapacity = 64 << 10

    private var storage: UnsafeMutableRawBufferPointer?

    deinit {
        storage?.deallocate()
    }

    /// Copies the bytes; the pointer is valid until the next call. Never nil: libcurl takes a null body as one to be
    /// read from a callback.
    mutating func fill(_ bytes: [UInt8]) -> UnsafeRawPointer? {
        let capacity = storage?.count ?? 0
        if capacity < max(bytes.count, 1) || capacity > max(bytes.count, Self.keptCapacity) {
            storage?.deallocate()
            storage = .allocate(byteCount: max(bytes.count, 1024), alignment: 16)
        }
        storage?.copyBytes(from: bytes)
        return UnsafeRawPointer(storage?.baseAddress)
    }
}
