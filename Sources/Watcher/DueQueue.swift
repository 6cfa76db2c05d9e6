import Time

/// Chats ordered by the time they are due; each is in it once. Every operation is O(log n).
struct DueQueue {
    private struct Entry: Comparable {
        var due: Timestamp
        /// Earlier arrivals first among those of one time.
        var ticket: Int
        var chat: String

        static func < (left: Entry, right: Entry) -> Bool {
            (left.due, left.ticket) < (right.due, right.ticket)
        }
    }

    private var heap: [Entry] = []
    private var positions: [String: Int] = [:]
    private var nextTicket = 0

    var first: (chat: String, due: Timestamp)? {
        heap.first.map { ($0.chat, $0.due) }
    }

    mutating func insert(_ chat: String, due: Timestamp) {
        remove(chat)
        heap.append(Entry(due: due, ticket: nextTicket, chat: chat))
        nextTicket += 1
        positions[chat] = heap.count - 1
        siftUp(from: heap.count - 1)
    }

    mutating func remove(_ chat: String) {
        guard let position = positions.removeValue(forKey: chat) else { return }
        let last = heap.removeLast()
        guard position < heap.count else { return }
        heap[position] = last
        positions[last.chat] = position
        siftUp(from: position)
        siftDown(from: position)
    }

    private mutating func siftUp(from start: Int) {
        var child = start
        while child > 0 {
            let parent = (child - 1) / 2
            guard heap[child] < heap[parent] else { return }
            swap(child, parent)
            child = parent
        }
    }

    private mutating func siftDown(from start: Int) {
        var parent = start
        while true {
            let left = 2 * parent + 1
            guard left < heap.count else { return }
            let right = left + 1
            let child = right < heap.count && heap[right] < heap[left] ? right : left
            guard heap[child] < heap[parent] else { return }
            swap(child, parent)
            parent = child
        }
    }

    private mutating func swap(_ a: Int, _ b: Int) {
        heap.swapAt(a, b)
        positions[heap[a].chat] = a
        positions[heap[b].chat] = b
    }
}
