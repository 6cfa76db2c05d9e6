import HTTPEngine
package import Telemetry

/// How to reach the platform, and as whom.
package struct Account: Sendable {
    /// Which call issues tokens; either kind works for every other call.
    package enum TokenKind: String, Sendable, CaseIterable {
        /// `GET gettoken` on the base.
        case legacy
        /// `POST v1.0/oauth2/accessToken` on the API base.
        case v1
    }

    /// `https://oapi.dingtalk.io` or `https://oapi.dingtalk.com`; token and call must use one region.
    package var baseURL: String
    package var apiBaseURL: String
    package var appKey: Secret
    package var appSecret: Secret
    package var tokenKind: TokenKind
    /// Bounds each call, its answer's body included.
    package var timeout: Duration

    package init(
        baseURL: String, apiBaseURL: String, appKey: Secret, appSecret: Secret, tokenKind: TokenKind = .legacy,
        timeout: Duration = .seconds(10)
    ) {
        self.baseURL = baseURL
        self.apiBaseURL = apiBaseURL
        self.appKey = appKey
        self.appSecret = appSecret
        self.tokenKind = tokenKind
        self.timeout = timeout
    }
}

extension Account {
    /// Takes out of an answer what the call told: pages of gateways repeat the address that was asked for.
    var scrubber: Scrubber { scrubber(besides: nil) }

    func scrubber(besides token: Secret?) -> Scrubber {
        let secrets = [appKey, appSecret, token].compactMap { $0?.reveal() }
        return Scrubber(secrets + secrets.map(PercentEncoding.component))
    }
}
