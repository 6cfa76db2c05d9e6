import Deliveries
import Dispatcher
import HTTPEngine
import Logging
import Synchronization
package import Time
import Watcher

/// Brings another configuration into force while everything runs: all of it or nothing.
///
/// An actor because one change must be wholly in force before the next is looked at.
package actor Reloader {
    package typealias Load = @Sendable () throws(ConfigurationError) -> Configuration

    /// What a wish to reload came to.
    package struct Record: Sendable {
        package var at: Timestamp
        /// What is different now, a sentence each; or every problem of a configuration that is not in force.
        package var result: Result<[String], ConfigurationError>

        package var hasSucceeded: Bool {
            switch result {
            case .success: true
            case .failure: false
            }
        }
    }

    /// The parts that are told.
    struct Parts: Sendable {
        var watcher: Watcher
        var dispatcher: Dispatcher
        var pruner: Pruner
        /// How endpoints are sent to under a configuration's network rules.
        var sender: @Sendable (Configuration) -> any Sender
    }

    private let load: Load?
    private let parts: Parts
    private let time: any TimeSource
    private let logger: Logger
    /// What is in force, readable without waiting.
    nonisolated private let inForce: Mutex<Configuration>
    nonisolated private let lastReload = Mutex<Record?>(nil)
    /// Rung when another configuration is in force.
    nonisolated let alarm = Alarm()
    private var last: Task<Void, Never>?

    /// `load`: reads the configuration anew; nil when there is nothing to read it from.
    init(_ configuration: Configuration, load: Load?, parts: Parts, time: any TimeSource, logger: Logger) {
        inForce = Mutex(configuration)
        self.load = load
        self.parts = parts
        self.time = time
        self.logger = logger
    }

    package nonisolated var configuration: Configuration { inForce.withLock { $0 } }

    /// Nil before the first.
    package nonisolated var lastRecord: Record? { lastReload.withLock { $0 } }

    /// Reads the configuration anew. One with problems changes nothing, and says so.
    @discardableResult
    package func reload() async -> Record {
        await inTurn {
            let record = Record(at: self.time.now, result: await self.reloadNow())
            self.lastReload.withLock { $0 = record }
            self.report(record)
            return record
        }
    }

    /// Takes in a list of chats that changed.
    func adopt(_ file: ChatsFile) async {
        await inTurn {
            var configuration = self.configuration
            guard configuration.watch.file?.path == file.path else { return }
            configuration.watch.file = file
            for sentence in await self.adopt(configuration) {
                self.logger.info("\(sentence)", metadata: ["file": "\(file.path)"])
            }
        }
    }

    private func reloadNow() async -> Result<[String], ConfigurationError> {
        guard let load else { return .success([]) }
        do {
            return .success(await adopt(try load()))
        } catch {
            return .failure(error)
        }
    }

    /// Tells every part; returns what is different.
    private func adopt(_ configuration: Configuration) async -> [String] {
        let old = self.configuration
        let change = ConfigurationChange(from: old, to: configuration)
        guard !change.isEmpty else { return [] }
        let kept = configuration.keepingStart(of: old)
        inForce.withLock { $0 = kept }
        let isSenderChanged = old.addressPolicy != kept.addressPolicy
        parts.dispatcher.adopt(
            configuration.receivers, changed: Set(change.endpoints.changed.map(\.name)),
            sender: isSenderChanged ? parts.sender(kept) : nil)
        parts.pruner.adopt(
            retention: configuration.storage.retention, maxSize: Int(configuration.storage.maxSize.bytes))
        do {
            try await parts.watcher.adopt(configuration.watchPlan)
        } catch {
            // The watch itself ends of the same failure, and says so.
            logger.error("the chats could not be changed", metadata: ["reason": "\(error)"])
        }
        alarm.ring()
        return change.sentences
    }

    nonisolated private func report(_ record: Record) {
        switch record.result {
        case .success(let sentences):
            if sentences.isEmpty { logger.info("reloaded; nothing is different") }
            for sentence in sentences { logger.info("reloaded: \(sentence)") }
            for warning in configuration.warnings { logger.warning("\(warning)") }
        case .failure(let error):
            logger.error("the new configuration is invalid; the old one stays in force")
            for problem in error.problems { logger.error("\(problem)") }
        }
    }

    /// Runs `work` when all that was asked for before is done.
    private func inTurn<Value: Sendable>(_ work: @escaping @Sendable () async -> Value) async -> Value {
        let before = last
        let task = Task {
            await before?.value
            return await work()
        }
        last = Task { _ = await task.value }
        return await task.value
    }
}

extension Configuration {
    /// What only a restart can change stays as it was, so that it is told again until then.
    fileprivate func keepingStart(of old: Configuration) -> Configuration {
        var kept = self
        kept.dingTalk.account = old.dingTalk.account
        kept.dingTalk.callback = old.dingTalk.callback
        kept.storage.path = old.storage.path
        kept.admin = old.admin
        kept.network.proxy = old.network.proxy
        kept.network.caFile = old.network.caFile
        kept.log = old.log
        kept.shutdownTimeout = old.shutdownTimeout
        return kept
    }
}
