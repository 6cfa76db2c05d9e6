import Deliveries
import Dispatcher
import HTTPEngine
import Store
import TestKit
import Testing
import Time

@Suite("Endpoints that change while the dispatcher runs")
struct AdoptTests {
    @Test("a new endpoint is delivered to, and one that is gone keeps what waits for it")
    func comeAndGo() async throws {
        let sender = ScriptedSender()
        let stage = Stage([.test("old")], sender: sender)
        try await stage.running {
            try await stage.enqueue("a", 2)
            try await eventually("the old one has both") { try await stage.state(of: "old")?.counts.delivered == 2 }
            stage.dispatcher.adopt([.test("new")], changed: [])
            try await eventually("the old one's worker has ended") { await !stage.dispatcher.resume("old") }
            // The test's own subscriptions still queue for the old one.
            try await stage.enqueue("a", 1)
            try await eventually("the new one has a worker") { await stage.dispatcher.pause("new") }
            try await eventually("it is released") { await stage.dispatcher.resume("new") }
            #expect(try await stage.state(of: "old")?.counts.pending == 1)
            stage.dispatcher.adopt([.test("new"), .test("old")], changed: [])
            try await eventually("the old one is back") { try await stage.state(of: "old")?.counts.delivered == 3 }
        }
    }

    @Test("a changed endpoint is sent to as it is now, and an unchanged one is left at work")
    func changed() async throws {
        let sender = ScriptedSender()
        let stage = Stage([.test("a", url: "https://one.example/")], sender: sender)
        try await stage.running {
            try await stage.enqueue("c")
            try await eventually("the first arrived") { try await stage.state(of: "a")?.counts.delivered == 1 }
            stage.dispatcher.adopt([.test("a", url: "https://two.example/")], changed: ["a"])
            try await stage.enqueue("c")
            try await eventually("the second arrived") { try await stage.state(of: "a")?.counts.delivered == 2 }
            #expect(sender.sent.map(\.request.url) == ["https://one.example/", "https://two.example/"])
        }
    }

    @Test("stopping ends the workers of every roster there was")
    func stop() async throws {
        let stage = Stage([.test("a")], sender: ScriptedSender())
        try await stage.running {
            stage.dispatcher.adopt([.test("b"), .test("c")], changed: [])
            stage.dispatcher.adopt([.test("c"), .test("d")], changed: ["c"])
        }
        #expect(await !stage.dispatcher.pause("d"))
    }
}
