/// An amount of storage, written `512B`, `64KiB`, `10GiB`, or in decimal units, `10GB`.
package struct ByteCount: Sendable, Hashable, Comparable, CustomStringConvertible {
    private static let units: [(name: String, bytes: Int64)] = [
        ("TiB", 1 << 40), ("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10),
        ("TB", 1_000_000_000_000), ("GB", 1_000_000_000), ("MB", 1_000_000), ("kB", 1000), ("KB", 1000), ("B", 1),
    ]

    package var bytes: Int64

    package init(bytes: Int64) {
        self.bytes = bytes
    }

    /// A whole number and its unit, a space between them or none.
    init?(text: String) {
        guard let unit = Self.units.first(where: { text.hasSuffix($0.name) }) else { return nil }
        var digits = text.dropLast(unit.name.count)
        if digits.last == " " { digits.removeLast() }
        guard let count = Int64(digits), count >= 0, digits.first?.isNumber == true else { return nil }
        let (bytes, overflow) = count.multipliedReportingOverflow(by: unit.bytes)
        guard !overflow else { return nil }
        self.init(bytes: bytes)
    }

    package static func < (left: ByteCount, right: ByteCount) -> Bool {
        left.bytes < right.bytes
    }

    /// In the largest unit that leaves no rest.
    package var description: String {
        for unit in Self.units.prefix(4) where bytes != 0 && bytes % unit.bytes == 0 {
            return "\(bytes / unit.bytes)\(unit.name)"
        }
        return "\(bytes)B"
    }
}
