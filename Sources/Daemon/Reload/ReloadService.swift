import Logging
import ServiceLifecycle
import Time
import UnixSignals

/// Reloads at every SIGHUP.
struct HangupService: Service {
    let reloader: Reloader

    func run() async throws {
        let signals = await UnixSignalsSequence(trapping: .sighup)
        for await _ in signals.cancelOnGracefulShutdown() { await reloader.reload() }
    }
}

/// Watches the chats file that is in force, whichever that is.
struct ChatsFileService: Service {
    let reloader: Reloader
    let time: any TimeSource
    let logger: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                let file = reloader.configuration.watch.file
                await withTaskGroup { group in
                    if let file {
                        group.addTask { try? await watch(file) }
                    }
                    // A reload may name another one, or have read it before this watch did.
                    repeat {
                        await reloader.alarm.wait(until: nil, time)
                    } while !Task.isCancelled && reloader.configuration.watch.file == file
                    group.cancelAll()
                }
            }
        }
    }

    private func watch(_ file: ChatsFile) async throws {
        try await ChatsFileWatch(file, time: time, logger: logger) { await reloader.adopt($0) }.run()
    }
}
