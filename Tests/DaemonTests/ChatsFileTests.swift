import Daemon
import Deliveries
import Testing

@Suite("The file of chats")
struct ChatsFileTests {
    @Test("holds an id and perhaps a label a line, and comments")
    func parses() throws {
        let text =
            "\u{FEFF}# all of them\n\nchat1\n  chat2\tBoard of  Directors  \r\nchat3 # no label\nchat4 C#\n   # end"
        let file = try ChatsFile(path: "chats.txt", bytes: Array(text.utf8))
        #expect(
            file.chats == [
                ChatSettings(id: "chat1"), ChatSettings(id: "chat2", label: "Board of Directors"),
                ChatSettings(id: "chat3"), ChatSettings(id: "chat4", label: "C#"),
            ])
    }

    @Test("may be empty: chats may come later")
    func empty() throws {
        #expect(try ChatsFile(path: "chats.txt", bytes: []).chats.isEmpty)
    }

    @Test("tells of every wrong line")
    func tellsMistakes() {
        let lines: [[UInt8]] = [
            Array("chat1 One".utf8), Array("  cidX==".utf8), Array("chat2 ".utf8) + [0xFF], Array("chat1".utf8),
            Array("chat3 *".utf8), Array("28502520087 Sales".utf8),
        ]
        let error = #expect(throws: ConfigurationError.self) {
            try ChatsFile(path: "chats.txt", bytes: Array(lines.joined(separator: [0x0A])))
        }
        #expect(
            error?.description == """
                chats.txt:2:3: expected a chat id (chat…), found an openConversationId (cid…), which chat/get does not take
                chats.txt:3:1: bytes that are not UTF-8
                chats.txt:4:1: the chat chat1 is listed twice, first on line 1
                chats.txt:5:1: the label "*" stands for every chat where endpoints choose theirs
                chats.txt:6:1: expected a chat id (chat…), found a conversation id of the client side (JSAPI), which chat/get does not take
                """)
    }

    @Test("stands beside the configuration; a chat in both is as the configuration has it")
    func merges() throws {
        let directory = try TemporaryDirectory()
        try directory.write("chats.txt", "chat1 Other\nchat9 Nine\n")
        let text = try #require(
            Sample.edited([
                (old: "\"minInterval\"", new: "\"chatsFile\": \"chats.txt\", \"minInterval\""),
                (old: "[\"*\"]", new: "[\"Nine\", \"chat9\"]"),
            ]))
        let configuration = try Sample.parse(text, file: directory.path + "/config.json")
        #expect(configuration.watch.chats.map(\.id) == ["chat1", "chat2", "chat9"])
        #expect(configuration.watch.chats.map(\.label) == [nil, "Board", "Nine"])
        #expect(
            configuration.warnings.map(\.description) == [
                "\(directory.path)/config.json:10:15: warning: watch.chats[0]: the chats file lists chat1 too, and its label \"Other\" there is not used"
            ])
        #expect(configuration.watch.file?.path == directory.path + "/chats.txt")
        #expect(configuration.endpoints[1].endpoint.filter.chats == ["Nine", "chat9"])
    }

    @Test("may lose a chat that an endpoint names: that is told, and prevents no start")
    func losesNamedChat() throws {
        let directory = try TemporaryDirectory()
        try directory.write("chats.txt", "chat9 Nine\n")
        let text = try #require(
            Sample.edited([
                (old: "\"minInterval\"", new: "\"chatsFile\": \"chats.txt\", \"minInterval\""),
                (old: "[\"*\"]", new: "[\"Nin\"]"),
            ]))
        let configuration = try Sample.parse(text, file: directory.path + "/config.json")
        #expect(configuration.endpoints[1].endpoint.filter.chats == ["Nin"])
        #expect(
            configuration.warnings.map(\.description) == [
                "\(directory.path)/config.json:19:16: warning: endpoints[1].chats[0]: no watched chat has the id or label \"Nin\"; did you mean \"Nine\"?"
            ])
    }

    @Test("its mistakes are told after those of the configuration, under its own name")
    func tellsWithConfiguration() throws {
        let directory = try TemporaryDirectory()
        let file = try directory.write("chats.txt", "*\n")
        let text = try #require(
            Sample.edited([
                (old: "\"minInterval\"", new: "\"chatsFile\": \"chats.txt\", \"minInterval\""),
                (old: "\"20s\"", new: "20"),
            ]))
        let error = #expect(throws: ConfigurationError.self) {
            try Sample.parse(text, file: directory.path + "/config.json")
        }
        #expect(
            error?.description == """
                \(directory.path)/config.json:26:22: shutdownTimeout: expected a duration such as "30s", found 20
                \(file):1:1: expected a chat id, found "*"
                """)
    }
}
