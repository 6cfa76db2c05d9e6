import EventLoop
import Glibc

final class Pipe: Sendable {
    let readEnd: Int32
    let writeEnd: Int32

    init() throws {
        var ends: (Int32, Int32) = (0, 0)
        let code = withUnsafeMutableBytes(of: &ends) { bytes in
            bytes.withMemoryRebound(to: Int32.self) { pipe($0.baseAddress) }
        }
        guard code == 0 else { throw SystemError("pipe") }
        (readEnd, writeEnd) = ends
    }

    deinit {
        close(readEnd)
        close(writeEnd)
    }

    func write(_ text: String) {
        _ = Glibc.write(writeEnd, text, text.utf8.count)
    }

    func readByte() {
        var byte: UInt8 = 0
        _ = read(readEnd, &byte, 1)
    }
}
