// Where a form has no such bounds, nothing is within them: a reader and a table that disagree show at once.
extension KeyForm {
    /// Of a duration, or of each in a list.
    var durations: ClosedRange<Duration> {
        switch self {
        case .duration(let bounds): bounds
        case .list(let form, _), .orNull(let form): form.durations
        default: .zero ... .zero
        }
    }

    /// Of a whole number, or of each in a list.
    var integers: ClosedRange<Int> {
        switch self {
        case .integer(let bounds): bounds
        case .list(let form, _), .orNull(let form): form.integers
        default: 0...0
        }
    }

    var numbers: (above: Double, upTo: Double) {
        if case .number(let above, let upTo) = self { (above, upTo) } else { (0, 0) }
    }

    var sizes: ClosedRange<ByteCount> {
        if case .size(let bounds) = self { bounds } else { ByteCount(bytes: 0)...ByteCount(bytes: 0) }
    }
}
