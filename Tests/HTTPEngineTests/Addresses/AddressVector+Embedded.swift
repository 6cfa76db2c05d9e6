extension AddressVector {
    /// How an IPv6 address can hold an IPv4 address: what stands before it in the text.
    private static let carriers = [
        "::ffff:", "::", "::ffff:0:", "64:ff9b::", "2606:4700::5efe:", "2606:4700::200:5efe:", "2606:4700:1:2:0:5efe:",
    ]

    /// Every IPv4 vector in every form that holds one. Two of them are addresses of their own in the compatible form.
    static let embeddings = carriers.flatMap { carrier in
        fours.filter { carrier != "::" || $0.address != "0.0.0.0" }.map {
            AddressVector(carrier + $0.address, $0.block)
        }
    }

    /// The bounds of those forms: the last address before each and the first one after it.
    static let forms: [AddressVector] = [
        .init("::2", "this network"), .init("::255.255.255.255", "reserved"), .init("::1:0:0", "not global unicast"),
        .init("::fffe:ffff:ffff", "not global unicast"), .init("::ffff:7f00:1", "loopback"),
        .init("0:0:0:0:1::", "not global unicast"),
        .init("::fffe:ffff:ffff:ffff", "not global unicast"), .init("::ffff:0:7f00:1", "loopback"),
        .init("::ffff:1:0:0", "not global unicast"),
        .init("64:ff9a:ffff:ffff:ffff:ffff:ffff:ffff", "not global unicast"), .init("64:ff9b::7f00:1", "loopback"),
        .init("64:ff9b::1:0:0", "not global unicast"), .init("64:ff9b::1:808:808", "not global unicast"),
        .init("2606:4700::5efd:10.0.0.1", nil), .init("2606:4700::5eff:10.0.0.1", nil),
        .init("2606:4700::100:5efe:10.0.0.1", nil), .init("2606:4700::300:5efe:10.0.0.1", nil),
        .init("::5efe:8.8.8.8", "not global unicast"), .init("fe80::5efe:8.8.8.8", "link-local"),
        .init("fd00::5efe:8.8.8.8", "private"), .init("2001:db8::5efe:8.8.8.8", "documentation"),
        .init("64:ff9b:1::8.8.8.8", "local NAT64"),
    ]

    private static let metadataFours = [
        "169.254.169.254", "169.254.170.2", "169.254.170.23", "100.100.100.200", "168.63.129.16", "192.0.0.192",
    ]

    /// The services that hand out a machine's credentials, in every form; and what lies beside those in public ranges.
    static let metadata: [AddressVector] =
        (metadataFours + ["fd00:ec2::254", "fd00:ec2::23", "fd20:ce::254"]).map { .init($0, "cloud metadata") }
        + (carriers + ["64:ff9b:1::", "fe80::5efe:"]).flatMap { carrier in
            metadataFours.map { AddressVector(carrier + $0, "cloud metadata") }
        } + [
            .init("168.63.129.15", nil), .init("168.63.129.17", nil), .init("169.254.169.253", "link-local"),
            .init("100.100.100.199", "shared by a carrier's NAT"), .init("fd00:ec2::253", "private"),
            .init("fd20:ce::253", "private"),
        ]
}
