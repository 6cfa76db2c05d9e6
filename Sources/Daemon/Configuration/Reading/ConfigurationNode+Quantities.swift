import Deliveries
import JSON
import Time

extension ConfigurationNode {
    func bool() -> Bool? {
        guard let value else { return nil }
        if value.boolValue == nil { reportMismatch("true or false") }
        return value.boolValue
    }

    func integer(in range: ClosedRange<Int>) -> Int? {
        guard let value else { return nil }
        guard let number = value.integerValue.flatMap(Int.init(exactly:)), range.contains(number) else {
            reportMismatch("a whole number from \(range.lowerBound) to \(range.upperBound)")
            return nil
        }
        return number
    }

    /// `least` itself is too little.
    func number(above least: Double, upTo most: Double) -> Double? {
        guard let value else { return nil }
        guard let number = value.doubleValue, number > least, number <= most else {
            let bounds = [least, most].map { JSONValue($0).text }
            reportMismatch("a number above \(bounds[0]) and up to \(bounds[1])")
            return nil
        }
        return number
    }

    func duration(in range: ClosedRange<Duration>) -> Duration? {
        guard let duration = text("a duration such as \"30s\"", Duration.init(text:)) else { return nil }
        guard range.contains(duration) else {
            reportMismatch("a duration from \(range.lowerBound.text) to \(range.upperBound.text)")
            return nil
        }
        return duration
    }

    func rate() -> Rate? {
        text("a rate such as \"20/s\", \"20/m\" or \"1000/h\"", Rate.init(text:))
    }

    func byteCount(in range: ClosedRange<ByteCount>) -> ByteCount? {
        guard let count = text("a size such as \"64KiB\" or \"10GiB\"", ByteCount.init(text:)) else { return nil }
        guard range.contains(count) else {
            reportMismatch("a size from \(range.lowerBound) to \(range.upperBound)")
            return nil
        }
        return count
    }

    func choice<Choice: RawRepresentable<String> & CaseIterable>(_: Choice.Type = Choice.self) -> Choice? {
        let names = Choice.allCases.map(\.rawValue)
        let expectation = "one of " + names.joined(separator: ", ")
        guard let name = text(expectation, { $0.isEmpty ? nil : $0 }) else { return nil }
        guard let choice = Choice(rawValue: name) else {
            let hint = Suggestion.hint(for: name, among: names)
            report("expected \(expectation), found \(JSONValue.string(name).text)\(hint)")
            return nil
        }
        return choice
    }
}

extension JSONValue {
    /// A whole number without a fraction.
    init(_ number: Double) {
        self = Int64(exactly: number).map { .integer($0) } ?? .double(number)
    }
}
