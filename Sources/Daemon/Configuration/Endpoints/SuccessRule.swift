package import JSON

/// An endpoint's own rule of which answers mean that an event was taken.
package struct SuccessRule: Sendable, Equatable {
    /// Nil is any status of success.
    package var statuses: Set<Int>?
    /// Members that the answer's JSON must have, with these values.
    package var members: JSONObject?
}

extension SuccessRule {
    private enum Key: String, CaseIterable { case status, json }

    init?(_ node: ConfigurationNode) {
        let object = ConfigurationObject(node, Key.self)
        let statuses = object[.status].someElements?.compactMap { $0.integer(in: 200...599) }
        let members = object[.json].expandedValue()
        if let members, members.objectValue == nil { object[.json].reportMismatch("an object") }
        guard node.value?.objectValue != nil else { return nil }
        if object[.status].isAbsent, object[.json].isAbsent { node.report("expected status, json, or both") }
        self.init(statuses: statuses.map(Set.init), members: members?.objectValue)
    }
}
