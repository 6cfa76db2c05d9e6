package import Time

/// The month in which the platform counts calls: a calendar month of Asia/Shanghai, which is UTC+8 the year round.
package struct CallMonth: Sendable, Equatable {
    private static let zone: Duration = .seconds(8 * 3600)
    private static let dayLength: Int64 = 86_400_000

    package let start: Timestamp
    package let end: Timestamp

    package init(containing instant: Timestamp) {
        let local = (instant + Self.zone).milliseconds
        let days = (local >= 0 ? local : local - Self.dayLength + 1) / Self.dayLength
        let date = CivilDate(daysSince1970: days)
        start = Self.midnight(year: date.year, month: date.month)
        end = Self.midnight(year: date.month == 12 ? date.year + 1 : date.year, month: date.month % 12 + 1)
    }

    private static func midnight(year: Int, month: Int) -> Timestamp {
        let days = CivilDate(year: year, month: month, day: 1).daysSince1970
        return Timestamp(milliseconds: days * dayLength) - zone
    }
}
