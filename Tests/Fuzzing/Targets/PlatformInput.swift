import Chats
import JSON
import Telemetry
import Time

@testable import DingTalk

/// The body of an answer of the platform; the first byte chooses the HTTP status.
enum PlatformInput {
    private static let time = Timestamp(seconds: 1_795_416_000)

    static func take(_ input: [UInt8]) {
        let status = [200, 200, 200, 400, 401, 429, 500][Int(input.first ?? 0) % 7]
        let body = Array(input.dropFirst())
        do {
            let object = try PlatformReply.object(status: status, body: body)
            try fold(ChatReply.snapshot(of: "chat1", in: object))
        } catch {
            describe(error)
        }
        for kind in [Account.TokenKind.legacy, .v1] {
            do {
                let token = try TokenCall(account: account(kind)).token(status: status, body: body, at: time)
                precondition(!token.value.reveal().isEmpty && token.renewAt >= time)
            } catch {
                describe(error)
            }
        }
    }

    /// Seen twice, an answer is news once; and what is stored is what was seen.
    private static func fold(_ snapshot: Snapshot) {
        guard let first = ChatState(id: "chat1").observing(snapshot, at: time) else { return }
        precondition(first.events.count == 1 && first.state.observing(snapshot, at: time + .seconds(1)) == nil)
        precondition(first.events.allSatisfy { $0.json["id"]?.stringValue == $0.id })
    }

    private static func describe(_ error: CallError) {
        if case .refused(let refusal) = error { _ = refusal.errorClass }
        precondition(!"\(error)".isEmpty)
    }

    private static func account(_ kind: Account.TokenKind) -> Account {
        Account(
            baseURL: "https://platform.example", apiBaseURL: "https://platform.example", appKey: Secret("key"),
            appSecret: Secret("secret"), tokenKind: kind, timeout: .seconds(5))
    }
}
