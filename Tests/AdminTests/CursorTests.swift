import Testing

@testable import Admin

@Suite struct CursorTests {
    @Test("a cursor reads back what it was made of", arguments: [0, 1, 35, 36, 4_738_381_338_321_616_895])
    func numbers(number: Int64) throws {
        #expect(Cursor.number(Cursor(number: number).text) == number)
        let pair = try #require(Cursor.numbers(Cursor(numbers: number, 7).text))
        #expect(pair == (number, 7))
    }

    @Test("an id reads back whatever its characters", arguments: ["chat1", "a/b?c&d=é", "\u{0}", "🔔"])
    func ids(id: String) {
        #expect(Cursor.id(Cursor(id: id).text) == id)
    }

    @Test("what is no cursor is none", arguments: ["", "-1", "+1", "A", "zzzzzzzzzzzzz", "1.0", " 1", "é"])
    func nonsense(text: String) {
        #expect(Cursor.number(text) == nil)
        #expect(Cursor.numbers(text) == nil)
        #expect(Cursor.numbers("1-\(text)") == nil)
    }

    @Test("an id's cursor is pairs of hexadecimal digits", arguments: ["", "0", "0g", "AB", "012", "zz"])
    func nonsenseIDs(text: String) {
        #expect(Cursor.id(text) == nil)
    }
}
