extension Snapshot {
    /// What an answer changes in what was known, in the order in which events are told.
    ///
    /// A field that the answer leaves out is no change. A number seen for the first time is compared with its documented
    /// default, a roster with the empty one; a text seen for the first time is only taken note of.
    package func changes(in answer: Snapshot) -> [Change] {
        let changes =
            Setting.allCases.compactMap { settingChange($0, in: answer) }
            + Roster.allCases.flatMap { rosterChanges($0, in: answer) }
            + Label.allCases.compactMap { labelChange($0, in: answer) }
        let order = Dictionary(uniqueKeysWithValues: zip(EventType.allCases, 0...))
        return changes.sorted { order[$0.type, default: 0] < order[$1.type, default: 0] }
    }

    private func settingChange(_ setting: Setting, in answer: Snapshot) -> Change? {
        guard let new = answer[setting] else { return nil }
        let old = self[setting]
        return new == old ?? setting.documentedDefault ? nil : .setting(setting, from: old, to: new)
    }

    private func labelChange(_ label: Label, in answer: Snapshot) -> Change? {
        guard let new = answer[label], let old = self[label], new != old else { return nil }
        return .label(label, from: old, to: new)
    }

    private func rosterChanges(_ roster: Roster, in answer: Snapshot) -> [Change] {
        guard let new = answer[roster] else { return [] }
        let old = self[roster] ?? []
        if new == old { return [] }
        let oldSet = Set(old)
        let newSet = Set(new)
        let came = new.filter { !oldSet.contains($0) }
        let went = old.filter { !newSet.contains($0) }
        // Told one after the other, so that folding the two gives each count: first who came, then who went.
        return [
            came.isEmpty ? nil : Change.added(roster, came, count: old.count + came.count),
            went.isEmpty ? nil : Change.removed(roster, went, count: new.count),
        ].compactMap { $0 }
    }
}

extension Snapshot {
    /// The inverse of `changes(in:)`: this snapshot after a change. What is no change of the group leaves it as it is.
    package func applying(_ change: Change) -> Snapshot {
        var result = self
        switch change {
        case .watched(let snapshot): result = snapshot
        case .setting(let setting, _, let value): result[setting] = value
        case .label(let label, _, let value): result[label] = value
        case .added(let roster, let names, _): result[roster] = (self[roster] ?? []) + names
        case .removed(let roster, let names, _):
            let gone = Set(names)
            result[roster] = (self[roster] ?? []).filter { !gone.contains($0) }
        case .unreachable, .reachable, .watchFailing, .watchRecovered, .endpointFailing, .endpointDisabled,
            .endpointRecovered, .endpointTest:
            break
        }
        return result
    }
}
