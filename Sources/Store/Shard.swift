/// The part of all chats that a chat belongs to, 0 ..< 256. Stored with its rows, so that machines can one day share the
/// chats among them.
///
/// FNV-1a (64 bit) over the id's UTF-8, its halves folded together, modulo 256. The fold matters: the low byte of FNV-1a
/// alone depends on the low bits of the input only. Stored numbers depend on this function: it never changes.
package enum Shard {
    package static let count = 256

    /// The empty id stands for what is about no chat.
    package static func number(ofChat id: String) -> Int {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in id.utf8 {
            hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
        }
        return Int((hash ^ hash >> 32) % UInt64(count))
    }
}
