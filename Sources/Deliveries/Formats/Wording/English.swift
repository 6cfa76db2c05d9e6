import Chats
import Time

/// Messages in English, times in UTC.
struct English: Vocabulary {
    let colon = ": "
    let zoneOffset: Duration = .zero

    func headline(of change: Change, group: String) -> Phrase {
        switch change {
        case .watched: "Now watching the group “\(group)”"
        case .setting(let setting, let old, let new): headline(of: setting, from: old, to: new, group: group)
        case .label(.name, let old, let new): "The group “\(old)” was renamed to “\(new)”"
        case .label(.owner, _, let new): "The group “\(group)” has a new owner: \(new)"
        case .label(.icon, _, _): "The group “\(group)” has a new icon"
        case .added(let roster, let names, _): who(names, roster) + " joined the group “\(group)”"
        case .removed(let roster, let names, _): who(names, roster) + " left the group “\(group)”"
        case .unreachable: "The group “\(group)” can no longer be read"
        case .reachable: "The group “\(group)” can be read again"
        case .watchFailing: "DingTalk cannot be read"
        case .watchRecovered: "DingTalk can be read again"
        case .endpointFailing(let endpoint, _): "Deliveries to the endpoint “\(endpoint)” fail"
        case .endpointDisabled(let endpoint, _): "The endpoint “\(endpoint)” was disabled"
        case .endpointRecovered(let endpoint, _): "The endpoint “\(endpoint)” works again"
        case .endpointTest: "This is a test message from Belfry"
        }
    }

    private func headline(of setting: Setting, from old: Int?, to new: Int, group: String) -> Phrase {
        switch (setting, new) {
        case (.status, Setting.dismissedStatus): "The group “\(group)” was dismissed"
        case (.status, Setting.normalStatus): "The group “\(group)” was restored"
        case (.chatBannedType, 1): "The group “\(group)” was muted"
        case (.chatBannedType, 0): "The group “\(group)” was unmuted"
        case (.searchable, 1): "The group “\(group)” can now be found by search"
        case (.searchable, 0): "The group “\(group)” can no longer be found by search"
        case (.validationType, 1): "Joining the group “\(group)” now needs approval"
        case (.validationType, 0): "Joining the group “\(group)” no longer needs approval"
        case (.mentionAllAuthority, 1): "Only the owner and admins may now mention everyone in the group “\(group)”"
        case (.mentionAllAuthority, 0): "Every member may now mention everyone in the group “\(group)”"
        case (.managementType, 1): "Only the owner and admins may now manage the group “\(group)”"
        case (.managementType, 0): "Every member may now manage the group “\(group)”"
        case (.showHistoryType, 1): "New members of the group “\(group)” now see its last 100 messages"
        case (.showHistoryType, 0): "New members of the group “\(group)” no longer see earlier messages"
        case (.conversationTag, 2): "The group “\(group)” became an organization group"
        case (.conversationTag, 0): "The group “\(group)” became a normal group"
        default: "The group “\(group)”: " + change(of: setting, from: old, to: new)
        }
    }

    /// For values that the platform does not document.
    private func change(of setting: Setting, from old: Int?, to new: Int) -> Phrase {
        let before = old.map { " (before: \($0))" } ?? ""
        return "\(words: setting.rawValue) is now \(new)\(words: before)"
    }

    private func who(_ names: [String], _ roster: Roster) -> Phrase {
        names.count == 1 ? "\(names[0])" : count(names.count, of: roster)
    }

    func headline(ofEvents count: Int) -> Phrase {
        count == 1 ? "1 event" : "\(count) events"
    }

    func label(_ fact: FactKind) -> String {
        switch fact {
        case .group: "Group"
        case .people: "Who"
        case .size: "Now"
        case .previousOwner: "Previous owner"
        case .owner: "Owner"
        case .reason: "Reason"
        case .advice: "What to do"
        case .time: "When"
        }
    }

    func count(_ count: Int, of roster: Roster) -> Phrase {
        switch (roster, count) {
        case (.members, 1): "1 member"
        case (.members, _): "\(count) members"
        case (.guests, 1): "1 external contact"
        case (.guests, _): "\(count) external contacts"
        }
    }

    func aside(_ phrase: Phrase) -> Phrase {
        " (" + phrase + ")"
    }

    func list(_ shown: [String], of total: Int) -> String {
        let rest = total - shown.count
        if shown.isEmpty { return "\(total) in all" }
        let names = shown.joined(separator: ", ")
        return rest > 0 ? "\(names) and \(rest) more" : names
    }

    func period(from start: Timestamp?, to end: Timestamp) -> String {
        switch bounds(from: start, to: end) {
        case (let first, let second?): "between \(first) and \(second) UTC"
        case (let first, nil): "\(first) UTC"
        }
    }
}
