import Glibc
import Synchronization

/// Standard error, one whole line at a time.
package enum StandardError {
    private static let stream = LineStream(STDERR_FILENO)

    package static func write(_ line: String) {
        stream.write(line)
    }
}

/// Standard output, one whole line at a time: what a pipe reads is there at once.
package enum StandardOutput {
    private static let stream = LineStream(STDOUT_FILENO)

    package static func write(_ line: String) {
        stream.write(line)
    }
}

/// Lines from many threads onto one descriptor, none torn.
private struct LineStream: ~Copyable, Sendable {
    private let descriptor: Mutex<Int32>

    init(_ descriptor: Int32) {
        self.descriptor = Mutex(descriptor)
    }

    func write(_ line: String) {
        var text = line
        text.append("\n")
        descriptor.withLock { descriptor in
            text.withUTF8 { bytes in
                var rest = UnsafeRawBufferPointer(bytes)[...]
                while !rest.isEmpty {
                    let count = Glibc.write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
                    if count < 0 && errno == EINTR { continue }
                    // Nobody reads: there is no better place to say so.
                    if count <= 0 { return }
                    rest = rest.dropFirst(count)
                }
            }
        }
    }
}
