import Scheduling
import TestKit
import Testing
import Time

@testable import Store

@Suite("What a schedule learned, on disk")
struct ScheduleMemoryTests {
    @Test("a hundred thousand rates, saved in batches, outlive a restart")
    func restart() async throws {
        let directory = try TemporaryDirectory()
        var store = try await SQLiteStore.open(path: directory.database)
        var memory = ScheduleMemory(organization: .example)
        try await store.save(memory)
        for batch in 0..<100 {
            let chats = (0..<1000).map { "chat\(batch * 1000 + $0)" }
            let rates = chats.map { chat in
                let number = Double(chat.utf8.reduce(0) { $0 &* 31 &+ UInt32($1) })
                return (chat, LearnedRate(changes: number / 3, exposure: number, lastPoll: StoreScene.start))
            }
            let part = ScheduleMemory(rates: Dictionary(uniqueKeysWithValues: rates))
            try await store.save(part)
            memory.rates.merge(part.rates) { $1 }
        }
        await store.close()
        store = try await SQLiteStore.open(path: directory.database)
        #expect(try await store.scheduleMemory() == memory)
        await store.close()
    }

    @Test("a rate carries the shard of its chat")
    func shard() async throws {
        let directory = try TemporaryDirectory()
        let store = try await SQLiteStore.open(path: directory.database)
        let rate = LearnedRate(changes: 1, exposure: 2, lastPoll: StoreScene.start)
        try await store.save(ScheduleMemory(rates: ["foobar": rate]))
        await store.close()
        let connection = try Connection(path: directory.database, access: .readWrite)
        let shard = try connection.first("SELECT shard FROM schedule_rates WHERE chat = 'foobar'") { $0.integer(0) }
        #expect(shard == Int64(Shard.number(ofChat: "foobar")))
    }

    @Test("the layout on disk stays as it was released")
    func layout() {
        let organization = LearnedOrganization(
            prior: RatePrior(logMedian: 1, deviation: 2), hourChanges: [0], hourExpected: [0.5])
        let words: [[UInt8]] = [
            [1, 0, 0, 0, 0, 0, 0, 0], [1, 0, 0, 0, 0, 0, 0, 0], [0, 0, 0, 0, 0, 0, 0xF0, 0x3F],
            [0, 0, 0, 0, 0, 0, 0, 0x40], [0, 0, 0, 0, 0, 0, 0, 0], [0, 0, 0, 0, 0, 0, 0xE0, 0x3F],
        ]
        #expect(organization.bytes == Array(words.joined()))
        #expect(LearnedOrganization(bytes: organization.bytes) == organization)
    }

    enum Damage: CaseIterable, Sendable {
        case emptied, cut, shortened, grown, newerLayout, wrongCount, hugeCount, notANumber, negative, flatPrior

        func done(to bytes: [UInt8]) -> [UInt8] {
            let one = 1.0
            switch self {
            case .emptied: return []
            case .cut: return Array(bytes.dropLast(3))
            case .shortened: return Array(bytes.dropLast(16))
            case .grown: return bytes + bytes.suffix(16)
            case .newerLayout: return replacing(bytes, word: 0, by: 2)
            case .wrongCount: return replacing(bytes, word: 1, by: 167)
            case .hugeCount: return replacing(bytes, word: 1, by: .max)
            case .notANumber: return replacing(bytes, word: 9, by: Double.nan.bitPattern)
            case .negative: return replacing(bytes, word: 200, by: (-one).bitPattern)
            case .flatPrior: return replacing(bytes, word: 3, by: 0)
            }
        }

        private func replacing(_ bytes: [UInt8], word: Int, by value: UInt64) -> [UInt8] {
            var bytes = bytes
            for index in 0..<8 { bytes[8 * word + index] = UInt8(truncatingIfNeeded: value >> (8 * index)) }
            return bytes
        }
    }

    @Test("an organization that cannot be read is forgotten, and nothing else is", arguments: Damage.allCases)
    func damagedOrganization(_ damage: Damage) async throws {
        let directory = try TemporaryDirectory()
        var memory = ScheduleMemory(
            spending: ScheduleMemory.Spending(monthStart: StoreScene.start, calls: 7), organization: .example,
            rates: ["c1": LearnedRate(changes: 1, exposure: 2, lastPoll: StoreScene.start)])
        let store = try await SQLiteStore.open(path: directory.database)
        try await store.save(memory)
        await store.close()
        let bytes = damage.done(to: LearnedOrganization.example.bytes)
        do {
            let connection = try Connection(path: directory.database, access: .readWrite)
            try bytes.withBorrowedBytes { bytes throws(SQLiteError) in
                _ = try connection.run("UPDATE schedule SET organization = ?1", bytes)
            }
        }
        let reopened = try await SQLiteStore.open(path: directory.database)
        memory.organization = nil
        #expect(try await reopened.scheduleMemory() == memory)
        memory.organization = .example
        try await reopened.save(ScheduleMemory(organization: .example))
        #expect(try await reopened.scheduleMemory() == memory)
        await reopened.close()
    }

    @Test("a rate that cannot be read is forgotten", arguments: ["'x'", "-1.0", "9e999"])
    func damagedRate(_ figure: String) async throws {
        let directory = try TemporaryDirectory()
        let rate = LearnedRate(changes: 1, exposure: 2, lastPoll: StoreScene.start)
        let store = try await SQLiteStore.open(path: directory.database)
        try await store.save(ScheduleMemory(rates: ["c1": rate, "c2": rate]))
        await store.close()
        do {
            let connection = try Connection(path: directory.database, access: .readWrite)
            try connection.execute("UPDATE schedule_rates SET exposure = \(figure) WHERE chat = 'c1'")
        }
        let reopened = try await SQLiteStore.open(path: directory.database)
        let expected = figure == "'x'" ? LearnedRate(changes: 1, exposure: 0, lastPoll: rate.lastPoll) : nil
        #expect(try await reopened.scheduleMemory().rates == ["c1": expected, "c2": rate].compactMapValues { $0 })
        await reopened.close()
    }
}
