import JSON

/// A request that was let in and has been read to its end.
struct Call: Sendable {
    var head: RequestHead
    var query = Query()
    var body: [UInt8]
    /// What stands in the braces of the route's path, decoded.
    var parameters: [String: String] = [:]

    /// The named part of the path. Routes name only what their path has, so the empty text is never seen.
    func parameter(_ name: String) -> String {
        parameters[name, default: ""]
    }

    /// The body as a JSON object. A form or a plain text is refused before it is read: those can be sent by any page of the
    /// web without asking.
    func object() throws(Problem) -> JSONObject {
        let mediaType = head.headers["content-type", default: ""].prefix { $0 != ";" }
        guard mediaType.lowercased().filter({ $0 != " " }) == "application/json" else {
            throw Problem(415, "expected a body of type application/json")
        }
        do {
            guard let object = try JSONParser.parse(body).objectValue else {
                throw Problem.badRequest("expected a JSON object in the body")
            }
            return object
        } catch let problem as Problem {
            throw problem
        } catch {
            throw Problem.badRequest("the body is no JSON: \(error)")
        }
    }
}
