/// A JSON text written by people, such as a configuration file: its value, and where every part of it stands.
///
/// As strict as `JSONParser`, and refuses a key that is given twice. A byte order mark at the start is skipped.
package struct JSONDocument: Sendable {
    package let root: JSONValue

    private let text: ArraySlice<UInt8>
    private let places: PlaceRecorder

    package init(parsing bytes: [UInt8]) throws(JSONError) {
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        text = bytes.starts(with: mark) ? bytes[mark.count...] : bytes[...]
        (root, places) = try text.withUnsafeBufferPointer { (buffer) throws(JSONError) in
            var scanner = JSONScanner(buffer, places: PlaceRecorder())
            let root = try scanner.document()
            return (root, scanner.places ?? PlaceRecorder())
        }
    }

    /// Where the value begins; nil for a path that leads nowhere.
    package func position(of path: JSONPath) -> JSONPosition? {
        places.values[path].map { JSONPosition(offset: $0, in: text) }
    }

    /// Where the value's key begins, at its quote; nil for elements of arrays and for a path that leads nowhere.
    package func keyPosition(of path: JSONPath) -> JSONPosition? {
        places.keys[path].map { JSONPosition(offset: $0, in: text) }
    }
}
