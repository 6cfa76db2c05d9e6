import Chats

/// An event in words for people, free of any markup: a headline and, where there is more to say, a line of detail.
struct Wording: Equatable {
    var headline: String
    var detail: String?

    /// How many names of a long list are spelled out.
    static let listedNames = 10

    init(_ event: Event) {
        let chat = event.chat.map { $0.label ?? $0.name ?? $0.id } ?? ""
        switch event.change {
        case .watched(let snapshot):
            headline = "\(chat) is now watched"
            detail = snapshot[.members].map { Self.counted($0.count, "member") }
        case .setting(let setting, _, let value):
            headline = "\(chat): \(Self.phrase(for: setting, value: value))"
        case .label(.name, let old, let new):
            headline = "\(old) is now called \(new)"
        case .label(.owner, let old, let new):
            headline = "\(chat) has a new owner: \(new)"
            detail = "It was \(old)."
        case .label(.icon, _, _):
            headline = "\(chat) has a new icon"
        case .added(let roster, let names, let count):
            headline = "\(chat): \(Self.counted(names.count, Self.noun(for: roster))) joined"
            detail = "\(Self.list(names)). Now \(count)."
        case .removed(let roster, let names, let count):
            headline = "\(chat): \(Self.counted(names.count, Self.noun(for: roster))) left"
            detail = "\(Self.list(names)). Now \(count)."
        case .unreachable(let refusal):
            headline = "\(chat) can no longer be read"
            detail = "DingTalk answers \(refusal.code): \(refusal.message)"
        case .reachable:
            headline = "\(chat) can be read again"
        case .watchFailing(let refusal, let hint):
            headline = "Watching fails: \(hint)"
            detail = "DingTalk answers \(refusal.code): \(refusal.message)"
        case .watchRecovered:
            headline = "Watching works again"
        case .endpointFailing(let endpoint, let reason):
            headline = "Endpoint \(endpoint) fails"
            detail = reason
        case .endpointDisabled(let endpoint, let reason):
            headline = "Endpoint \(endpoint) is disabled"
            detail = reason
        case .endpointRecovered(let endpoint, _):
            headline = "Endpoint \(endpoint) works again"
        case .endpointTest:
            headline = "This is a test"
        }
    }

    private static func phrase(for setting: Setting, value: Int) -> String {
        switch setting {
        case .status: value == Setting.dismissedStatus ? "the group was dismissed" : "the group is back"
        case .chatBannedType: value == 0 ? "no longer muted" : "all members muted"
        case .searchable: value == 0 ? "no longer found by search" : "can be found by search"
        case .validationType: value == 0 ? "joining needs no approval" : "joining needs approval"
        case .mentionAllAuthority: value == 0 ? "everyone may @all" : "only the owner may @all"
        case .managementType: value == 0 ? "everyone may manage it" : "only the owner manages it"
        case .showHistoryType: value == 0 ? "history hidden from new members" : "new members see the last 100 messages"
        case .conversationTag: value == 2 ? "now an organization group" : "now a normal group"
        }
    }

    private static func noun(for roster: Roster) -> String {
        roster == .members ? "member" : "guest"
    }

    private static func counted(_ count: Int, _ noun: String) -> String {
        "\(count) \(noun)\(count == 1 ? "" : "s")"
    }

    private static func list(_ names: [String]) -> String {
        let rest = names.count - listedNames
        let shown = names.prefix(listedNames).joined(separator: ", ")
        return rest > 0 ? "\(shown) and \(rest) more" : shown
    }
}
