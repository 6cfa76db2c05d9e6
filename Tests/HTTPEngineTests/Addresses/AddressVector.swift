import Testing

/// An address, and the name of the block that it is refused by; nil when nothing is wrong with it.
struct AddressVector: Hashable, Sendable, CustomTestStringConvertible {
    let address: String
    let block: String?

    init(_ address: String, _ block: String?) {
        self.address = address
        self.block = block
    }

    var testDescription: String { "\(address) \(block ?? "public")" }

    static let all = fours + sixes + forms + embeddings + metadata
}
