import Testing

@testable import Store

@Suite("Shards and versions")
struct ShardTests {
    // The hashes are FNV-1a's published ones.
    @Test(
        "a chat's shard is the folded FNV-1a of its id",
        arguments: [
            ("", 0xcbf2_9ce4_8422_2325), ("a", 0xaf63_dc4c_8601_ec8c), ("foobar", 0x8594_4171_f739_67e8),
        ] as [(String, UInt64)])
    func vectors(_ id: String, _ hash: UInt64) {
        #expect(Shard.number(ofChat: id) == Int((hash >> 32 & 0xFF) ^ (hash & 0xFF)))
    }

    @Test("ids that differ in a digit spread over all shards evenly")
    func spread() {
        var counts = [Int](repeating: 0, count: Shard.count)
        for number in 0..<25_600 {
            counts[Shard.number(ofChat: "chat\(number)")] += 1
        }
        #expect(counts.allSatisfy { (50...150).contains($0) })
    }
}
