import TestKit
import Testing

@Suite("The store in memory keeps what every store promises")
struct MemoryStoreTests {
    @Test("The store in memory", arguments: StoreConformance.cases)
    func conforms(_ promise: StoreConformance) async throws {
        try await promise.run { MemoryStore() }
    }
}
