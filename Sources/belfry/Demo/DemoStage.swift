import Daemon
import DingTalkSimulator
import Glibc
import JSON
import Telemetry
import WebhookReceiver

/// What surrounds the daemon in the demo: the platform, a receiver, and a directory that is removed afterwards.
struct DemoStage: Sendable {
    private static let secret = "whsec_YmVsZnJ5IGRlbW8gc2VjcmV0IG9mIDMyIGJ5dGVzISE="
    /// Of a hundred deliveries so many are refused on purpose, so that retries can be seen.
    private static let failurePercentage = 15.0

    let simulator: Simulator
    let receiver: WebhookReceiver
    private let simulatorPort: Int
    private let receiverPort: Int
    private let directory: String

    /// Sets the stage, plays on it, and clears it away whatever happens.
    static func withStage(chats: Int, _ play: (DemoStage) async throws -> Void) async throws {
        let (ports, announcement) = AsyncStream.makeStream(of: (isSimulator: Bool, port: Int).self)
        var world = SimulatorConfiguration()
        world.chats = chats
        world.members = 3...40
        let simulator = Simulator(world) { announcement.yield((true, $0)) }
        var reception = ReceiverConfiguration()
        reception.secrets = [Secret(secret)]
        reception.behaviour.failurePercentage = failurePercentage
        // Refused at once, so that the first retry is seen within seconds of the start.
        reception.behaviour.failFirst = 1
        let receiver = try WebhookReceiver(reception) {
            announcement.yield((false, $0))
        } onReceipt: { receipt in
            StandardOutput.write(ReceiptPrinter.line(for: receipt))
        }
        let directory = try temporaryDirectory()
        defer { remove(directory) }
        try await withThrowingTaskGroup { group in
            group.addTask { try await simulator.run() }
            group.addTask { try await receiver.run() }
            var found: [Bool: Int] = [:]
            for await (isSimulator, port) in ports {
                found[isSimulator] = port
                if found.count == 2 { break }
            }
            let stage = DemoStage(
                simulator: simulator, receiver: receiver, simulatorPort: found[true] ?? 0,
                receiverPort: found[false] ?? 0, directory: directory)
            try await play(stage)
            group.cancelAll()
        }
    }

    var opening: String {
        """
        A simulated DingTalk with \(simulator.chatIDs.count) groups at http://127.0.0.1:\(simulatorPort), a receiver at \
        http://127.0.0.1:\(receiverPort) that refuses
        about \(Int(Self.failurePercentage)) of a hundred deliveries on purpose. What arrives:

        """
    }

    /// The daemon's configuration, by the same way as a file's.
    func configuration(dashboardPort: UInt16) throws -> Configuration {
        let base = JSONValue.string("http://127.0.0.1:\(simulatorPort)")
        let settings: JSONObject = [
            "dingtalk": [
                "baseURL": base, "apiBaseURL": base, "appKey": "demo-key", "appSecret": "demo-secret",
                "requestsPerSecond": 50, "callsPerMonth": .null,
            ],
            "watch": ["chats": .array(simulator.chatIDs.map { .string($0) }), "minInterval": "1s"],
            "endpoints": [
                [
                    "name": "demo", "url": .string("http://127.0.0.1:\(receiverPort)/hook"), "format": "standard",
                    "signing": [["scheme": "standard", "secret": .string(Self.secret)]],
                    "retry": ["schedule": ["1s", "2s", "2s", "5s", "5s", "10s", "10s"]],
                ]
            ],
            "storage": ["path": .string(directory + "/belfry.db")],
            "admin": ["listen": .string("127.0.0.1:\(dashboardPort)")],
            "network": ["allow": ["127.0.0.1/32"]],
            "log": ["level": "error"],
        ]
        return try Configuration(
            parsing: JSONValue.object(settings).serialized(),
            source: ConfigurationSource(file: "demo", environment: [:]))
    }

    private static func temporaryDirectory() throws -> String {
        let root = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        var template = Array("\(root)/belfry-demo-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else {
            throw ProblemLine("cannot create a directory in \(root): \(String(cString: strerror(errno)))")
        }
        return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// The directory holds the store's files and nothing else.
    private static func remove(_ directory: String) {
        guard let handle = opendir(directory) else { return }
        while let entry = readdir(handle) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != "." && name != ".." { unlink("\(directory)/\(name)") }
        }
        closedir(handle)
        rmdir(directory)
    }
}
