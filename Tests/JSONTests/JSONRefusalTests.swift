import JSON
import Testing

@Suite("What is no JSON")
struct JSONRefusalTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let bytes: [UInt8]
        let line: Int
        let column: Int
        let message: String

        init(_ text: String, _ line: Int, _ column: Int, _ message: String) {
            self.init(bytes: Array(text.utf8), line, column, message)
        }

        init(bytes: [UInt8], _ line: Int, _ column: Int, _ message: String) {
            self.bytes = bytes
            self.line = line
            self.column = column
            self.message = message
        }

        var testDescription: String { String(decoding: bytes, as: UTF8.self).debugDescription }
    }

    static let structures = [
        Case("", 1, 1, "expected a value, found the end of the text"),
        Case(" \n ", 2, 2, "expected a value, found the end of the text"),
        Case("\u{FEFF}1", 1, 1, "expected a value, found U+FEFF"),
        Case("\u{A0}1", 1, 1, "expected a value, found U+00A0"),
        Case("é", 1, 1, "expected a value, found 'é'"),
        Case("1 2", 1, 3, "expected the end of the text, found '2'"),
        Case("{}}", 1, 3, "expected the end of the text, found '}'"),
        Case("[", 1, 2, "expected a value, found the end of the text"),
        Case("[1", 1, 3, "expected ',' or ']', found the end of the text"),
        Case("[1 2]", 1, 4, "expected ',' or ']', found '2'"),
        Case("[1,]", 1, 4, "expected a value, found ']'"),
        Case("[,1]", 1, 2, "expected a value, found ','"),
        Case("[1}", 1, 3, "expected ',' or ']', found '}'"),
        Case("{", 1, 2, "expected a key in double quotes, found the end of the text"),
        Case("{a:1}", 1, 2, "expected a key in double quotes, found 'a'"),
        Case("{'a':1}", 1, 2, "expected a key in double quotes, found '''"),
        Case("{1:1}", 1, 2, "expected a key in double quotes, found '1'"),
        Case("{\"a\" 1}", 1, 6, "expected ':' after the key, found '1'"),
        Case("{\"a\":}", 1, 6, "expected a value, found '}'"),
        Case("{\"a\":1,}", 1, 8, "expected a key in double quotes, found '}'"),
        Case("{\"a\":1\n\"b\":2}", 2, 1, "expected ',' or '}', found '\"'"),
        Case("{\"名字\": \"😀\" x}", 1, 12, "expected ',' or '}', found 'x'"),
        Case("[\r\n1,\r\n// no\r\n2]", 3, 1, "expected a value, found '/'"),
    ]

    static let words = [
        Case("tru", 1, 1, "expected true"), Case("True", 1, 1, "expected a value, found 'T'"),
        Case("nul", 1, 1, "expected null"), Case("[fals]", 1, 2, "expected false"),
        Case("truex", 1, 5, "expected the end of the text, found 'x'"),
        Case("NaN", 1, 1, "expected a value, found 'N'"), Case("undefined", 1, 1, "expected a value, found 'u'"),
    ]

    static let numbers = [
        Case("-", 1, 2, "expected a digit, found the end of the text"),
        Case("+1", 1, 1, "expected a value, found '+'"), Case(".5", 1, 1, "expected a value, found '.'"),
        Case("1.", 1, 3, "expected a digit, found the end of the text"),
        Case("1.e1", 1, 3, "expected a digit, found 'e'"),
        Case("1e", 1, 3, "expected a digit, found the end of the text"),
        Case("1e+", 1, 4, "expected a digit, found the end of the text"),
        Case("01", 1, 1, "a number must not begin with 0"),
        Case("-012", 1, 2, "a number must not begin with 0"),
        Case("0x10", 1, 2, "expected the end of the text, found 'x'"),
        Case("1e400", 1, 1, "a number too large to hold"),
        Case("-Infinity", 1, 2, "expected a digit, found 'I'"),
        Case("1_000", 1, 2, "expected the end of the text, found '_'"),
    ]

    static let strings = [
        Case("\"", 1, 1, "a string without its closing quote"),
        Case("[\"abc", 1, 2, "a string without its closing quote"),
        Case("\"a\\\"", 1, 1, "a string without its closing quote"),
        Case("\"a\nb\"", 1, 3, "a control character in a string, where it must be written \\u000A"),
        Case("\"12345678\u{1F}\"", 1, 10, "a control character in a string, where it must be written \\u001F"),
        Case("\"\u{0}\"", 1, 2, "a control character in a string, where it must be written \\u0000"),
        Case("\"a\\x\"", 1, 3, "an unknown escape; known are \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\uXXXX"),
        Case("\"\\", 1, 2, "an unknown escape; known are \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\uXXXX"),
        Case("\"\\u12g4\"", 1, 2, "expected four hexadecimal digits after \\u"),
        Case("\"\\u12", 1, 2, "expected four hexadecimal digits after \\u"),
        Case("\"\\ud800\\u00\"", 1, 8, "expected four hexadecimal digits after \\u"),
        Case("\"\\U0041\"", 1, 2, "an unknown escape; known are \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\uXXXX"),
    ]

    /// Overlong forms, encoded surrogates, stray and missing continuation bytes, and what lies beyond U+10FFFF.
    static let encodings = [
        [0xFF], [0x80], [0xC0, 0x80], [0xC1, 0xBF], [0xE0, 0x80, 0x80], [0xE4, 0xB8], [0xED, 0xA0, 0x80],
        [0xF0, 0x80, 0x80, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xF8, 0x88, 0x80, 0x80, 0x80],
    ].map { (bad: [UInt8]) in
        Case(bytes: Array("[\"é".utf8) + bad + Array("\"]".utf8), 1, 4, "bytes that are not UTF-8 in a string")
    }

    @Test("is refused where it goes wrong, in words", arguments: structures + words + numbers + strings + encodings)
    func refuses(_ test: Case) {
        let error = #expect(throws: JSONError.self) { try JSONParser.parse(test.bytes) }
        #expect(error?.description == "\(test.line):\(test.column): \(test.message)")
    }

    @Test("bytes that are no UTF-8 behind an escape are found too")
    func refusesMalformedBehindEscape() {
        let bytes = Array("\"\\n".utf8) + [0xE4, 0xB8] + Array("\"".utf8)
        let error = #expect(throws: JSONError.self) { try JSONParser.parse(bytes) }
        #expect(error?.description == "1:4: bytes that are not UTF-8 in a string")
    }

    @Test("every prefix of a text is refused, and none is read beyond its end")
    func refusesPrefixes() throws {
        let text = Array(#"{"a":[1.5e3,"x\u00e9\ud83d\ude00 and more text",true,null],"b":{"c":-7}}"#.utf8)
        _ = try JSONParser.parse(text)
        for length in text.indices {
            #expect(throws: JSONError.self) { try JSONParser.parse(Array(text[..<length])) }
        }
    }
}
