package import Telemetry

/// How the admin server is set up.
package struct AdminConfiguration: Sendable {
    /// What the platform's pushed events are checked and decrypted with.
    package struct Callback: Sendable {
        package var token: Secret
        /// 43 characters: the base 64 of a 32-byte key without its padding.
        package var aesKey: Secret
        /// The app key; for old kinds of apps the organization's id.
        package var ownerKey: String

        package init(token: Secret, aesKey: Secret, ownerKey: String) {
            self.token = token
            self.aesKey = aesKey
            self.ownerKey = ownerKey
        }
    }

    package var host = "127.0.0.1"
    /// 0: any free port; `onListening` tells which.
    package var port = 0
    /// Whether machines other than this one can connect: the address is no loopback address.
    package var isExposed = false
    /// Nil only when not exposed.
    package var token: Secret?
    /// Begins and ends with a slash.
    package var basePath = "/"
    /// Further names by which the server may be called, such as a proxy's, with or without a port.
    package var hosts: [Authority] = []
    /// Nil: the platform pushes nothing.
    package var callback: Callback?
    package var limits = AdminLimits()

    package init() {}
}
