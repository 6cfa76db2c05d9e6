package import JSON

extension Change {
    /// The `change` member of an event.
    package var json: JSONObject {
        switch self {
        case .watched(let snapshot):
            return ["field": .null, "snapshot": .object(snapshot.json)]
        case .setting(let setting, let old, let new):
            return ["field": .string(setting.rawValue), "from": .init(old), "to": .integer(Int64(new))]
        case .label(let label, let old, let new):
            return ["field": .string(label.rawValue), "from": .string(old), "to": .string(new)]
        case .added(let roster, let names, let count):
            return Self.roster(roster, "added", names, count)
        case .removed(let roster, let names, let count):
            return Self.roster(roster, "removed", names, count)
        case .unreachable(let refusal), .reachable(let refusal):
            return ["field": .null, "errcode": .integer(Int64(refusal.code)), "errmsg": .string(refusal.message)]
        case .watchFailing(let refusal, let hint), .watchRecovered(let refusal, let hint):
            return [
                "errcode": .integer(Int64(refusal.code)), "errmsg": .string(refusal.message), "hint": .string(hint),
            ]
        case .endpointFailing(let endpoint, let reason), .endpointDisabled(let endpoint, let reason),
            .endpointRecovered(let endpoint, let reason):
            return ["endpoint": .string(endpoint), "reason": .string(reason)]
        case .endpointTest:
            return [:]
        }
    }

    private static func roster(_ roster: Roster, _ verb: String, _ names: [String], _ count: Int) -> JSONObject {
        [
            "field": .string(roster.rawValue), verb: .array(names.map { .string($0) }), "count": .integer(Int64(count)),
        ]
    }

    /// Reads the `change` member of an event of a known type; nil when it does not have that type's shape.
    package init?(type: EventType, json: JSONObject) {
        switch type {
        case .chatWatched:
            guard let object = json["snapshot"]?.objectValue, let snapshot = Snapshot(json: object) else { return nil }
            self = .watched(snapshot)
        case .membersAdded, .membersRemoved, .guestsAdded, .guestsRemoved:
            self.init(rosterChange: json)
        case .chatRenamed, .ownerChanged, .iconChanged:
            guard let label = json["field"]?.stringValue.flatMap(Label.init), let old = json["from"]?.stringValue,
                let new = json["to"]?.stringValue
            else { return nil }
            self = .label(label, from: old, to: new)
        case .chatDismissed, .chatRestored, .chatMuted, .chatUnmuted, .searchableChanged, .joinVerificationChanged,
            .mentionAllChanged, .managementChanged, .historyChanged, .tagChanged:
            guard let setting = json["field"]?.stringValue.flatMap(Setting.init), let new = json["to"]?.integerValue
            else { return nil }
            self = .setting(setting, from: json["from"]?.integerValue.map(Int.init), to: Int(new))
        case .chatUnreachable, .chatReachable, .watchFailing, .watchRecovered:
            self.init(refusalOf: type, json: json)
        case .endpointFailing, .endpointDisabled, .endpointRecovered:
            self.init(endpointChangeOf: type, json: json)
        case .endpointTest:
            self = .endpointTest
        }
        guard self.type == type else { return nil }
    }

    private init?(rosterChange json: JSONObject) {
        guard let roster = json["field"]?.stringValue.flatMap(Roster.init), let count = json["count"]?.integerValue
        else { return nil }
        if let added = json["added"]?.arrayValue {
            self = .added(roster, added.compactMap(\.stringValue), count: Int(count))
        } else if let removed = json["removed"]?.arrayValue {
            self = .removed(roster, removed.compactMap(\.stringValue), count: Int(count))
        } else {
            return nil
        }
    }

    private init?(refusalOf type: EventType, json: JSONObject) {
        guard let code = json["errcode"]?.integerValue, let message = json["errmsg"]?.stringValue else { return nil }
        let refusal = Refusal(code: Int(code), message: message)
        let hint = json["hint"]?.stringValue ?? ""
        switch type {
        case .chatUnreachable: self = .unreachable(refusal)
        case .chatReachable: self = .reachable(refusal)
        case .watchFailing: self = .watchFailing(refusal, hint: hint)
        default: self = .watchRecovered(refusal, hint: hint)
        }
    }

    private init?(endpointChangeOf type: EventType, json: JSONObject) {
        guard let endpoint = json["endpoint"]?.stringValue, let reason = json["reason"]?.stringValue else { return nil }
        switch type {
        case .endpointFailing: self = .endpointFailing(endpoint: endpoint, reason: reason)
        case .endpointDisabled: self = .endpointDisabled(endpoint: endpoint, reason: reason)
        default: self = .endpointRecovered(endpoint: endpoint, reason: reason)
        }
    }
}

extension JSONValue {
    init(_ number: Int?) {
        self = number.map { .integer(Int64($0)) } ?? .null
    }
}
