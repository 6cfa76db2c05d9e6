/// A sentence with foreign parts in it: our own words are set as they are, what comes from outside is cleaned, shortened and
/// escaped for the destination when the sentence is set.
///
/// Written as a string literal; every interpolated string counts as foreign.
struct Phrase: Sendable, Equatable {
    enum Part: Sendable, Equatable {
        case words(String)
        /// The name of a group, a person or an endpoint.
        case name(String)
        /// A text of the platform's or of ours that may be long.
        case prose(String)
        /// People, of whom only the first are named.
        case people([String])
    }

    var parts: [Part]

    init(_ parts: [Part]) {
        self.parts = parts
    }

    static func + (left: Phrase, right: Phrase) -> Phrase {
        Phrase(left.parts + right.parts)
    }
}

extension Phrase: ExpressibleByStringInterpolation {
    init(stringLiteral value: String) {
        self.init([.words(value)])
    }

    init(stringInterpolation: Interpolation) {
        self.init(stringInterpolation.parts)
    }

    struct Interpolation: StringInterpolationProtocol {
        var parts: [Part] = []

        init(literalCapacity: Int, interpolationCount: Int) {
            parts.reserveCapacity(interpolationCount * 2 + 1)
        }

        mutating func appendLiteral(_ literal: String) {
            if !literal.isEmpty { parts.append(.words(literal)) }
        }

        mutating func appendInterpolation(_ name: String) {
            parts.append(.name(name))
        }

        mutating func appendInterpolation(_ number: Int) {
            parts.append(.words(String(number)))
        }

        mutating func appendInterpolation(words: String) {
            parts.append(.words(words))
        }

        mutating func appendInterpolation(prose: String) {
            parts.append(.prose(prose))
        }

        mutating func appendInterpolation(people: [String]) {
            parts.append(.people(people))
        }
    }
}
