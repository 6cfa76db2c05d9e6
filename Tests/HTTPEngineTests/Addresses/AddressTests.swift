import HTTPEngine
import Testing

@Suite struct AddressTests {
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
