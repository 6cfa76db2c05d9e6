/// A difference before it has an id: what an event tells.
package enum Change: Sendable, Equatable {
    /// The baseline: the first successful look at a chat.
    case watched(Snapshot)
    /// `from` is nil when the value had never been seen and differs from the documented default.
    case setting(Setting, from: Int?, to: Int)
    case label(Label, from: String, to: String)
    /// Who came, sorted; `count` is the size of the roster afterwards.
    case added(Roster, [String], count: Int)
    /// Who went, sorted; `count` is the size of the roster afterwards.
    case removed(Roster, [String], count: Int)
    case unreachable(Refusal)
    case reachable(Refusal)
    case watchFailing(Refusal, hint: String)
    case watchRecovered(Refusal, hint: String)
    case endpointFailing(endpoint: String, reason: String)
    case endpointDisabled(endpoint: String, reason: String)
    case endpointRecovered(endpoint: String, reason: String)
    case endpointTest

    /// The platform's words for a refused call. Code 0 and an empty text stand for success.
    package struct Refusal: Sendable, Equatable {
        package var code: Int
        package var message: String

        package init(code: Int, message: String) {
            self.code = code
            self.message = message
        }
    }
}

extension Change {
    package var type: EventType {
        switch self {
        case .watched: .chatWatched
        case .setting(let setting, _, let value): Self.type(of: setting, value: value)
        case .label(.name, _, _): .chatRenamed
        case .label(.owner, _, _): .ownerChanged
        case .label(.icon, _, _): .iconChanged
        case .added(.members, _, _): .membersAdded
        case .added(.guests, _, _): .guestsAdded
        case .removed(.members, _, _): .membersRemoved
        case .removed(.guests, _, _): .guestsRemoved
        case .unreachable: .chatUnreachable
        case .reachable: .chatReachable
        case .watchFailing: .watchFailing
        case .watchRecovered: .watchRecovered
        case .endpointFailing: .endpointFailing
        case .endpointDisabled: .endpointDisabled
        case .endpointRecovered: .endpointRecovered
        case .endpointTest: .endpointTest
        }
    }

    private static func type(of setting: Setting, value: Int) -> EventType {
        switch setting {
        case .status: value == Setting.dismissedStatus ? .chatDismissed : .chatRestored
        case .chatBannedType: value == 0 ? .chatUnmuted : .chatMuted
        case .searchable: .searchableChanged
        case .validationType: .joinVerificationChanged
        case .mentionAllAuthority: .mentionAllChanged
        case .managementType: .managementChanged
        case .showHistoryType: .historyChanged
        case .conversationTag: .tagChanged
        }
    }
}
