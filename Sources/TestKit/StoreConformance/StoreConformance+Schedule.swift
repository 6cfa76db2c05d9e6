import Chats
package import Scheduling
import Store
import Testing
import Time

extension StoreConformance {
    static let scheduling = [
        StoreConformance("a new store remembers nothing of a schedule") { store in
            let memory = try await store.scheduleMemory()
            #expect(memory == ScheduleMemory())
        },
        StoreConformance("what a schedule learned is read back to the last bit") { store in
            let memory = ScheduleMemory(
                spending: ScheduleMemory.Spending(monthStart: StoreScene.start, calls: 4321, isRefused: true),
                organization: .example,
                rates: [
                    "chat1": LearnedRate(changes: 1.0 / 3, exposure: 86_400.1, lastPoll: StoreScene.start),
                    "群-😀": LearnedRate(changes: 0, exposure: 0, lastPoll: StoreScene.start + .seconds(1)),
                    "": LearnedRate(
                        changes: .leastNonzeroMagnitude, exposure: .greatestFiniteMagnitude,
                        lastPoll: Timestamp(milliseconds: -1)),
                ])
            try await store.save(memory)
            #expect(try await store.scheduleMemory() == memory)
        },
        StoreConformance("what is saved in parts leaves the other parts as they were") { store in
            let spending = ScheduleMemory.Spending(monthStart: StoreScene.start, calls: 1)
            let rate = LearnedRate(changes: 1, exposure: 10, lastPoll: StoreScene.start)
            let newer = LearnedRate(changes: 2, exposure: 20, lastPoll: StoreScene.start + .seconds(60))
            try await store.save(ScheduleMemory(spending: spending))
            try await store.save(ScheduleMemory(rates: ["c1": rate, "c2": rate]))
            try await store.save(ScheduleMemory(organization: .example))
            try await store.save(ScheduleMemory(rates: ["c2": newer, "c3": newer]))
            try await store.save(ScheduleMemory())
            var all = ScheduleMemory(
                spending: spending, organization: .example, rates: ["c1": rate, "c2": newer, "c3": newer])
            #expect(try await store.scheduleMemory() == all)
            all.spending = ScheduleMemory.Spending(monthStart: StoreScene.start + .seconds(1), calls: 0)
            try await store.save(ScheduleMemory(spending: all.spending))
            #expect(try await store.scheduleMemory() == all)
        },
        StoreConformance("a chat with a rate and nothing else has no state, and its first advance follows") { store in
            let scene = try await StoreScene(store)
            let rate = LearnedRate(changes: 0, exposure: 60, lastPoll: StoreScene.start)
            try await store.save(ScheduleMemory(rates: ["c1": rate]))
            #expect(try await store.chatState("c1") == nil)
            try await scene.tell("c1")
            #expect(try await store.chatState("c1")?.revision == 1)
            #expect(try await store.scheduleMemory().rates == ["c1": rate])
        },
        StoreConformance("figures that are none are not saved, and what they came with is") { store in
            let sound = LearnedRate(changes: 1, exposure: 10, lastPoll: StoreScene.start)
            try await store.save(ScheduleMemory(organization: .example, rates: ["c1": sound]))
            var organization = LearnedOrganization.example
            organization.hourChanges[7] = .nan
            var rates = ["c2": sound]
            for (chat, figure) in [("c1", Double.nan), ("c3", .infinity), ("c4", -1)] {
                rates[chat] = LearnedRate(changes: figure, exposure: 1, lastPoll: StoreScene.start)
            }
            try await store.save(ScheduleMemory(organization: organization, rates: rates))
            let kept = ScheduleMemory(organization: .example, rates: ["c1": sound, "c2": sound])
            #expect(try await store.scheduleMemory() == kept)
        },
        StoreConformance("a closed store remembers no schedule") { store in
            await store.close()
            await #expect(throws: StoreError.closed) { _ = try await store.scheduleMemory() }
            await #expect(throws: StoreError.closed) {
                let spending = ScheduleMemory.Spending(monthStart: StoreScene.start, calls: 1)
                try await store.save(ScheduleMemory(spending: spending))
            }
        },
    ]
}

extension LearnedOrganization {
    /// With figures that no decimal text of a few digits would bring back.
    package static let example = LearnedOrganization(
        prior: RatePrior(logMedian: -12.1, deviation: 1.0 / 3), hourChanges: (0..<168).map { Double($0) / 7 },
        hourExpected: (0..<168).map { Double($0) / 11 })
}
