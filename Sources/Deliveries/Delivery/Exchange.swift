package import Time

/// What came of putting a request on the wire.
package enum Exchange: Sendable, Equatable {
    case answered(Reply)
    case failed(Failure)

    /// No answer that can be judged.
    package struct Failure: Sendable, Equatable {
        /// A word of a closed set, for metrics: `connection`, `timeout`, `tls`, …
        package var reason: String
        /// For people.
        package var text: String
        /// Whether the receiver may have taken it in all the same.
        package var mayHaveArrived: Bool

        package init(reason: String, text: String, mayHaveArrived: Bool) {
            self.reason = reason
            self.text = text
            self.mayHaveArrived = mayHaveArrived
        }
    }
}

/// A receiver's answer, as far as a verdict needs it.
package struct Reply: Sendable, Equatable {
    package var status: Int
    /// By lower-case name; of repeated headers the last.
    package var headers: [String: String] {
        get { heading.fields }
        set { heading = Heading(newValue) }
    }
    private var heading: Heading
    package var body: [UInt8]
    /// The body was longer than what was read, or broke off.
    package var isTruncated: Bool
    /// From `Retry-After`, either form, as an instant.
    package var retryAfter: Timestamp?
    /// Where a redirect pointed.
    package var location: String?
    /// The origin of waits that the answer gives as a number of seconds; without it they are not honoured.
    package var receivedAt: Timestamp?

    package init(
        status: Int, headers: [String: String] = [:], body: [UInt8] = [], isTruncated: Bool = false,
        retryAfter: Timestamp? = nil, location: String? = nil, receivedAt: Timestamp? = nil
    ) {
        self.init(
            status: status, heading: Heading(headers), body: body, isTruncated: isTruncated, retryAfter: retryAfter,
            location: location, receivedAt: receivedAt)
    }

    package init(
        status: Int, heading: Heading, body: [UInt8], isTruncated: Bool, retryAfter: Timestamp?, location: String?,
        receivedAt: Timestamp?
    ) {
        self.status = status
        self.heading = heading
        self.body = body
        self.isTruncated = isTruncated
        self.retryAfter = retryAfter
        self.location = location
        self.receivedAt = receivedAt
    }

    /// Headers that are taken apart when they are asked for: hardly a format looks at them.
    package struct Heading: Sendable, Equatable {
        private let read: @Sendable () -> [String: String]

        package init(_ read: @escaping @Sendable () -> [String: String]) {
            self.read = read
        }

        init(_ fields: [String: String]) {
            read = { fields }
        }

        var fields: [String: String] { read() }

        package static func == (left: Heading, right: Heading) -> Bool {
            left.fields == right.fields
        }
    }
}
