import JSON

/// Messages by an operator's template.
package struct TemplateFormat: Format {
    private let template: Template
    /// The endpoint's own rule; nil judges by the status.
    private let success: SuccessRule?

    package init(_ template: Template, success: SuccessRule? = nil) {
        self.template = template
        self.success = success
    }

    package var name: FormatName { .template }

    package var sendsObject: Bool { template.isObject }

    package func payload(for event: StoredEvent) -> Payload {
        // Only a damaged record is no JSON; then nothing is known but the id.
        let value = (try? JSONParser.parse(event.body)) ?? ["id": .string(event.id)]
        return Payload(
            id: event.id, type: event.type, contentType: template.contentType, body: template.rendered(with: value))
    }

    package func verdict(on reply: Reply) -> Verdict {
        success?.verdict(on: reply) ?? .byStatus(reply)
    }
}

extension Template {
    fileprivate func rendered(with event: JSONValue) -> [UInt8] {
        let value = Self.value(of: body, in: event)
        return isText ? Array(value.templateText.utf8) : value.serialized()
    }

    private static func value(of node: TemplateNode, in event: JSONValue) -> JSONValue {
        switch node {
        case .constant(let value): value
        case .placeholder(let placeholder): placeholder.value(in: event)
        case .text(let segments): .string(segments.map { text(of: $0, in: event) }.joined())
        case .array(let nodes): .array(nodes.map { value(of: $0, in: event) })
        case .object(let members):
            .object(JSONObject(members.map { (key: $0.key, value: value(of: $0.value, in: event)) }))
        }
    }

    private static func text(of segment: TemplateNode.Segment, in event: JSONValue) -> String {
        switch segment {
        case .literal(let text): text
        case .placeholder(let placeholder): placeholder.value(in: event).templateText
        }
    }
}
