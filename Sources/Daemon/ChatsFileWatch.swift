package import Logging
package import Time

/// Looks at the file of chats every two seconds, and tells of a new list once it has come to rest.
///
/// Whatever is wrong with the file, the list that was last good stays in force. Looking and reading block for as long as the
/// file system takes: it is a small file next to the configuration, which is read on the same terms, and a thread of its own
/// would do nothing nearly always.
package struct ChatsFileWatch: Sendable {
    private static let interval: Duration = .seconds(2)
    /// Of the mistakes in one file, how many are logged.
    private static let shownProblems = 20

    private let inForce: ChatsFile
    private let time: any TimeSource
    private let logger: Logger
    private let onChange: @Sendable (ChatsFile) async -> Void

    /// `inForce`: the list as the configuration's reading found it. The file is read once at the beginning to see whether it
    /// changed since. `onChange` is called with every list that differs from the one before, one call after the other.
    package init(
        _ inForce: ChatsFile, time: any TimeSource, logger: Logger,
        onChange: @escaping @Sendable (ChatsFile) async -> Void
    ) {
        self.inForce = inForce
        self.time = time
        self.logger = logger
        self.onChange = onChange
    }

    /// Looks until cancelled.
    package func run() async throws {
        var settling = FileSettling()
        var current = inForce
        var complaint: ConfigurationError?
        while true {
            do {
                if let file = try look(&settling) {
                    if complaint != nil { logger.info("the chats file is good again", metadata: place) }
                    complaint = nil
                    if file.chats != current.chats { await onChange(file) }
                    current = file
                }
            } catch {
                // Its lines are wrong in a state that was just read. What has no line comes of every look.
                if error != complaint || error.problems.contains(where: { $0.position != nil }) { report(error) }
                complaint = error
            }
            try await time.sleep(until: time.steady + Self.interval)
        }
    }

    /// The list, when there is a state of the file that was not read yet and that rests.
    private func look(_ settling: inout FileSettling) throws(ConfigurationError) -> ChatsFile? {
        guard let mark = try mark(for: &settling) else { return nil }
        let result: Result<ChatsFile, ConfigurationError>
        do {
            result = .success(try ChatsFile(path: inForce.path))
        } catch {
            // Where it could not even be opened, the next look tries again.
            if error.problems.contains(where: { $0.position == nil }) { throw error }
            result = .failure(error)
        }
        // What changed while it was being read is no state of the file.
        guard (try? FileMark(path: inForce.path)) == mark else { return nil }
        settling.didRead(mark)
        return try result.get()
    }

    private func mark(for settling: inout FileSettling) throws(ConfigurationError) -> FileMark? {
        do {
            let mark = try FileMark(path: inForce.path)
            return settling.look(at: mark) ? mark : nil
        } catch {
            _ = settling.look(at: nil)
            throw ConfigurationError([.unreadable(inForce.path, error)])
        }
    }

    private func report(_ error: ConfigurationError) {
        logger.warning("the chats file cannot be used; the chats stay as they are", metadata: place)
        for problem in error.problems.prefix(Self.shownProblems) { logger.warning("\(problem)") }
        let rest = error.problems.count - Self.shownProblems
        if rest > 0 { logger.warning("and \(rest) more problems in the chats file", metadata: place) }
    }

    private var place: Logger.Metadata { ["file": "\(inForce.path)"] }
}
