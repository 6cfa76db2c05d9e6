import Testing
import Time

@Suite("Instants and durations as text")
struct TimestampTests {
    @Test(
        "an instant prints as RFC 3339 and reads back",
        arguments: [
            (0, "1970-01-01T00:00:00.000Z"), (-1, "1969-12-31T23:59:59.999Z"),
            (951_782_400_000, "2000-02-29T00:00:00.000Z"),
            (1_795_416_641_123, "2026-11-23T06:50:41.123Z"), (4_107_542_399_999, "2100-02-28T23:59:59.999Z"),
            (253_402_300_799_999, "9999-12-31T23:59:59.999Z"),
        ] as [(Int64, String)])
    func roundTrip(milliseconds: Int64, text: String) {
        #expect(Timestamp(milliseconds: milliseconds).description == text)
        #expect(Timestamp(text: text) == Timestamp(milliseconds: milliseconds))
    }

    @Test(
        "the ends of time print, and can be calculated with",
        arguments: [
            (Int64.min, "0000-"), (.min + 1, "0000-"), (.max, "9999-"),
            (-62_167_219_200_001, "0000-12-31T23:59:59.999Z"),
        ])
    func ends(milliseconds: Int64, text: String) {
        let end = Timestamp(milliseconds: milliseconds)
        #expect(end.description.hasPrefix(text) && end.description.count == 24)
        #expect(end - end == .zero && end + .zero == end)
    }

    @Test("what lies beyond the ends of time is an end of it")
    func beyond() {
        let (first, last) = (Timestamp(milliseconds: .min), Timestamp(milliseconds: .max))
        #expect(first.seconds == -9_223_372_036_854_776)
        #expect(last - first == .milliseconds(Int64.max) && first - last == .milliseconds(Int64.min))
        #expect(Timestamp(seconds: .max) == last && Timestamp(seconds: .min) == first)
        #expect(last + .seconds(1) == last && first - .seconds(1) == first)
        #expect((Duration.seconds(9_223_372_036_854_775) + .milliseconds(999)).wholeMilliseconds == .max)
    }

    @Test(
        "other spellings of RFC 3339 are read",
        arguments: [
            ("2026-11-23", "2026-11-23T00:00:00.000Z"), ("2026-11-23 14:50:41+08:00", "2026-11-23T06:50:41.000Z"),
            ("2026-11-23T06:50:41.1Z", "2026-11-23T06:50:41.100Z"),
            ("2026-11-23t06:50:41.123456789z", "2026-11-23T06:50:41.123Z"),
            ("2026-11-22T22:50:41-0800", "2026-11-23T06:50:41.000Z"),
        ])
    func spellings(text: String, canonical: String) {
        #expect(Timestamp(text: text)?.description == canonical)
    }

    @Test(
        "what is no instant is refused",
        arguments: [
            "", "2026", "2026-13-01", "2026-02-29", "2026-11-23T25:00:00Z", "2026-11-23T06:50:41",
            "2026-11-23T06:50:41Zx", "soon",
            "2026-11-23T06:50:41.Z", "2026-11-23T06:50:41+24:00",
        ])
    func refused(text: String) {
        #expect(Timestamp(text: text) == nil)
    }

    @Test(
        "a duration reads and prints",
        arguments: [
            ("250ms", 250), ("30s", 30_000), ("5m", 300_000), ("1h30m", 5_400_000), ("7d", 604_800_000), ("0s", 0),
            ("1d2h3m4s5ms", 93_784_005),
        ] as [(String, Int64)])
    func durations(text: String, milliseconds: Int64) {
        #expect(Duration(text: text) == .milliseconds(milliseconds))
        #expect(Duration.milliseconds(milliseconds).text == text)
    }

    @Test(
        "what is no duration is refused",
        arguments: [
            "", "5", "s", "5 s", "-5s", "1.5h", "soon", "5x", "99999999999999999999s", "400000d", "٣s",
        ])
    func refusedDurations(text: String) {
        #expect(Duration(text: text) == nil)
    }

    @Test("arithmetic at the ends of time is clamped")
    func clamping() {
        #expect(Timestamp(milliseconds: .max) + .seconds(1) == Timestamp(milliseconds: .max))
        #expect(Timestamp(milliseconds: .min) - .seconds(1) == Timestamp(milliseconds: .min))
        #expect(Timestamp(milliseconds: -1).seconds == -1)
    }
}
