package import EventLoop

/// Outgoing HTTP on libcurl: every request of the program goes through here, under one set of limits.
///
/// The actor runs on the loop's thread. There is no limit of exchanges in flight, so a receiver that hangs delays
/// nobody else; how many a receiver may have at once is the caller's to say.
package actor HTTPEngine {
    package struct Configuration: Sendable {
        /// The URL of a proxy; empty for none, whatever the environment says. Behind a proxy only plain http is judged:
        /// which addresses can be reached is the proxy's to decide.
        package var proxy: String
        /// Certificates to trust, PEM.
        package var caFile: String?
        /// How many connections are kept for later requests, beyond as many as were ever in use at once.
        package var maximumIdleConnections: Int

        package init(proxy: String = "", caFile: String? = nil, maximumIdleConnections: Int = 512) {
            self.proxy = proxy
            self.caFile = caFile
            self.maximumIdleConnections = maximumIdleConnections
        }
    }

    private let loop: EventLoop
    private let source: EventLoop.Source
    private let configuration: Configuration
    private let multi: MultiHandle
    private var pool = TransferPool()
    private var isShutDown = false
    /// URLs whose last outcome is unknown: the next request there does not trust an idle connection.
    private var suspects: Set<String> = []
    /// Outcomes of this turn. Who waits for them is told when libcurl has nothing more to report.
    private var finished: [(continuation: CheckedContinuation<Transfer.Outcome, Never>, outcome: Transfer.Outcome)] = []
    private var finishedBatches: [TransferBatch] = []
    /// Counts the batches, so that a cancellation finds its own.
    private var batches = 0

    nonisolated package var unownedExecutor: UnownedSerialExecutor {
        loop.asUnownedSerialExecutor()
    }

    /// The loop keeps the engine alive until `shutdown()`.
    package init(loop: EventLoop, configuration: Configuration = Configuration()) throws(HTTPError) {
        let source = loop.makeSource()
        self.loop = loop
        self.source = source
        self.configuration = configuration
        multi = try MultiHandle(source: source)
        source.attach(self)
    }

    /// How many exchanges are under way.
    package var inFlight: Int {
        pool.busyCount
    }

    /// Sends a request and reads the response. Cancelling the task ends the exchange.
    package func execute(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
        guard !isShutDown, !Task.isCancelled else { throw .cancelled(mayHaveArrived: false) }
        try check(request)
        let transfer = try prepare(request)
        let (slot, exchange) = (transfer.slot, transfer.exchange)
        // The closure names `self` and so stays on the actor. One that does not is run on the cooperative pool.
        let outcome = await withTaskCancellationHandler {
            await self.perform(transfer)
        } onCancel: {
            // Runs on any thread, perhaps before the exchange has begun: the job comes after it on the loop.
            Task { await self.cancel(slot: slot, exchange: exchange) }
        }
        return try outcome.get()
    }

    /// Sends several requests at once and returns when the last exchange has ended. `onEnd` is told on the engine's thread.
    package func execute(_ requests: [HTTPRequest], onEnd: @escaping @Sendable ([EndedExchange]) -> Void) async {
        guard !requests.isEmpty else { return }
        batches += 1
        let batch = TransferBatch(number: batches, count: requests.count, onEnd: onEnd)
        let number = batch.number
        await withTaskCancellationHandler {
            await self.perform(requests, batch)
        } onCancel: {
            Task { await self.cancel(batch: number) }
        }
    }

    /// Ends what is in flight as cancelled, closes all connections and leaves the loop. Later requests are refused.
    package func shutdown() {
        guard !isShutDown else { return }
        isShutDown = true
        for transfer in pool.busy {
            cancel(transfer)
        }
        pool.removeAll()
        multi.close()
        source.detach()
        resumeFinished()
    }

    // MARK: - One exchange

    private func check(_ request: borrowing HTTPRequest) throws(HTTPError) {
        for field in request.headers {
            if let problem = field.problem { throw .configuration(problem) }
        }
        guard !request.url.utf8.contains(where: { $0 <= 0x20 || $0 == 0x7f }) else {
            throw .configuration("the URL contains a space or a control character")
        }
        guard configuration.proxy.isEmpty || request.isEncrypted || request.addressPolicy.allowsPlainHTTPAnywhere else {
            throw .configuration("plain http through a proxy is refused: use https, or set network.insecureHTTP")
        }
    }

    private func prepare(_ request: borrowing HTTPRequest) throws(HTTPError) -> Transfer {
        let capacity = pool.capacity
        let transfer = try pool.take { slot throws(HTTPError) in
            try Transfer(
                slot: slot, proxy: configuration.proxy, caFile: configuration.caFile, sockets: multi.sockets)
        }
        if pool.capacity > capacity {
            multi.setMaximumCachedConnections(pool.capacity + configuration.maximumIdleConnections)
        }
        do throws(HTTPError) {
            let isSuspect = !suspects.isEmpty && suspects.remove(request.url) != nil
            try transfer.begin(request, onFreshConnection: isSuspect)
        } catch {
            pool.release(transfer)
            throw error
        }
        return transfer
    }

    private func perform(_ transfer: Transfer) async -> Transfer.Outcome {
        await withCheckedContinuation { continuation in
            transfer.party = .one(continuation)
            // Others may have had their turn since it was prepared: a cancellation found nobody to tell.
            if isShutDown || Task.isCancelled { cancel(transfer) } else { start(transfer) }
            resumeFinished()
        }
    }

    private func perform(_ requests: [HTTPRequest], _ batch: TransferBatch) async {
        await withCheckedContinuation { continuation in
            batch.continuation = continuation
            for (place, request) in requests.enumerated() {
                do throws(HTTPError) {
                    guard !isShutDown, !Task.isCancelled else { throw .cancelled(mayHaveArrived: false) }
                    try check(request)
                    let transfer = try prepare(request)
                    transfer.party = .batch(batch, place: place)
                    start(transfer)
                } catch {
                    note(.failure(error), of: place, in: batch)
                }
            }
            resumeFinished()
        }
    }

    private func start(_ transfer: Transfer) {
        do throws(HTTPError) {
            try multi.add(transfer)
        } catch {
            finish(transfer, .failure(error))
        }
    }

    /// The connection that was not fit for use is closed by now.
    private func repeatOnFreshConnection(_ transfer: Transfer) {
        multi.remove(transfer)
        do throws(HTTPError) {
            try transfer.beginAgainOnFreshConnection()
            try multi.add(transfer)
        } catch {
            finish(transfer, .failure(error))
        }
    }

    private func finish(_ transfer: Transfer, _ outcome: Transfer.Outcome) {
        if case .failure(.unknown) = outcome {
            suspect(transfer.url)
        }
        multi.remove(transfer)
        pool.release(transfer)
        switch transfer.party {
        case .one(let continuation): finished.append((continuation, outcome))
        case .batch(let batch, let place): note(outcome, of: place, in: batch)
        case nil: break
        }
        transfer.party = nil
    }

    private func note(_ outcome: Transfer.Outcome, of place: Int, in batch: TransferBatch) {
        if batch.note(outcome, of: place) { finishedBatches.append(batch) }
    }

    /// Bounded: a forgotten suspicion costs an unknown outcome, never a request that is sent twice.
    private func suspect(_ url: String) {
        if suspects.count >= 1024 { suspects.removeAll() }
        suspects.insert(url)
    }

    private func cancel(_ transfer: Transfer) {
        finish(transfer, .failure(.cancelled(mayHaveArrived: transfer.startedRequests > 0)))
    }

    private func cancel(slot: Int, exchange: Int) {
        guard !isShutDown, let transfer = pool[slot], transfer.exchange == exchange, transfer.party != nil else {
            return
        }
        cancel(transfer)
        resumeFinished()
    }

    private func cancel(batch number: Int) {
        guard !isShutDown else { return }
        for transfer in pool.busy {
            if case .batch(let batch, _) = transfer.party, batch.number == number { cancel(transfer) }
        }
        resumeFinished()
    }

    /// Comes last: by now the state is consistent for whatever the resumed tasks ask next.
    private func resumeFinished() {
        if !finished.isEmpty {
            let finished = self.finished
            self.finished.removeAll()
            for (continuation, outcome) in finished {
                continuation.resume(returning: outcome)
            }
        }
        if !finishedBatches.isEmpty {
            let batches = finishedBatches
            finishedBatches.removeAll()
            for batch in batches { batch.tell() }
        }
    }

    private func collect() {
        while let (transfer, code) = multi.nextCompletion() {
            if transfer.hasMetLeftovers {
                repeatOnFreshConnection(transfer)
            } else {
                finish(transfer, transfer.outcome(of: code))
            }
        }
        resumeFinished()
    }
}

extension HTTPEngine: EventHandler {
    nonisolated package func descriptor(_ descriptor: Int32, isReadyFor readiness: Readiness) {
        assumeIsolated { $0.multi.process(descriptor, readiness) }
    }

    nonisolated package func deadlinePassed() {
        assumeIsolated { $0.multi.processTimeouts() }
    }

    nonisolated package func turnEnded() {
        assumeIsolated { $0.collect() }
    }
}
