import Testing

@testable import Scheduling

@Suite("The heap of due times")
struct DueHeapTests {
    @Test(
        "it agrees with a sorted list through insertions, removals and new keys",
        arguments: 1...10 as ClosedRange<UInt64>)
    func order(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var heap = DueHeap()
        var positions = [Int32](repeating: -1, count: 60)
        var due: [Int32: Int64] = [:]
        for step in 0..<600 {
            let chat = Int32.random(in: 0..<60, using: &random)
            if let position = positions[Int(chat)] == -1 ? nil : Int(positions[Int(chat)]) {
                heap.remove(at: position, positions: &positions)
                due[chat] = nil
            } else {
                due[chat] = Int64.random(in: 0..<1000, using: &random)
                heap.insert(chat, due: due[chat] ?? 0, positions: &positions)
            }
            if step % 97 == 0 {
                due = due.mapValues { 1000 - $0 }
                heap.rekey { due[$0] ?? 0 }
                heap.reorder(positions: &positions)
            }
            #expect(heap.first?.due == due.values.min())
        }
        var order: [Int64] = []
        while let first = heap.first {
            order.append(first.due)
            heap.remove(at: 0, positions: &positions)
        }
        #expect(order == due.values.sorted())
        #expect(positions.allSatisfy { $0 == -1 })
    }
}
