import EventLoop
import HTTPEngine
import TestKit
import Testing

@Suite struct ConcurrencyTests {
    @Test("several hundred requests at once each get their own answer")
    func many() async throws {
        let server = try FaultServer { request in
            [.pause(.milliseconds(5)), .reply(body: String(decoding: request.body, as: UTF8.self))]
        }
        defer { server.stop() }
        try await withEngine { engine in
            try await withThrowingTaskGroup(of: Bool.self) { group in
                for number in 0..<400 {
                    group.addTask {
                        let response = try await engine.execute(server.post("/\(number)", "body \(number)"))
                        return response.body == Array("body \(number)".utf8)
                    }
                }
                for try await isRight in group { #expect(isRight) }
            }
            #expect(await engine.inFlight == 0)
        }
        #expect(Set(server.requests.map(\.target)).count == 400)
    }

    @Test("receivers that hang do not slow the others")
    func hungReceivers() async throws {
        let hung = try FaultServer { _ in [.hang] }
        let quick = try FaultServer { _ in [.reply()] }
        defer {
            hung.stop()
            quick.stop()
        }
        // So few idle connections that those in use would crowd them out if they counted.
        try await withEngine(HTTPEngine.Configuration(maximumIdleConnections: 2)) { engine in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<300 { group.addTask { _ = await engine.outcome(hung.post(timeout: .seconds(60))) } }
                while hung.requests.count < 300 { await Task.yield() }
                for _ in 0..<50 {
                    let response = try await engine.execute(quick.post())
                    #expect(response.status == 200)
                    #expect(response.duration < .seconds(1))
                }
                #expect(await engine.inFlight == 300)
                group.cancelAll()
            }
            #expect(await engine.inFlight == 0)
        }
        #expect(quick.connectionCount == 1)
    }

    @Test("cancelling the task ends the exchange, and says that it may have arrived")
    func cancellation() async throws {
        let server = try FaultServer { _ in [.hang] }
        defer { server.stop() }
        try await withEngine { engine in
            let task = Task { await engine.error(server.post()) }
            while server.requests.isEmpty { await Task.yield() }
            task.cancel()
            #expect(await task.value?.kind == "cancelled true")
            #expect(await engine.inFlight == 0)
        }
    }

    @Test("a task that is cancelled already sends nothing")
    func cancelledBefore() async throws {
        let server = try FaultServer { _ in [.reply()] }
        defer { server.stop() }
        try await withEngine { engine in
            let task = Task {
                while !Task.isCancelled { await Task.yield() }
                return await engine.error(server.post())
            }
            task.cancel()
            #expect(await task.value?.kind == "cancelled false")
        }
        #expect(server.connectionCount == 0)
    }

    @Test("a cancellation that comes too late does not hit the next exchange of the handle")
    func lateCancellation() async throws {
        let server = try FaultServer { _ in [.reply()] }
        defer { server.stop() }
        try await withEngine { engine in
            for _ in 0..<200 {
                let task = Task { await engine.outcome(server.post()) }
                async let other = engine.execute(server.post())
                await Task.yield()
                task.cancel()
                let status = try await other.status
                #expect(status == 200)
                _ = await task.value
            }
            #expect(await engine.inFlight == 0)
        }
    }

    @Test("shutdown ends what is in flight and refuses what comes later")
    func shutdown() async throws {
        let server = try FaultServer { _ in [.hang] }
        defer { server.stop() }
        let loop = try EventLoop()
        let engine = try HTTPEngine(loop: loop)
        let tasks = (0..<50).map { _ in Task { await engine.error(server.post()) } }
        while server.requests.count < 50 { await Task.yield() }
        await engine.shutdown()
        for task in tasks {
            #expect(await task.value?.kind == "cancelled true")
        }
        #expect(await engine.error(server.post())?.kind == "cancelled false")
        await engine.shutdown()
        loop.shutdown()
        // An actor outlives its loop without hanging whoever still calls it.
        #expect(await engine.error(server.post())?.kind == "cancelled false")
    }

    @Test("a caller on the same loop stays on its thread")
    func sameLoop() async throws {
        let server = try FaultServer { _ in [.reply()] }
        defer { server.stop() }
        let loop = try EventLoop()
        let engine = try HTTPEngine(loop: loop)
        let caller = LoopCaller(loop: loop, engine: engine)
        #expect(try await caller.call(server.post()) == 200)
        await engine.shutdown()
        loop.shutdown()
    }
}

private actor LoopCaller {
    private let loop: EventLoop
    private let engine: HTTPEngine

    nonisolated var unownedExecutor: UnownedSerialExecutor {
        loop.asUnownedSerialExecutor()
    }

    init(loop: EventLoop, engine: HTTPEngine) {
        self.loop = loop
        self.engine = engine
    }

    func call(_ request: HTTPRequest) async throws -> Int {
        let response = try await engine.execute(request)
        loop.checkIsolated()
        return response.status
    }
}
