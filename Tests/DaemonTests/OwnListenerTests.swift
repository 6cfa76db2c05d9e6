import HTTPEngine
import Testing

@testable import Daemon

/// Where the daemon listens, as its address policy knows it.
@Suite struct OwnListenerTests {
    @Test(
        "an address stands for itself, a loopback name for both loopback addresses",
        arguments: [
            ("127.0.0.1:8780", ["127.0.0.1:8780"]), ("[::1]:8780", ["[::1]:8780"]), (":8780", ["127.0.0.1:8780"]),
            ("localhost:8780", ["127.0.0.1:8780", "[::1]:8780"]), ("10.0.0.5:80", ["10.0.0.5:80"]),
        ])
    func known(text: String, addresses: [String]) throws {
        #expect(try #require(ListenAddress(text: text)).socketAddresses.map(\.description) == addresses)
    }

    @Test(
        "a wildcard address and any other name stand for every address of this machine",
        arguments: ["0.0.0.0:8780", "[::]:8780", "belfry.example.com:8780"])
    func unknown(text: String) throws {
        let found = Set(try #require(ListenAddress(text: text)).socketAddresses)
        #expect(!IPAddress.ofThisMachine.isEmpty)
        for address in IPAddress.ofThisMachine {
            #expect(found.contains(SocketAddress(address: address, port: 8780)))
        }
    }

    @Test("an endpoint that points at the admin server is refused, whatever is allowed")
    func policy() throws {
        let edits = [("\"allow\": []", #""allow": ["127.0.0.1/32", "0.0.0.0/0"]"#)]
        let text = try #require(Sample.edited(edits.map { (old: $0.0, new: $0.1) }))
        let policy = try Sample.parse(text).addressPolicy
        guard case .refused(let refusal) = policy.judge(.v4(0x7f00_0001), port: 8780, isEncrypted: true) else {
            Issue.record("the own listener is open")
            return
        }
        #expect(refusal.block == .ownListener)
        #expect(policy.judge(.v4(0x7f00_0001), port: 8781, isEncrypted: true) == .allowed)
    }
}
