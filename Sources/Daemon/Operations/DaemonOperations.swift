import Admin
import Dispatcher
import Store
import Time
import Watcher

/// What the admin server asks of the parts that run. Each topic is an extension in a file of its own.
struct DaemonOperations: Operations {
    let watcher: Watcher
    let dispatcher: Dispatcher
    let reloader: Reloader
    let store: SQLiteStore
    let time: any TimeSource
    let metricsPage: MetricsPage
    let history: HistoryKeeper
    let startedAt: Timestamp

    func readiness() async -> Readiness {
        watcher.isRunning ? .ready : .notReady("the watch has not begun, or is over")
    }

    func program() async -> ProgramReport {
        let storage = reloader.configuration.storage
        return ProgramReport(
            version: Version.number, libraries: Version.libraries, startedAt: startedAt, storePath: storage.path,
            storeLimit: Int(storage.maxSize.bytes))
    }

    func reload() async -> ReloadAnswer {
        switch await reloader.reload().result {
        case .success(let changes): .reloaded(changes: changes)
        case .failure(let error): .refused(problems: error.problems.map { "\($0)" })
        }
    }

    func metrics() async -> String {
        await metricsPage.text()
    }

    func history() async -> HistoryReport {
        await history.report()
    }

    func backup(to path: String) async -> BackupAnswer {
        do {
            try await store.backup(to: path)
            return .written(bytes: try FileContents.size(of: path))
        } catch let error as FileContents.Failure {
            return .refused("\(path): \(error.reason)")
        } catch {
            return .refused("\(error)")
        }
    }
}
