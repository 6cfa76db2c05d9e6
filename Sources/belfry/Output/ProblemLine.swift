/// A failure told to a person in one line: what, where, what to do.
struct ProblemLine: Error, CustomStringConvertible {
    var description: String

    init(_ description: String) {
        self.description = description
    }
}
