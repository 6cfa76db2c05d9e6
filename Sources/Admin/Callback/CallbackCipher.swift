import CryptoExtras
import Deliveries
import FoundationEssentials
import Telemetry

/// AES-256-CBC as the platform uses it: the key's first half is the initialization vector, and the padding fills blocks of 32
/// bytes, twice those of the cipher.
struct CallbackCipher: Sendable {
    private static let block = 32

    private let key: SymmetricKey
    private let vector: AES._CBC.IV

    /// Nil unless it is an EncodingAESKey: 43 characters of base 64 that stand for 32 bytes.
    init?(encodingAESKey text: Secret) {
        guard let bytes = Base64.decode(text.reveal() + "="), bytes.count == 32,
            let vector = try? AES._CBC.IV(ivBytes: bytes.prefix(16))
        else { return nil }
        key = SymmetricKey(data: bytes)
        self.vector = vector
    }

    /// Nil for what cannot have come of `encrypt`.
    func decrypt(_ bytes: [UInt8]) -> [UInt8]? {
        guard !bytes.isEmpty, bytes.count.isMultiple(of: Self.block),
            let plain = try? AES._CBC.decrypt(bytes, using: key, iv: vector, noPadding: true),
            let padding = plain.last, (1...Self.block).contains(Int(padding)),
            plain.suffix(Int(padding)).allSatisfy({ $0 == padding })
        else { return nil }
        return Array(plain.dropLast(Int(padding)))
    }

    /// Nil only when the cipher itself fails.
    func encrypt(_ bytes: [UInt8]) -> [UInt8]? {
        let padding = Self.block - bytes.count % Self.block
        let padded = bytes + [UInt8](repeating: UInt8(padding), count: padding)
        return (try? AES._CBC.encrypt(padded, using: key, iv: vector, noPadding: true)).map(Array.init)
    }
}
