import HTTPEngine
import Testing

@Suite struct AddressVectorTests {
    @Test("each address is refused by the name of its block, or let through", arguments: AddressVector.all)
    func judgement(vector: AddressVector) throws {
        let address = try #require(IPAddress(vector.address))
        let refusal = AddressPolicy().refusal(address)
        #expect(refusal?.block.rawValue == vector.block)
        #expect(AddressPolicy.unrestricted.refusal(address) == nil)
    }

    @Test(
        "what a refusal says to add opens the address, and nothing wider than one address", arguments: AddressVector.all
    )
    func remedy(vector: AddressVector) throws {
        let address = try #require(IPAddress(vector.address))
        var allow: [CIDR] = []
        // An address in a refused network that holds a refused address is opened in two steps.
        while let refusal = AddressPolicy(allow: allow).refusal(address) {
            let remedy = CIDR(refusal.cause)
            #expect(remedy.isSingleAddress && refusal.description.hasSuffix(#": add "\#(remedy)" to network.allow"#))
            try #require(allow.count < 2 && !allow.contains(remedy))
            allow.append(remedy)
        }
        #expect(allow.isEmpty == (vector.block == nil))
    }

    @Test("a range as wide as can be opens everything but metadata and multicast", arguments: AddressVector.all)
    func wide(vector: AddressVector) throws {
        let address = try #require(IPAddress(vector.address))
        let policy = AddressPolicy(allow: [try #require(CIDR("0.0.0.0/0")), try #require(CIDR("::/0"))])
        let isNeverOpened = ["cloud metadata", "multicast"].contains(vector.block)
        #expect(policy.refusal(address, isEncrypted: false)?.block.rawValue == (isNeverOpened ? vector.block : nil))
    }

    @Test("there are vectors for every block, and enough of them")
    func count() {
        let vectors = Set(AddressVector.all)
        #expect(vectors.count >= 600)
        #expect(Set(vectors.map(\.address)).count == vectors.count, "an address with two judgements")
        let judgedOtherwise: [AddressBlock] = [.ownListener, .plainHTTP]
        let blocks = Set(vectors.compactMap(\.block)).union(judgedOtherwise.map(\.rawValue))
        #expect(blocks == Set(AddressBlock.allCases.map(\.rawValue)))
    }
}
