import Glibc

/// What standard output leads to.
enum Terminal {
    /// Colours and bold only on a terminal, and not where `NO_COLOR` is set (no-color.org).
    static var isStyled: Bool {
        isatty(STDOUT_FILENO) == 1 && (getenv("NO_COLOR").map { $0.pointee == 0 } ?? true)
    }
}
