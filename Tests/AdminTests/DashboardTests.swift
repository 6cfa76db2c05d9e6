import Admin
import FoundationEssentials
import Telemetry
import Testing

@Suite struct DashboardTests {
    @Test("every file of the dashboard is served as it is, without the token and with the strict policy")
    func files() async throws {
        let folder =
            #filePath.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 } + "/Sources/Admin/Dashboard"
        let names = try FileManager.default.contentsOfDirectory(atPath: folder)
        #expect(names.contains("index.html"))
        try await withAdmin { configuration in
            configuration.token = Secret("t")
            configuration.basePath = "/belfry/"
        } _: { port in
            for name in names {
                let target = name == "index.html" ? "/belfry/" : "/belfry/\(name)"
                let reply = try await Ask.get(target).expect(200, from: port)
                let file = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name)"))
                #expect(reply.body == String(decoding: file, as: UTF8.self))
                #expect(
                    reply.header("content-security-policy")?.contains("script-src 'self'; style-src 'self'") == true)
                #expect(reply.header("content-type")?.hasPrefix("text/") == true)
            }
            let redirect = try await Ask.get("/belfry").send(to: port)
            #expect(redirect.status == 308)
            #expect(redirect.header("location") == "/belfry/")
        }
    }

    @Test("a browser that has a file is told so")
    func tags() async throws {
        try await withAdmin { port in
            let first = try await Ask.get("/dashboard.css").expect(200, from: port)
            let tag = try #require(first.header("etag"))
            #expect(first.header("cache-control") == "no-cache")
            for known in [tag, "W/\(tag)", "\"other\", \(tag)", "*"] {
                let reply = try await Ask.get("/dashboard.css", "if-none-match: \(known)").expect(304, from: port)
                #expect(reply.body.isEmpty)
                #expect(reply.header("etag") == tag)
            }
            try await Ask.get("/dashboard.css", "if-none-match: \"other\"").expect(200, from: port)
        }
    }

    @Test("the page's files are found by relative addresses, and nothing in it is inline or from elsewhere")
    func page() async throws {
        try await withAdmin { port in
            let page = try await Ask.get("/").expect(200, from: port).body
            for address in page.split(separator: "\"").filter({ $0.hasSuffix(".css") || $0.hasSuffix(".js") }) {
                #expect(!address.hasPrefix("/") && !address.contains("//"))
                let target = address.hasPrefix("./") ? address.dropFirst(1) : "/" + address
                try await Ask.get(String(target)).expect(200, from: port)
            }
            #expect(!page.contains("<style") && !page.contains("style=") && !page.contains("onclick="))
        }
    }
}
