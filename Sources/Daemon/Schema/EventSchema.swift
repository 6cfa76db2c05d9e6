import Chats
package import JSON

/// An event as receivers get it in the format `standard`, in JSON Schema (2020-12).
package enum EventSchema {
    package static var json: JSONValue {
        [
            "$schema": "https://json-schema.org/draft/2020-12/schema", "title": "An event from Belfry",
            "description": "Ignore members that are not described here: later versions may add some.",
            "type": "object", "required": ["id", "type", "timestamp", "data"],
            "properties": [
                "id": [
                    "description": "The same over all tries, replays and restarts.", "type": "string",
                    "pattern": "^evt_[0-9a-z]+$",
                ],
                "type": .oneOf(EventType.allCases.map(\.rawValue)), "timestamp": timestamp,
                "data": [
                    "type": "object", "required": ["chat", "sequence", "observed", "change"],
                    "properties": [
                        "chat": ["anyOf": [chat, ["type": "null"]]],
                        "sequence": [
                            "description":
                                "Counts the events of one chat from 1 without gaps, and those about no chat likewise. 0 in a test.",
                            "type": "integer", "minimum": 0,
                        ],
                        "observed": observed, "change": ["type": "object"],
                    ],
                ],
            ],
            "allOf": .array(EventType.allCases.map(rule)),
            "$defs": ["snapshot": ChangeSchema.snapshot],
        ]
    }

    private static let timestamp: JSONValue = [
        "description": "RFC 3339, UTC, milliseconds.", "type": "string", "format": "date-time",
        "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{3}Z$",
    ]

    private static let chat: JSONValue = [
        "type": "object", "required": ["id"],
        "properties": [
            "id": ["type": "string"],
            "name": ["description": "As last seen; left out where it is unknown.", "type": "string"],
            "label": ["description": "Of the configuration, if it gives one.", "type": "string"],
        ],
    ]

    private static let observed: JSONValue = [
        "description":
            "The change happened after the last poll that showed the old state and by the poll that showed the new one.",
        "type": "object", "required": ["after", "by"],
        "properties": ["after": ["anyOf": [timestamp, ["type": "null"]]], "by": timestamp],
    ]

    /// What follows from an event's type.
    private static func rule(for type: EventType) -> JSONValue {
        [
            "if": ["properties": ["type": ["const": .string(type.rawValue)]], "required": ["type"]],
            "then": [
                "properties": [
                    "data": [
                        "properties": [
                            "chat": ["type": type.isAboutChat ? "object" : "null"],
                            "change": ChangeSchema.change(of: type),
                        ]
                    ]
                ]
            ],
        ]
    }
}

extension EventType {
    fileprivate var isAboutChat: Bool {
        switch self {
        case .watchFailing, .watchRecovered, .endpointFailing, .endpointDisabled, .endpointRecovered, .endpointTest:
            false
        default: true
        }
    }
}
