import ArgumentParser
import Glibc

/// Where the configuration is: `--config`, else `$BELFRY_CONFIG`, else `config.json` here.
struct ConfigurationOption: ParsableArguments {
    @Option(name: .customLong("config"), help: "The configuration file (default: $BELFRY_CONFIG, then ./config.json).")
    var file: String?

    var path: String {
        file ?? getenv("BELFRY_CONFIG").map { String(cString: $0) } ?? "config.json"
    }
}
