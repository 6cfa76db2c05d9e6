import Deliveries
import JSON

extension SuccessRule {
    private enum Key: String, CaseIterable { case status, json }

    init?(_ node: ConfigurationNode) {
        let object = ConfigurationObject(node, Key.self)
        let statuses = object[.status].someElements?.compactMap { $0.integer(in: 200...599) }
        let members = object[.json].expandedValue()
        if let members, members.objectValue == nil { object[.json].reportMismatch("an object") }
        guard node.value?.objectValue != nil else { return nil }
        if object[.status].isAbsent, object[.json].isAbsent { node.report("expected status, json, or both") }
        self.init(statuses: statuses.map(Set.init), json: members?.objectValue ?? [:])
    }
}
