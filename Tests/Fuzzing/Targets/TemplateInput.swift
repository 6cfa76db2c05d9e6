import Chats
import Deliveries
import JSON
import Time

/// A template's body as JSON, or the text of one of its strings.
enum TemplateInput {
    private static let events = [
        Event(
            .added(.members, ["user7", "\"}{{id}}\\", ""], count: 42),
            chat: .init(id: "chat1", name: "\u{202E}{{type}}\"\n", label: nil), sequence: 17,
            observed: .init(after: nil, by: Timestamp(seconds: 1_795_416_041))),
        Event(
            .setting(.status, from: nil, to: 2), chat: .init(id: "chat1", name: nil, label: "Board"), sequence: 1,
            observed: .init(after: Timestamp(milliseconds: .min), by: Timestamp(milliseconds: .max))),
    ].map { StoredEvent($0) }

    static func take(_ input: [UInt8]) {
        let text = String(decoding: input, as: UTF8.self)
        for body in [try? JSONParser.parse(input), .string(text), ["a": [.string(text)]]] {
            guard let body else { continue }
            do {
                render(try Template(body: body), isText: body.stringValue != nil)
            } catch {
                precondition(!error.problems.isEmpty)
            }
        }
    }

    private static func render(_ template: Template, isText: Bool) {
        for event in events {
            let payload = TemplateFormat(template).payload(for: event)
            if isText { continue }
            precondition((try? JSONParser.parse(payload.body)) != nil, "a template made something that is no JSON")
        }
    }
}
