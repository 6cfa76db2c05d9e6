import EventLoop
import Glibc

/// `openssl s_server` with a certificate of its own making, on a free port of the loopback address.
final class TLSServer {
    /// The certificate, which is its own authority.
    let certificateFile: String
    private(set) var port: UInt16 = 0
    private let directory: String
    private var process: pid_t = 0

    /// `subjectAltName` such as `DNS:localhost,IP:127.0.0.1`.
    init(subjectAltName: String, options: [String] = []) throws {
        var template = Array("/tmp/belfry-tls-XXXXXX".utf8CString)
        guard let path = mkdtemp(&template) else { throw SystemError("mkdtemp") }
        directory = String(cString: path)
        certificateFile = directory + "/certificate.pem"
        let keyFile = directory + "/key.pem"
        let maker = try Self.spawn(
            [
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
                "-subj", "/CN=belfry test", "-addext", "subjectAltName=\(subjectAltName)", "-keyout", keyFile,
                "-out", certificateFile,
            ])
        var status: Int32 = 0
        waitpid(maker.process, &status, 0)
        close(maker.output)
        guard status == 0 else { throw SystemError("openssl req", code: EINVAL) }

        let server = try Self.spawn(
            ["s_server", "-accept", "127.0.0.1:0", "-cert", certificateFile, "-key", keyFile, "-www"] + options)
        process = server.process
        port = try Self.readPort(server.output)
        close(server.output)
    }

    func stop() {
        kill(process, SIGKILL)
        waitpid(process, nil, 0)
        for name in ["/certificate.pem", "/key.pem", ""] { remove(directory + name) }
    }

    /// The server says `ACCEPT 127.0.0.1:PORT` once it listens.
    private static func readPort(_ output: Int32) throws -> UInt16 {
        var text = ""
        var buffer = [UInt8](repeating: 0, count: 256)
        while true {
            let count = read(output, &buffer, buffer.count)
            guard count > 0 else { throw SystemError("openssl s_server", code: EINVAL) }
            text += String(decoding: buffer[..<count], as: UTF8.self)
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
            if let line = lines.first(where: { $0.hasPrefix("ACCEPT") }),
                let port = line.split(separator: ":").last.flatMap({ UInt16($0) })
            {
                return port
            }
        }
    }

    private static func spawn(_ arguments: [String]) throws -> (process: pid_t, output: Int32) {
        var ends: (Int32, Int32) = (0, 0)
        _ = withUnsafeMutableBytes(of: &ends) { bytes in
            bytes.withMemoryRebound(to: Int32.self) { pipe($0.baseAddress) }
        }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, ends.1, 1)
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
        posix_spawn_file_actions_addclose(&actions, ends.0)
        posix_spawn_file_actions_addclose(&actions, ends.1)
        var strings = (["openssl"] + arguments).map { strdup($0) } + [nil]
        defer { for string in strings { free(string) } }
        var process = pid_t()
        let code = posix_spawnp(&process, "openssl", &actions, nil, &strings, environ)
        close(ends.1)
        guard code == 0 else { throw SystemError("posix_spawnp openssl", code: code) }
        return (process, ends.0)
    }
}
