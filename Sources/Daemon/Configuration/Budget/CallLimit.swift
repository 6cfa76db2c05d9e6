import Time

/// How many calls may be made, and in how long.
struct CallLimit: Sendable {
    enum Period: Sendable {
        case second
        /// Taken for 30 days.
        case month

        var length: Duration {
            switch self {
            case .second: .seconds(1)
            case .month: .seconds(30 * 86_400)
            }
        }
    }

    let calls: Double
    let period: Period

    /// The month's quota before the rate: it is the one that is usually too small.
    static func limits(of settings: DingTalkSettings) -> [CallLimit] {
        let quota = settings.callsPerMonth.map { CallLimit(calls: Double($0), period: .month) }
        return [quota, CallLimit(calls: settings.requestsPerSecond, period: .second)].compactMap { $0 }
    }

    /// What polling these chats takes of it.
    func demand(of groups: [PollGroup]) -> Double {
        groups.reduce(0) { $0 + Double($1.chats) * period.length.inSeconds / $1.interval.inSeconds }
    }

    /// The shortest interval at which so many chats can be polled; nil when nothing is left for them.
    func shortestInterval(for chats: Int, beside taken: Double) -> Duration? {
        guard taken < calls else { return nil }
        let seconds = Double(chats) * period.length.inSeconds / (calls - taken)
        // A whole minute, or second where it is short: a figure to be written down.
        let step = seconds < 60 ? 1.0 : 60
        return .seconds((seconds / step).rounded(.up) * step)
    }

    /// `5,000 calls a month`, `15 requests a second`
    func words(for calls: Double) -> String {
        let text = Self.text(calls)
        switch period {
        case .second: return "\(text) \(text == "1" ? "request" : "requests") a second"
        case .month: return "\(text) \(text == "1" ? "call" : "calls") a month"
        }
    }

    /// Rounded up, so that too much never reads as just enough: `4,320,000`, `15.1`, `0.067`.
    static func text(_ number: Double) -> String {
        let scale = number < 1 ? 1000 : number < 1000 ? 10 : 1
        // What floating point adds is not to be rounded up.
        let parts = Int((number * Double(scale) * (1 - 1e-12)).rounded(.up))
        let fraction = String(parts % scale + scale).dropFirst()
        let decimals = String(fraction.reversed().drop { $0 == "0" }.reversed())
        return (parts / scale).grouped + (decimals.isEmpty ? "" : ".\(decimals)")
    }
}
