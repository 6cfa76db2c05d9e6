/// Notes while a document is parsed at which byte every key and every value begins.
struct PlaceRecorder {
    private(set) var values: [JSONPath: Int] = [:]
    private(set) var keys: [JSONPath: Int] = [:]
    private var trail = [JSONPath()]

    private var path: JSONPath { trail.last ?? JSONPath() }

    mutating func noteValue(at offset: Int) {
        values[path] = offset
    }

    /// Returns where the same key of the same object stands already, if it does.
    mutating func enter(key: String, at offset: Int) -> Int? {
        let path = path.appending(key: key)
        trail.append(path)
        if let first = keys[path] { return first }
        keys[path] = offset
        return nil
    }

    mutating func enter(index: Int) {
        trail.append(path.appending(index: index))
    }

    mutating func leave() {
        trail.removeLast()
    }
}
