/// What is given arbitrary bytes: each part that reads what somebody else wrote.
///
/// A target must end in order whatever it is given. Beyond that each checks with `precondition` what must hold of its results, so
/// that a wrong one is found as a crash is.
enum FuzzTarget: String, CaseIterable, Sendable {
    case address
    case admin
    case callback
    case configuration
    case platform
    case template

    func take(_ input: [UInt8]) async {
        switch self {
        case .address: AddressInput.take(input)
        case .admin: await AdminInput.take(input)
        case .callback: await CallbackInput.take(input)
        case .configuration: ConfigurationInput.take(input)
        case .platform: PlatformInput.take(input)
        case .template: TemplateInput.take(input)
        }
    }
}
