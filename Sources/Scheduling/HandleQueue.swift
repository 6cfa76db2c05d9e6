/// Chats first come, first served. Entries may be stale; the owner skips them by what its records say.
struct HandleQueue: Sendable {
    private var handles: [Int32] = []
    private var head = 0

    var count: Int { handles.count - head }
    var first: Int32? { head < handles.count ? handles[head] : nil }

    mutating func append(_ handle: Int32) {
        handles.append(handle)
    }

    mutating func removeFirst() {
        head += 1
        if head == handles.count {
            handles.removeAll(keepingCapacity: head < 64)
            head = 0
        } else if head > 1024, head > handles.count / 2 {
            handles.removeFirst(head)
            head = 0
        }
    }
}
