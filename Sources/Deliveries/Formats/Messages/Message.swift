import Chats

/// A message for people, set in a language and escaped for a destination; only its arrangement is left to do.
struct Message: Sendable {
    struct Fact: Sendable {
        var label: String
        var value: String
    }

    /// One event of a digest.
    struct Line: Sendable {
        var text: String
        var id: String
    }

    /// The event's id, or the digest's.
    var id: String
    var headline: String
    /// What stands between a fact's label and its value.
    var colon: String
    var facts: [Fact]
    /// The events of a digest in their order; empty in the message of one event.
    var lines: [Line]
    var tone: Wording.Tone

    /// `Label: value`.
    var factLines: [String] {
        facts.map { $0.label + colon + $0.value }
    }

    /// `text · id`.
    var digestLines: [String] {
        lines.map { "\($0.text) · \($0.id)" }
    }
}

extension Message {
    init(_ event: StoredEvent, _ typesetter: Typesetter) {
        let words = typesetter.language.vocabulary
        id = event.id
        colon = words.colon
        lines = []
        // Only a damaged record cannot be decoded; its id is all there is to tell.
        guard let wording = event.decoded().map({ Wording($0, in: typesetter.language) }) else {
            headline = typesetter.text("\(event.id)")
            facts = []
            tone = .neutral
            return
        }
        headline = typesetter.text(wording.headline)
        facts = wording.facts.map { Fact(label: words.label($0.kind), value: typesetter.text($0.value)) }
        tone = wording.tone
    }
}
