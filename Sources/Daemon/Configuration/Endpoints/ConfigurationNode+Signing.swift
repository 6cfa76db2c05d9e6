import Deliveries
import JSON
import Telemetry

private enum SigningKey: String, CaseIterable { case scheme, secret, header }

extension ConfigurationNode {
    /// The entries of `signing`, each of which signs.
    ///
    /// `sendsObject`: whether every body is a JSON object, which some signatures are put into.
    func signers(sendsObject: Bool) -> [any Signer] {
        var seen: Set<String> = []
        return elements?.compactMap { $0.signer(sendsObject: sendsObject, seen: &seen) } ?? []
    }

    private func signer(sendsObject: Bool, seen: inout Set<String>) -> (any Signer)? {
        let object = ConfigurationObject(self, SigningKey.self)
        let scheme = object.required(.scheme).choice(SigningScheme.self)
        let secret = object.required(.secret)
        let header = object[.header]
        let prefix = header.string()
        if let prefix, !Self.isHeaderName(prefix) {
            header.report("expected the beginning of a header's name: letters, digits and -")
        }
        guard let scheme else { return nil }
        if prefix != nil, !scheme.takesHeader {
            header.reportKey("the scheme \"\(scheme.rawValue)\" puts its signature into no header")
        }
        if scheme.needsObject, !sendsObject {
            object[.scheme].report("\"\(scheme.rawValue)\" signs inside a JSON object, which this format does not send")
        }
        if !seen.insert("\(scheme.rawValue) \(prefix?.lowercased() ?? "")").inserted, !scheme.holdsSeveral {
            object[.scheme].report(
                "a request holds one signature of \"\(scheme.rawValue)\" under these headers, and an entry above gives it"
            )
        }
        guard let text = secret.secret()?.reveal() else { return nil }
        do {
            return try scheme.signer(secret: text, header: prefix)
        } catch {
            secret.report(error.description)
            return nil
        }
    }
}
