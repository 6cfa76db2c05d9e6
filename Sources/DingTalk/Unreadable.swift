/// A call that brought no answer of the platform: never a change, always tried again.
package struct Unreadable: Error, Sendable, Equatable {
    package enum Kind: Sendable, Equatable {
        /// No connection, no name, a time limit: the network or the host.
        case network
        /// An HTTP status that is not 200.
        case status(Int)
        /// A page or a truncated text where JSON was due; what a blocked address gets.
        case malformed
        /// An answer of the API that is about something else, or of other types than documented: this chat's affair.
        case content
    }

    package var kind: Kind
    /// For people.
    package var text: String

    package init(_ kind: Kind, _ text: String) {
        self.kind = kind
        self.text = text
    }
}
