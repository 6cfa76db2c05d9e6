/// Why the daemon did not do what it was asked.
package enum AdminError: Error, Sendable, Equatable {
    /// Nobody answers, or somebody who is no daemon of ours.
    case unreachable(String)
    /// It answered with a problem (RFC 9457).
    /// `problems`: what is wrong one by one, a line each.
    case refused(status: Int, title: String, detail: String, problems: [String] = [])
}

extension AdminError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unreachable(let reason): reason
        case .refused(_, let title, let detail, let problems):
            ([detail.isEmpty ? title : detail] + problems).joined(separator: "\n")
        }
    }
}
