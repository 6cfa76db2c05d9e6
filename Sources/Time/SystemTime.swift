import CLinux
import Glibc

/// The machine's clocks.
package struct SystemTime: TimeSource {
    private let startWall: Timestamp
    private let startMonotonic: Int64
    private let pause: @Sendable (Duration) async throws -> Void

    /// `notBefore`: the newest instant already recorded elsewhere. A wall clock that stands before it (it was set back
    /// while the program was stopped) would leave recorded due times in the future; `steady` starts there instead.
    ///
    /// `pause`: returns after that time, or throws `CancellationError`; the runtime's own sleep if nothing else is given.
    package init(
        notBefore: Timestamp? = nil,
        pause: @escaping @Sendable (Duration) async throws -> Void = {
            try await Task.sleep(for: $0, clock: .continuous)
        }
    ) {
        let wall = Self.wall
        startWall = max(wall, notBefore ?? wall)
        startMonotonic = Self.milliseconds(of: CLOCK_BOOTTIME)
        self.pause = pause
    }

    package var now: Timestamp { Self.wall }

    /// The wall clock, for whoever has no need of a steady one.
    package static var wall: Timestamp {
        Timestamp(milliseconds: milliseconds(of: CLOCK_REALTIME))
    }

    // Boot time counts a suspended machine's sleep too: what fell due meanwhile is due on waking.
    package var steady: Timestamp {
        Timestamp(milliseconds: startWall.milliseconds + Self.milliseconds(of: CLOCK_BOOTTIME) - startMonotonic)
    }

    package func sleep(until deadline: Timestamp) async throws {
        let rest = deadline - steady
        if rest > .zero {
            try await pause(rest)
        } else {
            try Task.checkCancellation()
        }
    }

    private static func milliseconds(of clock: clockid_t) -> Int64 {
        linux_clock_nanoseconds(clock) / 1_000_000
    }
}
