import JSON
import Telemetry

extension ConfigurationNode {
    /// A string with its references replaced, given another form by `parse`; nil from it is reported as a mismatch.
    func text<Form>(_ expectation: String, _ parse: (String) -> Form?) -> Form? {
        guard let value else { return nil }
        guard case .string(let written) = value else {
            reportMismatch(expectation)
            return nil
        }
        guard let text = expanded(written) else { return nil }
        guard let form = parse(text) else {
            if text.isEmpty {
                // Shown as it is written, a reference that turned out empty would explain nothing.
                report("expected \(expectation), found an empty string")
            } else {
                reportMismatch(expectation)
            }
            return nil
        }
        return form
    }

    /// May be empty.
    func string() -> String? {
        text("a string") { $0 }
    }

    func nonEmptyString() -> String? {
        text("a string that is not empty") { $0.isEmpty ? nil : $0 }
    }

    /// May be empty. A mismatch does not show the value.
    func confidentialString() -> String? {
        guard let value else { return nil }
        guard case .string(let written) = value else {
            reportConfidentialMismatch("a string")
            return nil
        }
        return expanded(written)
    }

    /// A secret that must be there if the key is.
    func secret() -> Secret? {
        guard let text = confidentialString() else { return nil }
        guard !text.isEmpty else {
            report("expected a secret, found an empty string")
            return nil
        }
        return Secret(text)
    }

    /// Nil for null and for an empty string too: `"${TOKEN:-}"` leaves a secret out.
    func optionalSecret() -> Secret? {
        guard !isNull, let text = confidentialString(), !text.isEmpty else { return nil }
        return Secret(text)
    }

    /// A path, relative ones from the configuration's directory.
    func filePath() -> String? {
        nonEmptyString().map(reading.source.resolved)
    }

    /// Any value, the references in all its strings replaced.
    func expandedValue() -> JSONValue? {
        value.flatMap(expanded)
    }

    private func expanded(_ value: JSONValue) -> JSONValue? {
        switch value {
        case .string(let text):
            return expanded(text).map { .string($0) }
        case .array(let elements):
            let results = elements.compactMap { expanded($0) }
            return results.count == elements.count ? .array(results) : nil
        case .object(let object):
            var result = JSONObject()
            for member in object { result[member.key] = expanded(member.value) }
            return result.count == object.count ? .object(result) : nil
        case .null, .bool, .integer, .double:
            return value
        }
    }

    private func expanded(_ text: String) -> String? {
        do {
            return try Interpolation(source: reading.source).expand(text)
        } catch {
            report(error.message)
            return nil
        }
    }
}
