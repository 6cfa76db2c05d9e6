import Chats
import Deliveries
import JSON
import TestKit
import Testing
import Time

/// Names that try to break messages, and sizes that try to burst them.
struct HostileTests {
    static let names = [
        "\"quoted\" \\back\\ {{data}}", "line\nbreak\r\ntab\tnull\0 bell\u{7}", "<!channel> <@U123> @everyone @here",
        "*bold* _it_ ~no~ `code` ||spoiler||", "# heading\n> quote\n- list", "[link](https://evil.example) ![img](x)",
        "<font color=\"warning\">x</font><@all>", "&lt;already&gt; &amp;", "👩‍👩‍👧‍👦🇨🇳👍🏽 emoji", "שלום עולם",
        "\u{202E}desrever\u{202C} \u{2066}x",
        "a\u{2028}b\u{2029}c", "e" + String(repeating: "\u{301}", count: 5000), String(repeating: "长", count: 3000),
        String(repeating: "<", count: 3000), String(repeating: "👩‍👩‍👧‍👦", count: 400), String(repeating: "&", count: 3000),
        "", " \u{200B} ",
        "\u{FFFE}\u{FEFF}", "=?UTF-8?B?aGk=?=", "%0d%0aX-Evil: 1",
    ]

    static let events: [Event] = {
        let crowd = (0..<10_000).map { "\(names[$0 % names.count].prefix(50))\($0)" }
        return names.flatMap { name -> [Event] in
            let chat = Event.Chat(id: "chat\(name)", name: name, label: name.isEmpty ? nil : String(name.reversed()))
            let refusal = Change.Refusal(code: 40016, message: name)
            let changes: [Change] = [
                .label(.name, from: name, to: name), .label(.owner, from: name, to: name),
                .added(.members, [name], count: 1), .removed(.guests, [name, name, name], count: 1),
                .unreachable(refusal), .setting(.status, from: 1, to: 2),
            ]
            let account: [Change] = [
                .watchFailing(refusal, hint: name), .endpointDisabled(endpoint: name, reason: name),
            ]
            let observed = Event.Observed(after: Sample.before, by: Sample.after)
            return changes.map { Event($0, chat: chat, sequence: 1, observed: observed) }
                + account.map { Event($0, chat: nil, sequence: 1, observed: observed) }
        } + [
            Event(
                .added(.members, crowd, count: 10_000), chat: Sample.chat, sequence: 1,
                observed: Event.Observed(after: nil, by: Sample.after))
        ]
    }()

    private static let stored = events.map { StoredEvent($0) }

    @Test("every message is well-formed and within its destination's limits", arguments: FormatName.allCases)
    func limits(_ name: FormatName) throws {
        for language in Language.allCases {
            let format = name.format(language: language)
            for event in Self.stored {
                try Self.check(format.payload(for: event), name)
            }
        }
    }

    @Test("every digest is well-formed and within its destination's limits", arguments: FormatName.allCases)
    func digests(_ name: FormatName) throws {
        let format = name.format
        guard format.supportsDigests else {
            #expect(format.digest(of: [Self.stored[0]]) == nil)
            return
        }
        #expect(format.digest(of: []) == nil)
        var waiting = Self.stored
        while !waiting.isEmpty {
            let digest = try #require(format.digest(of: waiting))
            try #require((1...format.digestLimit).contains(digest.count))
            try Self.check(digest.payload, name)
            waiting.removeFirst(digest.count)
        }
    }

    @Test("random names keep messages well-formed", arguments: FormatName.allCases)
    func random(_ name: FormatName) throws {
        var generator = SeededGenerator(seed: 7)
        let format = name.format(language: .simplifiedChinese)
        for _ in 0..<100 {
            let count = Int.random(in: 0...80, using: &generator)
            var text = String.UnicodeScalarView()
            for _ in 0..<count {
                let limit: UInt32 = Bool.random(using: &generator) ? 0x7F : 0x2FFFF
                if let scalar = Unicode.Scalar(UInt32.random(in: 0...limit, using: &generator)) { text.append(scalar) }
            }
            let name = String(text)
            let event = Event(
                .label(.name, from: name, to: name), chat: Event.Chat(id: name, name: name), sequence: 1,
                observed: Event.Observed(after: nil, by: Sample.after))
            try Self.check(format.payload(for: StoredEvent(event)), format.name)
        }
    }

    private static func check(_ payload: Payload, _ name: FormatName) throws {
        let text = try #require(String(validating: payload.body, as: UTF8.self))
        for header in payload.headers {
            #expect(header.value.utf8.allSatisfy { (0x20...0x7E).contains($0) }, "\(header)")
        }
        guard payload.contentType.contains("json") else {
            try #require(name == .ntfy)
            #expect(payload.body.count <= 4096)
            return
        }
        let body = try JSONParser.parse(text)
        switch name {
        case .slack:
            let blocks = try #require(body["blocks"]?.arrayValue)
            #expect(blocks.count <= 50)
            let sections = blocks.compactMap { $0["text"]?["text"]?.stringValue }
            #expect(sections.allSatisfy { $0.utf16.count <= 3000 && !$0.isEmpty })
            #expect(try #require(body["text"]?.stringValue).utf16.count <= 40_000)
            // No entity is cut, and nothing but entities begins with an ampersand.
            for section in sections {
                #expect(!section.contains("<") && !section.contains(">"))
                for part in section.split(separator: "&", omittingEmptySubsequences: false).dropFirst() {
                    #expect(["amp;", "lt;", "gt;"].contains(where: part.hasPrefix), "\(part)")
                }
            }
        case .discord:
            let embed = try #require(body["embeds"]?[0])
            let fields = embed["fields"]?.arrayValue ?? []
            let texts =
                [embed["title"], embed["description"], embed["footer"]?["text"]]
                + fields.flatMap { [$0["name"], $0["value"]] }
            #expect(texts.compactMap { $0?.stringValue?.utf16.count }.reduce(0, +) <= 6000)
            #expect((embed["title"]?.stringValue?.utf16.count ?? 0) <= 256)
            #expect((embed["description"]?.stringValue?.utf16.count ?? 0) <= 4096)
            #expect(fields.allSatisfy { ($0["value"]?.stringValue?.utf16.count ?? 0) <= 1024 && $0["value"] != "" })
            #expect(body["allowed_mentions"]?["parse"] == [])
            #expect(!text.contains("@everyone") && !text.contains("@here"))
        case .teams:
            #expect(payload.body.count <= 28 * 1024)
        case .dingtalk:
            #expect(payload.body.count <= 20_000)
            #expect(!text.contains("@everyone"))
        case .feishu:
            #expect(payload.body.count <= 20_000)
        case .wecom:
            let content = try #require(body["markdown"]?["content"]?.stringValue)
            #expect(content.utf8.count <= 4096)
            #expect(!content.contains("<") && !content.contains("@"))
        default:
            break
        }
    }
}
