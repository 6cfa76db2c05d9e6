import HTTPEngine
import Testing

@Suite struct AddressTests {
    @Test(
        "each special block is refused by its name, and its neighbours are not",
        arguments: [
            // IPv4: the first and the last address of each block, and what lies just outside.
            ("0.0.0.0", "this network"), ("0.255.255.255", "this network"), ("1.0.0.0", nil),
            ("9.255.255.255", nil), ("10.0.0.0", "private"), ("10.255.255.255", "private"), ("11.0.0.0", nil),
            ("100.63.255.255", nil), ("100.64.0.0", "shared by a carrier's NAT"),
            ("100.127.255.255", "shared by a carrier's NAT"), ("100.128.0.0", nil),
            ("126.255.255.255", nil), ("127.0.0.0", "loopback"), ("127.0.0.1", "loopback"),
            ("127.255.255.255", "loopback"), ("128.0.0.0", nil),
            ("169.253.255.255", nil), ("169.254.0.0", "link-local"), ("169.254.255.255", "link-local"),
            ("169.255.0.0", nil),
            ("172.15.255.255", nil), ("172.16.0.0", "private"), ("172.31.255.255", "private"), ("172.32.0.0", nil),
            ("191.255.255.255", nil), ("192.0.0.0", "protocol assignments"), ("192.0.0.255", "protocol assignments"),
            ("192.0.1.0", nil), ("192.0.2.0", "documentation"), ("192.0.2.255", "documentation"), ("192.0.3.0", nil),
            ("192.31.195.255", nil), ("192.31.196.0", "AS112 anycast"), ("192.31.197.0", nil),
            ("192.52.192.255", nil), ("192.52.193.0", "AMT relay"), ("192.52.194.0", nil),
            ("192.88.98.255", nil), ("192.88.99.0", "6to4"), ("192.88.100.0", nil),
            ("192.167.255.255", nil), ("192.168.0.0", "private"), ("192.168.255.255", "private"), ("192.169.0.0", nil),
            ("192.175.47.255", nil), ("192.175.48.0", "AS112 anycast"), ("192.175.49.0", nil),
            ("198.17.255.255", nil), ("198.18.0.0", "benchmarking"), ("198.19.255.255", "benchmarking"),
            ("198.20.0.0", nil),
            ("198.51.99.255", nil), ("198.51.100.0", "documentation"), ("198.51.101.0", nil),
            ("203.0.112.255", nil), ("203.0.113.255", "documentation"), ("203.0.114.0", nil),
            ("223.255.255.255", nil), ("224.0.0.0", "multicast"), ("239.255.255.255", "multicast"),
            ("240.0.0.0", "reserved"), ("255.255.255.255", "reserved"),
            // IPv6.
            ("::", "unspecified"), ("::1", "loopback"), ("1::", "not global unicast"),
            ("100::1", "discard only"), ("1fff:ffff::1", "not global unicast"),
            ("2000::", nil), ("2001::1", "protocol assignments"), ("2001:1ff:ffff::1", "protocol assignments"),
            ("2001:200::1", nil), ("2001:db7:ffff::1", nil), ("2001:db8::1", "documentation"), ("2001:db9::1", nil),
            ("2002:7f00:1::", "6to4"), ("2002:808:808::", "6to4"), ("2003::1", nil),
            ("2606:4700::6810:85e5", nil), ("3ffe:ffff::1", nil), ("3fff::1", "documentation"),
            ("3fff:fff::1", "documentation"), ("3fff:1000::1", nil), ("4000::1", "not global unicast"),
            ("5f00::1", "segment routing"), ("64:ff9b:1::1", "local NAT64"),
            ("fbff::1", "not global unicast"), ("fc00::1", "private"), ("fdff:ffff::1", "private"),
            ("fe7f::1", "not global unicast"), ("fe80::1", "link-local"), ("febf::1", "link-local"),
            ("fec0::1", "site-local"), ("feff::1", "site-local"), ("ff02::1", "multicast"),
            // An IPv4 address inside an IPv6 one.
            ("::ffff:127.0.0.1", "loopback"), ("::ffff:10.1.2.3", "private"), ("::ffff:8.8.8.8", nil),
            ("::ffff:7f00:1", "loopback"), ("::127.0.0.1", "loopback"), ("::10.0.0.1", "private"),
            ("::2", "this network"), ("::ffff:0:127.0.0.1", "loopback"), ("::ffff:0:192.168.1.1", "private"),
            ("64:ff9b::127.0.0.1", "loopback"), ("64:ff9b::10.0.0.1", "private"), ("64:ff9b::8.8.8.8", nil),
            ("64:ff9b::1:808:808", "not global unicast"),
            ("2606:4700::5efe:10.0.0.1", "private"), ("2606:4700::200:5efe:127.0.0.1", "loopback"),
            ("2606:4700::5efe:8.8.8.8", nil), ("fe80::5efe:8.8.8.8", "link-local"),
            // Credentials of clouds.
            ("169.254.169.254", "cloud metadata"), ("169.254.170.2", "cloud metadata"),
            ("169.254.170.23", "cloud metadata"), ("100.100.100.200", "cloud metadata"),
            ("168.63.129.16", "cloud metadata"), ("192.0.0.192", "cloud metadata"),
            ("fd00:ec2::254", "cloud metadata"), ("fd00:ec2::23", "cloud metadata"), ("fd20:ce::254", "cloud metadata"),
            ("::ffff:169.254.169.254", "cloud metadata"), ("64:ff9b::a9fe:a9fe", "cloud metadata"),
            ("2606:4700::5efe:169.254.169.254", "cloud metadata"),
        ] as [(String, String?)])
    func blocks(text: String, block: String?) throws {
        let address = try #require(IPAddress(text))
        #expect(AddressPolicy().refusal(address)?.block.rawValue == block)
        #expect(AddressPolicy.unrestricted.refusal(address) == nil)
    }

    @Test(
        "text that is no canonical address is not read as one",
        arguments: [
            "", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "1.2.3.4.5", "1.2.3.256", "::1%lo", "[::1]", "a",
        ])
    func notAddresses(text: String) {
        #expect(IPAddress(text) == nil)
    }

    @Test(
        "addresses are written as they are read",
        arguments: ["1.2.3.4", "255.0.0.1", "::1", "2001:db8::1", "fe80::a:b"])
    func descriptions(text: String) throws {
        #expect(try #require(IPAddress(text)).description == text)
    }

    @Test(
        "ranges contain their first and last address only",
        arguments: [
            ("10.0.0.0/8", "10.0.0.0", true), ("10.0.0.0/8", "10.255.255.255", true), ("10.0.0.0/8", "11.0.0.0", false),
            ("0.0.0.0/0", "255.255.255.255", true), ("0.0.0.0/0", "::1", false), ("::/0", "2001::1", true),
            ("::/0", "1.2.3.4", false), ("1.2.3.4", "1.2.3.4", true), ("1.2.3.4", "1.2.3.5", false),
            ("fd00::/64", "fd00::ffff", true), ("fd00::/64", "fd00:0:0:1::", false),
            ("fd00::/127", "fd00::1", true), ("fd00::/127", "fd00::2", false), ("::1/128", "::1", true),
        ])
    func ranges(range: String, address: String, isInside: Bool) throws {
        #expect(try #require(CIDR(range)).contains(try #require(IPAddress(address))) == isInside)
    }

    @Test(
        "a range with a slip in it is refused",
        arguments: [
            "", "/8", "10.0.0.0/", "10.0.0.0/33", "10.1.0.0/8", "::/129", "10.0.0.0/+8", "10.0.0.0/8/8", "x/8", "10/8",
        ])
    func badRanges(text: String) {
        #expect(CIDR(text) == nil)
    }
}
