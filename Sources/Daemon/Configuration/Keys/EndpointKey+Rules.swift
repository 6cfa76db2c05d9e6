import Deliveries
import JSON

extension EndpointKey {
    /// What goes with which format. One that is a reference may be any.
    static let rules: [JSONValue] = [
        ["if": .has("format", [FormatName.template.rawValue]), "then": .requires("template")],
        ["if": .hasAtMost("format", formats { $0 != .template }), "then": .forbids("template")],
        ["if": .hasAtMost("format", formats { !$0.isForPeople }), "then": .forbids("language")],
        ["if": .has("format", formats { !$0.takesSuccessRule }), "then": .forbids("success")],
        [
            "if": .hasAtMost("format", formats { !$0.format.supportsDigests }),
            "then": ["properties": ["overflow": ["not": ["const": .string(Overflow.digest.rawValue)]]]],
        ],
    ]

    private static func formats(_ isMeant: (FormatName) -> Bool) -> [String] {
        FormatName.allCases.filter(isMeant).map(\.rawValue)
    }
}
