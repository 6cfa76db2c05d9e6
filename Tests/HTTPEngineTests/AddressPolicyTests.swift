import HTTPEngine
import Testing

@Suite struct AddressPolicyTests {
    @Test("an allowed range opens private addresses, in every form that embeds one, and plain http to them")
    func allow() throws {
        let policy = try policy(allow: "10.0.0.0/8")
        for text in ["10.1.2.3", "::ffff:10.1.2.3", "64:ff9b::10.1.2.3"] {
            #expect(try refusal(policy, text, isEncrypted: false) == nil)
        }
        #expect(try refusal(policy, "192.168.0.1")?.block == .private)
    }

    @Test(
        "metadata and multicast stay closed to a wide range and open to their exact address",
        arguments: [
            ("169.254.169.254", "169.254.0.0/16", AddressBlock.cloudMetadata),
            ("100.100.100.200", "0.0.0.0/0", .cloudMetadata),
            ("fd00:ec2::254", "::/0", .cloudMetadata), ("224.0.0.1", "224.0.0.0/4", .multicast),
            ("::ffff:169.254.169.254", "::/0", .cloudMetadata), ("ff02::1", "ff02::/16", .multicast),
            ("168.63.129.16", "168.63.129.16/31", .cloudMetadata),
        ])
    func neverOpenedWide(address: String, range: String, block: AddressBlock) throws {
        #expect(try refusal(policy(allow: range), address)?.block == block)
        #expect(try refusal(policy(allow: address), address)?.block == (address.hasPrefix("::ffff") ? block : nil))
    }

    @Test("the program's own listener is closed whatever is allowed, and other ports of its address are not")
    func ownListener() throws {
        let loopback = try #require(IPAddress("127.0.0.1"))
        for listener in ["127.0.0.1", "0.0.0.0"] {
            let policy = AddressPolicy(
                allow: [CIDR(loopback), try #require(CIDR("127.0.0.0/8"))],
                listeners: [SocketAddress(address: try #require(IPAddress(listener)), port: 8780)])
            #expect(policy.refusal(loopback, port: 8780)?.block == .ownListener)
            #expect(policy.refusal(try #require(IPAddress("::ffff:127.0.0.1")), port: 8780)?.block == .ownListener)
            #expect(policy.refusal(loopback, port: 8781) == nil)
        }
    }

    @Test("plain http goes to allowed ranges only, unless it is switched on")
    func plainHTTP() throws {
        #expect(try refusal(AddressPolicy(), "8.8.8.8", isEncrypted: false)?.block == .plainHTTP)
        #expect(try refusal(AddressPolicy(), "8.8.8.8", isEncrypted: true) == nil)
        #expect(try refusal(policy(allow: "8.8.8.0/24"), "8.8.8.8", isEncrypted: false) == nil)
        #expect(try refusal(AddressPolicy(insecureHTTP: true), "8.8.8.8", isEncrypted: false) == nil)
        #expect(try refusal(AddressPolicy(insecureHTTP: true), "10.0.0.1", isEncrypted: false)?.block == .private)
    }

    @Test("a refusal names what to change")
    func texts() throws {
        #expect(
            try refusal(AddressPolicy(), "127.0.0.1")?.description
                == #"resolves to 127.0.0.1 (loopback): add "127.0.0.1/32" to network.allow"#)
        #expect(
            try refusal(AddressPolicy(), "fd00::1")?.description
                == #"resolves to fd00::1 (private): add "fd00::1/128" to network.allow"#)
        let expected =
            #"plain http to 8.8.8.8 is refused: use https, add "8.8.8.8/32" to network.allow, "#
            + "or set network.insecureHTTP"
        #expect(try refusal(AddressPolicy(), "8.8.8.8", isEncrypted: false)?.description == expected)
    }

    private func policy(allow range: String) throws -> AddressPolicy {
        AddressPolicy(allow: [try #require(CIDR(range))])
    }

    private func refusal(_ policy: AddressPolicy, _ address: String, isEncrypted: Bool = true) throws -> AddressRefusal?
    {
        policy.refusal(try #require(IPAddress(address)), isEncrypted: isEncrypted)
    }
}

extension AddressPolicy {
    func refusal(_ address: IPAddress, port: UInt16 = 443, isEncrypted: Bool = true) -> AddressRefusal? {
        guard case .refused(let refusal) = judge(address, port: port, isEncrypted: isEncrypted) else { return nil }
        return refusal
    }
}
