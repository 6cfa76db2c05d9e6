import CCurl
import TestKit
import Testing

@testable import HTTPEngine

/// A name that leads elsewhere the next time. The exchanges are the engine's own, on one handle; only what the name leads
/// to is told to libcurl from outside.
@Suite struct RebindingTests {
    static let policy = AddressPolicy(allow: [CIDR("127.0.0.2/32")].compactMap { $0 })

    @Test("a name that pointed to an allowed address and then to another is refused at the second try")
    func betweenTwoTries() throws {
        let server = try FaultServer(host: "0.0.0.0") { _ in [.reply(503, headers: [("Connection", "close")]), .close] }
        defer { server.stop() }
        let transfer = try Transfer(slot: 0, proxy: "", caFile: nil, sockets: OpenSockets())
        let first = try send(transfer, to: ["127.0.0.2"], port: server.port).get()
        #expect(first.status == 503 && first.remoteAddress?.description == "127.0.0.2")
        #expect(server.connectionCount == 1)
        guard case .failure(let error) = try send(transfer, to: ["127.0.0.3"], port: server.port) else {
            Issue.record("the second try was sent")
            return
        }
        #expect(error.kind == "refused loopback")
        #expect(error.reason == .address && !error.mayHaveArrived)
        #expect(error.description == #"resolves to 127.0.0.3 (loopback): add "127.0.0.3/32" to network.allow"#)
        #expect(server.connectionCount == 1)
    }

    @Test("libcurl without the policy goes where the name points")
    func positiveControl() throws {
        let server = try FaultServer(host: "0.0.0.0") { _ in [.reply(503, headers: [("Connection", "close")]), .close] }
        defer { server.stop() }
        let transfer = try Transfer(slot: 0, proxy: "", caFile: nil, sockets: OpenSockets())
        for address in ["127.0.0.2", "127.0.0.3"] {
            let response = try send(transfer, to: [address], port: server.port, policy: .unrestricted).get()
            #expect(response.remoteAddress?.description == address)
        }
        #expect(server.connectionCount == 2)
    }

    @Test("of a name's addresses only the allowed ones are connected to", arguments: [true, false])
    func several(isAllowedFirst: Bool) throws {
        let server = try FaultServer(host: "127.0.0.3") { _ in [.reply()] }
        defer { server.stop() }
        let transfer = try Transfer(slot: 0, proxy: "", caFile: nil, sockets: OpenSockets())
        let addresses =
            isAllowedFirst ? ["127.0.0.2", "127.0.0.3", "10.0.0.1"] : ["127.0.0.3", "10.0.0.1", "127.0.0.2"]
        guard case .failure(let error) = try send(transfer, to: addresses, port: server.port) else {
            Issue.record("a closed address was reached")
            return
        }
        // Nobody listens at the allowed one, which is then what is wrong.
        #expect(error.kind == "notSent connection")
        #expect(server.connectionCount == 0)
    }

    private func send(
        _ transfer: Transfer, to addresses: [String], port: UInt16, policy: AddressPolicy = Self.policy
    ) throws -> Transfer.Outcome {
        let host = "receiver.example"
        try transfer.begin(
            HTTPRequest(.post, "http://\(host):\(port)/hook", body: [0x61], addressPolicy: policy),
            onFreshConnection: false)
        var list: UnsafeMutablePointer<curl_slist>?
        defer { curl_slist_free_all(list) }
        list = curl_slist_append(list, "-\(host):\(port)")
        list = curl_slist_append(list, "\(host):\(port):\(addresses.joined(separator: ","))")
        #expect(curl_easy_set_list(transfer.easy.pointer, CURLOPT_RESOLVE, list) == CURLE_OK)
        return transfer.outcome(of: curl_easy_perform(transfer.easy.pointer))
    }
}
