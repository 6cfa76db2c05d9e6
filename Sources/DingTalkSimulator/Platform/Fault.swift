/// A misbehaviour on order.
package struct Fault: Sendable, Equatable {
    package enum Effect: Sendable, Equatable {
        /// The usual answer, perhaps late.
        case none
        /// The platform's own error. `wrapped` nil: as the platform usually does with that code.
        case errcode(Int64, wrapped: Bool?)
        case raw(status: Int, body: String)
        case close
    }

    package internal(set) var number = 0
    /// Nil: every path of the platform.
    package var route: Route?
    /// Nil: every chat, and calls that name none.
    package var chat: String?
    package var delay: Duration = .zero
    package var effect: Effect = .none
    /// How many calls it still hits; nil until it is deleted.
    package var remaining: Int?

    func matches(_ route: Route, chat: String?) -> Bool {
        (self.route == nil || self.route == route) && (self.chat == nil || self.chat == chat)
    }
}
