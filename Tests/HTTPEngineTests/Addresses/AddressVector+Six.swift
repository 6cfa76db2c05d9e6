extension AddressVector {
    /// Of each special block of IPv6 the address before it, its first and last one, and the one after it.
    static let sixes: [AddressVector] = [
        .init("::", "unspecified"), .init("::1", "loopback"),
        .init("64:ff9b:0:ffff:ffff:ffff:ffff:ffff", "not global unicast"), .init("64:ff9b:1::", "local NAT64"),
        .init("64:ff9b:1:ffff:ffff:ffff:ffff:ffff", "local NAT64"), .init("64:ff9b:2::", "not global unicast"),
        .init("ff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "not global unicast"), .init("100::", "discard only"),
        .init("100::ffff:ffff:ffff:ffff", "discard only"), .init("100:0:0:1::", "not global unicast"),
        .init("1fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "not global unicast"), .init("2000::", nil),
        .init("2000:ffff:ffff:ffff:ffff:ffff:ffff:ffff", nil), .init("2001::", "protocol assignments"),
        .init("2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff", "protocol assignments"), .init("2001:200::", nil),
        .init("2001:db7:ffff:ffff:ffff:ffff:ffff:ffff", nil), .init("2001:db8::", "documentation"),
        .init("2001:db8:ffff:ffff:ffff:ffff:ffff:ffff", "documentation"), .init("2001:db9::", nil),
        .init("2001:ffff:ffff:ffff:ffff:ffff:ffff:ffff", nil), .init("2002::", "6to4"),
        .init("2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "6to4"), .init("2003::", nil),
        .init("3ffe:ffff:ffff:ffff:ffff:ffff:ffff:ffff", nil), .init("3fff::", "documentation"),
        .init("3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff", "documentation"), .init("3fff:1000::", nil),
        .init("3fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", nil), .init("4000::", "not global unicast"),
        .init("5eff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "not global unicast"), .init("5f00::", "segment routing"),
        .init("5f00:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "segment routing"), .init("5f01::", "not global unicast"),
        .init("fbff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "not global unicast"), .init("fc00::", "private"),
        .init("fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "private"), .init("fe00::", "not global unicast"),
        .init("fe7f:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "not global unicast"), .init("fe80::", "link-local"),
        .init("febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "link-local"), .init("fec0::", "site-local"),
        .init("feff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "site-local"), .init("ff00::", "multicast"),
        .init("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "multicast"),
        // And what is used most.
        .init("2606:4700::6810:85e5", nil), .init("2400:3200::1", nil), .init("fd12:3456::1", "private"),
        .init("fe80::1", "link-local"), .init("ff02::1", "multicast"),
        .init("2002:7f00:1::", "6to4"), .init("2002:808:808::", "6to4"),
        .init("2001:0:808:808::", "protocol assignments"),
    ]
}
