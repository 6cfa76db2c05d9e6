import Glibc
import NIOCore

/// Why the admin server could not begin.
package struct ListenFailure: Error, CustomStringConvertible {
    package let description: String

    init(host: String, port: Int, _ error: any Error) {
        let address = host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
        let reason =
            switch (error as? IOError)?.errnoCode {
            case EADDRINUSE: "another program listens there; end it, or change admin.listen"
            case EADDRNOTAVAIL: "this machine has no such address; change admin.listen"
            case EACCES: "ports below 1024 need a privilege; change admin.listen"
            default: "\(error)"
            }
        description = "the admin server cannot listen on \(address): \(reason)"
    }
}
