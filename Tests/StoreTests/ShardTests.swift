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

    @Test(
        "versions with the WAL-reset bug are known",
        arguments: [
            (3_006_023, false), (3_007_000, true), (3_040_001, true), (3_051_002, true), (3_051_003, false),
            (3_052_000, false),
        ])
    func libraryVersions(_ number: Int, _ hasBug: Bool) {
        #expect(SQLiteLibrary.hasWALResetBug(versionNumber: number) == hasBug)
    }
}
