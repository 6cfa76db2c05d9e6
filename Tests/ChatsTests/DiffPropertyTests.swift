import Chats
import TestKit
import Testing

@Suite("Properties of the difference, over random snapshots")
struct DiffPropertyTests {
    static let seeds: [UInt64] = Array(1...40)

    @Test("folding the changes over the old snapshot gives the new one", arguments: seeds)
    func folding(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<50 {
            let old = Snapshot.random(using: &random, completeness: 1)
            let answer = Snapshot.random(using: &random, completeness: 0.7)
            let folded = old.changes(in: answer).reduce(old) { $0.applying($1) }
            #expect(folded == old.updated(with: answer))
        }
    }

    @Test("where something was unknown, the fold lacks only what is told silently", arguments: seeds)
    func foldingOverUnknown(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<50 {
            let old = Snapshot.random(using: &random, completeness: 0.5)
            let answer = Snapshot.random(using: &random, completeness: 0.5)
            let folded = old.changes(in: answer).reduce(old) { $0.applying($1) }
            let expected = old.updated(with: answer)
            for setting in Setting.allCases {
                #expect(
                    (folded[setting] ?? setting.documentedDefault) == (expected[setting] ?? setting.documentedDefault))
            }
            for roster in Roster.allCases { #expect((folded[roster] ?? []) == (expected[roster] ?? [])) }
            for label in Label.allCases where old[label] != nil { #expect(folded[label] == expected[label]) }
        }
    }

    @Test("equal snapshots differ in nothing", arguments: seeds)
    func equality(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let snapshot = Snapshot.random(using: &random, completeness: 0.8)
        #expect(snapshot.changes(in: snapshot).isEmpty)
    }

    @Test("the order of a list never matters", arguments: seeds)
    func listOrder(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let old = Snapshot.random(using: &random, completeness: 1)
        let answer = Snapshot.random(using: &random, completeness: 1)
        let shuffled = Snapshot(
            settings: answer.settings, labels: answer.labels,
            rosters: answer.rosters.mapValues { $0.shuffled(using: &random) })
        #expect(old.changes(in: answer) == old.changes(in: shuffled))
    }

    @Test("a snapshot survives being written and read", arguments: seeds)
    func roundTrip(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let snapshot = Snapshot.random(using: &random, completeness: 0.6)
        #expect(Snapshot(json: snapshot.json) == snapshot)
    }
}

extension Snapshot {
    /// `completeness`: the share of the fields that are known.
    static func random(using random: inout SeededGenerator, completeness: Double) -> Snapshot {
        func known(_ random: inout SeededGenerator) -> Bool { Double.random(in: 0..<1, using: &random) < completeness }
        var snapshot = Snapshot()
        for setting in Setting.allCases where known(&random) {
            snapshot[setting] =
                setting == .status ? .random(in: 1...2, using: &random) : .random(in: 0...1, using: &random)
        }
        for label in Label.allCases where known(&random) {
            snapshot[label] = "text \(Int.random(in: 0..<3, using: &random))"
        }
        for roster in Roster.allCases where known(&random) {
            snapshot[roster] = (0..<Int.random(in: 0...6, using: &random)).map { _ in
                "user\(Int.random(in: 0..<10, using: &random))"
            }
        }
        return snapshot
    }
}
