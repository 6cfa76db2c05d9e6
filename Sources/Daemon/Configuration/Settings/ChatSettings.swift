import JSON

/// A chat to watch.
package struct ChatSettings: Sendable, Equatable {
    package var id: String
    package var label: String?
    /// How much a minute of delay on this chat matters, beside others.
    package var weight = 1.0
    /// Fixes the time between two polls.
    package var interval: Duration?

    package init(id: String, label: String? = nil, weight: Double = 1, interval: Duration? = nil) {
        self.id = id
        self.label = label
        self.weight = weight
        self.interval = interval
    }
}

extension ChatSettings {
    /// An id alone, or an object.
    init?(_ node: ConfigurationNode) {
        if node.value?.stringValue != nil {
            guard let id = node.chatID() else { return nil }
            self.init(id: id)
            return
        }
        guard node.value?.objectValue != nil else {
            node.reportMismatch("a chat id or an object with one")
            return nil
        }
        let object = ConfigurationObject(node, ChatKey.self)
        let label = object[.label].chatLabel()
        let weight = object.number(.weight)
        let interval = object.duration(.interval)
        guard let id = object.required(.id).chatID() else { return nil }
        self.init(id: id, label: label, weight: weight ?? 1, interval: interval)
    }
}

extension ConfigurationNode {
    fileprivate func chatID() -> String? {
        guard let id = string() else { return nil }
        guard let flaw = ChatID.flaw(in: id) else { return id }
        report(flaw)
        return nil
    }

    fileprivate func chatLabel() -> String? {
        guard let label = nonEmptyString() else { return nil }
        guard let flaw = ChatID.flaw(inLabel: label) else { return label }
        report(flaw)
        return nil
    }
}
