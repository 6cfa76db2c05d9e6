import Admin
import CLinux
import Deliveries
import DingTalk
package import Dispatcher
import EventLoop
import HTTPEngine
package import Logging
package import ServiceLifecycle
package import Store
import Telemetry
import Time
import UnixSignals
package import Watcher

/// The composition root: everything that runs, and what it is given.
package struct Daemon: Sendable {
    package let watcher: Watcher
    package let dispatcher: Dispatcher
    package let store: SQLiteStore
    private let pruner: Pruner
    package let reloader: Reloader
    private let history: HistoryKeeper
    private let admin: AdminServer?
    private let time: any TimeSource
    private let engine: HTTPEngine
    private let loop: EventLoop
    private let timer: LoopTimer
    private let logger: Logger
    private let shutdownTimeout: Duration
    /// Rung when the admin server accepts connections, or when there is none.
    private let isServed = Alarm()

    /// Seconds.
    private static let commitBounds: HistogramBounds = [
        0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5,
    ]

    /// Opens the store, takes in what a dead process left, and builds the rest around it. Nothing runs yet.
    ///
    /// - `load`: reads the configuration anew for a reload.
    /// - `onListening`: called with the port of the admin server once it accepts connections.
    package init(
        _ configuration: Configuration, load: Reloader.Load? = nil, logger: Logger,
        onListening: @escaping @Sendable (_ port: Int) -> Void = { _ in }
    ) async throws {
        linux_keep_free_memory()
        if linux_raise_descriptor_limit() != 0 {
            logger.warning("the limit of open files stays where it is; many endpoints at once may exhaust it")
        }
        let commits = SharedHistogram(Self.commitBounds)
        store = try await SQLiteStore.open(path: configuration.storage.path) { commits.observe($0) }
        let recovery = try await store.recover(at: SystemTime.wall)
        loop = try EventLoop(name: "http")
        timer = try LoopTimer(loop: loop)
        let time = SystemTime(notBefore: recovery.newestTimestamp) { [timer] in try await timer.sleep(for: $0) }
        engine = try HTTPEngine(loop: loop, configuration: configuration.network.engine)
        let (engine, logger) = (engine, logger)
        let sender = { @Sendable (configuration: Configuration) -> any Sender in
            EngineSender(engine: engine, policy: configuration.addressPolicy, time: time)
        }
        let feed = Feed()
        let dispatcher = Dispatcher(
            endpoints: configuration.receivers, store: store, sender: sender(configuration), time: time,
            logger: logger, userAgent: Version.userAgent, newestRecord: recovery.newestTimestamp,
            onJudged: { feed.judged($0) }, onAnnounced: { feed.ring() })
        let pruner = Pruner(
            store: store, time: time, retention: configuration.storage.retention,
            maxSize: Int(configuration.storage.maxSize.bytes), logger: logger)
        let watcher = try await Watcher(
            client: DingTalkClient(account: configuration.dingTalk.account, engine: engine, time: time), store: store,
            time: time, plan: configuration.watchPlan, logger: logger, isHeld: { pruner.isFull },
            wakeDispatcher: {
                dispatcher.wake()
                feed.ring()
            })
        reloader = Reloader(
            configuration, load: load,
            parts: Reloader.Parts(watcher: watcher, dispatcher: dispatcher, pruner: pruner, sender: sender),
            time: time, logger: logger)
        history = HistoryKeeper(watcher: watcher, dispatcher: dispatcher, store: store, reloader: reloader, time: time)
        let operations = DaemonOperations(
            watcher: watcher, dispatcher: dispatcher, reloader: reloader, store: store, time: time,
            metricsPage: MetricsPage(
                watcher: watcher, dispatcher: dispatcher, store: store, reloader: reloader, commits: commits, time: time
            ),
            history: history, startedAt: time.now)
        admin = configuration.admin.map { [store, isServed] in
            AdminServer(
                AdminConfiguration($0, configuration.dingTalk), store: store, operations: operations, feed: feed,
                version: Version.number, time: time, logger: logger,
                onListening: { port in
                    isServed.ring()
                    onListening(port)
                })
        }
        if admin == nil { isServed.ring() }
        self.time = time
        self.watcher = watcher
        self.dispatcher = dispatcher
        self.pruner = pruner
        self.logger = logger
        shutdownTimeout = configuration.shutdownTimeout
        report(recovery)
    }

    /// Runs until the process is told to stop, until one part fails, or until `finale` ends. Stops in the reverse of this
    /// order: no new polls first, then what is in flight is brought to its end.
    package func run(untilEndOf finale: (any Service)? = nil) async throws {
        let executor = LoopTaskExecutor(loop)
        var services: [ServiceGroupConfiguration.ServiceConfiguration] = [
            .init(service: DispatchService(dispatcher: dispatcher, executor: executor, timeout: shutdownTimeout)),
            .init(service: CancellableService(run: pruner.run)),
            .init(
                service: WatchService(
                    watcher: watcher, executor: executor, isServed: isServed, time: time,
                    shutdownTimeout: shutdownTimeout, logger: logger)),
            .init(service: ChatsFileService(reloader: reloader, time: time, logger: logger)),
            .init(service: HangupService(reloader: reloader)),
            .init(service: CancellableService(run: history.run)),
        ]
        if let admin { services.append(.init(service: admin)) }
        if let finale {
            services.append(.init(service: finale, successTerminationBehavior: .gracefullyShutdownGroup))
        }
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: services, gracefulShutdownSignals: [.sigterm, .sigint],
                logger: Logger(label: "lifecycle") { _ in SwiftLogNoOpLogHandler() }))
        let result: Result<Void, any Error>
        do {
            result = .success(try await group.run())
        } catch {
            result = .failure(error)
        }
        await engine.shutdown()
        timer.close()
        loop.shutdown()
        await store.close()
        try result.get()
        logger.info("stopped")
    }

    /// How many deliveries wait, for whatever endpoint.
    package func pendingDeliveries() async throws -> Int {
        try await store.endpointStates().reduce(0) { $0 + $1.counts.pending }
    }

    private func report(_ recovery: Recovery) {
        let configuration = reloader.configuration
        logger.info(
            "\(Version.text)",
            metadata: [
                "store": "\(configuration.storage.path)", "endpoints": "\(configuration.receivers.count)",
            ])
        for warning in reloader.configuration.warnings { logger.warning("\(warning)") }
        let usesSOCKS = reloader.configuration.network.usesSOCKS
        for warning in Version.warnings(usesSOCKS: usesSOCKS) { logger.warning("\(warning)") }
        if recovery.newestTimestamp == nil {
            logger.info(
                "the store is empty: each group is told of as it is now, and by its changes from then on",
                metadata: ["store": "\(reloader.configuration.storage.path)"])
        }
        if recovery.openAttempts > 0 {
            logger.warning(
                "the last run ended with tries in flight; they are sent again under the same ids",
                metadata: ["tries": "\(recovery.openAttempts)"])
        }
        if recovery.pendingDeliveries > 0 {
            logger.info("deliveries wait from the last run", metadata: ["pending": "\(recovery.pendingDeliveries)"])
        }
    }
}
