import CCurl

/// The `curl_slist` of a request, in one block of memory that serves request after request.
///
/// libcurl only walks the list, so its nodes need not come from `curl_slist_append`, which would make two allocations
/// for each header of each request.
struct HeaderList: ~Copyable {
    private var block: UnsafeMutableRawPointer?
    private var capacity = 0

    deinit {
        block?.deallocate()
    }

    /// Builds the list; the pointer is valid until the next call. The fields must have been checked.
    ///
    /// `Expect:` without a value keeps libcurl from waiting a second for `100 Continue` on large bodies. A body without
    /// `Content-Type` would be called a form by libcurl; the empty header prevents that.
    mutating func build(_ fields: [HTTPField], hasBody: Bool) -> UnsafeMutablePointer<curl_slist>? {
        var suppressed: [StaticString] = ["Expect:"]
        if hasBody, !fields.contains(where: { $0.isNamed("content-type") }) {
            suppressed.append("Content-Type:")
        }
        let nodes = fields.count + suppressed.count
        let text =
            fields.reduce(0) { $0 + $1.name.utf8.count + $1.value.utf8.count + 3 }
            + suppressed.reduce(0) { $0 + $1.utf8CodeUnitCount + 1 }
        let base = reserve(nodes * MemoryLayout<curl_slist>.stride + text)

        let list = base.bindMemory(to: curl_slist.self, capacity: nodes)
        var end = base + nodes * MemoryLayout<curl_slist>.stride
        var node = list
        func add(_ write: (inout UnsafeMutableRawPointer) -> Void) {
            let start = end
            write(&end)
            end.storeBytes(of: 0, as: UInt8.self)
            end += 1
            node.initialize(to: curl_slist(data: start.assumingMemoryBound(to: CChar.self), next: node + 1))
            node += 1
        }
        for line in suppressed {
            add { Self.append(UnsafeRawBufferPointer(start: line.utf8Start, count: line.utf8CodeUnitCount), to: &$0) }
        }
        for field in fields {
            add { end in
                Self.append(field.name, to: &end)
                // libcurl's spelling of a header that is sent without a value ends with a semicolon.
                Self.append(field.value.isEmpty ? ";" : ": ", to: &end)
                Self.append(field.value, to: &end)
            }
        }
        (node - 1).pointee.next = nil
        return list
    }

    private mutating func reserve(_ size: Int) -> UnsafeMutableRawPointer {
        if let block, capacity >= size { return block }
        block?.deallocate()
        capacity = max(size, 1024)
        let new = UnsafeMutableRawPointer.allocate(
            byteCount: capacity, alignment: MemoryLayout<curl_slist>.alignment)
        block = new
        return new
    }

    private static func append(_ text: String, to end: inout UnsafeMutableRawPointer) {
        var text = text
        text.withUTF8 { append(UnsafeRawBufferPointer($0), to: &end) }
    }

    private static func append(_ bytes: UnsafeRawBufferPointer, to end: inout UnsafeMutableRawPointer) {
        guard let start = bytes.baseAddress else { return }
        end.copyMemory(from: start, byteCount: bytes.count)
        end += bytes.count
    }
}
