import HTTPTypes
import Hummingbird
import Logging

/// Takes a request from the wire to its route and the answer back. Nothing here knows what is asked.
struct AdminResponder: HTTPResponder {
    typealias Context = AdminContext

    let gate: Gate
    let table: RouteTable
    /// Begins and ends with a slash.
    let basePath: String
    let limits: AdminLimits
    let watch: ReaderWatch
    let logger: Logger

    func respond(to request: Request, context: AdminContext) async throws -> Response {
        let head = RequestHead(request.head, port: context.port)
        let reading = await body(of: request)
        let answer: Answer
        do throws(Problem) {
            try gate.admit(head)
            answer = try await self.answer(head, reading)
        } catch {
            answer = .problem(error)
        }
        return Response(
            answer, to: request, on: context, watch.answer(close: context.close), mustClose: !reading.isAtEnd)
    }

    private func body(of request: Request) async -> BodyReading {
        let hasBody = request.headers.contains(.transferEncoding) || (request.headers[.contentLength] ?? "0") != "0"
        guard hasBody else { return .whole([]) }
        return await BodyReading.read(request.body, limit: limits.bodyBytes, within: limits.patience)
    }

    /// Of a request that the gate has let in.
    func answer(_ head: RequestHead, _ reading: BodyReading) async throws(Problem) -> Answer {
        // A page's relative addresses count from the last slash, so the one at the end of the base path matters.
        if head.path + "/" == basePath {
            throw Problem(308, "the page is at \(basePath)", headers: [.init(name: "location", value: basePath)])
        }
        let place = place(of: head)
        if !place.isOpen { try gate.authorize(head) }
        let (route, parameters) = try table.route(head.method, at: place)
        let body: [UInt8]
        switch reading {
        case .whole(let bytes): body = bytes
        case .tooLarge: throw Problem(413, "a body may have \(limits.bodyBytes) bytes")
        case .late: throw Problem(408, "the body took longer than \(limits.patience)")
        case .broken: throw .badRequest("the body could not be read")
        }
        var call = Call(head: head, body: body, parameters: parameters)
        if let documentation = route.documentation {
            call.query = try Query(head.query, allowing: documentation.query)
        }
        let answer = try await route.handler(call)
        // What changes something leaves a trace; looking does not.
        if route.method != .get, route.documentation != nil {
            logger.info(
                "asked over the API",
                metadata: ["method": "\(head.method)", "path": "\(head.path)", "status": "\(answer.status)"])
        }
        return answer
    }

    private func place(of head: RequestHead) -> RouteTable.Place {
        // The base path ends with the slash that every route's path begins with.
        guard head.path.hasPrefix(basePath) else { return table.place("") }
        return table.place(head.path.dropFirst(basePath.count - 1))
    }
}

extension RequestHead {
    fileprivate init(_ request: HTTPRequest, port: Int) {
        var headers: [String: String] = [:]
        for field in request.headerFields where headers[field.name.canonicalName] == nil {
            headers[field.name.canonicalName] = request.headerFields[field.name]
        }
        self.init(
            method: request.method.rawValue, target: request.path ?? "", authority: request.authority,
            headers: headers, port: port)
    }
}
