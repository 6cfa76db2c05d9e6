import Daemon
import Deliveries

extension Configuration {
    /// Throws a line that names the endpoints there are.
    func receiver(named name: String) throws -> Endpoint {
        if let settings = endpoints.first(where: { $0.endpoint.name == name }) { return settings.endpoint }
        let names = endpoints.map { "\"\($0.endpoint.name)\"" }.joined(separator: ", ")
        throw ProblemLine("no endpoint is called \"\(name)\"; the configuration has \(names.isEmpty ? "none" : names)")
    }
}
