/// Appends JSON to a buffer, piece by piece.
///
/// Commas, colons and line breaks come by themselves. Balanced calls and keys before members are the caller's duty.
package struct JSONWriter {
    package enum Style: Sendable {
        /// No space at all.
        case compact
        /// For people: a line a member, two spaces a level.
        case pretty
    }

    package private(set) var bytes: [UInt8] = []

    private let style: Style
    private var depth = 0
    private var place = Place.start

    /// Where the next piece stands, which decides what comes before it.
    private enum Place { case start, afterKey, afterOpening, afterValue }

    package init(style: Style = .compact, capacity: Int = 0) {
        self.style = style
        bytes.reserveCapacity(capacity)
    }

    package mutating func beginObject() { open("{") }

    package mutating func endObject() { close("}") }

    package mutating func beginArray() { open("[") }

    package mutating func endArray() { close("]") }

    package mutating func key(_ key: String) {
        separate()
        StringBytes.appendQuoted(key, to: &bytes)
        put(":")
        if style == .pretty { put(" ") }
        place = .afterKey
    }

    package mutating func string(_ value: String) {
        separate()
        StringBytes.appendQuoted(value, to: &bytes)
        place = .afterValue
    }

    package mutating func integer(_ value: some BinaryInteger) {
        scalar(String(value))
    }

    /// The shortest text that reads back as the same number; what JSON cannot say (NaN, infinity) is `null`.
    package mutating func double(_ value: Double) {
        scalar(value.isFinite ? value.description : "null")
    }

    package mutating func bool(_ value: Bool) {
        scalar(value ? "true" : "false")
    }

    package mutating func null() {
        scalar("null")
    }

    /// One value that is JSON already, taken as it is.
    package mutating func rawBytes(_ json: some Collection<UInt8>) {
        separate()
        bytes.append(contentsOf: json)
        place = .afterValue
    }

    private mutating func scalar(_ text: String) {
        separate()
        bytes.append(contentsOf: text.utf8)
        place = .afterValue
    }

    private mutating func open(_ bracket: Unicode.Scalar) {
        separate()
        put(bracket)
        depth += 1
        place = .afterOpening
    }

    private mutating func close(_ bracket: Unicode.Scalar) {
        depth -= 1
        if place != .afterOpening { breakLine() }
        put(bracket)
        place = .afterValue
    }

    private mutating func separate() {
        switch place {
        case .start, .afterKey: break
        case .afterOpening: breakLine()
        case .afterValue:
            put(",")
            breakLine()
        }
    }

    private mutating func breakLine() {
        guard style == .pretty else { return }
        put("\n")
        bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 2 * depth))
    }

    private mutating func put(_ character: Unicode.Scalar) {
        bytes.append(UInt8(ascii: character))
    }
}
