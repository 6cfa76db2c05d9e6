import Deliveries

/// What is different in a new configuration, for a reload to act upon and for people to read.
///
/// Of secrets it only says that they changed. Equal meaning is no change, however it is written.
package struct ConfigurationChange: Sendable, Equatable {
    /// One key outside of the lists.
    package struct Setting: Sendable, Equatable {
        package var key: String
        /// As it can be shown; nil for secrets.
        package var values: Values?

        package struct Values: Sendable, Equatable {
            package var old: String
            package var new: String
        }
    }

    package var endpoints: ListChange
    /// By id, from whichever list.
    package var chats: ListChange
    /// What can take effect while the program runs.
    package var settings: [Setting]
    /// What only a restart can bring into force.
    package var needingRestart: [Setting]

    package init(from old: Configuration, to new: Configuration) {
        func changed(_ aspects: [Aspect<Configuration>]) -> [Setting] {
            aspects.filter { $0.differs(old, new) }.map { aspect in
                let values = aspect.text.map { Setting.Values(old: $0(old), new: $0(new)) }
                return Setting(key: aspect.key, values: values)
            }
        }
        endpoints = ListChange(
            from: old.endpoints, to: new.endpoints, name: \.endpoint.name, aspects: Aspect.ofEndpoints)
        chats = ListChange(from: old.watch.chats, to: new.watch.chats, name: \.id, aspects: Aspect.ofChats)
        settings = changed(Aspect.ofRunning)
        needingRestart = changed(Aspect.ofStart)
    }

    package var isEmpty: Bool {
        endpoints.isEmpty && chats.isEmpty && settings.isEmpty && needingRestart.isEmpty
    }
}
