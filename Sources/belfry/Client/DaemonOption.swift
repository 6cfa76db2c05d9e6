import AdminClient
import ArgumentParser
import Daemon
import EventLoop
import Glibc
import HTTPEngine
import Telemetry

/// Which daemon is asked: the one of the configuration, unless an address is given.
struct DaemonOption: ParsableArguments {
    @OptionGroup var configuration: ConfigurationOption

    @Option(help: "The daemon's address, such as http://127.0.0.1:8780, in place of the configuration's.")
    var address: String?

    @Option(help: "The admin token that goes with --address (default: $BELFRY_ADMIN_TOKEN).")
    var token: String?

    /// Lends a client to `body`. A daemon that cannot be reached ends the command with its exit code.
    func asking<Value>(_ body: (AdminClient) async throws -> Value) async throws -> Value {
        let address = try resolved()
        let loop = try EventLoop(name: "http")
        defer { loop.shutdown() }
        let engine = try HTTPEngine(loop: loop)
        let result: Result<Value, any Error>
        do {
            result = .success(try await body(AdminClient(address, engine: engine)))
        } catch {
            result = .failure(error)
        }
        await engine.shutdown()
        do {
            return try result.get()
        } catch let error as AdminError {
            guard case .unreachable = error else { throw ProblemLine(error.description) }
            StandardError.write("Error: \(error)")
            throw ExitCode.unreachable
        }
    }

    private func resolved() throws -> AdminAddress {
        if let address {
            let token = token ?? getenv("BELFRY_ADMIN_TOKEN").map { String(cString: $0) }
            return AdminAddress(url: address, token: token.flatMap { $0.isEmpty ? nil : Secret($0) })
        }
        let settings = try configuration.reporting { () throws(ConfigurationError) in
            try AdminSettings.load(file: configuration.path, environment: ProcessEnvironment.variables)
        }
        guard let settings else {
            throw ProblemLine("\(configuration.path): admin is null, so no daemon of this configuration can be asked")
        }
        return AdminAddress(url: "http://\(settings.reachableAddress)\(settings.basePath)", token: settings.token)
    }
}
