package import Chats

/// Which events an endpoint wants to hear of.
package struct Filter: Sendable, Equatable {
    /// An event type, or the front of several with a `*` behind it.
    package struct Pattern: Sendable, Equatable {
        package let text: String

        package init(_ text: String) {
            self.text = text
        }

        package func matches(_ type: EventType) -> Bool {
            text.hasSuffix("*") ? type.rawValue.hasPrefix(text.dropLast()) : type.rawValue == text
        }

        /// Whether any event type matches: one that matches none is a mistake.
        package var matchesSomething: Bool {
            EventType.allCases.contains(where: matches)
        }
    }

    package var events: [Pattern]
    /// Chat ids or labels; nil stands for every chat.
    package var chats: Set<String>?

    package init(events: [Pattern] = [Pattern("*")], chats: Set<String>? = nil) {
        self.events = events
        self.chats = chats
    }

    /// Events about no chat pass every choice of chats: they concern the watch itself.
    package func admits(_ event: Event, sentTo endpoint: String) -> Bool {
        guard events.contains(where: { $0.matches(event.type) }) else { return false }
        if event.change.subjectEndpoint == endpoint { return false }
        guard let chats, let chat = event.chat else { return true }
        return chats.contains(chat.id) || chat.label.map(chats.contains) ?? false
    }
}

extension Change {
    /// The endpoint whose own state this tells of, which is never told about itself.
    fileprivate var subjectEndpoint: String? {
        switch self {
        case .endpointFailing(let endpoint, _), .endpointDisabled(let endpoint, _), .endpointRecovered(let endpoint, _):
            endpoint
        default: nil
        }
    }
}
