import Daemon
import JSON
import Testing

@Suite("The call budget")
struct BudgetTests {
    /// Chats of these intervals, nil for one without, and what else there is to say.
    private static func text(
        _ intervals: [String?], calls: String = "5000", rate: Double = 15, maxInterval: String? = nil
    ) -> String {
        let chats = intervals.enumerated().map { index, interval in
            "{\"id\": \"chat\(index)\"\(interval.map { ", \"interval\": \"\($0)\"" } ?? "")}"
        }
        let bound = maxInterval.map { ", \"maxInterval\": \"\($0)\"" } ?? ""
        return """
            {"dingtalk": {"appKey": "k", "appSecret": "s", "callsPerMonth": \(calls), "requestsPerSecond": \(rate)},
             "watch": {"chats": [\(chats.joined(separator: ", "))], "minInterval": "10ms"\(bound)},
             "endpoints": []}
            """
    }

    private static func list(_ counts: KeyValuePairs<String, Int>) -> [String?] {
        counts.flatMap { Array(repeating: $0.key, count: $0.value) }
    }

    static let impossible: [(text: String, lines: [String])] = [
        (
            text(list(["1m": 100])),
            [
                "config.json:2:21: watch.chats: 100 chats cannot be polled every minute with 5,000 calls a month: that takes 4,320,000"
            ]
        ),
        (
            text([nil, "5m"]),
            [
                "config.json:2:67: watch.chats[1].interval: 1 chat cannot be polled every 5m with 5,000 calls a month: that takes 8,640"
            ]
        ),
        (
            text(list(["7m": 1])),
            [
                "config.json:2:50: watch.chats[0].interval: 1 chat cannot be polled every 7m with 5,000 calls a month: that takes 6,172"
            ]
        ),
        (
            text(list(["5m": 2, "1m": 1])),
            [
                "config.json:2:21: watch.chats: 3 chats cannot be polled at their intervals (1 every minute, 2 every 5m) with 5,000 calls a month: that takes 60,480"
            ]
        ),
        (
            text(list(["1h": 1500, "1d": 20, "1m": 1, "1h30m": 1, "2h": 1])),
            [
                "config.json:2:21: watch.chats: 1,523 chats cannot be polled at their intervals (1 every minute, 1,500 every hour, 1 every 1h30m, 21 less often) with 5,000 calls a month: that takes 1,124,640"
            ]
        ),
        (
            text(list(["1s": 20]), calls: "null"),
            [
                "config.json:2:21: watch.chats: 20 chats cannot be polled every second with 15 requests a second: that takes 20"
            ]
        ),
        (
            text(list(["1m": 5]), calls: "1", rate: 0.08),
            [
                "config.json:2:21: watch.chats: 5 chats cannot be polled every minute with 1 call a month: that takes 216,000",
                "config.json:2:21: watch.chats: 5 chats cannot be polled every minute with 0.08 requests a second: that takes 0.084",
            ]
        ),
        (
            text(list(["250ms": 1]), calls: "null", rate: 1),
            [
                "config.json:2:50: watch.chats[0].interval: 1 chat cannot be polled every 250ms with 1 request a second: that takes 4"
            ]
        ),
    ]

    @Test("that cannot hold what fixed intervals ask for is told with the arithmetic", arguments: impossible)
    func refuses(text: String, lines: [String]) {
        let error = #expect(throws: ConfigurationError.self) { try Sample.parse(text) }
        #expect(error?.problems.map(\.description) == lines)
    }

    static let possible = [
        text(list(["518400ms": 1])), text(list(["1m": 100]), calls: "4320000"), text(list(["1m": 100]), calls: "null"),
        text(list(["1s": 15]), calls: "null"), text([nil, nil]),
        text(Array(repeating: nil, count: 1000)), text(Array(repeating: nil, count: 41), maxInterval: "6h"),
        text(Array(repeating: nil, count: 1000), calls: "null", maxInterval: "2m"),
    ]

    @Test("that is just enough needs no word, and neither does a bound that nobody wrote", arguments: possible)
    func accepts(text: String) throws {
        #expect(try Sample.parse(text).warnings.isEmpty)
    }

    static let tight: [(text: String, lines: [String])] = [
        (
            text(Array(repeating: nil, count: 50), maxInterval: "6h"),
            ["50 chats cannot be polled every 6h with 5,000 calls a month: that takes 6,000; 7h12m can be kept"]
        ),
        (
            text(["10m", nil], maxInterval: "30m"),
            [
                "1 chat cannot be polled every 30m with the 680 calls a month that fixed intervals leave: that takes 1,440; 1h4m can be kept"
            ]
        ),
        (
            text(Array(repeating: nil, count: 1000), calls: "null", maxInterval: "1m"),
            ["1,000 chats cannot be polled every minute with 15 requests a second: that takes 16.7; 2m can be kept"]
        ),
    ]

    @Test("that cannot keep a written maxInterval is a warning: it is kept as far as calls reach", arguments: tight)
    func warns(text: String, messages: [String]) throws {
        let warnings = try Sample.parse(text).warnings
        #expect(warnings.map(\.message) == messages)
        #expect(warnings.allSatisfy { $0.description.contains(": warning: watch.maxInterval: ") })
    }

    @Test("is not compared with figures that were not understood")
    func keepsQuiet() {
        let text = Self.text(Self.list(["1m": 100]), calls: "-1")
        let error = #expect(throws: ConfigurationError.self) { try Sample.parse(text) }
        #expect(error?.problems.map(\.path.description) == ["dingtalk.callsPerMonth"])
    }
}
