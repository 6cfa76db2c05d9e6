import JSON
package import Time

/// The simulated organization's group chats and the true history of their changes. No clock, no I/O.
package struct World: Sendable {
    let organization: Organization
    /// In the order of their making.
    package private(set) var chatIDs: [String] = []
    private var chats: [String: GroupChat] = [:]
    package private(set) var log = ChangeLog()

    /// `members` bounds the size of the groups; most are near the lower bound, as in real organizations.
    package init(chats count: Int, members: ClosedRange<Int>, using generator: inout some RandomNumberGenerator) {
        organization = Organization(largestChat: members.upperBound)
        for _ in 0..<count {
            let skew = Double.random(in: 0..<1, using: &generator)
            let spread = Double(members.upperBound - members.lowerBound + 1) * skew * skew * skew
            add(organization.randomChat(members: members.lowerBound + Int(spread), using: &generator))
        }
    }

    package func chat(_ id: String) -> GroupChat? {
        chats[id]
    }

    mutating func add(_ chat: GroupChat) {
        chatIDs.append(chat.id)
        chats[chat.id] = chat
    }

    /// The body of a successful `chat/get`, nil for an unknown chat.
    mutating func reply(for id: String) -> [UInt8]? {
        chats[id]?.reply()
    }

    /// Applies the edits and records what really changed. Nothing happens to an unknown chat.
    @discardableResult
    package mutating func edit(_ id: String, _ edits: ChatEdits, at now: Timestamp) -> [RecordedChange] {
        let differences = chats[id]?.apply(edits) ?? []
        return differences.map { log.append($0.difference, of: $0.field, in: id, at: now) }
    }
}
