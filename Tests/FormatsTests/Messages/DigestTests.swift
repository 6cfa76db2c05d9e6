import Chats
import Deliveries
import JSON
import Testing
import Time

struct DigestTests {
    private static let events = (1...500).map { number in
        StoredEvent(
            Event(
                .setting(.status, from: 1, to: 2), chat: Event.Chat(id: "chat\(number)", name: "Group \(number)"),
                sequence: 1, observed: Event.Observed(after: Sample.before, by: Sample.after)))
    }

    private static let formats = FormatName.allCases.filter { $0.format.supportsDigests }

    @Test("five hundred events go out in digests, in order, every id listed once", arguments: formats)
    func complete(_ name: FormatName) throws {
        let format = name.format
        var waiting = Self.events
        var messages = 0
        while !waiting.isEmpty {
            let digest = try #require(format.digest(of: waiting))
            let text = String(decoding: digest.payload.body, as: UTF8.self)
            var rest = text[...]
            for event in waiting.prefix(digest.count) {
                let place = try #require(rest.firstRange(of: event.id), "\(event.id) is missing or out of order")
                rest = rest[place.upperBound...]
            }
            let others = waiting.dropFirst(digest.count)
            #expect(!others.contains { text.contains($0.id) })
            waiting = Array(others)
            messages += 1
        }
        // Otherwise merging would hardly help.
        #expect(messages <= 25)
    }

    @Test("a digest's id depends on its events only", arguments: formats)
    func id(_ name: FormatName) throws {
        let format = name.format
        let digest = try #require(format.digest(of: Array(Self.events.prefix(3))))
        #expect(digest.count == 3)
        #expect(format.digest(of: Array(Self.events.prefix(3))) == digest)
        #expect(format.digest(of: Array(Self.events.prefix(2)))?.payload.id != digest.payload.id)
        #expect(!digest.payload.id.contains("."))
    }

    @Test("damaged events do not stop a digest", arguments: formats)
    func damaged(_ name: FormatName) throws {
        let event = StoredEvent(id: "evt_damaged", body: [0xFF])
        let digest = try #require(name.format.digest(of: [Self.events[0], event]))
        #expect(digest.count == 2)
        #expect(String(decoding: digest.payload.body, as: UTF8.self).contains("evt_damaged"))
        #expect(name.format.payload(for: event).id == "evt_damaged")
    }

    @Test("robots and Slack know their limits")
    func limits() {
        #expect(FormatName.slack.format.limits == [Rate(count: 1, per: .seconds(1))])
        #expect(FormatName.dingtalk.format.limits == [Rate(count: 20, per: .seconds(60))])
        #expect(FormatName.wecom.format.limits == [Rate(count: 20, per: .seconds(60))])
        #expect(
            FormatName.feishu.format.limits == [Rate(count: 5, per: .seconds(1)), Rate(count: 100, per: .seconds(60))])
        #expect(FormatName.standard.format.limits.isEmpty)
    }
}
