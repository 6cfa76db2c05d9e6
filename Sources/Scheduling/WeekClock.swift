import Time

/// Time that runs faster in some hours of the week than in others, on average as fast as time itself. The week begins
/// on Monday at midnight in Asia/Shanghai.
struct WeekClock: Sendable, Equatable {
    static let hours = 168
    static let hourLength: Int64 = 3_600_000
    static let weekLength: Int64 = 168 * hourLength
    /// From the zero of `Timestamp`, a Thursday in UTC, back to the Monday before it in UTC+8.
    private static let offset: Int64 = (3 * 24 + 8) * hourLength

    /// Seconds of this clock in a second of each hour; their mean is 1.
    let speeds: [Double]
    /// Seconds of this clock from the week's beginning to each hour's, and to the week's end.
    private let readings: [Double]

    init(speeds raw: [Double]) {
        let mean = raw.reduce(0, +) / Double(raw.count)
        speeds = raw.map { $0 / mean }
        var sum = 0.0
        var readings = [0.0]
        for speed in speeds {
            sum += speed * 3600
            readings.append(sum)
        }
        self.readings = readings
    }

    static let even = WeekClock(speeds: Array(repeating: 1, count: hours))

    /// Which hour of the week, 0 to 167.
    static func hour(of instant: Timestamp) -> Int {
        Int(position(of: instant).within / hourLength)
    }

    static func startOfHour(_ milliseconds: Int64) -> Int64 {
        let rest = milliseconds % hourLength
        return milliseconds - (rest >= 0 ? rest : rest + hourLength)
    }

    private static func position(of instant: Timestamp) -> (week: Int64, within: Int64) {
        let shifted = instant.milliseconds + offset
        let week = shifted >= 0 ? shifted / weekLength : (shifted - weekLength + 1) / weekLength
        return (week, shifted - week * weekLength)
    }

    /// What the clock shows, in its own seconds.
    func reading(at instant: Timestamp) -> Double {
        let (week, within) = Self.position(of: instant)
        let hour = Int(within / Self.hourLength)
        let rest = Double(within - Int64(hour) * Self.hourLength) / 1000
        return Double(week) * readings[Self.hours] + readings[hour] + rest * speeds[hour]
    }

    func elapsed(from start: Timestamp, to end: Timestamp) -> Double {
        reading(at: end) - reading(at: start)
    }

    /// When the clock will show, or showed, this.
    func instant(of reading: Double) -> Timestamp {
        let weekSeconds = readings[Self.hours]
        let week = (reading / weekSeconds).rounded(.down)
        let within = reading - week * weekSeconds
        var low = 0
        var high = Self.hours
        while high - low > 1 {
            let middle = (low + high) / 2
            if readings[middle] <= within { low = middle } else { high = middle }
        }
        let rest = (within - readings[low]) / speeds[low] * 1000
        let milliseconds = Double(Int64(week) * Self.weekLength + Int64(low) * Self.hourLength) + rest
        return Timestamp(milliseconds: Int64(milliseconds.rounded()) - Self.offset)
    }
}
