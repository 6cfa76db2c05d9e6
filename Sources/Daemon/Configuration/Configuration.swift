/// Everything that the daemon is told: one value, checked as a whole.
package struct Configuration: Sendable {
    package var dingTalk: DingTalkSettings
    package var watch: WatchSettings
    package var endpoints: [EndpointSettings]
    package var storage: StorageSettings
    /// Nil when the admin API is switched off.
    package var admin: AdminSettings?
    package var network: NetworkSettings
    package var log: LogSettings
    /// How long a stop waits for what is in flight.
    package var shutdownTimeout: Duration
    /// What its author should know, in the order of the file; nothing of it prevents a run.
    package var warnings: [ConfigurationProblem] = []
}
