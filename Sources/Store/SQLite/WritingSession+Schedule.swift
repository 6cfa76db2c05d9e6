import Scheduling

extension WritingSession {
    /// What is not sound must not come here: SQLite knows no NaN.
    func save(_ memory: ScheduleMemory) throws(SQLiteError) {
        if let spending = memory.spending {
            try database.run(
                "UPDATE schedule SET month_start = ?1, calls = ?2, refused = ?3 WHERE number = 1", spending.monthStart,
                spending.calls, spending.isRefused)
        }
        if let organization = memory.organization {
            try organization.bytes.withBorrowedBytes { bytes throws(SQLiteError) in
                _ = try database.run("UPDATE schedule SET organization = ?1 WHERE number = 1", bytes)
            }
        }
        for (chat, rate) in memory.rates {
            try database.run(
                """
                INSERT INTO schedule_rates (chat, shard, changes, exposure, last_poll) VALUES (?1, ?2, ?3, ?4, ?5)
                ON CONFLICT (chat) DO UPDATE SET changes = ?3, exposure = ?4, last_poll = ?5
                """, chat, Shard.number(ofChat: chat), rate.changes, rate.exposure, rate.lastPoll)
        }
    }
}
