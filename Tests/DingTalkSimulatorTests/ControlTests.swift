import DingTalkSimulator
import JSON
import Testing
import Time

@Suite struct ControlTests {
    static let mistakes: [(method: String, path: String, body: String, error: String)] = [
        ("POST", "faults", "", "the body is not JSON"),
        ("POST", "faults", "[1]", "the body must be a JSON object"),
        ("POST", "faults", "{}", "a fault needs one of"),
        ("POST", "faults", #"{"errcod":-1}"#, #"unknown key "errcod""#),
        ("POST", "faults", #"{"errcode":"x"}"#, "errcode: expected a number"),
        ("POST", "faults", #"{"errcode":-1,"status":503}"#, "give only one of"),
        ("POST", "faults", #"{"close":true,"body":"x"}"#, "give only one of"),
        ("POST", "faults", #"{"status":99}"#, "status: expected a number from 200 to 599"),
        ("POST", "faults", #"{"delay":"soon"}"#, #"delay: expected a duration such as "2s", found "soon""#),
        ("POST", "faults", #"{"delay":2}"#, "delay: expected a string"),
        ("POST", "faults", #"{"errcode":-1,"count":0}"#, "count: expected a number from 1"),
        ("POST", "faults", #"{"errcode":-1,"path":"/chat"}"#, #"path: no such path "/chat""#),
        ("POST", "faults", #"{"delay":"1s","wrapped":true}"#, "wrapped goes with errcode only"),
        ("POST", "faults", #"{"close":1}"#, "close: expected true or false"),
        ("PATCH", "chats/CHAT", #"{"nmae":"x"}"#, #"unknown field "nmae""#),
        ("PATCH", "chats/CHAT", #"{"chatid":"x"}"#, "chatid cannot be changed"),
        ("PATCH", "chats/CHAT", #"{"name":1}"#, "name: expected a string or null"),
        ("PATCH", "chats/CHAT", #"{"searchable":"yes"}"#, "searchable: expected a number or null"),
        ("PATCH", "chats/CHAT", #"{"useridlist":["a",1]}"#, "useridlist: expected a list of strings or null"),
        ("PATCH", "chats/CHAT", #"{"add_useridlist":"a"}"#, "add_useridlist: expected a list of strings"),
        ("PATCH", "chats/CHAT", #"{"useridlist":[],"add_useridlist":["a"]}"#, "useridlist cannot be given together"),
        ("POST", "mutate", #"{"count":0}"#, "count: expected a number from 1 to 10000"),
        ("POST", "mutate", #"{"n":1}"#, #"unknown key "n""#),
        ("GET", "changes?after=x", "", #"after: expected a number from 0, found "x""#),
    ]

    @Test("a bad request is a 400 that says what is wrong, and changes nothing", arguments: mistakes)
    func mistake(method: String, path: String, body: String, error: String) {
        var platform = Platform(.small())
        let id = platform.world.chatIDs[0]
        let info = platform.world.chat(id)?.info
        let path = path.replacing("CHAT", with: id)
        let answer = platform.send(method, "/_control/\(path)", body)
        #expect(answer.status == 400)
        #expect(answer.json["error"]?.stringValue?.hasPrefix(error) == true, "\(answer.json)")
        #expect(platform.world.chat(id)?.info == info)
        #expect(platform.get("/_control/faults").json == ["data": []])
        #expect(platform.world.log.count == 0)
    }

    @Test(
        "unknown paths are a 404, wrong methods a 405",
        arguments: [
            ("GET", "/_control/", 404), ("GET", "/_control/nothing", 404), ("GET", "/_control/chats/unknown", 404),
            ("GET", "/_control/chats/a/b", 404), ("POST", "/_control/chats", 405), ("PUT", "/_control/faults", 405),
            ("GET", "/_control/mutate", 405),
        ])
    func noSuchPath(method: String, path: String, status: Int) {
        var platform = Platform(.small())
        #expect(platform.answer(Call(method, path), at: someTime).status == status)
    }

    @Test("the list of chats holds every chat's fields")
    func chats() {
        var platform = Platform(.small())
        let infos = platform.world.chatIDs.compactMap { platform.world.chat($0)?.info }
        #expect(platform.get("/_control/chats").json == ["data": .array(infos.map(JSONValue.object))])
    }

    @Test("a PATCH sets, removes, adds; the spelling of a value is no change")
    func patch() {
        var platform = Platform(.small())
        let id = platform.world.chatIDs[0]
        func send(_ body: String) -> [JSONValue] {
            platform.send("PATCH", "/_control/chats/\(id)", body).json["changes"]?.arrayValue ?? []
        }
        _ = send(#"{"useridlist":["a","b"],"searchable":0,"icon":"@old","extidlist":null,"status":null}"#)
        let changes = send(#"{"searchable":1,"icon":null,"add_useridlist":["c","a"],"del_useridlist":["b","z"]}"#)
        #expect(changes.map { $0["field"] } == ["useridlist", "searchable", "icon"])
        #expect(changes.first?["added"] == ["c"])
        #expect(changes.first?["removed"] == ["b"])
        #expect(changes.last?["from"] == "@old")
        #expect(changes.last?["to"] == .null)
        #expect(platform.world.chat(id)?[.icon] == nil)
        #expect(send(#"{"searchable":"1"}"#).isEmpty)
        #expect(platform.world.chat(id)?[.searchable] == "1")
        #expect(send(#"{"useridlist":{"string":["c","a"]}}"#).isEmpty)
        #expect(platform.world.chat(id)?[.useridlist] == ["string": ["c", "a"]])
        #expect(send(#"{"extidlist":[]}"#).isEmpty)
        #expect(send(#"{"status":2}"#).first?["from"] == .null)
    }

    @Test("mutate makes changes now; the history gives those after a number")
    func history() {
        var platform = Platform(.small())
        let made = platform.send("POST", "/_control/mutate", #"{"count":10}"#)
        #expect(made.json["data"]?.arrayValue?.count == 10)
        #expect(made.json["last"] == 10)
        let rest = platform.get("/_control/changes?after=7").json["data"]?.arrayValue ?? []
        #expect(rest.map { $0["number"] } == [8, 9, 10])
        #expect(rest.map { $0["time"] } == Array(repeating: .string(someTime.description), count: 3))
        #expect(platform.get("/_control/changes").json["data"] == made.json["data"])
        #expect(platform.get("/_control/changes?after=10").json == ["data": [], "last": 10])
    }

    @Test("the statistics count the platform's calls and not the control's")
    func statistics() {
        var configuration = SimulatorConfiguration.small()
        configuration.callsPerMonth = 100
        var platform = Platform(configuration)
        let token = platform.token()
        let id = platform.world.chatIDs[2]
        for second in 1...3 {
            _ = platform.get("/chat/get?access_token=\(token)&chatid=\(id)", at: someTime + .seconds(second))
        }
        _ = platform.get("/chat/get?access_token=\(token)&chatid=unknown")
        _ = platform.get("/nowhere")
        _ = platform.get("/_control/chats")
        let stats = platform.get("/_control/stats").json
        #expect(stats["calls"]?["/chat/get"] == 4)
        #expect(stats["calls"]?["/gettoken"] == 1)
        #expect(stats["unknownPaths"] == 1)
        #expect(stats["chats"] == .object([id: ["calls": 3, "last": .string((someTime + .seconds(3)).description)]]))
        #expect(stats["refusals"] == ["40016": 1, "404": 1])
        #expect(stats["quota"] == ["used": 4, "limit": 100])
    }
}
