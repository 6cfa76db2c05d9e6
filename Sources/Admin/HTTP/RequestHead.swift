/// The front of a request, before anything of it is believed.
struct RequestHead: Sendable, Equatable {
    var method: String
    /// Path and query as they were sent.
    var target: String
    /// From `Host`.
    var authority: String?
    /// By lower-case name; the values of repeated ones joined by commas.
    var headers: [String: String] = [:]
    /// The port by which the connection came in.
    var port: Int

    var path: Substring { target.prefix { $0 != "?" } }

    /// Without the question mark; empty when there is none.
    var query: Substring { target.dropFirst(path.count).dropFirst() }
}
