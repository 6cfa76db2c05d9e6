import Scheduling
import Time

extension Connection {
    func scheduleMemory() throws(SQLiteError) -> ScheduleMemory {
        let kept = try first("SELECT month_start, calls, refused, organization FROM schedule WHERE number = 1") { row in
            ScheduleMemory(
                spending: row.optionalInteger(0).map { start in
                    ScheduleMemory.Spending(
                        monthStart: Timestamp(milliseconds: start), calls: Int(row.integer(1)),
                        isRefused: row.integer(2) != 0)
                },
                organization: LearnedOrganization(bytes: row.bytes(3)))
        }
        var memory = kept ?? ScheduleMemory()
        try rows("SELECT chat, changes, exposure, last_poll FROM schedule_rates") { row in
            let rate = LearnedRate(
                changes: row.double(1), exposure: row.double(2), lastPoll: Timestamp(milliseconds: row.integer(3)))
            if rate.isSound { memory.rates[row.text(0)] = rate }
            return true
        }
        return memory
    }
}
