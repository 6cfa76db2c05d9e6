import Glibc
import Testing

/// A program that runs beside the test, ended with it.
final class ChildProcess {
    private var identifier: pid_t = 0

    init(_ program: String, _ arguments: [String]) throws {
        var words: [UnsafeMutablePointer<CChar>?] = ([program] + arguments).map { strdup($0) } + [nil]
        defer { words.forEach { free($0) } }
        try #require(posix_spawn(&identifier, program, nil, nil, &words, environ) == 0, "cannot run \(program)")
    }

    func kill() {
        guard identifier > 0 else { return }
        Glibc.kill(identifier, SIGKILL)
        waitpid(identifier, nil, 0)
        identifier = 0
    }

    /// Waits for its end; whether it exited with 0.
    func succeeded() -> Bool {
        var status: Int32 = 0
        waitpid(identifier, &status, 0)
        identifier = 0
        return status == 0
    }

    deinit {
        kill()
    }
}
