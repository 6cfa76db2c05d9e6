import Daemon
import DingTalk
import JSON
import Telemetry
import Testing

@Suite("References in strings")
struct InterpolationTests {
    /// What an app key written so comes to.
    private func expand(_ text: String, in directory: TemporaryDirectory) throws(ConfigurationError) -> String {
        let source = ConfigurationSource(
            file: directory.path + "/config.json", environment: ["NAME": "value", "EMPTY": "", "DOLLAR": "a${NAME}b"])
        let configuration = """
            {"dingtalk": {"appKey": "\(text)", "appSecret": "s"}, "watch": {"chats": ["chat1"]}, "endpoints": []}
            """
        return try Configuration(parsing: Array(configuration.utf8), source: source).dingTalk.account.appKey.reveal()
    }

    static let expansions: [(text: String, result: String)] = [
        ("${NAME}", "value"), ("a${NAME}b${NAME}", "avaluebvalue"), ("x${EMPTY}", "x"), ("${NAME:-other}", "value"),
        ("${ABSENT:-other}", "other"), ("${EMPTY:-other}", "other"), ("x${ABSENT:-}", "x"),
        ("${ABSENT:-a:-b c}", "a:-b c"),
        ("$${NAME}", "${NAME}"), ("$NAME $ {NAME} $", "$NAME $ {NAME} $"), ("{{NAME}}", "{{NAME}}"),
        // What is put in is not looked at again.
        ("${DOLLAR}", "a${NAME}b"),
    ]

    @Test("are replaced by what they stand for", arguments: expansions)
    func expands(text: String, result: String) throws {
        #expect(try expand(text, in: TemporaryDirectory()) == result)
    }

    static let files: [(contents: String, result: String)] = [
        ("secret", "secret"), ("secret\n", "secret"), ("secret\r\n", "secret"), ("secret\n\n", "secret\n"),
        (" two lines\nhere \n", " two lines\nhere "),
    ]

    @Test("a file's text comes without one line break at its end", arguments: files)
    func readsFiles(contents: String, result: String) throws {
        let directory = try TemporaryDirectory()
        let file = try directory.write("secret", contents)
        #expect(try expand("${file:\(file)}", in: directory) == result)
        #expect(try expand("<${file:secret}>", in: directory) == "<\(result)>")
    }

    @Test("a file that is no text is refused")
    func refusesBinary() throws {
        let directory = try TemporaryDirectory()
        let file = try directory.write("secret", [0x61, 0xFF])
        let error = #expect(throws: ConfigurationError.self) { try expand("${file:secret}", in: directory) }
        #expect(error?.problems.map(\.message) == ["cannot use \(file): it is not UTF-8 text"])
    }

    static let refused = [
        "${}", "${:-x}", "${1A}", "${A B}", "${NAME", "${file:}", "${file:absent}", "${ABSENT}", "${NAME-x}",
    ]

    @Test("are refused when they cannot be understood or stand for nothing", arguments: refused)
    func refuses(text: String) throws {
        let directory = try TemporaryDirectory()
        let error = #expect(throws: ConfigurationError.self) { try expand(text, in: directory) }
        #expect(error?.problems.map(\.path.description) == ["dingtalk.appKey"])
    }
}
