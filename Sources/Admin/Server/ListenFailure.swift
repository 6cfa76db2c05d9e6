/// Why the admin server could not begin.
package struct ListenFailure: Error, CustomStringConvertible {
    package let description: String

    init(host: String, port: Int, _ error: any Error) {
        let address = host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
        description = "the admin server cannot listen on \(address): \(error)"
    }
}
