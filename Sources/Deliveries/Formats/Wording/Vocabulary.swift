import Chats
import Time

/// The words of one language.
protocol Vocabulary: Sendable {
    /// What happened to which group: one sentence without a full stop.
    func headline(of change: Change, group: String) -> Phrase

    /// A digest's headline.
    func headline(ofEvents count: Int) -> Phrase

    func label(_ fact: FactKind) -> String

    /// What stands between a label and its value.
    var colon: String { get }

    func count(_ count: Int, of roster: Roster) -> Phrase

    /// Something in brackets behind a sentence.
    func aside(_ phrase: Phrase) -> Phrase

    /// A list of which only the front may be given.
    func list(_ shown: [String], of total: Int) -> String

    /// When it happened: between two instants, or at one where the first is unknown.
    func period(from start: Timestamp?, to end: Timestamp) -> String

    /// Minutes east of UTC in which times are told.
    var zoneOffset: Duration { get }
}

extension Vocabulary {
    /// `2026-11-23` and `06:40:41` in the language's time zone.
    func clock(_ time: Timestamp) -> (date: String, time: String) {
        let text = (time + zoneOffset).description
        return (String(text.prefix(10)), String(text.dropFirst(11).prefix(8)))
    }

    /// The two instants, the date of the second left out where it is the first's; nil for the second when they read alike.
    func bounds(from start: Timestamp?, to end: Timestamp) -> (first: String, second: String?) {
        let last = clock(end)
        guard let start else { return ("\(last.date) \(last.time)", nil) }
        let first = clock(start)
        let text = "\(first.date) \(first.time)"
        if first == last { return (text, nil) }
        return (text, first.date == last.date ? last.time : "\(last.date) \(last.time)")
    }
}
