import JSON
package import Time

extension World {
    /// What may happen to a group, with how often it does relative to the rest.
    private enum Happening {
        case join(ChatField)
        case leave(ChatField)
        case rename, newOwner, newIcon
        case toggle(ChatField, on: Int64)
        case dismissal

        static let odds: [(happening: Happening, weight: Double)] = [
            (.join(.useridlist), 34), (.leave(.useridlist), 24), (.join(.extidlist), 6), (.leave(.extidlist), 5),
            (.rename, 8), (.newOwner, 4), (.newIcon, 3), (.toggle(.chatBannedType, on: 1), 8),
            (.toggle(.searchable, on: 1), 2), (.toggle(.validationType, on: 1), 2),
            (.toggle(.mentionAllAuthority, on: 1), 2), (.toggle(.managementType, on: 1), 2),
            (.toggle(.showHistoryType, on: 1), 2), (.toggle(.conversationTag, on: 2), 1), (.dismissal, 0.5),
        ]
    }

    /// One random change of one random chat, lively chats more often than quiet ones. Nil only when every chat is
    /// dismissed.
    package mutating func mutate(
        using generator: inout some RandomNumberGenerator, at now: Timestamp
    ) -> RecordedChange? {
        let living = chatIDs.compactMap(chat).filter { !$0.isDismissed }
        guard let index = generator.index(weighted: living.map(\.activity)) else { return nil }
        let chat = living[index]
        // Some draws come to nothing (no guest is there to leave); joining always succeeds sooner or later.
        while true {
            guard let choice = generator.index(weighted: Happening.odds.map(\.weight)) else { return nil }
            let happening = Happening.odds[choice].happening
            if case .dismissal = happening, 2 * living.count <= chatIDs.count { continue }
            let edits = edits(for: happening, in: chat, using: &generator)
            if let change = edit(chat.id, edits, at: now).first { return change }
        }
    }

    private func edits(
        for happening: Happening, in chat: GroupChat, using generator: inout some RandomNumberGenerator
    ) -> ChatEdits {
        var edits = ChatEdits()
        switch happening {
        case .join(let list):
            let count = generator.chance(0.8) ? 1 : Int.random(in: 2...4, using: &generator)
            let joining = (0..<count).map { _ in
                list == .extidlist
                    ? organization.randomGuest(using: &generator) : organization.randomEmployee(using: &generator)
            }
            edits[list] = .membership(adding: joining, removing: [])
        case .leave(let list):
            let owner = chat[.owner]?.stringValue
            let candidates = chat.members(of: list).filter { $0 != owner }
            if let leaving = candidates.randomElement(using: &generator) {
                edits[list] = .membership(adding: [], removing: [leaving])
            }
        case .rename: edits[.name] = .set(.string(organization.randomName(using: &generator)))
        case .newOwner:
            edits[.owner] = chat.members(of: .useridlist).randomElement(using: &generator).map { .set(.string($0)) }
        case .newIcon: edits[.icon] = .set(.string(organization.randomIcon(using: &generator)))
        case .toggle(let field, let on):
            let isOn = chat[field].flatMap(ChatField.number) == on
            edits[field] = .set(.integer(isOn ? 0 : on))
        case .dismissal: edits[.status] = .set(2)
        }
        return edits
    }
}
