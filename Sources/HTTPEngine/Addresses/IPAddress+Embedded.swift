extension IPAddress {
    /// The IPv4 address that a connection to this IPv6 address would, or might, end at.
    ///
    /// Besides the forms that `unwrapped` knows: ISATAP `…:[02]00:5efe:a.b.c.d` (RFC 5214 §6.1), and a network's own NAT64
    /// `64:ff9b:1::/48` (RFC 8215) where its prefix is of 96 bits, as most are.
    var embedded: IPAddress? {
        if let unwrapped { return unwrapped }
        guard case .v6(let high, let low) = self else { return nil }
        let isTunnelled = low >> 32 & ~0x0200_0000 == 0x5efe || high >> 16 == 0x0064_ff9b_0001
        return isTunnelled ? Self.lastFour(of: low) : nil
    }

    /// The IPv4 address that this IPv6 address is nothing but another way to write, so that the judgement of that one
    /// is enough.
    ///
    /// Mapped `::ffff:0:0/96` and compatible `::/96` (RFC 4291 §2.5.5), translated `::ffff:0:0:0/96` (RFC 2765 §2.1),
    /// NAT64 `64:ff9b::/96` (RFC 6052 §2.1).
    var unwrapped: IPAddress? {
        guard case .v6(let high, let low) = self else { return nil }
        switch (high, low >> 32) {
        // `::` and `::1` are addresses of their own.
        case (0, 0): return low > 1 ? Self.lastFour(of: low) : nil
        case (0, 0xffff), (0, 0xffff_0000), (0x0064_ff9b_0000_0000, 0): return Self.lastFour(of: low)
        default: return nil
        }
    }

    private static func lastFour(of low: UInt64) -> IPAddress {
        .v4(UInt32(truncatingIfNeeded: low))
    }
}
