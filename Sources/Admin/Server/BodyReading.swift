import Hummingbird

/// What became of reading a request's body.
enum BodyReading: Sendable, Equatable {
    case whole([UInt8])
    case tooLarge
    case late
    case broken

    /// Nothing of it is left to read, so the connection can go on with another request.
    var isAtEnd: Bool {
        if case .whole = self { true } else { false }
    }

    /// Reads at most `limit` bytes. What is beyond them is thrown away for a while: a client that still sends when the
    /// connection is closed would not see the answer.
    static func read(_ body: RequestBody, limit: Int, within patience: Duration) async -> BodyReading {
        await withTaskGroup(of: BodyReading.self) { group in
            group.addTask { await read(body, limit: limit) }
            group.addTask {
                try? await Task.sleep(for: patience)
                return .late
            }
            let reading = await group.next()
            group.cancelAll()
            return reading ?? .broken
        }
    }

    private static func read(_ body: RequestBody, limit: Int) async -> BodyReading {
        var bytes: [UInt8] = []
        var count = 0
        do {
            for try await buffer in body {
                count += buffer.readableBytes
                if count <= limit {
                    bytes.append(contentsOf: buffer.readableBytesView)
                } else if count > limit + tolerance {
                    break
                }
            }
        } catch {
            return .broken
        }
        return count <= limit ? .whole(bytes) : .tooLarge
    }

    private static let tolerance = 1024 * 1024
}
