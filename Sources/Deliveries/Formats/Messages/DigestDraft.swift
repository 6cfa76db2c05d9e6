import Chats
import Time

/// Events worded for a digest, of which any number from the front makes a message.
struct DigestDraft {
    private struct Entry {
        var line: Message.Line
        /// Nil for a damaged record.
        var timestamp: Timestamp?
    }

    private let events: ArraySlice<StoredEvent>
    private let entries: [Entry]
    private let typesetter: Typesetter

    init(_ events: ArraySlice<StoredEvent>, _ typesetter: Typesetter) {
        self.events = events
        self.typesetter = typesetter
        entries = events.map { stored in
            guard let event = stored.decoded() else { return Entry(line: Message.Line(text: "–", id: stored.id)) }
            return Entry(line: Self.line(of: event, typesetter), timestamp: event.timestamp)
        }
    }

    func message(of count: Int) -> Message {
        let words = typesetter.language.vocabulary
        let instants = entries.prefix(count).compactMap(\.timestamp)
        var facts: [Message.Fact] = []
        if let first = instants.min(), let last = instants.max() {
            facts = [Message.Fact(label: words.label(.time), value: words.period(from: first, to: last))]
        }
        return Message(
            id: Digest.id(of: events.prefix(count)), headline: typesetter.text(words.headline(ofEvents: count)),
            colon: words.colon, facts: facts, lines: entries.prefix(count).map(\.line), tone: .neutral)
    }

    private static func line(of event: Event, _ typesetter: Typesetter) -> Message.Line {
        let words = typesetter.language.vocabulary
        let wording = Wording(event, in: typesetter.language)
        let people = wording.facts.first { $0.kind == .people }.map { words.aside($0.value) }
        let text = typesetter.text(people.map { wording.headline + $0 } ?? wording.headline)
        return Message.Line(text: "\(words.clock(event.timestamp).time) \(text)", id: event.id)
    }
}
