import Chats
import Testing

@Suite("Differences between snapshots")
struct DiffTests {
    @Test(
        "a setting that changes is told with its old and its new value",
        arguments: [
            (Setting.status, 1, 2, EventType.chatDismissed), (.status, 2, 1, .chatRestored),
            (.chatBannedType, 0, 1, .chatMuted), (.chatBannedType, 1, 0, .chatUnmuted),
            (.searchable, 0, 1, .searchableChanged), (.validationType, 1, 0, .joinVerificationChanged),
            (.mentionAllAuthority, 0, 1, .mentionAllChanged), (.managementType, 0, 1, .managementChanged),
            (.showHistoryType, 1, 0, .historyChanged), (.conversationTag, 0, 2, .tagChanged),
        ])
    func settings(setting: Setting, old: Int, new: Int, type: EventType) {
        let changes = Snapshot(settings: [setting: old]).changes(in: Snapshot(settings: [setting: new]))
        #expect(changes == [.setting(setting, from: old, to: new)])
        #expect(changes.map(\.type) == [type])
    }

    @Test(
        "a text that changes is told",
        arguments: [
            (Label.name, EventType.chatRenamed), (.owner, .ownerChanged), (.icon, .iconChanged),
        ])
    func labels(label: Label, type: EventType) {
        let changes = Snapshot(labels: [label: "a"]).changes(in: Snapshot(labels: [label: "b"]))
        #expect(changes == [.label(label, from: "a", to: "b")])
        #expect(changes.map(\.type) == [type])
    }

    @Test("a roster is compared as a set, and its size afterwards is told")
    func rosters() {
        let old = Snapshot(rosters: [.members: ["c", "a", "b"]])
        #expect(old.changes(in: Snapshot(rosters: [.members: ["b", "c", "a", "a"]])).isEmpty)
        #expect(
            old.changes(in: Snapshot(rosters: [.members: ["d", "c", "e", "a"]])) == [
                .added(.members, ["d", "e"], count: 5), .removed(.members, ["b"], count: 4),
            ])
    }

    @Test("a field that an answer leaves out is no change, and is remembered")
    func absence() {
        let old = Snapshot(settings: [.status: 1, .searchable: 1], labels: [.name: "n"], rosters: [.guests: ["g"]])
        #expect(old.changes(in: Snapshot()).isEmpty)
        #expect(old.updated(with: Snapshot()) == old)
    }

    @Test("a number seen for the first time is measured against its documented default")
    func firstSight() {
        let unknown = Snapshot()
        #expect(unknown.changes(in: Snapshot(settings: [.status: 1, .searchable: 0, .conversationTag: 0])).isEmpty)
        #expect(
            unknown.changes(in: Snapshot(settings: [.status: 2, .chatBannedType: 1])) == [
                .setting(.status, from: nil, to: 2), .setting(.chatBannedType, from: nil, to: 1),
            ])
        #expect(unknown.changes(in: Snapshot(rosters: [.guests: ["g"]])) == [.added(.guests, ["g"], count: 1)])
        #expect(unknown.changes(in: Snapshot(labels: [.name: "n", .icon: "i"])).isEmpty)
    }

    @Test("several differences are told in the order of the event types")
    func order() {
        let old = Snapshot(
            settings: [.status: 1, .chatBannedType: 0], labels: [.name: "a", .owner: "o"],
            rosters: [.members: ["m"], .guests: []])
        let new = Snapshot(
            settings: [.status: 2, .chatBannedType: 1], labels: [.name: "b", .owner: "p"],
            rosters: [.members: ["n"], .guests: ["g"]])
        #expect(
            old.changes(in: new).map(\.type) == [
                .chatDismissed, .membersAdded, .membersRemoved, .guestsAdded, .chatMuted, .chatRenamed, .ownerChanged,
            ])
    }
}
