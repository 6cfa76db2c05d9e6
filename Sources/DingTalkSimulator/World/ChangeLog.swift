import Time

/// The newest changes, in order. Old ones are forgotten, so that a simulator may run for weeks.
package struct ChangeLog: Sendable {
    private static let capacity = 100_000

    private var changes: [RecordedChange] = []
    package private(set) var count = 0

    /// Changes with a number above `number`, as far as they are still known.
    package func changes(after number: Int) -> ArraySlice<RecordedChange> {
        let forgotten = count - changes.count
        return changes.dropFirst(max(0, min(number, count) - forgotten))
    }

    mutating func append(
        _ difference: Difference, of field: ChatField, in chat: String, at time: Timestamp
    ) -> RecordedChange {
        count += 1
        let change = RecordedChange(number: count, chat: chat, time: time, field: field, difference: difference)
        // Half at a time: dropping one entry an append would move all of them each time.
        if changes.count == Self.capacity { changes.removeFirst(Self.capacity / 2) }
        changes.append(change)
        return change
    }
}
