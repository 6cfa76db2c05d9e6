// Values within the bounds that the table of keys gives.
extension ConfigurationObject {
    func duration(_ key: Key) -> Duration? {
        self[key].duration(in: key.entry.form.durations)
    }

    func integer(_ key: Key) -> Int? {
        self[key].integer(in: key.entry.form.integers)
    }

    func number(_ key: Key) -> Double? {
        let bounds = key.entry.form.numbers
        return self[key].number(above: bounds.above, upTo: bounds.upTo)
    }

    func byteCount(_ key: Key) -> ByteCount? {
        self[key].byteCount(in: key.entry.form.sizes)
    }

    func durations(_ key: Key) -> [Duration]? {
        self[key].elements?.compactMap { $0.duration(in: key.entry.form.durations) }
    }

    /// Of a list that is not empty.
    func integers(_ key: Key) -> [Int]? {
        self[key].someElements?.compactMap { $0.integer(in: key.entry.form.integers) }
    }
}
