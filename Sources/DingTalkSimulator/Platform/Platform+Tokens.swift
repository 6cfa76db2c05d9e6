import JSON
import Time

extension Platform {
    /// `GET /gettoken?appkey=&appsecret=`
    mutating func sharedToken(_ parameters: Parameters, at now: Timestamp) throws(Refusal) -> Answer {
        try checkCredentials(parameters, key: "appkey", secret: "appsecret")
        try limits.admit(.getToken, at: now)
        let token = tokens.sharedToken(at: now, using: &identifiers)
        return .json([
            "errcode": 0, "access_token": .string(token), "errmsg": "ok",
            "expires_in": .integer(tokens.lifetime.components.seconds),
        ])
    }

    /// `POST /v1.0/oauth2/accessToken {"appKey","appSecret"}`
    mutating func freshToken(_ parameters: Parameters, at now: Timestamp) throws(Refusal) -> Answer {
        try checkCredentials(parameters, key: "appKey", secret: "appSecret")
        try limits.admit(.accessToken, at: now)
        let token = tokens.freshToken(at: now, using: &identifiers)
        return .json(["accessToken": .string(token), "expireIn": .integer(tokens.lifetime.components.seconds)])
    }

    private func checkCredentials(_ parameters: Parameters, key: String, secret: String) throws(Refusal) {
        for name in [key, secret] where parameters.text(name) == nil {
            throw Refusal(40035, message: "missing parameter \(name)")
        }
        guard parameters.text(key) == credentials.appKey, parameters.text(secret) == credentials.appSecret else {
            throw Refusal(40096)
        }
    }
}
