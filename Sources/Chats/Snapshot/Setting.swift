/// A numeric property of a group, named as the platform names it.
package enum Setting: String, Sendable, CaseIterable {
    /// 1 normal, 2 dismissed.
    case status
    /// 1 all members muted.
    case chatBannedType
    /// 1 can be found by search.
    case searchable
    /// 1 joining needs approval.
    case validationType
    /// 1 only the owner and admins may mention everyone.
    case mentionAllAuthority
    /// 1 only the owner and admins manage the group.
    case managementType
    /// 1 new members see the last 100 messages.
    case showHistoryType
    /// 2 organization group, 0 normal group.
    case conversationTag

    /// What the platform documents for a key that is absent; the yardstick for a value seen for the first time.
    package var documentedDefault: Int {
        self == .status ? Self.normalStatus : 0
    }

    package static let normalStatus = 1
    package static let dismissedStatus = 2
}
