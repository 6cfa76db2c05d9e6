import JSON
import Testing

@Suite("The writer")
struct JSONWriterTests {
    @Test("escapes what JSON and what line-minded readers need escaped, and nothing else")
    func escapes() {
        let text = "\"\\/\u{8}\u{9}\n\u{c}\r\u{0}\u{1f}\u{7f}\u{2028}\u{2029}\u{2027}\u{202A}é😀"
        let expected = #""\"\\/\b\t\n\f\r\u0000\u001f"# + "\u{7f}" + #"\u2028\u2029"# + "\u{2027}\u{202A}é😀\""
        #expect(JSONValue.string(text).text == expected)
    }

    @Test("finds what to escape at every distance from a string's beginning and end")
    func escapesEverywhere() throws {
        for length in 0..<40 {
            for offset in 0...length {
                for special in ["\"", "\\", "\n", "\u{2028}", "é"] {
                    let text =
                        String(repeating: "a", count: offset) + special + String(repeating: "b", count: length - offset)
                    #expect(try JSONParser.parse(JSONValue.string(text).serialized()) == .string(text))
                }
            }
        }
    }

    @Test("a value comes out compact, in its members' order")
    func compact() {
        let value: JSONValue = ["b": [1, -2, 0.5, 1e21, .null], "a": ["x": true, "y": []], "c": [:]]
        #expect(value.text == #"{"b":[1,-2,0.5,1e+21,null],"a":{"x":true,"y":[]},"c":{}}"#)
    }

    @Test("for people: a line a member, two spaces a level")
    func pretty() {
        let value: JSONValue = ["a": [1, [:], []], "b": ["c": "d"]]
        let expected = """
            {
              "a": [
                1,
                {},
                []
              ],
              "b": {
                "c": "d"
              }
            }
            """
        #expect(value.prettyText == expected)
    }

    @Test("pieces give the same bytes as the whole value")
    func streams() throws {
        var writer = JSONWriter(capacity: 100)
        writer.beginObject()
        writer.key("id")
        writer.string("x\"y")
        writer.key("list")
        writer.beginArray()
        writer.integer(UInt64.max)
        writer.double(.infinity)
        writer.bool(false)
        writer.null()
        writer.rawBytes(Array(#"{"raw":1}"#.utf8))
        writer.beginObject()
        writer.endObject()
        writer.value(["k": 2])
        writer.endArray()
        writer.key("last")
        writer.integer(-1)
        writer.endObject()
        let text = String(decoding: writer.bytes, as: UTF8.self)
        #expect(text == #"{"id":"x\"y","list":[18446744073709551615,null,false,null,{"raw":1},{},{"k":2}],"last":-1}"#)
    }

    static let numbers: [Double] = [
        0, -0.0, 1, 0.1, -2.5, 1e15, 1e16, 1e-7, 123_456_789.123, .pi, .greatestFiniteMagnitude, .leastNonzeroMagnitude,
        9_007_199_254_740_992, 9_223_372_036_854_775_808,
    ]

    @Test("every finite double reads back as the same double", arguments: numbers)
    func writesDoubles(number: Double) throws {
        guard case .double(let read) = try JSONParser.parse(JSONValue.double(number).serialized()) else {
            Issue.record("\(number) became an integer")
            return
        }
        #expect(read.bitPattern == number.bitPattern)
    }
}
