/// Why a push was not believed.
enum CallbackRefusal: Error, Sendable, Equatable, CaseIterable {
    case stale, wrongSignature, unreadable, wrongOwner
}

extension CallbackRefusal: CustomStringConvertible {
    /// With what to look at.
    var description: String {
        switch self {
        case .stale: "its timestamp is more than an hour off: is the clock right?"
        case .wrongSignature: "its signature is not that of dingtalk.callback.token"
        case .unreadable: "it cannot be decrypted: is dingtalk.callback.aesKey the app's?"
        case .wrongOwner: "it was meant for another app: is dingtalk.appKey the app's?"
        }
    }
}
