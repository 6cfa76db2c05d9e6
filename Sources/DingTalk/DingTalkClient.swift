import Chats
package import HTTPEngine
import JSON
import Telemetry
package import Time

/// The part of DingTalk's server API that a watch needs.
package struct DingTalkClient: Sendable {
    /// What an answer about the largest of groups may take.
    private static let replyLimit = 8 << 20

    private let account: Account
    private let engine: any HTTPTransport
    private let tokens: TokenSource

    package init(account: Account, engine: any HTTPTransport, time: any TimeSource) {
        self.account = account
        self.engine = engine
        tokens = TokenSource(time: time) { await Self.fetchToken(account, engine, time) }
    }

    /// Reads one chat. A call refused for its token is repeated once with a new one, never in a loop.
    ///
    /// `known`: the digest of the last answer; equal bytes are `.unchanged` and are not decoded.
    package func read(chat: String, known: ReplyDigest?) async -> MeteredReading {
        var calls = 0
        var refused: Token?
        while true {
            let token: Token
            switch await tokens.token(insteadOf: refused) {
            // Calls for tokens are not metered.
            case .failure(let error): return MeteredReading(ChatReading(error), calls: calls)
            case .success(let fresh): token = fresh
            }
            let reading = await read(chat: chat, token: token, known: known)
            if reading.isMetered { calls += 1 }
            guard refused == nil, reading.isTokenRefused else { return MeteredReading(reading, calls: calls) }
            refused = token
        }
    }

    private func read(chat: String, token: Token, known: ReplyDigest?) async -> ChatReading {
        let query = Query.text(["access_token": token.value.reveal(), "chatid": chat])
        do {
            let (status, body) = try await Self.exchange(
                HTTPRequest.get(account.baseURL + "/chat/get" + query), account: account, engine: engine)
            let digest = ReplyDigest(body)
            if digest == known, status == 200 { return .unchanged }
            let object = try PlatformReply.object(
                status: status, body: body, scrubber: account.scrubber(besides: token.value))
            return .answered(try ChatReply.snapshot(of: chat, in: object), digest: digest)
        } catch {
            return ChatReading(error)
        }
    }

    private static func exchange(
        _ request: HTTPRequest, account: Account, engine: any HTTPTransport
    ) async throws(CallError) -> (status: Int, body: [UInt8]) {
        var request = request
        request.timeout = account.timeout
        request.responseLimit = replyLimit
        request.addressPolicy = .unrestricted
        let response: HTTPResponse
        do {
            response = try await engine.execute(request)
        } catch {
            throw CallError(error)
        }
        guard response.isComplete else {
            throw .unreadable(Unreadable(.malformed, "the answer broke off after \(response.body.count) bytes"))
        }
        return (response.status, response.body)
    }

    private static func fetchToken(
        _ account: Account, _ engine: any HTTPTransport, _ time: any TimeSource
    ) async -> Result<Token, CallError> {
        do {
            let call = TokenCall(account: account)
            let (status, body) = try await exchange(call.request, account: account, engine: engine)
            return .success(try call.token(status: status, body: body, at: time.steady))
        } catch {
            return .failure(error)
        }
    }
}

extension ChatReading {
    fileprivate var isTokenRefused: Bool {
        guard case .refused(let refusal) = self else { return false }
        return refusal.errorClass == .token
    }

    init(_ error: CallError) {
        self =
            switch error {
            case .refused(let refusal): .refused(refusal)
            case .unreadable(let failure): .unreadable(failure)
            case .cancelled: .cancelled
            }
    }
}
