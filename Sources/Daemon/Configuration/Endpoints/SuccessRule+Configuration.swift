import Deliveries
import JSON

extension SuccessRule {
    init?(_ node: ConfigurationNode) {
        let object = ConfigurationObject(node, SuccessKey.self)
        let statuses = object.integers(.status)
        let members = object[.json].expandedValue()
        if let members, members.objectValue == nil { object[.json].reportMismatch("an object") }
        guard node.value?.objectValue != nil else { return nil }
        if object[.status].isAbsent, object[.json].isAbsent { node.report("expected status, json, or both") }
        self.init(statuses: statuses.map(Set.init), json: members?.objectValue ?? [:])
    }
}
