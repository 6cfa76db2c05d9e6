/// Finds the name that somebody probably meant.
enum Suggestion {
    /// `; did you mean "maxAge"?`, or nothing when no candidate is near.
    static func hint(for name: String, among candidates: some Sequence<String>) -> String {
        nearest(to: name, among: candidates).map { "; did you mean \"\($0)\"?" } ?? ""
    }

    /// The candidate that the fewest slips lead to, if these are at most one in three characters.
    static func nearest(to name: String, among candidates: some Sequence<String>) -> String? {
        let typed = Array(name.lowercased())
        // A long text is no misspelt name, and comparing it takes long.
        guard (1...100).contains(typed.count) else { return nil }
        var best: (name: String, slips: Int)?
        let limit = max(1, (typed.count + 1) / 3)
        for candidate in candidates {
            let meant = Array(candidate.lowercased())
            guard abs(meant.count - typed.count) <= limit else { continue }
            let slips = slips(from: typed, to: meant)
            if slips <= limit, slips < best?.slips ?? .max { best = (candidate, slips) }
        }
        return best?.name
    }

    /// How many letters must be added, dropped, replaced, or swapped with their neighbour (optimal string alignment).
    static func slips(from typed: [Character], to meant: [Character]) -> Int {
        var beforeLast: [Int] = []
        var last = Array(0...meant.count)
        for (row, letter) in typed.enumerated() {
            var current = [row + 1]
            for (column, other) in meant.enumerated() {
                var cost = min(current[column] + 1, last[column + 1] + 1, last[column] + (letter == other ? 0 : 1))
                if row > 0, column > 0, letter == meant[column - 1], typed[row - 1] == other {
                    cost = min(cost, beforeLast[column - 1] + 1)
                }
                current.append(cost)
            }
            (beforeLast, last) = (last, current)
        }
        return last[meant.count]
    }
}
