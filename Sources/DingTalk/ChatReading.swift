package import Chats

/// What a poll of one chat brought.
package enum ChatReading: Sendable, Equatable {
    case answered(Snapshot, digest: ReplyDigest)
    /// The very bytes of the last answer.
    case unchanged
    case refused(Refusal)
    case unreadable(Unreadable)
    case cancelled
}

/// A reading, and how many calls the platform counts for it.
package struct MeteredReading: Sendable, Equatable {
    package var reading: ChatReading
    package var calls: Int

    package init(_ reading: ChatReading, calls: Int) {
        self.reading = reading
        self.calls = calls
    }
}

extension ChatReading {
    /// Whether a `chat/get` that ended so is metered: one that the rate limit refused or the network lost is not, nor one
    /// that was refused because nothing is left.
    var isMetered: Bool {
        switch self {
        case .answered, .unchanged: true
        case .refused(let refusal): refusal.errorClass != .throttled && refusal.errorClass != .quota
        case .unreadable(let failure): failure.kind == .content
        case .cancelled: false
        }
    }
}

/// Stands for an answer's bytes while the process lives, so that an equal answer need not be read again.
///
/// The answer is read as a polynomial, and its value taken at a point that every process chooses anew by chance: two answers of
/// one length and n words have the same value with a chance of at most n in 2⁶¹, and nobody can make two that do.
package struct ReplyDigest: Sendable, Hashable {
    private let value: UInt64
    private let count: Int

    package init(_ bytes: [UInt8]) {
        value = bytes.withUnsafeBytes(Self.value)
        count = bytes.count
    }

    /// 2⁶¹ − 1, by which a remainder takes no division.
    private static let prime: UInt64 = (1 << 61) - 1
    /// Less than the prime, so that no two words are one remainder.
    private static let wordSize = 7
    private static let point = UInt64.random(in: 2..<prime)
    private static let fourthPower = product(product(point, point), product(point, point))

    /// Every fourth word makes a polynomial of its own, so that the processor has four multiplications under way.
    private static func value(of bytes: UnsafeRawBufferPointer) -> UInt64 {
        let fourthPower = fourthPower
        var lanes: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
        var place = 0
        // A load takes one byte more than is used.
        while place + 4 * wordSize < bytes.count {
            lanes.0 = product(lanes.0, fourthPower) + word(of: bytes, at: place)
            lanes.1 = product(lanes.1, fourthPower) + word(of: bytes, at: place + wordSize)
            lanes.2 = product(lanes.2, fourthPower) + word(of: bytes, at: place + 2 * wordSize)
            lanes.3 = product(lanes.3, fourthPower) + word(of: bytes, at: place + 3 * wordSize)
            place += 4 * wordSize
        }
        var value = product(lanes.0, point) + lanes.1
        value = product(value, point) + lanes.2
        value = product(value, point) + lanes.3
        while place < bytes.count {
            let end = min(place + wordSize, bytes.count)
            value = product(value, point) + bytes[place..<end].reduce(0) { $0 << 8 | UInt64($1) }
            place = end
        }
        return value % prime
    }

    private static func word(of bytes: UnsafeRawBufferPointer, at place: Int) -> UInt64 {
        bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self) & 0x00ff_ffff_ffff_ffff
    }

    /// Modulo the prime, but for a few; `left` below 2⁶³, `right` not much above the prime.
    private static func product(_ left: UInt64, _ right: UInt64) -> UInt64 {
        let (high, low) = left.multipliedFullWidth(by: right)
        let sum = (low & prime) + (low >> 61 | high << 3)
        return (sum & prime) + (sum >> 61)
    }
}
