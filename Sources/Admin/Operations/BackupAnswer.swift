/// What came of copying the store.
package enum BackupAnswer: Sendable, Equatable {
    case written(bytes: Int)
    /// There was none written: the file exists already, or cannot be written. For people.
    case refused(String)
}
