/// What came of reading the configuration again.
package enum ReloadAnswer: Sendable, Equatable {
    /// What is different now: `endpoint "ops" added`. Empty when nothing is.
    case reloaded(changes: [String])
    /// The old one stays in force. One line a problem: `config.json:12:7: …`.
    case refused(problems: [String])
}
