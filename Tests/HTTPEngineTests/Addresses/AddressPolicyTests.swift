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

    @Test("an entry for an embedded address opens it where nothing else is wrong, and not the network that carries it")
    func carriers() throws {
        let policy = try policy(allow: "10.0.0.0/8")
        #expect(try refusal(policy, "2606:4700::5efe:10.0.0.1") == nil)
        #expect(try refusal(policy, "2606:4700::5efe:10.0.0.1", isEncrypted: false)?.block == .plainHTTP)
        #expect(try refusal(policy, "fd00::5efe:10.0.0.1")?.block == .private)
        #expect(try refusal(policy, "fe80::5efe:10.0.0.1")?.block == .linkLocal)
        #expect(try refusal(policy, "2001:db8::5efe:10.0.0.1")?.block == .documentation)
        #expect(try refusal(policy, "64:ff9b:1::10.0.0.1")?.block == .localNAT64)
    }

    @Test(
        "the program's own listener is closed whatever is allowed, and other ports of its address are not",
        arguments: [
            (
                "127.0.0.1", ["127.0.0.1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "0.0.0.0", "::"],
                ["127.0.0.2", "::1"]
            ),
            ("::1", ["::1", "::", "0.0.0.0"], ["127.0.0.1", "::2"]),
            ("0.0.0.0", ["127.0.0.1", "127.9.9.9", "0.0.0.0", "::1", "::ffff:127.0.0.1", "::"], ["10.0.0.5"]),
            ("::", ["::1", "::", "127.0.0.1", "0.0.0.0"], ["fd00::5", "10.0.0.5"]),
            ("10.0.0.5", ["10.0.0.5", "::ffff:10.0.0.5", "fe80::5efe:10.0.0.5", "64:ff9b:1::10.0.0.5"], ["0.0.0.0"]),
        ])
    func ownListener(listener: String, closed: [String], open: [String]) throws {
        let exact = (closed + open).compactMap { CIDR($0) }
        let listener = SocketAddress(address: try #require(IPAddress(listener)), port: 8780)
        let everything = [try #require(CIDR("0.0.0.0/0")), try #require(CIDR("::/0"))]
        let policy = AddressPolicy(allow: exact + everything, insecureHTTP: true, listeners: [listener])
        for text in closed {
            let address = try #require(IPAddress(text))
            #expect(policy.refusal(address, port: 8780)?.block == .ownListener, "\(text)")
            #expect(policy.refusal(address, port: 8781) == nil, "\(text)")
        }
        for text in open {
            #expect(policy.refusal(try #require(IPAddress(text)), port: 8780) == nil, "\(text)")
        }
    }

    @Test("this machine knows its own addresses")
    func machine() {
        #expect(IPAddress.ofThisMachine.contains(.v4(0x7f00_0001)))
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
        #expect(
            try refusal(AddressPolicy(), "64:ff9b::10.0.0.1")?.description
                == #"resolves to 64:ff9b::a00:1 (private): add "10.0.0.1/32" to network.allow"#)
        let listener = SocketAddress(address: .v6(0, 1), port: 443)
        #expect(
            try refusal(AddressPolicy(listeners: [listener]), "::1")?.description
                == "resolves to [::1]:443 (this program's own listener), which no request may reach")
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
