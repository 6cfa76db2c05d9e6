import ArgumentParser
import Deliveries
import Glibc

/// A message to be signed or verified: its body from a file or from standard input.
struct MessageOptions: ParsableArguments {
    @Option(help: "The signature scheme: \(SigningScheme.allCases.map(\.rawValue).joined(separator: ", ")).")
    var scheme: SigningScheme = .standard

    @Option(help: "The signing secret; repeat it while secrets rotate. Without it $BELFRY_SECRET is read.")
    var secret: [String] = []

    @Option(help: "What the names of the headers begin with, in place of the scheme's own prefix.")
    var headerPrefix: String?

    @Argument(help: "The file that holds the body, byte for byte; standard input without it.")
    var file: String?

    func secrets() throws -> [String] {
        let given = getenv("BELFRY_SECRET").map { String(cString: $0) } ?? ""
        let secrets = secret.isEmpty && !given.isEmpty ? [given] : secret
        guard !secrets.isEmpty else { throw ValidationError("give --secret, or set $BELFRY_SECRET") }
        return secrets
    }

    func body() throws -> [UInt8] {
        try InputFile.read(file)
    }
}

extension SigningScheme: ExpressibleByArgument {}
extension FormatName: ExpressibleByArgument {}
