import Deliveries
import JSON
import Telemetry

private enum SigningKey: String, CaseIterable { case scheme, secret, header }

extension ConfigurationNode {
    /// The entries of `signing`, each of which signs.
    func signers() -> [any Signer] {
        elements?.compactMap { $0.signer() } ?? []
    }

    private func signer() -> (any Signer)? {
        let object = ConfigurationObject(self, SigningKey.self)
        let scheme = object.required(.scheme).scheme()
        let secret = object.required(.secret)
        let header = object[.header]
        if let prefix = header.string(), !Self.isHeaderName(prefix) {
            header.report("expected the beginning of a header's name: letters, digits and -")
        }
        guard let text = secret.secret()?.reveal(), let scheme else { return nil }
        do {
            return try scheme.signer(secret: text)
        } catch {
            secret.report(error.description)
            return nil
        }
    }
}
