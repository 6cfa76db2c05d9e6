import Deliveries
import JSON

/// The format of an endpoint, with what concerns its wording and its judgement.
struct FormatSettings: Sendable, Equatable {
    var name: FormatName = .standard
    var language: Language = .english
    var template: Template?
    var success: SuccessRule?

    var format: any Format { name.format(language: language, template: template, success: success) }
}

extension FormatSettings {
    /// What does not fit the format is reported.
    init(_ endpoint: ConfigurationObject<EndpointKey>) {
        let choice = endpoint[.format].choice(FormatName.self)
        let language = endpoint[.language].choice(Language.self)
        let success = endpoint[.success].isAbsent ? nil : SuccessRule(endpoint[.success])
        let template = endpoint[.template].isAbsent ? nil : Template(endpoint[.template])
        self.init()
        // Where the name itself is wrong, nothing can be said of what would fit it.
        guard choice != nil || endpoint[.format].isAbsent else { return }
        name = choice ?? .standard
        self.language = language ?? .english
        self.template = template
        self.success = success
        if name == .template, endpoint[.template].isAbsent {
            endpoint[.template].report("required by the format \"template\", but missing")
        } else if name != .template, !endpoint[.template].isAbsent {
            endpoint[.template].reportKey("only the format \"template\" takes a template")
        }
        if language != nil, !name.isForPeople {
            endpoint[.language].reportKey("the format \"\(name.rawValue)\" is read by programs and has no language")
        }
        if !endpoint[.success].isAbsent, !name.takesSuccessRule {
            endpoint[.success].reportKey("the format \"\(name.rawValue)\" knows its destination's own answers")
        }
    }
}
