import Testing

/// Edits that spoil the sample in one way, and the line that tells of it.
///
/// A `▸` in an edit stands before the place that the line must name; it is taken out before the text is read.
struct Mistake: Sendable, CustomTestStringConvertible {
    let edits: [(old: String, new: String)]
    let problem: String

    init(_ edits: KeyValuePairs<String, String>, _ problem: String) {
        self.edits = edits.map { (old: $0.key, new: $0.value) }
        self.problem = problem
    }

    /// The spoilt text, and the whole line that is expected.
    var test: (text: String, line: String)? {
        guard let marked = Sample.edited(edits), let marker = marked.firstIndex(of: "▸") else { return nil }
        let lines = marked[..<marker].split(separator: "\n", omittingEmptySubsequences: false)
        let column = (lines.last?.unicodeScalars.count ?? 0) + 1
        return (marked.replacing("▸", with: ""), "config.json:\(lines.count):\(column): \(problem)")
    }

    var testDescription: String { problem }
}
