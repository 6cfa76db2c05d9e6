import Chats

/// An event in words for people, free of any markup: a headline, what else there is to know, and how it feels.
struct Wording: Sendable, Equatable {
    /// One thing to know, beside its label.
    struct Fact: Sendable, Equatable {
        var kind: FactKind
        var value: Phrase
    }

    /// Decides colours and priorities.
    enum Tone: Sendable {
        case good, neutral, warning, bad
    }

    var headline: Phrase
    var facts: [Fact]
    var tone: Tone

    init(_ event: Event, in language: Language) {
        let words = language.vocabulary
        headline = words.headline(of: event.change, group: event.chat?.displayName ?? "")
        facts = Self.details(of: event.change, in: words)
        if let chat = event.chat {
            facts.append(Fact(kind: .group, value: chat.identity))
        }
        let period = words.period(from: event.observed.after, to: event.observed.by)
        facts.append(Fact(kind: .time, value: "\(words: period)"))
        tone = Tone(event.change)
    }

    private static func details(of change: Change, in words: any Vocabulary) -> [Fact] {
        switch change {
        case .watched(let snapshot):
            let sizes = Roster.allCases.compactMap { roster -> Fact? in
                guard let count = snapshot[roster]?.count, count > 0 else { return nil }
                return Fact(kind: .size, value: words.count(count, of: roster))
            }
            return sizes + (snapshot[.owner].map { [Fact(kind: .owner, value: "\($0)")] } ?? [])
        case .label(.owner, let old, _):
            return [Fact(kind: .previousOwner, value: "\(old)")]
        case .added(let roster, let names, let count), .removed(let roster, let names, let count):
            // One person is named in the headline.
            let people = names.count > 1 ? [Fact(kind: .people, value: "\(people: names)")] : []
            return people + [Fact(kind: .size, value: words.count(count, of: roster))]
        case .unreachable(let refusal):
            return [reason(refusal)]
        case .watchFailing(let refusal, let hint):
            return [reason(refusal)] + (hint.isEmpty ? [] : [Fact(kind: .advice, value: "\(prose: hint)")])
        case .endpointFailing(_, let reason), .endpointDisabled(_, let reason):
            return reason.isEmpty ? [] : [Fact(kind: .reason, value: "\(prose: reason)")]
        case .setting, .label, .reachable, .watchRecovered, .endpointRecovered, .endpointTest:
            return []
        }
    }

    private static func reason(_ refusal: Change.Refusal) -> Fact {
        Fact(kind: .reason, value: "\(refusal.code) \(prose: refusal.message)")
    }
}

extension Wording.Tone {
    fileprivate init(_ change: Change) {
        switch change {
        case .setting(.status, _, Setting.dismissedStatus), .endpointDisabled: self = .bad
        case .setting(.status, _, _), .reachable, .watchRecovered, .endpointRecovered: self = .good
        case .removed, .setting(.chatBannedType, _, 1), .unreachable, .watchFailing, .endpointFailing: self = .warning
        case .watched, .setting, .label, .added, .endpointTest: self = .neutral
        }
    }
}

extension Event.Chat {
    /// What people know it by: the operator's label, else its name, else the id.
    fileprivate var displayName: String {
        [label, name].compactMap { $0 }.first { !ForeignText.isBlank($0) } ?? id
    }

    /// Its name, where the headline shows another, and its id.
    fileprivate var identity: Phrase {
        guard let name, name != displayName, !ForeignText.isBlank(name) else { return "\(id)" }
        return "\(name) (\(id))"
    }
}
