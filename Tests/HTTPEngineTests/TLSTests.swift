import HTTPEngine
import Testing

@Suite struct TLSTests {
    @Test("a certificate of the CA file is accepted, over TLS 1.2 and 1.3", arguments: ["-tls1_2", "-tls1_3"])
    func caFile(version: String) async throws {
        let server = try TLSServer(subjectAltName: "IP:127.0.0.1", options: [version])
        defer { server.stop() }
        try await withEngine(HTTPEngine.Configuration(caFile: server.certificateFile)) { engine in
            let response = try await engine.execute(request(server))
            #expect(response.status == 200)
            #expect(response.isSuccess)
        }
    }

    @Test("a certificate of an unknown authority is refused before anything is sent")
    func unknownAuthority() async throws {
        let server = try TLSServer(subjectAltName: "IP:127.0.0.1")
        defer { server.stop() }
        try await withEngine { engine in
            let error = try #require(await engine.error(request(server)))
            #expect(error.kind == "notSent tls")
            #expect(error.description.contains("certificate"))
        }
    }

    @Test("a certificate for another host is refused though its authority is trusted")
    func wrongHost() async throws {
        let server = try TLSServer(subjectAltName: "DNS:other.example")
        defer { server.stop() }
        try await withEngine(HTTPEngine.Configuration(caFile: server.certificateFile)) { engine in
            #expect(await engine.error(request(server))?.kind == "notSent tls")
        }
    }

    @Test("TLS 1.1 is refused")
    func oldVersion() async throws {
        let server = try TLSServer(
            subjectAltName: "IP:127.0.0.1", options: ["-tls1_1", "-cipher", "DEFAULT:@SECLEVEL=0"])
        defer { server.stop() }
        try await withEngine(HTTPEngine.Configuration(caFile: server.certificateFile)) { engine in
            #expect(await engine.error(request(server))?.kind == "notSent tls")
        }
    }

    @Test("a CA file that is not there is a configuration error")
    func missingCAFile() async throws {
        let server = try TLSServer(subjectAltName: "IP:127.0.0.1")
        defer { server.stop() }
        try await withEngine(HTTPEngine.Configuration(caFile: "/nonexistent/ca.pem")) { engine in
            #expect(await engine.error(request(server))?.kind == "configuration")
        }
    }

    @Test("the library tells its versions")
    func versions() {
        #expect(CurlLibrary.version.first?.isNumber == true)
        #expect(CurlLibrary.tlsVersion.contains("/"))
    }

    private func request(_ server: TLSServer) -> HTTPRequest {
        HTTPRequest(.get, "https://127.0.0.1:\(server.port)/", addressPolicy: .loopback)
    }
}
