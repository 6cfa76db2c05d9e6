package import Scheduling

extension SQLiteStore {
    package nonisolated func scheduleMemory() async throws(StoreError) -> ScheduleMemory {
        try await reader.read { connection throws(SQLiteError) in try connection.scheduleMemory() }
    }

    package func save(_ memory: ScheduleMemory) async throws(StoreError) {
        let memory = memory.sound
        if memory.isEmpty { return }
        try await write { session throws(SQLiteError) in try session.save(memory) }
    }
}
