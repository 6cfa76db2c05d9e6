package import Store

/// How many of the chats that are watched are in which state.
package struct ChatCounts: Sendable, Equatable {
    /// Those that have not answered yet.
    package private(set) var new = 0
    private var counts: [ChatSummary.State: Int] = [:]

    package subscript(state: ChatSummary.State) -> Int { counts[state] ?? 0 }

    package var total: Int { counts.values.reduce(new, +) }

    /// `state`: nil for a chat that has not answered yet.
    mutating func add(_ state: ChatSummary.State?) {
        change(state, by: 1)
    }

    mutating func remove(_ state: ChatSummary.State?) {
        change(state, by: -1)
    }

    private mutating func change(_ state: ChatSummary.State?, by difference: Int) {
        if let state { counts[state, default: 0] += difference } else { new += difference }
    }
}
