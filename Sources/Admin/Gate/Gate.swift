/// What every request must pass: whom it is addressed to, which page sent it, and, where that is asked for, who sends it.
struct Gate: Sendable {
    private let hosts: HostRule
    private let origins: OriginRule
    private let tokens: TokenRule

    init(_ configuration: AdminConfiguration) {
        hosts = HostRule(
            host: configuration.host, others: configuration.hosts,
            admitsAny: configuration.isExposed && configuration.token != nil)
        origins = OriginRule(hosts: hosts)
        tokens = TokenRule(configuration.token, isExposed: configuration.isExposed)
    }

    /// Holds for every route, open ones too.
    func admit(_ head: RequestHead) throws(Problem) {
        try hosts.check(head)
        try origins.check(head)
    }

    func authorize(_ head: RequestHead) throws(Problem) {
        try tokens.check(head)
    }
}
