@testable import Daemon

/// The text of a configuration file.
enum ConfigurationInput {
    static func take(_ input: [UInt8]) {
        // It must not reach for the files of whoever runs this: neither by a path nor by a reference.
        guard !input.contains(UInt8(ascii: "/")) || !mentionsFile(input) else { return }
        let source = ConfigurationSource(file: "config.json", environment: ["SECRET": "s3cret", "EMPTY": ""])
        do {
            let configuration = try Configuration(parsing: input, source: source)
            let again = try Configuration(parsing: input, source: source)
            precondition(ConfigurationChange(from: configuration, to: again).isEmpty)
            precondition(configuration.warnings.allSatisfy { isOneLine($0.description) })
            _ = configuration.addressPolicy
            _ = configuration.watchPlan
        } catch {
            precondition(!error.problems.isEmpty && error.problems.allSatisfy { isOneLine($0.description) })
        }
    }

    private static func mentionsFile(_ input: [UInt8]) -> Bool {
        let text = String(decoding: input, as: UTF8.self)
        // Any of these may be spelled with escapes.
        return ["File", "file", "\\u"].contains { text.contains($0) }
    }

    /// Whatever stands in the file, a problem is one line.
    private static func isOneLine(_ text: String) -> Bool {
        !text.isEmpty && !text.unicodeScalars.contains { $0.value < 0x20 || (0x7F...0x9F).contains($0.value) }
    }
}
