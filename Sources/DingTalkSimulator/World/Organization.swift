import JSON

/// Who and what exists in the simulated organization, and how its groups come about.
package struct Organization: Sendable {
    /// More people than the largest group holds, so that somebody can always join.
    let employees: Int

    init(largestChat: Int) {
        employees = max(1000, 2 * largestChat)
    }

    func randomEmployee(using generator: inout some RandomNumberGenerator) -> String {
        "user\(Int.random(in: 1...employees, using: &generator))"
    }

    func randomGuest(using generator: inout some RandomNumberGenerator) -> String {
        "ext\(Int.random(in: 1...9999, using: &generator))"
    }

    func randomName(using generator: inout some RandomNumberGenerator) -> String {
        let team = Self.teams[Int.random(in: 0..<Self.teams.count, using: &generator)]
        let purpose = Self.purposes[Int.random(in: 0..<Self.purposes.count, using: &generator)]
        return "\(team) \(purpose) \(Int.random(in: 1...99, using: &generator))"
    }

    func randomIcon(using generator: inout some RandomNumberGenerator) -> String {
        "@lAD" + generator.text(of: .mixed, count: 20)
    }

    static func randomChatID(using generator: inout some RandomNumberGenerator) -> String {
        "chat" + generator.text(of: .hexadecimal, count: 32)
    }

    /// A group as it may be found after some years: of any size, and if it is old, without the newer fields.
    func randomChat(members size: Int, using generator: inout some RandomNumberGenerator) -> GroupChat {
        let id = Self.randomChatID(using: &generator)
        let activity = generator.logNormal(sigma: 1.5)
        let members = randomMembers(size, using: &generator)
        var values: [ChatField: JSONValue] = [
            .name: .string(randomName(using: &generator)),
            .owner: .string(members.first ?? randomEmployee(using: &generator)),
            .useridlist: .array(members.map(JSONValue.string)),
        ]
        let newer: Set<ChatField> = [.mentionAllAuthority, .managementType, .showHistoryType]
        let isOld = generator.chance(0.2)
        for field in Self.settings where !(isOld && newer.contains(field)) && generator.chance(0.9) {
            values[field] = .integer(generator.chance(0.3) ? 1 : 0)
        }
        if generator.chance(0.9) { values[.conversationTag] = .integer(generator.chance(0.6) ? 2 : 0) }
        if generator.chance(0.8) { values[.icon] = .string(randomIcon(using: &generator)) }
        if generator.chance(0.3) { values[.status] = 1 }
        if generator.chance(0.3) {
            let guests = (0..<Int.random(in: 0...5, using: &generator)).map { _ in randomGuest(using: &generator) }
            values[.extidlist] = .array(Set(guests).sorted().map(JSONValue.string))
        }
        if generator.chance(0.3) {
            values[.agentidlist] = .array([.string(generator.text(of: .hexadecimal, count: 12))])
        }
        return GroupChat(id: id, activity: activity, values: values)
    }

    private func randomMembers(_ count: Int, using generator: inout some RandomNumberGenerator) -> [String] {
        var members: [String] = []
        var known: Set<String> = []
        while members.count < count {
            let candidate = randomEmployee(using: &generator)
            if known.insert(candidate).inserted { members.append(candidate) }
        }
        return members
    }

    /// The fields that are 0 or 1.
    static let settings: [ChatField] = [
        .chatBannedType, .searchable, .validationType, .mentionAllAuthority, .managementType, .showHistoryType,
    ]

    private static let teams = ["Board", "Platform", "Sales", "Support", "Harbour", "Night shift", "研发中心", "市场部"]
    private static let purposes = ["chat", "stand-up", "alerts", "planning", "讨论组", "visitors", "archive"]
}
