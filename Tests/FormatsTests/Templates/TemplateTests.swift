import Chats
import Deliveries
import JSON
import Testing
import Time

struct TemplateTests {
    private static let event = Event(
        .removed(.members, ["user7", "us\"er9"], count: 42), chat: Sample.chat, sequence: 17,
        observed: Event.Observed(after: nil, by: Sample.after))

    private static func rendered(_ body: JSONValue, _ event: Event = event) throws -> JSONValue {
        let payload = TemplateFormat(try Template(body: body)).payload(for: StoredEvent(event))
        let isText = body.stringValue != nil
        return isText ? .string(String(decoding: payload.body, as: UTF8.self)) : try JSONParser.parse(payload.body)
    }

    @Test(
        "placeholders take values with their type, or become text",
        arguments: [
            ("{{data.sequence}}", 17), ("{{ data.sequence }}", 17), ("no. {{data.sequence}}!", "no. 17!"),
            ("{{data.chat.name}} lost {{data.change.removed | count}}", "All-staff Chat lost 2"),
            ("{{data.change.removed}}", ["user7", "us\"er9"]), ("{{data.change.removed.0}}", "user7"),
            ("{{data.change.removed | join \", \"}}", "user7, us\"er9"), ("{{data.change.removed | count}}", 2),
            ("{{data.change.added | count}}", 0), ("{{data.change.added}}", .null), ("<{{data.change.added}}>", "<>"),
            ("{{data.change.to | default \"none\"}}", "none"), ("{{data.change.to | default 0}}", 0),
            ("{{data.change.to | default [0]}}", "refused"), ("{{data.observed.after | default null}}", .null),
            ("{{data.observed.by | date \"date\"}}", "2026-11-23"), ("{{timestamp | date \"time\"}}", "06:40:41"),
            ("{{timestamp | date \"datetime +08:00\"}}", "2026-11-23 14:40:41"),
            ("{{timestamp | date \"iso\"}}", "2026-11-23T06:40:41.120Z"),
            ("{{timestamp | date \"iso -03:30\"}}", "2026-11-23T03:10:41.120-03:30"),
            ("{{timestamp | date \"unix\"}}", 1_795_416_041),
            ("{{timestamp | date \"unix-ms\"}}", 1_795_416_041_120),
            ("{{data.observed.after | date \"date\" | default \"first\"}}", "first"),
            ("{{\"{{\"}} }}", "{{ }}"), ("plain", "plain"), ("", ""),
            ("{{data.chat}}", ["id": "chate39f540dxxxx", "name": "All-staff Chat", "label": "Board"]),
            ("{{data.chat.label | count}}", 5),
            ("is {{data.chat}}", "is {\"id\":\"chate39f540dxxxx\",\"name\":\"All-staff Chat\",\"label\":\"Board\"}"),
        ] as [(String, JSONValue)])
    func placeholders(_ text: String, _ value: JSONValue) throws {
        if value == "refused" {
            #expect(throws: TemplateError.self) { try Self.rendered(["v": [.string(text)]]) }
        } else {
            #expect(try Self.rendered(["v": [.string(text)]]) == ["v": [value]])
        }
    }

    @Test("other values stay as they are, in their order")
    func constants() throws {
        let body: JSONValue = ["b": 1, "a": [true, .null, 2.5, [:], []], "c": ["x": "{{type}}"]]
        #expect(
            try Self.rendered(body).text
                == "{\"b\":1,\"a\":[true,null,2.5,{},[]],\"c\":{\"x\":\"chat.members.removed\"}}")
    }

    @Test("a string as the body makes plain text")
    func text() throws {
        #expect(
            try Self.rendered("{{data.chat.name}}: {{data.change.removed | join \"/\"}}")
                == "All-staff Chat: user7/us\"er9")
        #expect(try Self.rendered("{{data.sequence}}") == "17")
        let usual = TemplateFormat(try Template(body: "x")).payload(for: StoredEvent(Self.event))
        #expect(usual.contentType == "text/plain; charset=utf-8")
        let own = TemplateFormat(try Template(body: "x", contentType: "text/markdown"))
        #expect(own.payload(for: StoredEvent(Self.event)).contentType == "text/markdown")
        #expect(!own.sendsObject)
    }

    @Test("hostile names cannot leave their string")
    func hostile() throws {
        for event in HostileTests.events.prefix(100) {
            let body = try Self.rendered(["a": "{{data.chat.name}} {{data.change}}", "b": 1], event)
            #expect(body.objectValue?.keys == ["a", "b"])
        }
    }

    @Test(
        "mistakes are found when the template is read, with their place",
        arguments: [
            ("{{data.chat.nam}}", "no event has data.chat.nam"), ("{{chat.name}}", "did you mean data.chat.name?"),
            ("{{name}}", "did you mean data.chat.name?"), ("{{data.chat.name | upper}}", "no filter is called upper"),
            ("{{data.chat.name", "{{ without }}"), ("{{", "{{ without }}"), ("{{}}", "expected a path"),
            ("{{ | count}}", "expected a path"),
            ("{{data.chat.name count}}", "expected | or }}"), ("{{data.change.added | join}}", "join needs a text"),
            ("{{data.chat.name | join \",\"}}", "join takes a list"),
            ("{{data.chat.name | date \"date\"}}", "date takes a time"),
            ("{{timestamp | date \"DD.MM.YYYY\"}}", "date knows the forms"),
            ("{{timestamp | date}}", "date needs a form"),
            ("{{timestamp | date \"date +25:00\"}}", "date knows the forms"),
            ("{{id | default}}", "default needs a value"),
            ("{{id | count 3}}", "count takes no value"), ("{{id |}}", "expected a filter"),
            ("{{id | default \"x}}", "closing quote"),
            ("{{data.change.added.first}}", "no event has"), ("{{data..chat}}", "no event has"),
            ("{{id | default 01}}", "as in JSON"),
        ])
    func mistakes(_ text: String, _ says: String) throws {
        let error = try #require(throws: TemplateError.self) {
            try Template(body: ["a": ["ok", ["b c": .string(text)]]])
        }
        #expect(error.problems.count == 1)
        #expect(error.problems[0].path.description == "body.a[1][\"b c\"]")
        #expect(error.problems[0].text.contains(says), "\(error.problems[0].text)")
    }

    @Test("all mistakes are reported at once")
    func allMistakes() throws {
        let error = try #require(throws: TemplateError.self) {
            try Template(body: ["a": "{{x}}", "{{k}}": 1, "b": "{{id}} {{y}}"], contentType: "text\n")
        }
        #expect(error.problems.map(\.path.description) == ["body.a", "body.{{k}}", "body.b", "contentType"])
    }

    @Test("a text cannot call itself JSON")
    func textAsJSON() {
        #expect(throws: TemplateError.self) {
            try Template(body: "{\"a\":1}", contentType: "application/json; charset=utf-8")
        }
        #expect(throws: TemplateError.self) { try Template(body: "x", contentType: "application/vnd.x+json") }
    }

    @Test("every path of every kind of event is known", arguments: Sample.all)
    func knownPaths(_ sample: Sample) throws {
        func paths(_ value: JSONValue, _ path: String) -> [String] {
            guard let object = value.objectValue else { return [path] }
            return object.flatMap { paths($0.value, path.isEmpty ? $0.key : "\(path).\($0.key)") }
        }
        for path in paths(.object(sample.event.json), "") {
            let body: JSONValue = ["v": .string("{{\(path)}}")]
            #expect(throws: Never.self, "\(path)") { try Template(body: body) }
        }
    }
}
