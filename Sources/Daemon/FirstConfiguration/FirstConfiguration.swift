import Deliveries
import JSON

/// A first configuration, out of a few answers.
package struct FirstConfiguration: Sendable {
    /// Where the organization is.
    package enum Region: String, Sendable, CaseIterable {
        case io, com
    }

    /// The variables of the environment that hold app key and secret.
    package var appKeyVariable = Self.usualKeyVariable
    package var appSecretVariable: String
    package var chats: [String]
    package var destination: Destination
    package var region = Region.io
    /// What requests are signed with; nil where the destination's format has no use for it.
    package let signingSecret: String?

    package static let usualKeyVariable = "DINGTALK_APP_KEY"

    /// `random`: where a signing secret comes from.
    package init(
        chats: [String], destination: Destination, using random: inout some RandomNumberGenerator
    ) {
        self.chats = chats
        self.destination = destination
        appSecretVariable = Self.secretVariable(besides: Self.usualKeyVariable)
        guard destination.format == .standard else {
            signingSecret = nil
            return
        }
        let bytes = (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &random) }
        signingSecret = StandardSigner.secretPrefix + Base64.encode(bytes)
    }

    /// `DINGTALK_APP_SECRET` goes with `DINGTALK_APP_KEY`.
    package static func secretVariable(besides keyVariable: String) -> String {
        let suffix = "KEY"
        return keyVariable.hasSuffix(suffix) ? keyVariable.dropLast(suffix.count) + "SECRET" : keyVariable + "_SECRET"
    }

    /// Why these cannot be the chats; nil when they can.
    package static func flaw(inChats ids: [String]) -> String? {
        for (index, id) in ids.enumerated() {
            if let flaw = ChatID.flaw(in: id) { return "\(id): \(flaw)" }
            if ids[..<index].contains(id) { return "\(id) is named twice" }
        }
        return nil
    }

    package static func flaw(inVariable name: String) -> String? {
        Interpolation.isName(name) ? nil : "\(name): expected a variable's name such as \(usualKeyVariable)"
    }

    package var endpointName: String {
        destination.format == .standard ? "webhook" : destination.format.rawValue
    }

    /// The configuration's text.
    package var text: String {
        var members: JSONObject = [
            "dingtalk": [
                "baseURL": .string("https://oapi.dingtalk.\(region.rawValue)"),
                "appKey": .string("${\(appKeyVariable)}"), "appSecret": .string("${\(appSecretVariable)}"),
            ],
            "watch": ["chats": .array(chats.map { .string($0) })],
            "endpoints": [.object(endpoint)],
        ]
        if !destination.allow.isEmpty {
            members["network"] = ["allow": .array(destination.allow.map { .string($0) })]
        }
        return JSONValue.object(members).prettyText + "\n"
    }

    private var endpoint: JSONObject {
        var endpoint: JSONObject = [
            "name": .string(endpointName), "format": .string(destination.format.rawValue),
            "url": .string(destination.url),
        ]
        if let signingSecret {
            endpoint["signing"] = [["scheme": "standard", "secret": .string(signingSecret)]]
        }
        return endpoint
    }

    /// What `check` has to say of it once the variables are set.
    package func problems(from source: ConfigurationSource) -> [ConfigurationProblem] {
        var source = source
        for variable in [appKeyVariable, appSecretVariable] { source.environment[variable] = "set" }
        do {
            return try Configuration(parsing: Array(text.utf8), source: source).warnings
        } catch {
            return error.problems
        }
    }
}
