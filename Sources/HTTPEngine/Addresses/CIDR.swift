/// A range of addresses, such as `10.0.0.0/8` or `fd00::/8`.
package struct CIDR: Hashable, Sendable, CustomStringConvertible {
    package let address: IPAddress
    package let prefixLength: Int

    /// Reads `ADDRESS/LENGTH`, or one address alone. Nil if bits beyond the prefix are set: `10.1.2.3/8` is more
    /// often a slip than a way to write `10.0.0.0/8`.
    package init?(_ text: String) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let address = parts.first.flatMap({ IPAddress(String($0)) }) else { return nil }
        guard parts.count == 2 else {
            self.init(address)
            return
        }
        let digits = parts[1].utf8
        guard !digits.isEmpty, digits.allSatisfy({ (0x30...0x39).contains($0) }), let length = Int(parts[1]),
            length <= address.width, Self.masked(address, to: length) == address
        else { return nil }
        self.init(address, prefixLength: length)
    }

    /// The range that holds one address.
    package init(_ address: IPAddress) {
        self.init(address, prefixLength: address.width)
    }

    private init(_ address: IPAddress, prefixLength: Int) {
        self.address = address
        self.prefixLength = prefixLength
    }

    package func contains(_ other: IPAddress) -> Bool {
        other.width == address.width && Self.masked(other, to: prefixLength) == address
    }

    package var isSingleAddress: Bool {
        prefixLength == address.width
    }

    package var description: String {
        "\(address)/\(prefixLength)"
    }

    private static func masked(_ address: IPAddress, to length: Int) -> IPAddress {
        // A shift by the full width or more gives zero in Swift, so every length from 0 to 128 is covered.
        switch address {
        case .v4(let bits):
            .v4(bits & UInt32.max << (32 - length))
        case .v6(let high, let low):
            .v6(high & UInt64.max << max(0, 64 - length), low & UInt64.max << (128 - length))
        }
    }
}
