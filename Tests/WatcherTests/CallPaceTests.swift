import Testing
import Time

@testable import Watcher

@Suite("The pace of calls")
struct CallPaceTests {
    private let start = WatchSimulation.start

    @Test("the pace is that of the last day, and unknown in the first hour")
    func pace() throws {
        var pace = CallPace()
        for minute in 0..<(60 * 48) {
            let now = start + .seconds(minute * 60)
            // Ten an hour on the first day, twenty on the second.
            let used = minute < 1440 ? minute / 6 : 240 + (minute - 1440) / 3
            if minute < 60 { #expect(pace.callsPerDay(used: used, at: now) == nil) }
            pace.note(used: used, at: now)
        }
        let last = try #require(pace.callsPerDay(used: 720, at: start + .seconds(48 * 3600)))
        #expect(abs(last - 480) < 25)
    }

    @Test("a new month begins anew")
    func month() {
        var pace = CallPace()
        pace.note(used: 4990, at: start)
        pace.note(used: 3, at: start + .seconds(7200))
        #expect(pace.callsPerDay(used: 5, at: start + .seconds(7260)) == nil)
    }
}
