/// Replaces `${NAME}`, `${NAME:-default}` and `${file:path}` inside a string; `$${` stands for a plain `${`.
///
/// As in a shell, the default also holds for a variable that is set and empty. Of a file one line break at the end is
/// dropped, which most editors and `echo` add.
struct Interpolation {
    struct Failure: Error {
        let message: String
    }

    let source: ConfigurationSource

    func expand(_ text: String) throws(Failure) -> String {
        var result = ""
        var rest = text[...]
        while let opening = rest.firstRange(of: "${") {
            let before = rest[..<opening.lowerBound]
            if before.last == "$" {
                result += before.dropLast() + "${"
                rest = rest[opening.upperBound...]
                continue
            }
            guard let closing = rest[opening.upperBound...].firstIndex(of: "}") else {
                throw Failure(message: "\"${\" without its \"}\"; a plain ${ is written $${")
            }
            result += before + (try value(of: String(rest[opening.upperBound..<closing])))
            rest = rest[rest.index(after: closing)...]
        }
        return result + rest
    }

    private func value(of reference: String) throws(Failure) -> String {
        if reference.hasPrefix("file:") {
            return try contents(of: source.resolved(String(reference.dropFirst("file:".count))))
        }
        let separator = reference.firstRange(of: ":-")
        let name = String(reference[..<(separator?.lowerBound ?? reference.endIndex)])
        guard Self.isName(name) else {
            // What stands there is not repeated: its default may be a secret.
            throw Failure(message: "expected ${NAME}, ${NAME:-default} or ${file:/path}, found ${ and something else")
        }
        let value = source.environment[name]
        if let separator, value?.isEmpty ?? true { return String(reference[separator.upperBound...]) }
        guard let value else { throw Failure(message: "the environment variable \(name) is not set") }
        return value
    }

    private func contents(of path: String) throws(Failure) -> String {
        var bytes: [UInt8]
        do {
            bytes = try FileContents.read(path)
        } catch {
            throw Failure(message: "cannot read \(path): \(error.reason)")
        }
        if bytes.last == UInt8(ascii: "\n") {
            bytes.removeLast()
            if bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw Failure(message: "cannot use \(path): it is not UTF-8 text")
        }
        return text
    }

    static func isName(_ text: String) -> Bool {
        guard let first = text.first, !first.isNumber else { return false }
        return text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
    }
}
