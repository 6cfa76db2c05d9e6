import HTTPEngine

/// A text that may be an address or a range, and sixteen bytes that are one.
enum AddressInput {
    static func take(_ input: [UInt8]) {
        let text = String(decoding: input, as: UTF8.self)
        if let address = IPAddress(text) { check(address) }
        if let range = CIDR(text) {
            precondition(CIDR(range.description) == range && range.contains(range.address))
            judge(range.address, AddressPolicy(allow: [range]))
        }
        if let address = Self.address(input) { check(address) }
    }

    private static func check(_ address: IPAddress) {
        precondition(IPAddress(address.description) == address)
        judge(address, AddressPolicy())
        // What a refusal says to add is never wider than one address, and two steps are enough.
        var allow: [CIDR] = []
        while case .refused(let refusal) = AddressPolicy(allow: allow).judge(address, port: 443, isEncrypted: true) {
            let remedy = CIDR(refusal.cause)
            precondition(remedy.isSingleAddress && !allow.contains(remedy) && allow.count < 2)
            allow.append(remedy)
        }
    }

    private static func judge(_ address: IPAddress, _ policy: AddressPolicy) {
        let encrypted = policy.judge(address, port: 443, isEncrypted: true)
        let plain = policy.judge(address, port: 443, isEncrypted: false)
        precondition(encrypted == .allowed || plain == encrypted, "plain http opens what https does not")
        if case .refused(let refusal) = encrypted { precondition(!refusal.description.isEmpty) }
    }

    private static func address(_ input: [UInt8]) -> IPAddress? {
        guard input.count >= 16 else { return nil }
        func half(_ start: Int) -> UInt64 { input[start..<(start + 8)].reduce(0) { $0 << 8 | UInt64($1) } }
        return .v6(half(0), half(8))
    }
}
