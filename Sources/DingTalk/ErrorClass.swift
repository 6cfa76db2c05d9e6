/// What an error code of the platform calls for. The codes are those of its published error tables.
package enum ErrorClass: String, Sendable, CaseIterable {
    /// The token is wrong or stale: a new one, once.
    case token
    /// Too many calls; this one was not counted.
    case throttled
    /// The platform is busy: later, at most three times in a row.
    case busy
    /// The month's calls are spent.
    case quota
    /// Credentials, permission, address or organization: nothing helps but mending it.
    case configuration
    /// This group cannot be seen: another organization's, gone, or never there.
    case chat
    /// The request itself is wrong.
    case programming
    /// No table knows the code.
    case unknown

    package init(code: Int) {
        self =
            switch code {
            case 40014, 42001, 40001, 40000, 41001, 33001: .token
            case 90001...90014, 90017, 90018, 45009: .throttled
            case -1, 400001: .busy
            case 90020: .quota
            case 43007, 60011, 60020, 50003, 50005, 48002, 70001, 40078, 40089, 40096, 52010: .configuration
            case 40016, 34001, 34013: .chat
            case 22, 404, 49000, 40035, 43001, 43002: .programming
            default: .unknown
            }
    }
}
