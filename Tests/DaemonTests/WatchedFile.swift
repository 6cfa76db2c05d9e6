import Daemon
import Glibc
import Synchronization
import TestKit
import Testing

/// A chats file under watch, and the clock that its watch looks by.
final class WatchedFile: Sendable {
    let directory: TemporaryDirectory
    let log = RecordedLog()
    private let time = ManualTime()
    private let lists = Mutex<[[String]]>([])

    var path: String { directory.path + "/chats.txt" }

    /// The lists that were told of, by their ids and labels.
    var told: [[String]] { lists.withLock { $0 } }

    init(_ text: String) throws {
        directory = try TemporaryDirectory()
        try directory.write("chats.txt", text)
    }

    /// Runs `body` with the watch, which has looked once, and ends the watch.
    ///
    /// `list`: what the configuration read; the present contents without it.
    func watching(having list: ChatsFile? = nil, _ body: () async throws -> Void) async throws {
        let watch = ChatsFileWatch(try list ?? ChatsFile(path: path), time: time, logger: log.logger) { file in
            self.lists.withLock { $0.append(file.chats.map { chat in chat.id + (chat.label.map { " \($0)" } ?? "") }) }
        }
        try await withThrowingTaskGroup { group in
            group.addTask { try await watch.run() }
            try await untilAsleep()
            try await body()
            group.cancelAll()
            await #expect(throws: CancellationError.self) { try await group.next() }
        }
    }

    /// Lets the watch look again, `count` times.
    func look(_ count: Int = 1) async throws {
        for _ in 0..<count {
            time.advance(by: .seconds(2))
            try await untilAsleep()
        }
    }

    private func untilAsleep() async throws {
        let deadline = ContinuousClock.now + .seconds(60)
        while time.deadlines.isEmpty {
            try #require(ContinuousClock.now < deadline, "the watch does not come to rest")
            try await Task.sleep(for: .milliseconds(1))
        }
    }

    func write(_ text: String) throws {
        try directory.write("chats.txt", text)
    }

    /// As careful programs write: a new file takes the place of the old.
    func replace(_ text: String) throws {
        let new = try directory.write("chats.txt.new", text)
        try #require(rename(new, path) == 0)
    }

    func remove() throws {
        try #require(unlink(path) == 0)
    }
}
