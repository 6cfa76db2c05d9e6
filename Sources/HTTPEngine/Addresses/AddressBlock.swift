/// Why an address is refused: the name of its block, in the words that people read.
package enum AddressBlock: String, CaseIterable, Sendable {
    case as112 = "AS112 anycast"
    case benchmarking
    case cloudMetadata = "cloud metadata"
    case discard = "discard only"
    case documentation
    case linkLocal = "link-local"
    case localNAT64 = "local NAT64"
    case loopback
    case multicast
    case multicastRelay = "AMT relay"
    case notGlobalUnicast = "not global unicast"
    case ownListener = "this program's own listener"
    case plainHTTP = "unencrypted"
    case `private`
    case protocolAssignments = "protocol assignments"
    case reserved
    case segmentRouting = "segment routing"
    case shared = "shared by a carrier's NAT"
    case siteLocal = "site-local"
    case sixToFour = "6to4"
    case thisNetwork = "this network"
    case unspecified

    /// The block of an address that is not global unicast; nil for one that is. Sources: the IANA special-purpose
    /// address registries (RFC 6890 and successors).
    static func of(_ address: IPAddress) -> AddressBlock? {
        switch address {
        case .v4(let bits):
            return fours.first { bits & UInt32.max << (32 - $0.length) == $0.prefix }?.block
        case .v6(0, 0):
            return .unspecified
        case .v6(0, 1):
            return .loopback
        case .v6(let high, _):
            // No special block is longer than 64 bits, apart from those that embed an IPv4 address.
            let block = sixes.first { high & UInt64.max << (64 - $0.length) == $0.prefix }?.block
            return block ?? (high >> 61 == 1 ? nil : .notGlobalUnicast)
        }
    }

    /// Addresses that hand out a machine's credentials. Only their exact address in `allow` opens them.
    static func isMetadata(_ address: IPAddress) -> Bool {
        metadata.contains(address)
    }

    private static let metadata: Set<IPAddress> = [
        .v4(0xa9fe_a9fe),  // 169.254.169.254: AWS, Azure, Google, and most others
        .v4(0xa9fe_aa02),  // 169.254.170.2: AWS container credentials
        .v4(0xa9fe_aa17),  // 169.254.170.23: AWS EKS pod identity
        .v4(0x6464_64c8),  // 100.100.100.200: Alibaba Cloud
        .v4(0xa83f_8110),  // 168.63.129.16: the Azure host; a public address otherwise
        .v4(0xc000_00c0),  // 192.0.0.192: Oracle Cloud
        .v6(0xfd00_0ec2_0000_0000, 0x0254),  // fd00:ec2::254: AWS
        .v6(0xfd00_0ec2_0000_0000, 0x0023),  // fd00:ec2::23: AWS EKS pod identity
        .v6(0xfd20_00ce_0000_0000, 0x0254),  // fd20:ce::254: Google
    ]

    private static let fours: [(prefix: UInt32, length: Int, block: AddressBlock)] = [
        (0x0000_0000, 8, .thisNetwork),
        (0x0a00_0000, 8, .private),
        (0x6440_0000, 10, .shared),
        (0x7f00_0000, 8, .loopback),
        (0xa9fe_0000, 16, .linkLocal),
        (0xac10_0000, 12, .private),
        (0xc000_0000, 24, .protocolAssignments),
        (0xc000_0200, 24, .documentation),
        (0xc01f_c400, 24, .as112),
        (0xc034_c100, 24, .multicastRelay),
        (0xc058_6300, 24, .sixToFour),
        (0xc0a8_0000, 16, .private),
        (0xc0af_3000, 24, .as112),
        (0xc612_0000, 15, .benchmarking),
        (0xc633_6400, 24, .documentation),
        (0xcb00_7100, 24, .documentation),
        (0xe000_0000, 4, .multicast),
        (0xf000_0000, 4, .reserved),
    ]

    private static let sixes: [(prefix: UInt64, length: Int, block: AddressBlock)] = [
        (0x0064_ff9b_0001_0000, 48, .localNAT64),
        (0x0100_0000_0000_0000, 64, .discard),
        (0x2001_0000_0000_0000, 23, .protocolAssignments),
        (0x2001_0db8_0000_0000, 32, .documentation),
        (0x2002_0000_0000_0000, 16, .sixToFour),
        (0x3fff_0000_0000_0000, 20, .documentation),
        (0x5f00_0000_0000_0000, 16, .segmentRouting),
        (0xfc00_0000_0000_0000, 7, .private),
        (0xfe80_0000_0000_0000, 10, .linkLocal),
        (0xfec0_0000_0000_0000, 10, .siteLocal),
        (0xff00_0000_0000_0000, 8, .multicast),
    ]
}
