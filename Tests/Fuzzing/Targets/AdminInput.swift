import JSON
import Logging
import Store
import Telemetry
import TestKit

@testable import Admin

/// A request as text, method and target on its first line, as it goes through gate, routes and handlers; without sockets.
enum AdminInput {
    private static let token = "token-of-an-administrator"
    private static let port = 8780

    static func take(_ input: [UInt8]) async {
        let (head, body) = request(input)
        let responder = await responder()
        let answer: Answer
        do throws(Problem) {
            try responder.gate.admit(head)
            answer = try await responder.answer(head, .whole(body))
        } catch {
            answer = .problem(error)
        }
        check(answer, to: head)
    }

    private static func check(_ answer: Answer, to head: RequestHead) {
        precondition((200..<600).contains(answer.status))
        let authorization = head.headers["authorization"] ?? ""
        let isOpen = ["/", "/healthz", "/readyz", "/dingtalk/callback"].contains(head.path) || isPage(head.path)
        precondition(
            answer.status >= 300 || isOpen || authorization.contains(token), "something was given without the token")
        let text = head.headers.values.joined() + (head.authority ?? "")
        precondition(answer.status >= 300 || !text.contains("cross-site.example"), "another site's page was let in")
        guard case .bytes(let bytes) = answer.body else { return }
        if answer.headers["content-type"]?.hasSuffix("json") == true {
            precondition((try? JSONParser.parse(bytes)) != nil, "an answer is no JSON")
        }
        precondition(answer.headers.allSatisfy { ($0.key + $0.value).unicodeScalars.allSatisfy { $0.value >= 0x20 } })
    }

    /// The dashboard's files hold nothing of what is watched.
    private static func isPage(_ path: Substring) -> Bool {
        DashboardRoutes.all.contains { $0.isOpen && $0.path.match(path) != nil }
    }

    private static func request(_ input: [UInt8]) -> (RequestHead, [UInt8]) {
        let end = input.indices.first { input[$0...].starts(with: [0x0A, 0x0A]) } ?? input.endIndex
        let lines = input[..<end].split(separator: 0x0A).map { String(decoding: $0, as: UTF8.self) }
        let words = (lines.first ?? "").split(separator: " ", maxSplits: 1).map(String.init)
        var headers: [String: String] = [:]
        for line in lines.dropFirst() {
            let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            if parts.count == 2 { headers[parts[0].lowercased()] = String(parts[1].drop { $0 == " " }) }
        }
        let head = RequestHead(
            method: words.first ?? "", target: words.count > 1 ? words[1] : "",
            authority: headers.removeValue(forKey: "host"), headers: headers, port: port)
        return (head, Array(input[end...].dropFirst(2)))
    }

    /// Each request meets the same daemon, so that what it did can be repeated.
    private static func responder() async -> AdminResponder {
        var configuration = AdminConfiguration()
        configuration.token = Secret(token)
        configuration.callback = CallbackInput.configuration
        let store = MemoryStore()
        let scene = try? await StoreScene(store, [.named("ops"), .named("audit")])
        for chat in ["chat0", "chat1"] { _ = try? await scene?.tell(chat, count: 2) }
        _ = try? await scene?.finishFront(nil, .dead(reason: "as told"))
        let logger = Logger(label: "fuzz") { _ in SwiftLogNoOpLogHandler() }
        let backing = Backing(store: store, operations: StillOperations(store), feed: Feed(), time: ManualTime())
        return AdminResponder(
            gate: Gate(configuration),
            table: AdminRoutes.all(configuration, backing, version: "0.0.0", logger: logger),
            basePath: configuration.basePath, limits: configuration.limits,
            watch: ReaderWatch(patience: configuration.limits.patience), logger: logger)
    }
}
