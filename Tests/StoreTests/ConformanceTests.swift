import Store
import TestKit
import Testing

@Suite("The store in SQLite keeps what every store promises")
struct ConformanceTests {
    @Test("The store in SQLite", arguments: StoreConformance.cases)
    func conforms(_ promise: StoreConformance) async throws {
        let directory = try TemporaryDirectory()
        try await promise.run { try await SQLiteStore.open(path: directory.database) }
    }
}
