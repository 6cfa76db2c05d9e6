import JSON
import Testing

@Suite("An object")
struct JSONObjectTests {
    @Test("keeps the order in which members were added, also past the size where it is indexed")
    func keepsOrder() {
        var object = JSONObject()
        let keys = (0..<100).map { "k\($0 * 37 % 100)" }
        for (number, key) in keys.enumerated() { object[key] = .integer(Int64(number)) }
        #expect(object.keys == keys)
        object["k37"] = "changed"
        #expect(object.keys == keys)
        #expect(object["k37"] == "changed")
    }

    @Test("a member set to nil is gone and the rest is still found", arguments: [3, 15, 16, 17, 40])
    func removes(count: Int) {
        var object = JSONObject()
        for number in 0..<count { object["k\(number)"] = .integer(Int64(number)) }
        object["k1"] = nil
        object["absent"] = nil
        #expect(object.count == count - 1)
        #expect(object["k1"] == nil)
        for number in 2..<count { #expect(object["k\(number)"] == .integer(Int64(number))) }
        object["k1"] = true
        #expect(object.keys.last == "k1")
    }

    @Test("equality does not mind the order, but every value and every member")
    func compares() {
        let object: JSONObject = ["a": 1, "b": [true, .null]]
        #expect(object == ["b": [true, .null], "a": 1])
        #expect(object != ["a": 1])
        #expect(object != ["a": 1, "b": [.null, true]])
        #expect(object != ["a": 1, "c": [true, .null]])
    }

    @Test("keys are compared by code units: é in one piece and in two are two keys", arguments: [0, 20])
    func comparesCodeUnits(others: Int) {
        var object = JSONObject()
        for number in 0..<others { object["k\(number)"] = .null }
        object["\u{E9}"] = 1
        object["e\u{301}"] = 2
        #expect(object.count == others + 2)
        #expect(object["\u{E9}"] == 1)
        #expect(object["e\u{301}"] == 2)
    }

    @Test("accessors answer nil for another kind of value")
    func accessors() {
        let value: JSONValue = ["s": "x", "n": 7, "d": 0.5, "b": false, "l": [1, 2], "o": ["k": .null]]
        #expect(value["s"]?.stringValue == "x")
        #expect(value["n"]?.integerValue == 7)
        #expect(value["n"]?.doubleValue == 7)
        #expect(value["d"]?.doubleValue == 0.5)
        #expect(value["b"]?.boolValue == false)
        #expect(value["l"]?[1] == 2)
        #expect(value["l"]?[2] == nil)
        #expect(value["o"]?["k"]?.isNull == true)
        #expect(value["s"]?.integerValue == nil)
        #expect(value["n"]?.boolValue == nil)
        #expect(value["b"]?.stringValue == nil)
        #expect(value["s"]?["k"] == nil)
        #expect(value["o"]?.arrayValue == nil)
        #expect(value["l"]?.objectValue == nil)
    }
}
