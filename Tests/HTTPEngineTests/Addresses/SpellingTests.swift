import HTTPEngine
import TestKit
import Testing

/// How an address can be spelled in a URL, through libcurl and down to a socket: nothing here reads the text.
@Suite struct SpellingTests {
    /// Texts that lead to 127.0.0.1, or to this machine by other numbers.
    static let hosts = [
        "127.0.0.1", "127.1", "127.0.1", "2130706433", "0x7f000001", "0x7F000001", "0x7f.0.0.1", "0x7f.1",
        "0x7f.0x0.0x0.0x1",
        "0177.0.0.1", "00177.0.0.1", "0177.0.0.01", "0177.1", "017700000001", "0177.0.0x1", "127.0x000001",
        "%31%32%37.0.0.1", "127%2E0%2e0%2E1", "localhost", "LOCALHOST", "LocalHost",
    ]

    @Test(
        "every spelling of the loopback address is refused, and leads there where the policy allows it",
        arguments: hosts)
    func loopback(host: String) async throws {
        let server = try FaultServer { _ in [.reply()] }
        defer { server.stop() }
        try await withEngine { engine in
            var request = HTTPRequest(
                .post, "http://\(host):\(server.port)/", addressPolicy: AddressPolicy(insecureHTTP: true))
            #expect(await engine.error(request)?.kind == "refused loopback")
            #expect(server.connectionCount == 0)
            request.addressPolicy = .loopback
            let status = try await engine.response(request).status
            #expect(status == 200)
        }
        #expect(server.requests.count == 1)
    }

    @Test(
        "no spelling of a closed address leads to a connection",
        arguments: [
            ("0", "this network"), ("0.0.0.0", "this network"), ("0x0", "this network"),
            ("00.00.00.00", "this network"),
            ("[::]", "unspecified"), ("[::1]", "loopback"), ("[0:0:0:0:0:0:0:1]", "loopback"),
            ("[0000::0001]", "loopback"), ("[::ffff:127.0.0.1]", "loopback"), ("[::FFFF:7F00:1]", "loopback"),
            ("[::127.0.0.1]", "loopback"), ("[::ffff:0:127.0.0.1]", "loopback"), ("[64:ff9b::127.0.0.1]", "loopback"),
            ("[2606:4700::5efe:127.0.0.1]", "loopback"), ("[fe80::1]", "link-local"), ("[fe80::1%251]", "link-local"),
            ("10.0.0.1", "private"), ("167772161", "private"), ("0xa000001", "private"), ("012.0.0.1", "private"),
            ("10.1", "private"), ("[fd00::1]", "private"), ("192.168.257", "private"), ("3232235777", "private"),
            ("0xC0A80101", "private"), ("0300.0250.1.1", "private"), ("172.16.1", "private"),
            ("169.254.169.254", "cloud metadata"), ("2852039166", "cloud metadata"), ("0xa9fea9fe", "cloud metadata"),
            ("0251.0376.0251.0376", "cloud metadata"), ("169.254.43518", "cloud metadata"),
            ("169.16689662", "cloud metadata"), ("[::ffff:a9fe:a9fe]", "cloud metadata"),
            ("[64:ff9b::a9fe:a9fe]", "cloud metadata"), ("[fd00:ec2::254]", "cloud metadata"),
            ("100.100.100.200", "cloud metadata"), ("1684301000", "cloud metadata"), ("0x646464c8", "cloud metadata"),
            ("168.63.129.16", "cloud metadata"), ("224.0.0.1", "multicast"), ("[ff02::1]", "multicast"),
            ("255.255.255.255", "reserved"), ("4294967295", "reserved"), ("[2002:7f00:1::]", "6to4"),
        ])
    func closed(host: String, block: String) async throws {
        try await withEngine { engine in
            for scheme in ["http", "https"] {
                let request = HTTPRequest(
                    .post, "\(scheme)://\(host):9/", addressPolicy: AddressPolicy(insecureHTTP: true))
                #expect(await engine.error(request)?.kind == "refused \(block)")
            }
        }
    }

    @Test(
        "a URL that two readers could read differently reaches no closed address",
        arguments: [
            #"http://a:80\@HOST/"#, #"http://HOST\@b.invalid/"#, #"http://b.invalid\@HOST/"#, #"http:\\HOST/"#,
            "http://b.invalid@HOST/", "http://b.invalid:80@HOST/", "http://b.invalid%40HOST/",
            "http://HOST#@b.invalid/",
            "http://HOST?@b.invalid/", "http:///HOST/", "http:/HOST/", "http:HOST/", "HOST/", "//HOST/",
            "http://HOST%00.b.invalid/",
            "http://b.invalid%00@HOST/", "http://HOST%2f@b.invalid/", "http://[::1]@HOST/", "http://HOST,b.invalid/",
            "http://b.invalid,HOST/", "http://HOST;b.invalid/", "http://127。0。0。1:PORT/", "http://①②⑦.⓪.⓪.①:PORT/",
            "http://１２７.0.0.1:PORT/", "http://127.0.0.1.:PORT/", "http://localhost.:PORT/",
        ])
    func ambiguous(text: String) async throws {
        let server = try FaultServer { _ in [.reply()] }
        defer { server.stop() }
        let url = text.replacing("HOST", with: "127.0.0.1:\(server.port)").replacing("PORT", with: "\(server.port)")
        try await withEngine { engine in
            let request = HTTPRequest(.post, url, addressPolicy: AddressPolicy(insecureHTTP: true))
            let kind = await engine.error(request)?.kind
            #expect(["refused loopback", "configuration", "notSent name"].contains(kind))
        }
        #expect(server.connectionCount == 0)
    }
}
