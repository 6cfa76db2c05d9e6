import Chats
import Deliveries
import HTTPEngine
import Synchronization
import Time

/// The network of one process: what is slow, refused, cut off or lost on the way.
struct SimulatedNetwork: HTTPTransport {
    /// How far an exchange comes, were it not for time limits.
    private enum Course {
        case refused(HTTPError)
        /// Sent, and lost before it arrived.
        case lost
        case arrives(answerIs: Answer)

        enum Answer { case whole, lost, broken }
    }

    /// What the two ends of an exchange know of each other.
    private final class Wire: Sendable {
        struct State {
            var isAbandoned = false
            var hasArrived = false
            var response: HTTPResponse?
            var snapshot: Snapshot?
        }

        let state = Mutex(State())
    }

    let world: World
    let life: Life

    func execute(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
        guard !life.isOver, !Task.isCancelled else { throw .cancelled(mayHaveArrived: false) }
        let host = Self.host(of: request.url)
        if host == "platform" { return try await ask(request) }
        world.note(inFlight: 1, at: host, life: life.number)
        defer { world.note(inFlight: -1, at: host, life: life.number) }
        return try await deliver(Message(request, to: host), within: request.timeout)
    }

    // MARK: - Deliveries

    private func deliver(_ message: Message, within limit: Duration) async throws(HTTPError) -> HTTPResponse {
        let (life, world) = (life.number, world)
        do throws(HTTPError) {
            let (response, _) = try await exchange(within: limit) { wire in
                let response = world.receive(message, life: life)
                wire.state.withLock { $0.response = response }
            }
            if response.isComplete { world.witness.answered(message, life: life) }
            return response
        } catch .unknown where world.breaks(.guessedSuccess) {
            return HTTPResponse(status: 200, body: Array(#"{"errcode":0}"#.utf8))
        } catch .unknown where world.breaks(.hiddenRepeat) {
            guard let response = world.receive(message, life: life) else { throw .unknown(.timeout, "no answer") }
            world.witness.answered(message, life: life)
            return response
        }
    }

    // MARK: - The platform

    private func ask(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
        let world = world
        let chat = request.url.split(separator: "chatid=").last.map(String.init) ?? ""
        let isPoll = request.url.contains("/chat/get")
        if isPoll { world.witness.asked(chat, by: life.number) }
        let (response, snapshot) = try await exchange(within: request.timeout) { wire in
            let answer = world.turn.withLock { $0.platform.respond(to: request.url, at: world.wall.now, world.chance) }
            wire.state.withLock { ($0.response, $0.snapshot) = (answer.http, answer.snapshot) }
        }
        if isPoll, let snapshot, response.isComplete {
            world.trace.note("\(chat) is answered")
            world.witness.saw(
                SeenAnswer(snapshot: snapshot, wall: world.wall.now, at: world.agenda.now, life: life.number), of: chat)
        }
        return response
    }

    // MARK: - An exchange

    private func exchange(
        within limit: Duration, arrival: @escaping @Sendable (Wire) -> Void
    ) async throws(HTTPError) -> (HTTPResponse, Snapshot?) {
        let began = world.agenda.now
        let course = course()
        let there = latency()
        let back = latency()
        let wire = Wire()
        if case .refused(let error) = course {
            try await wait(until: began + min(there, limit), wire)
            throw error
        }
        if case .arrives = course, there < limit { plan(arrival, on: wire, in: there) }
        try await wait(until: began + min(there + back, limit), wire)
        guard case .arrives(let answer) = course, there + back < limit else {
            if case .lost = course, there + back < limit { throw .unknown(.connectionLost, "reset before the answer") }
            throw .unknown(.timeout, "no answer in time")
        }
        guard var response = wire.state.withLock({ $0.response }) else {
            try await wait(until: began + limit, wire)
            throw .unknown(.timeout, "no answer in time")
        }
        switch answer {
        case .whole: break
        case .lost: throw .unknown(.connectionLost, "reset before the answer")
        case .broken:
            response.body.removeLast(response.body.count / 2)
            response.bodyError = .connectionLost
        }
        return (response, wire.state.withLock { $0.snapshot })
    }

    private func plan(_ arrival: @escaping @Sendable (Wire) -> Void, on wire: Wire, in delay: Duration) {
        let life = life
        world.agenda.plan(in: delay) {
            // What a dead process or one that gave up had under way is gone with its connection.
            guard !life.isOver, !wire.state.withLock({ $0.isAbandoned }) else { return }
            wire.state.withLock { $0.hasArrived = true }
            arrival(wire)
        }
    }

    private func wait(until time: Timestamp, _ wire: Wire) async throws(HTTPError) {
        guard await life.waitUnlessCancelled(until: time) else {
            let hasArrived = wire.state.withLock { state in
                state.isAbandoned = true
                return state.hasArrived
            }
            throw .cancelled(mayHaveArrived: hasArrived)
        }
    }

    private func course() -> Course {
        guard world.strikes(world.scenario.faults.network) else { return .arrives(answerIs: .whole) }
        return switch world.chance.number(in: 0...7) {
        case 0: .refused(.notSent(.connection, "connection refused"))
        case 1: .refused(.notSent(.name, "no such name"))
        case 2: .refused(.notSent(.tls, "the certificate has expired"))
        case 3: .lost
        case 4: .arrives(answerIs: .broken)
        default: .arrives(answerIs: .lost)
        }
    }

    /// Now and then longer than anybody waits.
    private func latency() -> Duration {
        let chance = world.chance
        if world.strikes(world.scenario.faults.network / 4) { return chance.milliseconds(1_000...12_000) }
        return chance.milliseconds(1...80)
    }

    /// The first label of the host's name.
    private static func host(of url: String) -> String {
        String(url.drop { $0 != "/" }.drop { $0 == "/" }.prefix { $0 != "." })
    }
}
