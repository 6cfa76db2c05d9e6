extension FormatName {
    /// The format with its documented settings.
    package var format: any Format { format() }

    /// - `language`: of the formats that people read; the others have none.
    /// - `template`: for `template`; nil stands for `Template.example`.
    /// - `success`: for `standard` and `template`.
    package func format(
        language: Language = .english, template: Template? = nil, success: SuccessRule? = nil
    ) -> any Format {
        switch self {
        case .standard: StandardFormat(success: success)
        case .cloudevents: CloudEventsFormat()
        case .cloudeventsBinary: CloudEventsBinaryFormat()
        case .cloudeventsBatch: CloudEventsBatchFormat()
        case .slack: SlackFormat(language: language)
        case .discord: DiscordFormat(language: language)
        case .teams: TeamsFormat(language: language)
        case .dingtalk: DingTalkFormat(language: language)
        case .feishu: FeishuFormat(language: language)
        case .wecom: WeComFormat(language: language)
        case .ntfy: NtfyFormat(language: language)
        case .template: TemplateFormat(template ?? .example, success: success)
        }
    }
}
