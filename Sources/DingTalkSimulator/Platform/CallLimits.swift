import Time

/// The platform's two limits on an app: calls a second to each interface, metered calls a calendar month in all.
struct CallLimits: Sendable {
    let perSecond: Int?
    let perMonth: Int?
    private(set) var usedThisMonth = 0
    private var month = ""
    private var windows: [Route: (second: Int64, calls: Int)] = [:]

    init(perSecond: Int?, perMonth: Int?) {
        self.perSecond = perSecond
        self.perMonth = perMonth
    }

    /// Counts a call, or refuses it. What the rate refuses does not count against the month.
    mutating func admit(_ route: Route, at now: Timestamp) throws(Refusal) {
        var window = windows[route] ?? (second: now.seconds, calls: 0)
        if window.second != now.seconds { window = (second: now.seconds, calls: 0) }
        if let perSecond, window.calls >= perSecond {
            let end = Self.shanghaiText(Timestamp(seconds: now.seconds + 1))
            throw Refusal(90018, message: "\(Refusal(90018).message), 限制将在 \(end) 结束")
        }
        window.calls += 1
        windows[route] = window

        guard route.isMetered else { return }
        let currentMonth = String(Self.shanghaiText(now).prefix(7))
        if month != currentMonth {
            month = currentMonth
            usedThisMonth = 0
        }
        if let perMonth, usedThisMonth >= perMonth { throw Refusal(90020) }
        usedThisMonth += 1
    }

    /// `2026-09-03 00:01:03` at UTC+8, the platform's wall clock; China keeps no summer time.
    static func shanghaiText(_ instant: Timestamp) -> String {
        let text = (instant + .seconds(8 * 3600)).description
        return "\(text.prefix(10)) \(text.dropFirst(11).prefix(8))"
    }
}
