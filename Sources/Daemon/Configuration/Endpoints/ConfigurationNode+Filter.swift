import Chats
import Deliveries

extension ConfigurationNode {
    /// The patterns of `events`.
    func eventPatterns() -> [Filter.Pattern]? {
        someElements?.compactMap { element in
            guard let text = element.nonEmptyString() else { return nil }
            let pattern = Filter.Pattern(text)
            if pattern.matchesSomething { return pattern }
            let isMisplaced = text.dropLast().contains("*")
            let hint = isMisplaced ? "; a * stands only at the end" : Suggestion.hint(for: text, among: Self.eventNames)
            element.report("no event type matches \"\(text)\"\(hint)")
            return nil
        }
    }

    /// The names of `chats`; nil for every chat.
    func chatNames(among known: KnownChats?) -> Set<String>? {
        guard let elements = someElements else { return nil }
        let names = elements.compactMap { element -> String? in
            guard let name = element.nonEmptyString() else { return nil }
            guard let known, name != "*", !known.contains(name) else { return name }
            let message = "no watched chat has the id or label \"\(name)\"\(known.hint(for: name))"
            if known.mayChange {
                // A chat that went from its file must not prevent the next start.
                element.warn(message)
                return name
            }
            element.report(message)
            return nil
        }
        return names.contains("*") ? nil : Set(names)
    }

    /// Every type, and every front of one with its `*`.
    private static let eventNames: [String] = {
        let types = EventType.allCases.map(\.rawValue)
        let families: [String] = types.flatMap { type in
            type.indices.filter { type[$0] == "." }.map { String(type[...$0]) + "*" }
        }
        return types + Set(families).sorted()
    }()
}
