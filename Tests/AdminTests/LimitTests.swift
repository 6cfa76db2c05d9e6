import Admin
import Testing

@Suite struct LimitTests {
    @Test("a body beyond the limit is 413 and is not kept; one at the limit is read")
    func body() async throws {
        try await withAdmin {
            $0.limits.bodyBytes = 1000
        } _: { port in
            let target = "/api/v1/chats/c/poll"
            try await Ask.post(target, String(repeating: "x", count: 1000)).expect(404, from: port)
            try await Ask.post(target, String(repeating: "x", count: 1001)).expect(413, from: port)
            let chunked = Ask(
                method: "POST", target: target, host: "localhost:PORT", headers: ["transfer-encoding: chunked"])
            let wire = try Wire(port: port)
            try await wire.send(chunked.text(port: port))
            for _ in 0..<100 { try await wire.send("64\r\n" + String(repeating: "x", count: 100) + "\r\n") }
            try await wire.send("0\r\n\r\n")
            #expect(Reply(try await wire.receiveAll()).isProblem(413))
        }
    }

    @Test("a body that never ends is cut off")
    func endlessBody() async throws {
        try await withAdmin { _ in
        } _: { port in
            let wire = try Wire(port: port)
            let ask = Ask(
                method: "POST", target: "/api/v1/chats/c/poll", host: "localhost:PORT",
                headers: ["transfer-encoding: chunked"])
            try await wire.send(ask.text(port: port))
            let chunk = "10000\r\n" + String(repeating: "x", count: 65_536) + "\r\n"
            await #expect(throws: Wire.Failure.self) {
                for _ in 0..<10_000 { try await wire.send(chunk) }
            }
        }
    }

    @Test("headers beyond the limit are refused")
    func headers() async throws {
        try await withAdmin {
            $0.limits.headerBytes = 2000
        } _: { port in
            try await Ask.get("/healthz", "x-filler: " + String(repeating: "x", count: 1000)).expect(200, from: port)
            let reply = try await Ask.get("/healthz", "x-filler: " + String(repeating: "x", count: 5000)).send(to: port)
            #expect(reply.status != 200)
            let many = (0..<300).map { "x-\($0): y" }
            let crowd = try await Ask(target: "/healthz", host: "localhost:PORT", headers: many).send(to: port)
            #expect(crowd.status != 200)
        }
    }

    @Test("a client that takes too long over its headers or its body, or says nothing, is let go")
    func slow() async throws {
        try await withAdmin {
            $0.limits.patience = .milliseconds(300)
        } _: { port in
            let silent = try Wire(port: port)
            let head = try Wire(port: port)
            let body = try Wire(port: port)
            try await head.send("GET /healthz HTTP/1.1\r\nhost: localh")
            try await body.send(
                "POST /api/v1/chats/c/poll HTTP/1.1\r\nhost: localhost:\(port)\r\ncontent-length: 10\r\n\r\nabc")
            #expect(try await silent.receiveAll() == "")
            #expect(try await head.receiveAll() == "")
            let answer = Reply(try await body.receiveAll())
            #expect(answer.isProblem(408))
        }
    }

    @Test("connections beyond the limit wait for their turn")
    func connections() async throws {
        try await withAdmin {
            $0.limits.connections = 2
        } _: { port in
            var first: Wire? = try Wire(port: port)
            let second = try Wire(port: port)
            try await first?.send(Ask.get("/healthz").text(port: port, isLast: false))
            try await second.send(Ask.get("/healthz").text(port: port, isLast: false))
            _ = try await first?.receive()
            _ = try await second.receive()
            let third = try Wire(port: port)
            try await third.send(Ask.get("/healthz").text(port: port))
            await #expect(throws: Wire.Failure.self) { try await third.receive(within: .milliseconds(200)) }
            first = nil
            #expect(Reply(try await third.receiveAll()).status == 200)
        }
    }

    @Test("a client that asks again and again and reads nothing is let go")
    func unread() async throws {
        try await withAdmin {
            $0.limits.patience = .milliseconds(400)
            $0.limits.connections = 1
        } _: { port in
            let greedy = try Wire(port: port, receiveBuffer: 4096)
            let ask = Ask.get("/dashboard.css").text(port: port, isLast: false)
            // Far more than the buffers between hold. It cannot be sent whole: the server stops reading too.
            await #expect(throws: (any Error).self) {
                for _ in 0..<100_000 { try await greedy.send(ask) }
            }
            // There is one connection only, and it is free again.
            try await Ask.get("/healthz").expect(200, from: port)
        }
    }

    @Test("a port that is taken is named")
    func portInUse() async throws {
        try await withAdmin { port in
            let failure = await #expect(throws: ListenFailure.self) {
                try await withAdmin {
                    $0.port = port
                } _: { _ in
                }
            }
            #expect(failure?.description.contains("127.0.0.1:\(port)") == true)
        }
    }
}
