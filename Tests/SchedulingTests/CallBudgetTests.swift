import Testing
import Time

@testable import Scheduling

@Suite("The budget of calls")
struct CallBudgetTests {
    @Test("a reserve is withheld that shrinks to nothing as the month ends")
    func reserve() {
        let budget = CallBudget(callsPerMonth: 1000, at: monthStart)
        #expect(budget.spendable(at: monthStart) == 970)
        #expect(budget.spendable(at: monthStart + .seconds(15 * 86_400)) == 985)
        #expect(budget.spendable(at: monthStart + .seconds(30 * 86_400)) == 1000)
    }

    @Test("calls of this month that were made before a restart count")
    func restored() {
        let spending = ScheduleMemory.Spending(monthStart: monthStart, calls: 990)
        var budget = CallBudget(callsPerMonth: 1000, spending, at: monthStart)
        #expect(budget.left == 10)
        for _ in 0..<20 { budget.spend() }
        #expect(budget.left == 0)
        budget.advance(to: monthStart + .seconds(30 * 86_400 - 1))
        #expect(budget.left == 0)
        budget.advance(to: monthStart + .seconds(30 * 86_400))
        #expect(budget.left == 1000)
        #expect(budget.used == 0)
    }

    @Test("a refusal and a count are kept over a restart, and neither holds in another month")
    func kept() {
        let later = monthStart + .seconds(86_400)
        var budget = CallBudget(callsPerMonth: 1000, at: monthStart)
        budget.spend()
        budget.refuse()
        #expect(CallBudget(callsPerMonth: 1000, budget.spending, at: later).left == 0)
        let next = CallBudget(callsPerMonth: 1000, budget.spending, at: budget.month.end)
        #expect(next.left == 1000)
        #expect(next.used == 0)
    }

    @Test("a refusal holds whatever the own count says, to the end of the month")
    func refused() {
        var budget = CallBudget(callsPerMonth: nil, at: monthStart)
        #expect(budget.left == nil)
        budget.refuse()
        #expect(budget.left == 0)
        let isHintTaken = budget.takeHint(at: monthStart)
        #expect(!isHintTaken)
        budget.advance(to: budget.month.end)
        #expect(budget.left == nil)
    }

    @Test(
        "the month turns at midnight in Shanghai",
        arguments: [
            ("2026-11-30T15:59:59.999Z", "2026-11-30T16:00:00.000Z"),
            ("2026-11-30T16:00:00Z", "2026-12-31T16:00:00.000Z"),
            ("2028-02-29T00:00:00Z", "2028-02-29T16:00:00.000Z"),
        ])
    func month(instant: String, end: String) throws {
        let instant = try #require(Timestamp(text: instant))
        let month = CallMonth(containing: instant)
        #expect(month.end.description == end)
        #expect(month.start <= instant && instant < month.end)
    }
}
