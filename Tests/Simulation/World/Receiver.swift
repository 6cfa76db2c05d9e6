import Deliveries
import HTTPEngine

/// The other side of an endpoint.
struct Receiver: Sendable {
    enum Mood: Sendable, CaseIterable {
        case well
        /// Says in the body what the status hides.
        case refusingInBody
        case badRequest, redirecting, failing, busy
        case throttling, throttlingForGood
        case gone
        /// Takes it in and never answers.
        case hanging
    }

    struct Response: Sendable {
        /// Nil when it never comes.
        var http: HTTPResponse?
        /// Whether it took the message in for good, by its own documentation.
        var isAccepted: Bool

        init(_ http: HTTPResponse?, accepts: Bool) {
            self.http = http
            isAccepted = accepts
        }
    }

    var mood = Mood.well
    private let answersInBody: Bool

    init(_ endpoint: Endpoint) {
        answersInBody = endpoint.format.name == .dingtalk
    }

    func respond(_ chance: Chance) -> Response {
        switch mood {
        case .well: Response(text(code: 0), accepts: true)
        case .refusingInBody where answersInBody:
            // Busy, the throttle, a gone robot, a wrong secret, a page of something in between.
            Response(
                chance.says(200)
                    ? HTTPResponse(status: 200, body: Array("<html>".utf8))
                    : text(code: chance.pick([-1, 130101, 300005, 310000])), accepts: false)
        case .refusingInBody, .failing:
            Response(HTTPResponse(status: chance.pick([500, 502]), body: Array("oops".utf8)), accepts: false)
        case .badRequest: Response(HTTPResponse(status: chance.pick([400, 404, 413])), accepts: false)
        case .redirecting:
            Response(HTTPResponse(status: 302, redirectTarget: "https://elsewhere.example.com/"), accepts: false)
        case .busy:
            Response(HTTPResponse(status: 503, retryAfter: .seconds(chance.number(in: 1...90))), accepts: false)
        case .throttling:
            Response(HTTPResponse(status: 429, retryAfter: .seconds(chance.number(in: 1...60))), accepts: false)
        case .throttlingForGood: Response(HTTPResponse(status: 429), accepts: false)
        case .gone: Response(HTTPResponse(status: 410), accepts: false)
        case .hanging: Response(nil, accepts: chance.says(500))
        }
    }

    private func text(code: Int) -> HTTPResponse {
        let text = answersInBody ? #"{"errcode":\#(code),"errmsg":"\#(code == 0 ? "ok" : "no")"}"# : "thanks"
        return HTTPResponse(status: 200, body: Array(text.utf8))
    }
}
