import Crypto

/// A value that must not be read off a log: a token, a signing secret, a webhook address.
///
/// Its description never shows the value, so interpolating one into a message is safe. Whoever needs the value says so
/// with `reveal()`, which makes every such place findable.
package struct Secret: Sendable, Hashable {
    private let value: String

    package init(_ value: String) {
        self.value = value
    }

    package func reveal() -> String {
        value
    }

    package var isEmpty: Bool { value.isEmpty }

    /// Eight hexadecimal digits of the value's SHA-256: enough to tell two secrets apart, nothing to guess from.
    package var fingerprint: String {
        let digits = Array("0123456789abcdef")
        return String(
            SHA256.hash(data: Array(value.utf8)).prefix(4).flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
    }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// An address shows scheme, host and fingerprint (`https://hooks.example.com/…#1f2e3d4c`), anything else `…#1f2e3d4c`.
    package var description: String {
        "\(origin.map { $0 + "/" } ?? "")…#\(fingerprint)"
    }

    package var debugDescription: String { description }

    // `dump` and string reflection walk the stored properties otherwise.
    package var customMirror: Mirror { Mirror(self, children: []) }

    private var origin: String? {
        guard let scheme = ["https://", "http://"].first(where: value.lowercased().hasPrefix) else { return nil }
        let authority = value.dropFirst(scheme.count).prefix { !"/?#\\".contains($0) }
        // What stands before an @ is a user name and password.
        let host = authority.split(separator: "@", omittingEmptySubsequences: false).last ?? ""
        return host.isEmpty ? nil : scheme + host
    }
}
