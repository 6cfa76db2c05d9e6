/// Strict RFC 8259 over UTF-8: what other programs send.
package struct JSONParser {
    /// Of members with the same key the last one holds. At most 128 levels of arrays and objects.
    ///
    /// Half a surrogate pair reads as U+FFFD; a byte order mark is an error.
    package static func parse(_ bytes: [UInt8]) throws(JSONError) -> JSONValue {
        try bytes.withUnsafeBufferPointer { (buffer) throws(JSONError) in
            var scanner = JSONScanner(buffer)
            return try scanner.document()
        }
    }

    package static func parse(_ text: String) throws(JSONError) -> JSONValue {
        try parse(Array(text.utf8))
    }
}
