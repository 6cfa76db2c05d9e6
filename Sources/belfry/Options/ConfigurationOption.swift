import ArgumentParser
import Daemon
import Glibc
import Telemetry

/// Where the configuration is: `--config`, else `$BELFRY_CONFIG`, else `config.json` here.
struct ConfigurationOption: ParsableArguments {
    @Option(name: .customLong("config"), help: "The configuration file (default: $BELFRY_CONFIG, then ./config.json).")
    var file: String?

    var path: String {
        file ?? getenv("BELFRY_CONFIG").map { String(cString: $0) } ?? "config.json"
    }

    /// Prints every problem, one a line, and throws the exit code for an invalid configuration when there is one.
    func load() throws -> Configuration {
        try reporting { () throws(ConfigurationError) in
            try Configuration.load(file: path, environment: ProcessEnvironment.variables)
        }
    }

    func reporting<Value>(_ read: () throws(ConfigurationError) -> Value) throws -> Value {
        do throws(ConfigurationError) {
            return try read()
        } catch {
            for problem in error.problems { StandardError.write("\(problem)") }
            throw ExitCode.configuration
        }
    }
}
