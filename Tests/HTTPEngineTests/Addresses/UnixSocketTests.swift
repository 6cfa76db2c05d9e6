import CCurl
import Glibc
import HTTPEngine
import TestKit
import Testing

/// A Unix socket often belongs to a program that trusts whoever reaches it.
@Suite struct UnixSocketTests {
    @Test(
        "no URL leads to a Unix socket",
        arguments: [
            "unix:PATH", "unix://PATH", "http+unix://PATH/", "http://unix:PATH:/", "http://localhost:PATH/",
            "http://PATH/",
            "http://[PATH]/", "file://PATH", "PATH", "http:PATH", "http://@PATH/",
        ])
    func urls(text: String) async throws {
        let socket = try UnixListener()
        defer { socket.stop() }
        let url = text.replacing("PATH", with: socket.path)
        try await withEngine { engine in
            let error = await engine.error(HTTPRequest(.get, url, addressPolicy: .unrestricted))
            #expect(["configuration", "notSent name", "notSent connection"].contains(error?.kind))
        }
        #expect(!socket.wasReached)
    }

    @Test("a proxy that libcurl would reach through a Unix socket is not reached")
    func proxy() async throws {
        let socket = try UnixListener()
        defer { socket.stop() }
        for scheme in ["socks5", "socks5h", "socks4", "socks4a"] {
            let configuration = HTTPEngine.Configuration(proxy: "\(scheme)://localhost\(socket.path)")
            try await withEngine(configuration) { engine in
                let request = HTTPRequest(.get, "http://receiver.example/", addressPolicy: .unrestricted)
                #expect(await engine.error(request)?.kind.hasPrefix("notSent") == true)
            }
        }
        #expect(!socket.wasReached)
    }

    @Test("libcurl by itself reaches it", arguments: [true, false])
    func positiveControl(isProxy: Bool) throws {
        let socket = try UnixListener()
        defer { socket.stop() }
        let easy = try #require(curl_easy_init())
        defer { curl_easy_cleanup(easy) }
        let value = isProxy ? "socks5h://localhost\(socket.path)" : socket.path
        curl_easy_set_string(easy, CURLOPT_URL, "http://receiver.example/")
        curl_easy_set_long(easy, CURLOPT_TIMEOUT_MS, 200)
        curl_easy_set_string(easy, isProxy ? CURLOPT_PROXY : CURLOPT_UNIX_SOCKET_PATH, value)
        #expect(curl_easy_perform(easy) != CURLE_OK)
        #expect(socket.wasReached)
    }
}
