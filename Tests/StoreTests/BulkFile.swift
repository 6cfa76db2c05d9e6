import CSQLite
import Chats
import Deliveries
import TestKit
import Time

@testable import Store

/// A file with many events, written in one transaction. Of every hundred events of a chat one is a muting or its end, the
/// others are new names. Endpoint `a` has most of its deliveries behind it, a few of them dead; `b` has all before it;
/// `quiet` hears of mutings only.
struct BulkFile {
    static let chats = 40
    let session: WritingSession

    init(at path: String, events: Int) throws {
        session = try WritingSession(opening: path)
        try session.begin()
        let subscriptions = Subscriptions([
            .named("a"), .named("b", ordering: .none),
            .named("quiet", filter: Filter(events: [Filter.Pattern("chat.muted"), Filter.Pattern("chat.unmuted")])),
        ])
        _ = try session.register(["a", "b", "quiet"])
        var states = (0..<Self.chats).map { ChatState(id: "c\($0)") }
        for number in 0..<events {
            let chat = number % Self.chats
            let round = number / Self.chats
            let answer =
                round > 0 && number % 100 == 7
                ? Snapshot(settings: [.chatBannedType: states[chat].snapshot?[.chatBannedType] == 1 ? 0 : 1])
                : Snapshot(labels: [.name: "Name \(round)"])
            let advance = states[chat].observing(answer, at: Self.time(number))
            if let advance, try session.commit(StoredAdvance(advance, to: subscriptions)) {
                states[chat] = advance.state
            }
        }
        try deliver(at: 1, upTo: events - 50, events: events)
        try deliver(at: 3, upTo: .max, events: events)
        try session.commit()
    }

    /// An event a second, and now and then the clock is set back.
    static func time(_ number: Int) -> Timestamp {
        StoreScene.start + .seconds(number % 500 == 499 ? number - 300 : number)
    }

    private func deliver(at endpoint: Int64, upTo last: Int, events: Int) throws(SQLiteError) {
        let now = Self.time(events + 1)
        while true {
            let request = ClaimRequest(endpoint: endpoint, now: now, lanes: 100, perLane: 100, held: [])
            let claimed = try session.claim(request).lanes.flatMap { lane in
                lane.deliveries.filter { $0.key.event <= last }.map { ClaimedDelivery(delivery: $0, laneDue: lane.due) }
            }
            if claimed.isEmpty { return }
            for claimed in claimed {
                let isDead = claimed.delivery.key.event % 61 == 0
                try session.record(
                    LedgerEntry(outcomes: [claimed.outcome(isDead ? .dead(reason: "no") : .delivered, at: now)]))
            }
        }
    }
}

extension Connection {
    /// Steps of SQLite's machine in all statements so far: what queries cost, on whatever machine.
    var steps: Int {
        statements.values.reduce(0) { $0 + Int(sqlite3_stmt_status($1.handle, SQLITE_STMTSTATUS_VM_STEP, 0)) }
    }
}
