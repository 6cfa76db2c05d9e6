import Deliveries
import JSON
package import Telemetry

/// What the platform's pushed events are checked and decrypted with. Their owner key is the app key.
package struct CallbackSettings: Sendable {
    package var token: Secret
    /// 43 characters: the base 64 of a 32-byte key without its padding.
    package var aesKey: Secret
}

extension CallbackSettings {
    /// Nil when it is left out, or when both values are empty: `"${CB_TOKEN:-}"`.
    init?(_ node: ConfigurationNode) {
        guard !node.isNull else { return nil }
        let object = ConfigurationObject(node, CallbackKey.self)
        let token = object.required(.token).optionalSecret()
        let key = object.required(.aesKey).optionalSecret()
        switch (token, key) {
        case (nil, nil): return nil
        case (_?, nil): object[.aesKey].reportUnlessAbsent("expected a key, since callback.token is given")
        case (nil, _?): object[.token].reportUnlessAbsent("expected a token, since callback.aesKey is given")
        case (let token?, let key?):
            if Base64.decode(key.reveal() + "=")?.count == 32 {
                self.init(token: token, aesKey: key)
                return
            }
            object[.aesKey].report("expected the 43 characters of an EncodingAESKey")
        }
        return nil
    }
}

extension ConfigurationNode {
    // A missing key has been reported as such.
    fileprivate func reportUnlessAbsent(_ message: String) {
        if !isAbsent { report(message) }
    }
}
