import Chats

/// What turned over at an endpoint and is told to the others.
enum Transition: Sendable, Equatable {
    case failing(reason: String)
    case disabled(reason: String)
    case recovered

    func change(of endpoint: String) -> Change {
        switch self {
        case .failing: .endpointFailing(endpoint: endpoint, reason: reason)
        case .disabled: .endpointDisabled(endpoint: endpoint, reason: reason)
        case .recovered: .endpointRecovered(endpoint: endpoint, reason: reason)
        }
    }

    var reason: String {
        switch self {
        case .failing(let reason), .disabled(let reason): reason
        case .recovered: "a delivery was accepted again"
        }
    }
}
