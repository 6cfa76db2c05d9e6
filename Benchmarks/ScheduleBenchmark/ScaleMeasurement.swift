import Glibc
import Scheduling
import Time

/// What a decision and a chat cost with a hundred thousand chats.
struct ScaleMeasurement {
    private static let chats = 100_000
    private static let decisions = 2_000_000

    static func report() {
        // Ids are the watcher's own: they count as part of a chat's snapshot.
        let names = (0..<chats).map { "chat" + String(SplitMix64.mix(UInt64($0)), radix: 16) + "0123456789abcdef" }
        let before = residentBytes()
        let start = Scenario.start
        let limits = IndexSchedule.Limits(callsPerSecond: 60, interval: .seconds(5) ... .seconds(30 * 86_400))
        var schedule = IndexSchedule(
            limits: limits, budget: CallBudget(callsPerMonth: 5_000_000, at: start), at: start, seed: 1)
        for name in names { schedule.add(name, at: start) }
        var chance = Chance(seed: 1)
        var now = start
        var polls = 0
        var began = ContinuousClock.now
        while polls < decisions {
            // As in the daemon: a wait, the decision, the result.
            var decision = schedule.next(at: now)
            if case .wait(let until) = decision {
                now = until
                decision = schedule.next(at: now)
            }
            if case .poll(let chat) = decision {
                polls += 1
                // The first reads of all chats are over.
                if polls == chats { began = .now }
                schedule.finished(chat, outcome: chance.unit() < 0.1 ? .changed : .unchanged, backoff: nil, at: now)
            }
        }
        let seconds = (ContinuousClock.now - began).inSeconds
        let bytes = Double(residentBytes() - before) / Double(chats)
        let each = seconds / Double(decisions - chats) * 1e6
        print("100,000 chats: \(each.text(2)) µs a decision and its result, \(bytes.text(0)) bytes a chat")
    }

    private static func residentBytes() -> Int {
        guard let file = fopen("/proc/self/statm", "r") else { return 0 }
        defer { fclose(file) }
        var buffer = [CChar](repeating: 0, count: 128)
        guard fgets(&buffer, 128, file) != nil else { return 0 }
        let text = String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let fields = text.split(separator: " ")
        return fields.count > 1 ? (Int(fields[1]) ?? 0) * 4096 : 0
    }
}
