/// How the simulated platform is set up.
package struct SimulatorConfiguration: Sendable {
    package var host = "127.0.0.1"
    /// 0: any free port; `onListening` tells which.
    package var port = 0
    package var chats = 20
    /// The size of the smallest and the largest group.
    package var members = 3...500
    /// Random changes over all chats together; 0 leaves the world alone.
    package var changesPerMinute = 0.0
    package var seed: UInt64 = 1
    package var credentials = Credentials()
    /// Nil: no limit.
    package var callsPerMonth: Int?
    /// Of each interface. Nil: no limit.
    package var callsPerSecond: Int?
    package var tokenLifetime: Duration = .seconds(7200)

    package init() {}
}
