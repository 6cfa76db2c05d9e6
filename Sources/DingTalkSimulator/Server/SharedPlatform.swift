import Synchronization

/// The one platform that all connections share.
final class SharedPlatform: Sendable {
    private let platform: Mutex<Platform>

    init(_ platform: Platform) {
        self.platform = Mutex(platform)
    }

    func use<Result: Sendable>(_ body: (inout sending Platform) -> sending Result) -> Result {
        platform.withLock(body)
    }
}
