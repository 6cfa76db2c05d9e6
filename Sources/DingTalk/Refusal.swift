package import Chats
package import Time

/// A call that the platform answered with an error of its own.
package struct Refusal: Error, Sendable, Equatable {
    package var code: Int
    package var message: String
    /// The end of a penalty, when the text names one.
    package var until: Timestamp?

    package init(code: Int, message: String, until: Timestamp? = nil) {
        self.code = code
        self.message = message
        self.until = until
    }

    package var errorClass: ErrorClass { ErrorClass(code: code) }

    package var told: Change.Refusal { Change.Refusal(code: code, message: message) }

    /// What the operator can do about it.
    package var hint: String {
        switch code {
        case 43007, 60011:
            "grant the app the permission qyapi_chat_read in the developer console"
        case 60020:
            "add this machine's public address to the app's IP allow list in the developer console"
        case 40096, 40089:
            "check dingtalk.appKey and dingtalk.appSecret: the platform does not know them"
        case 70001:
            "check that dingtalk.baseURL is the region of the app's organization"
        case 90020:
            "the organization's calls of this month are spent; polling goes on next month or with a larger quota"
        case 40014, 42001, 40001, 40000, 41001, 33001:
            "the platform refuses the tokens that it issues: check that dingtalk.baseURL and the app are of one region"
        default:
            "see the platform's error code \(code)"
        }
    }
}
