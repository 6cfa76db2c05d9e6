package import Time

/// Puts a signature on a message. Several signers may sign one message: that is how secrets are rotated.
///
/// A message is signed when it is sent, not when it is queued, so that a late retry carries a fresh timestamp.
package protocol Signer: Sendable {
    func signature(of payload: Payload, at time: Timestamp) -> Signature
}

/// What a signer adds to a request.
package struct Signature: Sendable, Equatable {
    /// A header to add. When several signers give the same header, the values are joined by `separator`.
    package struct Header: Sendable, Equatable {
        package var name: String
        package var value: String
        package var separator: String

        package init(name: String, value: String, separator: String) {
            self.name = name
            self.value = value
            self.separator = separator
        }
    }

    package var headers: [Header]

    package init(headers: [Header]) {
        self.headers = headers
    }

    package func merged(with other: Signature) -> Signature {
        var result = self
        for header in other.headers {
            if let index = result.headers.firstIndex(where: { $0.name == header.name }) {
                result.headers[index].value += header.separator + header.value
            } else {
                result.headers.append(header)
            }
        }
        return result
    }
}

/// The signature schemes by the name that the configuration uses.
package enum SigningScheme: String, Sendable, CaseIterable {
    case standard

    /// Throws when the secret does not have the scheme's form.
    package func signer(secret: String) throws(SigningSecretError) -> any Signer {
        switch self {
        case .standard: try StandardSigner(secret: secret)
        }
    }
}

/// A secret that does not have its scheme's form; the text says what was expected and never repeats the secret.
package struct SigningSecretError: Error, Equatable, CustomStringConvertible {
    package var description: String

    package init(_ description: String) {
        self.description = description
    }
}
