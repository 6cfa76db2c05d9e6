import Deliveries
import Dispatcher

/// A trial for people: what was sent, what came back, and which rule judged it.
struct TrialText {
    private static let shownBytes = 4096

    let text: String

    init(_ report: TrialReport) {
        text = """
            \(Self.indented(report.masked.description, by: "> "))

            \(Self.indented(Self.answer(report.exchange), by: "< "))

            \(report.verdict.result.rawValue): \(report.verdict.rule)
            """
    }

    private static func answer(_ exchange: Exchange) -> String {
        switch exchange {
        case .failed(let failure):
            return "no answer (\(failure.reason)): \(failure.text)"
        case .answered(let reply):
            let headers = reply.headers.sorted { $0.key < $1.key }.map { "\n\($0.key): \($0.value)" }.joined()
            let body = String(decoding: reply.body.prefix(shownBytes), as: UTF8.self)
            return "status \(reply.status)\(headers)" + (body.isEmpty ? "" : "\n\n\(body)")
        }
    }

    private static func indented(_ text: String, by mark: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { mark + String($0).withoutControls }
            .joined(separator: "\n")
    }
}
