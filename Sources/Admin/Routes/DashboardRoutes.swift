import Crypto

/// The dashboard's files. They hold no data and answer without the token, for which the page itself asks.
enum DashboardRoutes {
    static let all: [Route] = [
        file("/", PackageResources.index_html, "text/html; charset=utf-8"),
        file("/dashboard.css", PackageResources.dashboard_css, "text/css; charset=utf-8"),
        script("/dashboard.js", PackageResources.dashboard_js),
        script("/frame.js", PackageResources.frame_js),
        script("/lists.js", PackageResources.lists_js),
        script("/overview.js", PackageResources.overview_js),
        script("/pieces.js", PackageResources.pieces_js),
        script("/parts.js", PackageResources.parts_js),
        script("/plot.js", PackageResources.plot_js),
        script("/api.js", PackageResources.api_js),
    ]

    private static func script(_ path: PathPattern, _ bytes: [UInt8]) -> Route {
        file(path, bytes, "text/javascript; charset=utf-8")
    }

    private static func file(_ path: PathPattern, _ bytes: [UInt8], _ type: String) -> Route {
        let tag = "\"" + SHA256.hash(data: bytes).prefix(12).map { String($0, radix: 36) }.joined() + "\""
        return Route(.get, path, isOpen: true) { call throws(Problem) in
            // A browser asks each time whether it still has the newest: another version of the program brings others.
            let headers = ["content-type": type, "etag": tag, "cache-control": "no-cache"]
            let known = call.head.headers["if-none-match"] ?? ""
            let isKnown = known == "*" || known.split(separator: ",").contains { $0.drop { $0 == " " }.hasSuffix(tag) }
            return Answer(status: isKnown ? 304 : 200, headers: headers, body: .bytes(bytes))
        }
    }
}
