package import Scheduling
package import Store

extension MemoryStore {
    package func scheduleMemory() throws(StoreError) -> ScheduleMemory {
        try check()
        return schedule
    }

    package func save(_ memory: ScheduleMemory) throws(StoreError) {
        try check()
        let memory = memory.sound
        schedule.spending = memory.spending ?? schedule.spending
        schedule.organization = memory.organization ?? schedule.organization
        schedule.rates.merge(memory.rates) { $1 }
    }
}
