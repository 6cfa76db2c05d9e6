import JSON
import Time

/// Which chats are watched, and how often they may be polled.
package struct WatchSettings: Sendable {
    /// Those that the configuration itself names.
    package var listed: [ChatSettings]
    package var file: ChatsFile?
    /// Bounds the time between two polls of one chat.
    package var interval: ClosedRange<Duration>

    /// Every chat once. One that stands in both lists is wholly as the configuration itself has it, so that a list made by
    /// a program can be refined by hand.
    package var chats: [ChatSettings] {
        let ids = Set(listed.map(\.id))
        return listed + (file?.chats ?? []).filter { !ids.contains($0.id) }
    }
}

extension WatchSettings {
    init?(_ node: ConfigurationNode) {
        let object = ConfigurationObject(node, WatchKey.self)
        let shortest = object.duration(.minInterval)
        let longest = object.duration(.maxInterval)
        let range = (lower: shortest ?? .seconds(5), upper: longest ?? .seconds(6 * 3600))
        if range.lower > range.upper {
            // The one that is written is the one to mend.
            let culprit = object[longest == nil ? .minInterval : .maxInterval]
            culprit.report("minInterval, \(range.lower.text), is longer than maxInterval, \(range.upper.text)")
        }
        let file = Self.file(object[.chatsFile])
        let listed = Self.chats(object[.chats], shortestInterval: range.lower, besides: file)
        guard node.value?.objectValue != nil else { return nil }
        if object[.chatsFile].isAbsent, object[.chats].isAbsent || listed?.isEmpty == true {
            object[.chats].report("no chat to watch: name some here, or a chatsFile")
        }
        self.init(listed: listed ?? [], file: file, interval: range.lower...max(range.lower, range.upper))
    }

    private static func chats(
        _ node: ConfigurationNode, shortestInterval: Duration, besides file: ChatsFile?
    ) -> [ChatSettings]? {
        guard let elements = node.elements else { return nil }
        let labels = file?.labels ?? [:]
        // Positions are counted out from the beginning of the text: only where they are shown.
        var first: [String: ConfigurationNode] = [:]
        var chats: [ChatSettings] = []
        for element in elements {
            guard let chat = ChatSettings(element) else { continue }
            if let other = first.updateValue(element, forKey: chat.id) {
                let place = other.position?.description ?? ""
                element.report("the chat \(chat.id) is listed twice, first at \(place)")
            }
            element.compare(chat, withShortest: shortestInterval, labels)
            chats.append(chat)
        }
        return chats
    }

    private static func file(_ node: ConfigurationNode) -> ChatsFile? {
        guard !node.isNull, let path = node.filePath() else { return nil }
        do {
            return try ChatsFile(path: path)
        } catch {
            // A file that cannot be opened is a matter of the configuration; a wrong line is one of that file.
            for problem in error.problems where problem.position == nil {
                node.report("\(problem.file) \(problem.message)")
            }
            node.reading.add(error.problems.filter { $0.position != nil })
            return nil
        }
    }
}

extension ConfigurationNode {
    /// On a chat: an interval that `minInterval` would lengthen, and a label that the file gives in vain.
    fileprivate func compare(_ chat: ChatSettings, withShortest shortest: Duration, _ labels: [String: String]) {
        if let interval = chat.interval, interval < shortest {
            member("interval").report(
                "\(interval.text) is shorter than minInterval, \(shortest.text), which holds for every chat")
        }
        if let other = labels[chat.id], other != chat.label {
            warn("the chats file lists \(chat.id) too, and its label \"\(other)\" there is not used")
        }
    }
}
