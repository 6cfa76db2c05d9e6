/// What is known of a group at one time. A key that is missing here is *unknown*: the platform leaves out what it likes, and
/// neither its absence nor its return is a change of the group.
package struct Snapshot: Sendable, Equatable {
    package private(set) var settings: [Setting: Int]
    package private(set) var labels: [Label: String]
    /// Each list sorted and without repetition, so that equal sets are equal here.
    package private(set) var rosters: [Roster: [String]]

    package init(settings: [Setting: Int] = [:], labels: [Label: String] = [:], rosters: [Roster: [String]] = [:]) {
        self.settings = settings
        self.labels = labels
        self.rosters = rosters.mapValues(Self.canonical)
    }

    package subscript(setting: Setting) -> Int? {
        get { settings[setting] }
        set { settings[setting] = newValue }
    }

    package subscript(label: Label) -> String? {
        get { labels[label] }
        set { labels[label] = newValue }
    }

    package subscript(roster: Roster) -> [String]? {
        get { rosters[roster] }
        set { rosters[roster] = newValue.map(Self.canonical) }
    }

    package var isDismissed: Bool { self[.status] == Setting.dismissedStatus }

    /// This knowledge, brought up to date by a newer answer: what the answer leaves out stays as it was.
    package func updated(with newer: Snapshot) -> Snapshot {
        var result = self
        result.settings.merge(newer.settings) { _, new in new }
        result.labels.merge(newer.labels) { _, new in new }
        result.rosters.merge(newer.rosters) { _, new in new }
        return result
    }

    private static func canonical(_ list: [String]) -> [String] {
        Set(list).sorted()
    }
}
