import DingTalkSimulator
import JSON
import Testing
import Time

@Suite struct WorldTests {
    private static func world(seed: UInt64, changes: Int) -> (World, [RecordedChange]) {
        var generator = SplitMix64(seed: seed)
        var world = World(chats: 10, members: 3...40, using: &generator)
        let changes = (0..<changes).compactMap { world.mutate(using: &generator, at: someTime + .seconds($0)) }
        return (world, changes)
    }

    @Test("the generator gives the published sequence")
    func generator() {
        var generator = SplitMix64(seed: 1_234_567)
        #expect(generator.next() == 6_457_827_717_110_365_317)
        #expect(generator.next() == 3_203_168_211_198_807_973)
    }

    @Test("the same seed gives the same chats and the same changes, another seed others")
    func seed() {
        let (first, firstChanges) = Self.world(seed: 5, changes: 300)
        let (second, secondChanges) = Self.world(seed: 5, changes: 300)
        let (other, _) = Self.world(seed: 6, changes: 0)
        #expect(first.chatIDs == second.chatIDs)
        #expect(firstChanges == secondChanges)
        #expect(first.chatIDs.map { first.chat($0)?.info } == second.chatIDs.map { second.chat($0)?.info })
        #expect(first.chatIDs != other.chatIDs)
    }

    @Test("chat ids have the platform's form")
    func identifiers() {
        let (world, _) = Self.world(seed: 1, changes: 0)
        #expect(Set(world.chatIDs).count == 10)
        for id in world.chatIDs {
            #expect(id.hasPrefix("chat") && id.utf8.count == 36)
            #expect(id.dropFirst(4).allSatisfy { "0123456789abcdef".contains($0) })
        }
    }

    @Test("some chats lack optional fields, none lacks a required one, and every field occurs")
    func fields() {
        var generator = SplitMix64(seed: 2)
        let world = World(chats: 60, members: 3...10, using: &generator)
        let chats = world.chatIDs.compactMap(world.chat)
        for field in ChatField.allCases {
            let count = chats.filter { $0[field] != nil }.count
            let isRequired = [.chatid, .name, .owner, .useridlist].contains(field)
            #expect(isRequired ? count == 60 : (1..<60).contains(count), "\(field)")
        }
    }

    @Test("replaying the recorded changes over the first state gives the last state")
    func groundTruth() throws {
        let (start, _) = Self.world(seed: 9, changes: 0)
        let (end, changes) = Self.world(seed: 9, changes: 2000)
        var values: [String: [ChatField: JSONValue]] = [:]
        var members: [String: [ChatField: Set<String>]] = [:]
        for chat in start.chatIDs.compactMap(start.chat) {
            for field in ChatField.allCases {
                values[chat.id, default: [:]][field] = chat[field]
                members[chat.id, default: [:]][field] = Set(chat.members(of: field))
            }
        }
        for change in changes {
            switch change.difference {
            case .value(let from, let to):
                #expect(values[change.chat]?[change.field] ?? .null == from)
                values[change.chat]?[change.field] = to
            case .members(let added, let removed):
                let before = try #require(members[change.chat]?[change.field])
                #expect(before.isDisjoint(with: added) && before.isSuperset(of: removed))
                members[change.chat]?[change.field] = before.union(added).subtracting(removed)
            }
        }
        for chat in end.chatIDs.compactMap(end.chat) {
            for field in ChatField.allCases {
                if [.useridlist, .extidlist, .agentidlist].contains(field) {
                    #expect(members[chat.id]?[field] == Set(chat.members(of: field)))
                    #expect(Set(chat.members(of: field)).count == chat.members(of: field).count)
                } else {
                    #expect(values[chat.id]?[field] == chat[field])
                }
            }
        }
    }

    @Test("changes are numbered without gaps, carry their time, and are of many kinds")
    func log() {
        let (world, changes) = Self.world(seed: 3, changes: 1000)
        #expect(changes.map(\.number) == Array(1...1000))
        #expect(changes[41].time == someTime + .seconds(41))
        #expect(Set(changes.map(\.field)).count >= 12)
        #expect(world.log.changes(after: 990).map(\.number) == Array(991...1000))
        #expect(world.log.changes(after: 5000).isEmpty)
        #expect(Array(world.log.changes(after: 0)) == changes)
    }

    @Test("at most half of the chats are ever dismissed, and a dismissed one changes no more")
    func dismissal() {
        let (world, changes) = Self.world(seed: 4, changes: 5000)
        let dismissals = changes.filter { $0.field == .status }
        #expect((1...5).contains(dismissals.count))
        #expect(changes.count == 5000)
        for dismissal in dismissals {
            #expect(world.chat(dismissal.chat)?[.status] == 2)
            #expect(!changes.contains { $0.chat == dismissal.chat && $0.number > dismissal.number })
        }
    }

    @Test("the owner never leaves")
    func owner() {
        let (world, _) = Self.world(seed: 8, changes: 3000)
        for chat in world.chatIDs.compactMap(world.chat) {
            #expect(chat.members(of: .useridlist).contains(chat[.owner]?.stringValue ?? ""))
        }
    }
}
