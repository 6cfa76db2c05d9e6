import Testing

@testable import EventLoop

@Suite struct SleeperQueueTests {
    @Test(
        "those whose time has come are taken out, the earliest first, and those of one instant in the order they came")
    func order() {
        var queue = SleeperQueue<String>()
        for (name, deadline) in [("third", 30), ("first", 10), ("second", 20), ("second too", 20), ("last", 40)] {
            let ticket = queue.ticket(until: UInt64(deadline))
            queue.insert(name, ticket)
        }
        #expect(queue.earliest == 10)
        #expect(queue.takeDue(at: 9) == [])
        #expect(queue.takeDue(at: 30) == ["first", "second", "second too", "third"])
        #expect(queue.earliest == 40)
        #expect(queue.takeDue(at: .max) == ["last"])
        #expect(queue.earliest == nil)
    }

    @Test("who is taken out before does not wake, and nobody else is taken in their place")
    func removing() {
        var queue = SleeperQueue<Int>()
        let tickets = (0..<100).map { queue.ticket(until: UInt64($0 % 7)) }
        for (number, ticket) in tickets.enumerated() { queue.insert(number, ticket) }
        for number in stride(from: 0, to: 100, by: 3) {
            #expect(queue.remove(tickets[number]) == number)
            #expect(queue.remove(tickets[number]) == nil)
        }
        #expect(queue.takeDue(at: 6).sorted() == (0..<100).filter { $0 % 3 != 0 })
    }

    @Test("a ticket without a sleeper takes out nobody")
    func unused() {
        var queue = SleeperQueue<Int>()
        let unused = queue.ticket(until: 5)
        let used = queue.ticket(until: 5)
        queue.insert(1, used)
        #expect(queue.remove(unused) == nil)
        #expect(queue.takeDue(at: 5) == [1])
    }
}
