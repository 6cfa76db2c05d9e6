import ArgumentParser
import Glibc

/// Reading a file, or standard input, to its end.
enum InputFile {
    /// Nil and `-` stand for standard input. Throws a line for people.
    static func read(_ path: String?) throws -> [UInt8] {
        let isStandardInput = path == nil || path == "-"
        let descriptor = isStandardInput ? STDIN_FILENO : open(path ?? "", O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure(path) }
        defer { if !isStandardInput { close(descriptor) } }
        var contents: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            if count == 0 { return contents }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { throw failure(path) }
            contents += buffer[..<count]
        }
    }

    private static func failure(_ path: String?) -> ProblemLine {
        ProblemLine("cannot read \(path ?? "standard input"): \(String(cString: strerror(errno)))")
    }
}
