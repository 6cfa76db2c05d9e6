extension IPAddress {
    /// The IPv4 address that a connection to this IPv6 address would, or might, end at.
    ///
    /// Mapped `::ffff:0:0/96`, compatible `::/96` and translated `::ffff:0:0:0/96` (RFC 4291 §2.5.5, RFC 2765 §2.1),
    /// NAT64
    /// `64:ff9b::/96` (RFC 6052 §2.1), ISATAP `…:[02]00:5efe:a.b.c.d` (RFC 5214 §6.1).
    var embedded: IPAddress? {
        guard case .v6(let high, let low) = self else { return nil }
        let four = IPAddress.v4(UInt32(truncatingIfNeeded: low))
        let middle = low >> 32
        if high == 0 {
            // `::` and `::1` are addresses of their own.
            if middle == 0 { return low > 1 ? four : nil }
            return middle == 0xffff || middle == 0xffff_0000 ? four : nil
        }
        if high == 0x0064_ff9b_0000_0000, middle == 0 { return four }
        return middle & ~0x0200_0000 == 0x5efe ? four : nil
    }

    /// Whether the whole address only stands for the IPv4 address in it, so that the judgement of that one is enough.
    var isWrapped: Bool {
        guard case .v6(let high, _) = self, embedded != nil else { return false }
        return high == 0 || high == 0x0064_ff9b_0000_0000
    }
}
