import Telemetry
import Time

/// Keeps the access token: renewed before it expires, one request at a time, and never more often than once a minute.
///
/// An actor because a renewal must stay single across its own suspension: whoever comes meanwhile waits for the same one.
actor TokenSource {
    typealias Fetch = @Sendable () async -> Result<Token, CallError>

    private let fetch: Fetch
    private let time: any TimeSource
    private let spacing: Duration
    private var token: Token?
    private var isFetching = false
    /// Those who came while a renewal was under way.
    private var waiting: [CheckedContinuation<Result<Token, CallError>, Never>] = []
    private var lastAnswer: (at: Timestamp, result: Result<Token, CallError>)?

    /// `spacing`: the least time between two renewals that the platform answered.
    init(time: any TimeSource, spacing: Duration = .seconds(60), fetch: @escaping Fetch) {
        self.time = time
        self.spacing = spacing
        self.fetch = fetch
    }

    /// `refused`: a token that the platform has just turned down; it is not handed out again.
    func token(insteadOf refused: Token? = nil) async -> Result<Token, CallError> {
        if let token, token != refused, time.steady < token.renewAt { return .success(token) }
        if isFetching {
            let result = await withCheckedContinuation { waiting.append($0) }
            // A renewal that was cut off with the poll that began it says nothing to the others.
            guard result == .failure(.cancelled), !Task.isCancelled else { return result }
            return await self.token(insteadOf: refused)
        }
        if let lastAnswer, time.steady < lastAnswer.at + spacing {
            return withinSpacing(lastAnswer.result, refused: refused)
        }
        return await renew()
    }

    private func renew() async -> Result<Token, CallError> {
        isFetching = true
        let result = await fetch()
        isFetching = false
        take(result)
        let waiting = self.waiting
        self.waiting = []
        for waiter in waiting { waiter.resume(returning: result) }
        return result
    }

    private func take(_ result: Result<Token, CallError>) {
        switch result {
        case .success(let fresh):
            token = fresh
            lastAnswer = (time.steady, result)
        case .failure(.refused):
            lastAnswer = (time.steady, result)
        case .failure(.unreadable), .failure(.cancelled):
            // The platform did not answer, so nothing was spent; whoever polls has its own patience.
            break
        }
    }

    private func withinSpacing(_ last: Result<Token, CallError>, refused: Token?) -> Result<Token, CallError> {
        switch last {
        case .success(let token) where token == refused:
            .failure(
                .refused(Refusal(code: 40014, message: "the newest token was refused; the next is due within a minute"))
            )
        case .success, .failure: last
        }
    }
}
