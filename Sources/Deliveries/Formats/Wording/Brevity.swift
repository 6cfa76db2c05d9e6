/// How much of what is long a message spells out.
struct Brevity: Sendable, Equatable {
    /// People who are named; the others are counted.
    var people: Int
    /// Characters of a name.
    var name: Int

    /// Characters of a longer text.
    var prose: Int { name * 4 }

    /// From generous to terse. At the last level a message stays below 1,500 bytes in every markup, which is less than any
    /// destination takes.
    static let levels = [
        Brevity(people: 10, name: 64), Brevity(people: 10, name: 40), Brevity(people: 5, name: 32),
        Brevity(people: 3, name: 24), Brevity(people: 0, name: 12),
    ]

    /// For a line among many.
    static let line = Brevity(people: 3, name: 24)

    /// For a line among many, when even one of them does not fit.
    static let terse = Brevity(people: 0, name: 12)

    /// The most generous result that fits, the terse one if none does.
    static func fitted<Result>(_ make: (Brevity) -> Result, fits: (Result) -> Bool) -> Result {
        for level in levels {
            let result = make(level)
            if fits(result) { return result }
        }
        return make(terse)
    }
}
