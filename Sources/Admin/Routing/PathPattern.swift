/// A path with named parts: `/api/v1/chats/{id}/poll`.
struct PathPattern: Sendable, Equatable, ExpressibleByStringLiteral, CustomStringConvertible {
    private enum Segment: Sendable, Equatable {
        case literal(Substring)
        case parameter(String)
    }

    let description: String
    private let segments: [Segment]

    init(stringLiteral text: String) {
        description = text
        segments = Self.parts(of: text[...]).map { part in
            part.hasPrefix("{") ? .parameter(String(part.dropFirst().dropLast())) : .literal(part)
        }
    }

    /// The names in braces, in their order.
    var names: [String] {
        segments.compactMap { if case .parameter(let name) = $0 { name } else { nil } }
    }

    /// The named parts, decoded; nil when the path is another, or is not well encoded. No part may be empty.
    func match(_ path: Substring) -> [String: String]? {
        let parts = Self.parts(of: path)
        guard parts.count == segments.count else { return nil }
        var parameters: [String: String] = [:]
        for (segment, part) in zip(segments, parts) {
            switch segment {
            case .literal(let text):
                guard text == part else { return nil }
            case .parameter(let name):
                guard !part.isEmpty, let value = PercentDecoding.path(part) else { return nil }
                parameters[name] = value
            }
        }
        return parameters
    }

    private static func parts(of path: Substring) -> [Substring] {
        path.split(separator: "/", omittingEmptySubsequences: false)
    }
}
