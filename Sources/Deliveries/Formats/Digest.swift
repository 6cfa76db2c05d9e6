import Crypto

/// One message that stands for several events.
package struct Digest: Sendable, Equatable {
    package var payload: Payload
    /// How many events from the front the message holds; the others wait for the next one.
    package var count: Int

    package init(payload: Payload, count: Int) {
        self.payload = payload
        self.count = count
    }

    /// The type that schemes tell in a header.
    static let type = "digest"

    /// `dgst_` and 128 bits of a SHA-256 over the ids: the same events give the same id over all tries, others another.
    static func id(of events: ArraySlice<StoredEvent>) -> String {
        var hash = SHA256()
        for event in events {
            hash.update(data: Array((event.id + "\n").utf8))
        }
        return "dgst_" + Hexadecimal.encode(Array(hash.finalize().prefix(16)))
    }
}
