extension AdminSettings {
    /// Reads how a daemon of this configuration is reached, and nothing else: whoever asks the daemon need not have the
    /// secrets it runs with. Nil when the admin API is switched off.
    package static func load(
        file: String, environment: [String: String]
    ) throws(ConfigurationError) -> AdminSettings? {
        let reading = try ConfigurationReading(file: file, environment: environment)
        let settings = AdminSettings(ConfigurationNode(root: reading).member("admin"))
        try reading.throwProblems()
        return settings
    }

    /// The address for programs of this machine: what listens everywhere is reached by the loopback address.
    package var reachableAddress: ListenAddress {
        let everywhere = ["0.0.0.0": "127.0.0.1", "::": "::1"]
        return ListenAddress(host: everywhere[listen.host] ?? listen.host, port: listen.port)
    }
}
