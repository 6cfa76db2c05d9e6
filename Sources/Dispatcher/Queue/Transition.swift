import Chats

/// What turned over at an endpoint and is told to the others.
enum Transition: Sendable, Equatable {
    case failing(reason: String)
    case disabled(reason: String)
    case recovered

    func change(of endpoint: String) -> Change {
        switch self {
        case .failing(let reason): .endpointFailing(endpoint: endpoint, reason: reason)
        case .disabled(let reason): .endpointDisabled(endpoint: endpoint, reason: reason)
        case .recovered: .endpointRecovered(endpoint: endpoint, reason: "a delivery was accepted again")
        }
    }
}
