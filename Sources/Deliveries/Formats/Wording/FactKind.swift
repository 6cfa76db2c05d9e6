/// What can be told of an event beside its headline.
enum FactKind: Sendable {
    case group, people, size, previousOwner, owner, reason, advice, time
}
