/// The one app that the simulated organization has.
package struct Credentials: Sendable, Equatable {
    package var appKey = "demo-key"
    package var appSecret = "demo-secret"

    package init(appKey: String = "demo-key", appSecret: String = "demo-secret") {
        self.appKey = appKey
        self.appSecret = appSecret
    }
}
