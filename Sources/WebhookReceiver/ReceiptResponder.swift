import Deliveries
import Hummingbird
import ServiceLifecycle
import Time

/// Verifies, enters and reports each POST, whatever its path.
struct ReceiptResponder: HTTPResponder {
    typealias Context = BasicRequestContext

    private static let bodyLimit = 1024 * 1024

    /// Nil: nothing is verified.
    let verifier: StandardVerifier?
    let ledger: SharedLedger
    let delay: Duration
    let onReceipt: @Sendable (Receipt) -> Void

    func respond(to request: Request, context: BasicRequestContext) async throws -> Response {
        guard request.method == .post else {
            return Response(status: .methodNotAllowed, headers: [.allow: "POST"])
        }
        guard let buffer = try? await request.body.collect(upTo: Self.bodyLimit) else {
            ledger.use { $0.enterOversized() }
            return Response(status: .contentTooLarge)
        }
        let receipt = receipt(of: request, body: Array(buffer.readableBytesView), at: SystemTime.wall)
        onReceipt(receipt)
        if delay > .zero {
            // A receiver that is being stopped answers at once.
            try? await cancelWhenGracefulShutdown { try await Task.sleep(for: delay) }
        }
        return Response(status: .init(code: receipt.status))
    }

    private func receipt(of request: Request, body: [UInt8], at now: Timestamp) -> Receipt {
        var headers: [String: String] = [:]
        for field in request.headers {
            headers[field.name.canonicalName] = request.headers[field.name]
        }
        let verification = verification(headers: headers, body: body, at: now)
        let id = headers["webhook-id"]
        let entry = ledger.use { $0.enter(id: id, verification: verification) }
        let timestamp = headers["webhook-timestamp"].flatMap { Int64($0) }.map(Timestamp.init(seconds:))
        return Receipt(
            id: id, timestamp: timestamp, received: now, path: request.head.path ?? "/", headers: headers, body: body,
            verification: verification, status: entry.status, timesSeen: entry.timesSeen)
    }

    private func verification(headers: [String: String], body: [UInt8], at now: Timestamp) -> Receipt.Verification {
        guard let verifier else { return .notChecked }
        do throws(StandardVerifier.Failure) {
            try verifier.verify(headers: headers, body: body, now: now)
            return .verified
        } catch {
            return .refused(error)
        }
    }
}
