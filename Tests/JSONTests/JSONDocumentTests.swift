import JSON
import Testing

@Suite("A document")
struct JSONDocumentTests {
    static let text = """
        {
          "name": "é😀", "size": 3,
          "endpoints": [
            {"url": "a"},
            {"retry": {"maxAge": "soon"},
             "headers": {"X-Key": "v", "a.b": 1, "": 2}}
          ]
        }
        """

    static let values: [(path: JSONPath, line: Int, column: Int)] = [
        ("", 1, 1), ("name", 2, 11), ("size", 2, 25), ("endpoints", 3, 16), ("endpoints[0]", 4, 5),
        ("endpoints[1]", 5, 5), ("endpoints[1].retry", 5, 15), ("endpoints[1].retry.maxAge", 5, 26),
        ("endpoints[1].headers.X-Key", 6, 27), ("endpoints[1].headers[\"a.b\"]", 6, 39),
        ("endpoints[1].headers[\"\"]", 6, 46),
    ]

    @Test("knows where every value stands", arguments: values)
    func findsValues(path: JSONPath, line: Int, column: Int) throws {
        let document = try JSONDocument(parsing: Array(Self.text.utf8))
        #expect(document.position(of: path) == JSONPosition(line: line, column: column))
    }

    @Test("knows where every key stands, and that elements have none")
    func findsKeys() throws {
        let document = try JSONDocument(parsing: Array(Self.text.utf8))
        #expect(document.keyPosition(of: "endpoints[1].retry.maxAge") == JSONPosition(line: 5, column: 16))
        #expect(document.keyPosition(of: "size") == JSONPosition(line: 2, column: 17))
        #expect(document.keyPosition(of: "endpoints[1]") == nil)
        #expect(document.position(of: "endpoints[2]") == nil)
    }

    @Test("paths are built as they are written")
    func buildsPaths() {
        let path = JSONPath().appending(key: "endpoints").appending(index: 1)
        #expect(path.appending(key: "retry") == "endpoints[1].retry")
        #expect(path.appending(key: "a b") == "endpoints[1][\"a b\"]")
        #expect(JSONPath().appending(key: "a\"b").description == "[\"a\\\"b\"]")
    }

    @Test("skips a byte order mark, which moves no column")
    func skipsByteOrderMark() throws {
        let document = try JSONDocument(parsing: [0xEF, 0xBB, 0xBF] + Array("{\"a\": 1}".utf8))
        #expect(document.root == ["a": 1])
        #expect(document.position(of: "a") == JSONPosition(line: 1, column: 7))
        let error = #expect(throws: JSONError.self) {
            try JSONDocument(parsing: [0xEF, 0xBB, 0xBF] + Array("[x".utf8))
        }
        #expect(error?.position == JSONPosition(line: 1, column: 2))
    }

    @Test("refuses a key given twice in one object, and names both places")
    func refusesDuplicates() throws {
        let text = "{\"a\": 1,\n \"b\": {\"a\": 2},\n \"\\u0061\": 3}"
        let error = #expect(throws: JSONError.self) { try JSONDocument(parsing: Array(text.utf8)) }
        #expect(error?.description == "3:2: the key \"a\" is given twice, first at 1:2")
        let siblings = try JSONDocument(parsing: Array("[{\"a\": 1}, {\"a\": 2}]".utf8))
        #expect(siblings.root == [["a": 1], ["a": 2]])
    }
}
