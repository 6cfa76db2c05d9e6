import Chats
import Time

/// Follows a chat through what polls saw and what events tell, side by side.
///
/// An answer that showed something new is told by events that bear its time, which lead from what was known to what it showed.
/// A poll that was not brought to its end may have left no trace. Whatever a completed poll saw must have left one.
struct ChatStory {
    private let chat: String
    /// Whether times can be compared: no wall clock was set.
    private let isClockSteady: Bool
    private var events: ArraySlice<Event>
    private var known: Snapshot?
    private var isUnreachable = false
    private var breaches: [Breach] = []

    init(_ chat: String, events: [Event], isClockSteady: Bool) {
        self.chat = chat
        self.isClockSteady = isClockSteady
        self.events = events[...]
    }

    mutating func take(_ answer: SeenAnswer) {
        skipSilence(before: answer.wall)
        let told = events.prefix { $0.observed.by == answer.wall && !$0.isUnreachable }
        let updated = (known ?? Snapshot()).updated(with: answer.snapshot)
        let isNews = known.map { !$0.tells(thatOf: updated) } ?? true
        guard !told.isEmpty else {
            guard answer.isCompleted else { return }
            if isNews { note(.nothingLost, "a poll saw a change, and no event tells of it") }
            if isUnreachable, isClockSteady {
                note(.nothingLost, "a poll saw the chat again, and no event tells of it")
            }
            known = updated
            isUnreachable = false
            return
        }
        // Of two polls at one reading of a wall clock that was set back, only one was told.
        guard isNews || isUnreachable || answer.isCompleted else { return }
        events = events.dropFirst(told.count)
        if isClockSteady, isUnreachable != told.contains(where: { $0.type == .chatReachable }) {
            note(.nothingLost, "it is not told as it was that the chat can be seen again")
        }
        isUnreachable = false
        let folded = told.reduce(known ?? Snapshot()) { $0.applying($1.change) }
        if !folded.tells(thatOf: updated) { note(.nothingLost, "the events of a poll do not tell what it saw") }
        known = updated
    }

    /// Refusals tell that nothing can be seen, at times of their own.
    private mutating func skipSilence(before time: Timestamp? = nil) {
        while let first = events.first, first.isUnreachable {
            if isClockSteady, let time, first.observed.by > time { return }
            if isUnreachable, isClockSteady { note(.nothingLost, "it is told twice that the chat is unreachable") }
            isUnreachable = true
            events = events.dropFirst()
        }
    }

    mutating func finish(stored: Snapshot?) -> [Breach] {
        skipSilence()
        if let first = events.first { note(.nothingLost, "\(first.type.rawValue) tells of what no poll saw") }
        if let known, !(stored ?? Snapshot()).tells(thatOf: known) {
            note(.snapshotIsFold, "the stored snapshot is not what the events tell")
        }
        return breaches
    }

    private mutating func note(_ invariant: Invariant, _ text: String) {
        breaches.append(Breach(invariant: invariant, text: "\(chat): \(text)"))
    }
}

extension Event {
    fileprivate var isUnreachable: Bool { type == .chatUnreachable }
}

extension Snapshot {
    /// Whether both tell the same of a group. What was never shown has its documented default; a text that was never shown
    /// is only taken note of.
    fileprivate func tells(thatOf other: Snapshot) -> Bool {
        Setting.allCases.allSatisfy { self[$0] ?? $0.documentedDefault == other[$0] ?? $0.documentedDefault }
            && Roster.allCases.allSatisfy { self[$0] ?? [] == other[$0] ?? [] }
            && Label.allCases.allSatisfy { self[$0] == nil || other[$0] == nil || self[$0] == other[$0] }
    }
}
