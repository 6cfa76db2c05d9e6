import Deliveries
import JSON
import Telemetry

/// One entry of `signing`.
struct SigningSettings: Sendable {
    let scheme: SigningScheme
    let secret: Secret
    /// What the names of the headers begin with, in place of the scheme's own prefix.
    let header: String?
    /// Made of the rest.
    let signer: any Signer
}

extension SigningSettings: Equatable {
    static func == (left: SigningSettings, right: SigningSettings) -> Bool {
        left.scheme == right.scheme && left.secret == right.secret && left.header == right.header
    }
}

extension SigningSettings {
    /// `sendsObject`: whether every body is a JSON object, which some signatures are put into. `seen`: what the entries
    /// above sign.
    init?(_ node: ConfigurationNode, sendsObject: Bool, seen: inout Set<String>) {
        let object = ConfigurationObject(node, SigningKey.self)
        let scheme = object.required(.scheme).choice(SigningScheme.self)
        let text = object.required(.secret).secret()
        let header = object[.header]
        let prefix = header.string()
        if let prefix, !ConfigurationNode.isHeaderName(prefix) {
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
        guard let text else { return nil }
        do {
            let signer = try scheme.signer(secret: text.reveal(), header: prefix)
            self.init(scheme: scheme, secret: text, header: prefix, signer: signer)
        } catch {
            object[.secret].report(error.description)
            return nil
        }
    }
}

extension ConfigurationNode {
    /// The entries of `signing`, each of which signs.
    func signing(sendsObject: Bool) -> [SigningSettings] {
        var seen: Set<String> = []
        return elements?.compactMap { SigningSettings($0, sendsObject: sendsObject, seen: &seen) } ?? []
    }
}
