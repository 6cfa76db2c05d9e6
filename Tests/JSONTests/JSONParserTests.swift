import JSON
import Testing

@Suite("The parser")
struct JSONParserTests {
    static let valid: [(text: String, value: JSONValue)] = [
        ("null", .null), ("true", true), (" \t\r\nfalse \n", false), ("[]", []), ("{}", [:]), ("\"\"", ""),
        ("[ ]", []), ("{ }", [:]), ("[1 , 2]", [1, 2]), (#"{"a" : {"b":[{}]}}"#, ["a": ["b": [[:]]]]),
        (#"{"":0}"#, ["": 0]),
        (#"{"a":1,"b":2,"a":3}"#, ["b": 2, "a": 3]),
        (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{c}\n\r\t"),
        (#""\u0041\u00e9\u4E2D\u0000""#, "Aé中\u{0}"),
        (#""\ud83d\uDE00 plain 😀""#, "😀 plain 😀"),
        ("\"\u{7F}\u{2028}\u{FEFF}\u{10FFFF}\"", "\u{7F}\u{2028}\u{FEFF}\u{10FFFF}"),
        (#""exactly eight and more: 12345678\n""#, "exactly eight and more: 12345678\n"),
    ]

    @Test("valid texts give their values", arguments: valid)
    func parsesValid(text: String, value: JSONValue) throws {
        #expect(try JSONParser.parse(text) == value)
    }

    static let halves: [(text: String, value: JSONValue)] = [
        (#""\ud800""#, "\u{FFFD}"), (#""\udc00""#, "\u{FFFD}"), (#""\ud800x""#, "\u{FFFD}x"),
        (#""\ud800\n""#, "\u{FFFD}\n"), (#""\ud800A""#, "\u{FFFD}A"),
        (#""\ud800\ud83d\ude00""#, "\u{FFFD}😀"), (#""\ude00\ud83d""#, "\u{FFFD}\u{FFFD}"),
    ]

    @Test("half a surrogate pair reads as U+FFFD and takes nothing else with it", arguments: halves)
    func replacesHalfPairs(text: String, value: JSONValue) throws {
        #expect(try JSONParser.parse(text) == value)
    }

    static let numbers: [(text: String, value: JSONValue)] = [
        ("0", 0), ("-0", 0), ("-1", -1), ("10", 10),
        ("9223372036854775807", .integer(.max)), ("-9223372036854775808", .integer(.min)),
        ("9223372036854775808", .double(9_223_372_036_854_775_808)),
        ("-9223372036854775809", .double(-9_223_372_036_854_775_808)),
        ("18446744073709551616", .double(18_446_744_073_709_551_616)),
        ("100000000000000000000000", .double(1e23)),
        ("1.0", .double(1)), ("-0.0", .double(-0.0)), ("0.1", .double(0.1)), ("1e0", .double(1)),
        ("1E+2", .double(100)),
        ("25e-1", .double(2.5)), ("1.7976931348623157e308", .double(.greatestFiniteMagnitude)),
        ("5e-324", .double(.leastNonzeroMagnitude)), ("1e-400", .double(0)),
    ]

    @Test("a number is an integer if it is written as one and fits", arguments: numbers)
    func parsesNumbers(text: String, value: JSONValue) throws {
        #expect(try JSONParser.parse(text) == value)
    }

    @Test("whole doubles count as integers, others do not")
    func readsIntegers() throws {
        #expect(try JSONParser.parse("3e2").integerValue == 300)
        #expect(try JSONParser.parse("1.5").integerValue == nil)
        #expect(try JSONParser.parse("1e300").integerValue == nil)
    }

    @Test("128 levels are read, 129 are refused")
    func limitsDepth() throws {
        let deepest = String(repeating: "[", count: 128) + String(repeating: "]", count: 128)
        #expect(try JSONParser.parse(deepest).text == deepest)
        let tooDeep = String(repeating: "{\"a\":[", count: 65)
        let error = #expect(throws: JSONError.self) { try JSONParser.parse(tooDeep) }
        // The 129th opening bracket is the 65th brace, six characters a turn.
        #expect(error?.position == JSONPosition(line: 1, column: 64 * 6 + 1))
        // A hundred thousand brackets must not exhaust the stack.
        #expect(throws: JSONError.self) { try JSONParser.parse(String(repeating: "[", count: 100_000)) }
    }

    @Test("depth counts what is open, not what was closed")
    func depthFallsAgain() throws {
        let many = "[" + Array(repeating: "[{}]", count: 1000).joined(separator: ",") + "]"
        #expect(try JSONParser.parse(many).arrayValue?.count == 1000)
    }

    @Test("an object of very many members is read in linear time, the last of equal keys holding")
    func readsLargeObjects() throws {
        let members = (0..<50_000).map { "\"key\($0 % 40_000)\":\($0)" }.joined(separator: ",")
        let object = try #require(try JSONParser.parse("{\(members)}").objectValue)
        #expect(object.count == 40_000)
        #expect(object["key5"] == 40_005)
        #expect(object["key39999"] == 39_999)
    }
}
