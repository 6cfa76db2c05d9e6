package import Deliveries
package import HTTPEngine

/// What a trial sent, what came of it, and how it was judged.
package struct TrialReport: Sendable {
    /// As it was sent, secrets among it.
    package var request: HTTPRequest
    /// The request for people.
    package var masked: MaskedRequest
    /// Without what an answer repeats of our secrets.
    package var exchange: Exchange
    package var verdict: Verdict
}
