import Chats
import JSON

/// The `change` member of an event, by the event's type.
enum ChangeSchema {
    static func change(of type: EventType) -> JSONValue {
        switch type {
        case .chatWatched: object(["field": ["type": "null"], "snapshot": ["$ref": "#/$defs/snapshot"]])
        case .chatDismissed, .chatRestored: setting(.status)
        case .membersAdded: roster(.members, "added")
        case .membersRemoved: roster(.members, "removed")
        case .guestsAdded: roster(.guests, "added")
        case .guestsRemoved: roster(.guests, "removed")
        case .chatMuted, .chatUnmuted: setting(.chatBannedType)
        case .chatRenamed: label(.name)
        case .ownerChanged: label(.owner)
        case .iconChanged: label(.icon)
        case .searchableChanged: setting(.searchable)
        case .joinVerificationChanged: setting(.validationType)
        case .mentionAllChanged: setting(.mentionAllAuthority)
        case .managementChanged: setting(.managementType)
        case .historyChanged: setting(.showHistoryType)
        case .tagChanged: setting(.conversationTag)
        case .chatUnreachable, .chatReachable: object(["field": ["type": "null"], "errcode": integer, "errmsg": text])
        case .watchFailing, .watchRecovered: object(["errcode": integer, "errmsg": text, "hint": text])
        case .endpointFailing, .endpointDisabled, .endpointRecovered: object(["endpoint": text, "reason": text])
        case .endpointTest: object([:])
        }
    }

    /// Every known field of a group; none of them must be known.
    static var snapshot: JSONValue {
        var properties = JSONObject()
        for label in Label.allCases { properties[label.rawValue] = text }
        for roster in Roster.allCases { properties[roster.rawValue] = ["type": "array", "items": text] }
        for setting in Setting.allCases { properties[setting.rawValue] = integer }
        return ["type": "object", "properties": .object(properties)]
    }

    private static let text: JSONValue = ["type": "string"]
    private static let integer: JSONValue = ["type": "integer"]

    /// `from` is null for a value that was seen for the first time and is not the documented default.
    private static func setting(_ setting: Setting) -> JSONValue {
        object(["field": ["const": .string(setting.rawValue)], "from": ["type": ["integer", "null"]], "to": integer])
    }

    private static func label(_ label: Label) -> JSONValue {
        object(["field": ["const": .string(label.rawValue)], "from": text, "to": text])
    }

    private static func roster(_ roster: Roster, _ verb: String) -> JSONValue {
        object([
            "field": ["const": .string(roster.rawValue)],
            verb: ["description": "User ids, sorted.", "type": "array", "items": text, "minItems": 1],
            "count": ["description": "Of all, afterwards.", "type": "integer", "minimum": 0],
        ])
    }

    /// With all of these members.
    private static func object(_ properties: JSONObject) -> JSONValue {
        [
            "type": "object", "required": .array(properties.keys.map { .string($0) }),
            "properties": .object(properties),
        ]
    }
}
