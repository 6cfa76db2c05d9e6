import JSON
package import Time

/// The whole simulated platform as one value: a call and an instant in, an answer out. No clock, no I/O, and with the same
/// seed and the same calls always the same answers.
package struct Platform: Sendable {
    package internal(set) var world: World
    let credentials: Credentials
    var tokens: TokenIssuer
    var limits: CallLimits
    var faults = FaultPlan()
    var statistics = CallStatistics()
    /// Draws the world and its changes, and nothing else: how often the platform is called must not decide what changes.
    private var generator: SplitMix64
    /// Draws tokens and other identifiers.
    var identifiers: SplitMix64

    package init(_ configuration: SimulatorConfiguration) {
        generator = SplitMix64(seed: configuration.seed)
        identifiers = SplitMix64(seed: configuration.seed ^ 0x746f_6b65_6e73)
        world = World(chats: configuration.chats, members: configuration.members, using: &generator)
        credentials = configuration.credentials
        tokens = TokenIssuer(lifetime: configuration.tokenLifetime)
        limits = CallLimits(perSecond: configuration.callsPerSecond, perMonth: configuration.callsPerMonth)
    }

    package mutating func answer(_ call: Call, at now: Timestamp) -> Answer {
        if call.path.hasPrefix("/_control/") { return control(call, at: now) }
        guard let route = Route(rawValue: call.path) else {
            statistics.countUnknownPath()
            return answer(to: Refusal(404), on: nil)
        }
        let parameters = Parameters(of: call)
        let chat = parameters.text("chatid")
        statistics.count(route, at: now)
        if let chat, world.chat(chat) != nil { statistics.countChat(chat, at: now) }

        let fault = faults.take(for: route, chat: chat)
        if fault != nil { statistics.countFault() }
        var answer =
            switch fault?.effect ?? .none {
            case .none: self.answer(call, on: route, parameters, at: now)
            case .errcode(let code, let wrapped): self.answer(to: Refusal(code), on: route, wrapped: wrapped)
            case .raw(let status, let body): Self.raw(body, status: status)
            case .close: Answer(outcome: .close)
            }
        answer.delay = fault?.delay ?? .zero
        return answer
    }

    /// Makes up to `count` random changes; fewer only when every chat is dismissed.
    package mutating func mutate(count: Int, at now: Timestamp) -> [RecordedChange] {
        (0..<count).compactMap { _ in world.mutate(using: &generator, at: now) }
    }

    private mutating func answer(_ call: Call, on route: Route, _ parameters: Parameters, at now: Timestamp) -> Answer {
        do throws(Refusal) {
            guard call.method == route.method else { throw Refusal(route.method == "GET" ? 43001 : 43002) }
            switch route {
            case .getToken: return try sharedToken(parameters, at: now)
            case .accessToken: return try freshToken(parameters, at: now)
            case .getChat: return try chat(parameters, at: now)
            case .createChat: return try createChat(parameters, at: now)
            case .updateChat: return try updateChat(parameters, at: now)
            }
        } catch {
            return answer(to: error, on: route)
        }
    }

    private mutating func answer(to refusal: Refusal, on route: Route?, wrapped: Bool? = nil) -> Answer {
        statistics.countRefusal(refusal)
        let requestID = identifiers.text(of: .alphanumeric, count: 12)
        if route?.isNewStyle == true { return .json(refusal.newStyleBody(requestID: requestID), status: 400) }
        return .json(refusal.body(wrapped: wrapped ?? refusal.isUsuallyWrapped, requestID: requestID))
    }

    private static func raw(_ body: String, status: Int) -> Answer {
        let contentType = body.hasPrefix("<") ? "text/html; charset=utf-8" : "application/json"
        return Answer(outcome: .reply(status: status, contentType: contentType, body: Array(body.utf8)))
    }
}
