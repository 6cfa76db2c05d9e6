import JSON
import Time

/// A form in a few words, for the documentation.
extension KeyForm {
    var words: String {
        switch self {
        case .text: "text"
        case .name: "name"
        case .secret: "secret"
        case .path: "path"
        case .url, .proxyURL: "URL"
        case .listenAddress: "address and port"
        case .host: "host name"
        case .addressRange: "address range"
        case .chatID: "chat id"
        case .eventPattern: "event pattern"
        case .duration(let bounds): "duration, \(bounds.lowerBound.text) to \(bounds.upperBound.text)"
        case .size(let bounds): "size, \(bounds.lowerBound) to \(bounds.upperBound)"
        case .rate: "rate, such as `20/s`"
        case .integer(let bounds): "whole number, \(bounds.lowerBound.grouped) to \(bounds.upperBound.grouped)"
        case .number(let above, let most): "number above \(CallLimit.text(above)), up to \(CallLimit.text(most))"
        case .bool: "`true` or `false`"
        case .choice(let names): names.map { "`\($0)`" }.joined(separator: ", ")
        case .list(let form, let isNeverEmpty): "list\(isNeverEmpty ? " of one or more" : ""): \(form.words)"
        case .object, .anyObject: "object"
        case .headers: "object of names and texts"
        case .anything: "anything"
        case .either(let first, let second): "\(first.words) or \(second.words)"
        case .orNull(let form): "\(form.words), or `null`"
        }
    }
}
