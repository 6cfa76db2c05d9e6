package import JSON

extension Snapshot {
    /// Every known field under the platform's own name, labels first, then rosters, then settings.
    package var json: JSONObject {
        var object = JSONObject()
        for label in Label.allCases {
            object[label.rawValue] = self[label].map { .string($0) }
        }
        for roster in Roster.allCases {
            object[roster.rawValue] = self[roster].map { .array($0.map { .string($0) }) }
        }
        for setting in Setting.allCases {
            object[setting.rawValue] = self[setting].map { .integer(Int64($0)) }
        }
        return object
    }

    /// Reads what `json` wrote. Nil when a known field has another type, which only a damaged record has.
    package init?(json: JSONObject) {
        self.init()
        for label in Label.allCases {
            guard let value = json[label.rawValue] else { continue }
            guard let text = value.stringValue else { return nil }
            self[label] = text
        }
        for roster in Roster.allCases {
            guard let value = json[roster.rawValue] else { continue }
            guard let list = value.arrayValue else { return nil }
            let names = list.compactMap(\.stringValue)
            guard names.count == list.count else { return nil }
            self[roster] = names
        }
        for setting in Setting.allCases {
            guard let value = json[setting.rawValue] else { continue }
            guard let number = value.integerValue else { return nil }
            self[setting] = Int(number)
        }
    }
}
