import HTTPEngine

extension HTTPRequest {
    static func get(_ url: String) -> HTTPRequest {
        HTTPRequest(.get, url)
    }

    static func post(_ url: String, json: [UInt8]) -> HTTPRequest {
        HTTPRequest(.post, url, headers: [HTTPField("content-type", "application/json")], body: json)
    }
}

extension CallError {
    init(_ error: HTTPError) {
        switch error {
        case .cancelled: self = .cancelled
        default: self = .unreadable(Unreadable(.network, "\(error)"))
        }
    }
}
