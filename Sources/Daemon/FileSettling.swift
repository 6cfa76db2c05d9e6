/// When a file that changes is worth reading: once two looks in a row saw the same, so that nobody is still writing it.
///
/// Since the looks are seconds apart, whatever changes after such a reading bears a later time, however coarse the file
/// system's clock is.
struct FileSettling {
    private var lastSeen: FileMark?
    private var lastRead: FileMark?

    /// Whether the file is to be read now. Nil: there is none that could be; whatever comes in its place is read.
    mutating func look(at mark: FileMark?) -> Bool {
        defer { lastSeen = mark }
        if mark == nil { lastRead = nil }
        return mark != nil && mark == lastSeen && mark != lastRead
    }

    /// There is nothing more to learn from this state of the file.
    mutating func didRead(_ mark: FileMark) {
        lastRead = mark
    }
}
