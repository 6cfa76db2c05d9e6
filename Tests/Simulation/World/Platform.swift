import Chats
import DingTalk
import HTTPEngine
import JSON
import Telemetry
import Time

/// The platform with its groups: what they are at this moment, and how it answers.
struct Platform: Sendable {
    enum Mood: Sendable, CaseIterable {
        case well
        case throttling, throttlingUntil
        case busy, expired, forbidden, forbiddenChat, wrongCall, strangeCode
        case page, status, brokenJSON, noCode
        /// Another chat's answer, a field of another type, no chat in the answer.
        case otherChat, wrongType, noChat
        case hanging
    }

    struct Response: Sendable {
        /// Nil when it never comes.
        var http: HTTPResponse?
        /// What it tells of the chat that it was asked for, if it does.
        var snapshot: Snapshot?
    }

    static let account = Account(
        baseURL: "https://platform.example.com", apiBaseURL: "https://platform.example.com", appKey: Secret("key"),
        appSecret: Secret("secret"))

    var mood = Mood.well
    /// Of answers that leave out what they like, in a thousand.
    var omission = 0
    private(set) var groups: [String: Snapshot] = [:]
    /// Tokens before this number are refused.
    private var token = 1

    init(_ chats: [String], _ chance: Chance) {
        for (index, chat) in chats.enumerated() {
            let members = (0..<chance.number(in: 1...5)).map { "u\($0)" }
            groups[chat] = Snapshot(
                settings: [.status: Setting.normalStatus, .chatBannedType: 0],
                labels: [.name: "Group \(index)", .owner: "u0"], rosters: [.members: members, .guests: []])
        }
    }

    // MARK: - What happens in the groups

    /// Returns what happened, in words.
    mutating func change(_ chance: Chance) -> String {
        let chat = chance.pick(groups.keys.sorted())
        guard var group = groups[chat] else { return "" }
        let kind = chance.number(in: 0...20)
        switch kind {
        case 0...5:
            // The last one does not leave: no group lives without a member, and an answer that says so is not believed.
            let members = changed(group[.members] ?? [], chance)
            if !members.isEmpty { group[.members] = members }
        case 6...7: group[.guests] = changed(group[.guests] ?? [], chance)
        case 8...10: group[.name] = "Group \(chance.number(in: 0...9)) </b>\u{1F600}"
        case 11: group[.owner] = "u\(chance.number(in: 0...5))"
        case 12...18:
            let setting = chance.pick(Setting.allCases.filter { $0 != .status && $0 != .conversationTag })
            group[setting] = 1 - (group[setting] ?? 0)
        case 19: group[.status] = Setting.normalStatus
        default: group[.status] = chance.says(300) ? Setting.dismissedStatus : Setting.normalStatus
        }
        groups[chat] = group
        return "\(chat) changes (\(kind))"
    }

    private func changed(_ people: [String], _ chance: Chance) -> [String] {
        let person = "u\(chance.number(in: 0...9))"
        return people.contains(person) ? people.filter { $0 != person } : people + [person]
    }

    mutating func revokeTokens() {
        token += 1
    }

    // MARK: - Answers

    func respond(to url: String, at now: Timestamp, _ chance: Chance) -> Response {
        switch mood {
        case .hanging: return Response(http: nil)
        case .page: return text("<html>blocked</html>")
        case .status: return Response(http: HTTPResponse(status: chance.pick([500, 502, 403]), body: Array("no".utf8)))
        case .noCode: return text("{}")
        case .brokenJSON:
            return chance.says(500)
                ? text(#"{"errcode":0,"chat_info":{"name":"#)
                : Response(
                    http: HTTPResponse(status: 200, body: Array(#"{"errcode":0"#.utf8), bodyError: .connectionLost))
        default: break
        }
        if url.contains("/gettoken") {
            return mood == .forbidden
                ? refusal(40096, "no such key")
                : text(#"{"errcode":0,"access_token":"t\#(token)","expires_in":7200}"#)
        }
        guard Self.query("access_token", of: url) == "t\(token)" else { return refusal(40014, "stale token") }
        return answer(about: Self.query("chatid", of: url), at: now, chance)
    }

    private func answer(about chat: String, at now: Timestamp, _ chance: Chance) -> Response {
        switch mood {
        case .throttling: return refusal(90018, "too many calls")
        case .throttlingUntil:
            let end = (now + .seconds(chance.number(in: 5...60) + 8 * 3600)).description.split(separator: "T")
            return refusal(90018, "punished until \(end.first ?? "") \(end.last?.prefix(8) ?? "") and no call before")
        case .busy:
            return chance.says(500) ? refusal(-1, "busy") : text(#"{"errcode":88,"errmsg":"subcode=400001,busy"}"#)
        case .expired: return refusal(42001, "expired")
        case .forbidden: return refusal(43007, "no permission")
        case .forbiddenChat: return refusal(chance.pick([40016, 34001]), "no such chat")
        case .wrongCall: return refusal(49000, "what?")
        case .strangeCode: return refusal(123_456, "who knows")
        case .noChat: return text(#"{"errcode":0}"#)
        default: break
        }
        guard var shown = groups[chat] else { return refusal(34001, "no such chat") }
        for setting in shown.settings.keys.sorted(by: { $0.rawValue < $1.rawValue }) where chance.says(omission) {
            shown[setting] = nil
        }
        for label in Label.allCases where chance.says(omission) { shown[label] = nil }
        for roster in Roster.allCases where chance.says(omission) { shown[roster] = nil }
        return answer(about: chat, shown)
    }

    private func answer(about chat: String, _ shown: Snapshot) -> Response {
        var info = shown.json
        info["chatid"] = .string(mood == .otherChat ? "another" : chat)
        if mood == .wrongType { info[Roster.members.rawValue] = .integer(3) }
        // One that leaves every field out tells nothing, and is not taken for an answer.
        let isAnswer = mood != .otherChat && mood != .wrongType && shown != Snapshot()
        let body = JSONValue.object(["errcode": 0, "errmsg": "ok", "chat_info": .object(info)]).serialized()
        return Response(http: HTTPResponse(status: 200, body: body), snapshot: isAnswer ? shown : nil)
    }

    private func refusal(_ code: Int, _ message: String) -> Response {
        text(#"{"errcode":\#(code),"errmsg":"\#(message)"}"#)
    }

    private func text(_ text: String) -> Response {
        Response(http: HTTPResponse(status: 200, body: Array(text.utf8)))
    }

    private static func query(_ name: String, of url: String) -> String {
        guard
            let item = url.split(whereSeparator: { $0 == "?" || $0 == "&" }).first(where: { $0.hasPrefix("\(name)=") })
        else { return "" }
        return String(item.dropFirst(name.count + 1))
    }
}
