/// A binary heap of chats by the time they are due, in milliseconds; every operation O(log n), 12 bytes a chat.
///
/// Where each chat stands is kept by the owner in an array that several heaps share, as a chat is in one of them at
/// most.
struct DueHeap: Sendable {
    struct Entry: Sendable {
        var due: Int64
        var chat: Int32
    }

    private(set) var entries: [Entry] = []

    var first: Entry? { entries.first }
    var isEmpty: Bool { entries.isEmpty }

    mutating func insert(_ chat: Int32, due: Int64, positions: inout [Int32]) {
        entries.append(Entry(due: due, chat: chat))
        siftUp(from: entries.count - 1, &positions)
    }

    mutating func remove(at position: Int, positions: inout [Int32]) {
        positions[Int(entries[position].chat)] = -1
        let last = entries.removeLast()
        guard position < entries.count else { return }
        entries[position] = last
        positions[Int(last.chat)] = Int32(position)
        siftUp(from: position, &positions)
        siftDown(from: Int(positions[Int(last.chat)]), &positions)
    }

    /// Gives every chat a new time; `reorder` must follow.
    mutating func rekey(_ due: (Int32) -> Int64) {
        for index in entries.indices { entries[index].due = due(entries[index].chat) }
    }

    /// Makes a heap of entries in whatever order; O(n).
    mutating func reorder(positions: inout [Int32]) {
        for index in entries.indices { positions[Int(entries[index].chat)] = Int32(index) }
        for index in stride(from: entries.count / 2 - 1, through: 0, by: -1) { siftDown(from: index, &positions) }
    }

    private mutating func siftUp(from start: Int, _ positions: inout [Int32]) {
        let moving = entries[start]
        var hole = start
        while hole > 0 {
            let parent = (hole - 1) / 2
            guard moving.due < entries[parent].due else { break }
            entries[hole] = entries[parent]
            positions[Int(entries[hole].chat)] = Int32(hole)
            hole = parent
        }
        entries[hole] = moving
        positions[Int(moving.chat)] = Int32(hole)
    }

    private mutating func siftDown(from start: Int, _ positions: inout [Int32]) {
        let moving = entries[start]
        var hole = start
        while true {
            var child = 2 * hole + 1
            guard child < entries.count else { break }
            if child + 1 < entries.count, entries[child + 1].due < entries[child].due { child += 1 }
            guard entries[child].due < moving.due else { break }
            entries[hole] = entries[child]
            positions[Int(entries[hole].chat)] = Int32(hole)
            hole = child
        }
        entries[hole] = moving
        positions[Int(moving.chat)] = Int32(hole)
    }
}
