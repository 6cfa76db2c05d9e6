import Glibc
import Synchronization

/// Standard error, one whole line at a time.
package enum StandardError {
    private static let lock = Mutex(())

    package static func write(_ line: String) {
        var text = line
        text.append("\n")
        lock.withLock { _ in
            text.withUTF8 { bytes in
                var rest = UnsafeRawBufferPointer(bytes)[...]
                while !rest.isEmpty {
                    let count = Glibc.write(STDERR_FILENO, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
                    if count < 0 && errno == EINTR { continue }
                    // Nobody reads: there is no better place to say so.
                    if count <= 0 { return }
                    rest = rest.dropFirst(count)
                }
            }
        }
    }
}
