import Chats
import Deliveries
import JSON
import Telemetry
import WebhookReceiver

/// Prints what a receiver got, a line a request.
struct ReceiptPrinter: Sendable {
    var isJSON: Bool

    func print(_ receipt: Receipt) {
        StandardOutput.write(isJSON ? receipt.json.text : Self.line(for: receipt))
    }

    /// `200 verified  chat.renamed  Board 3  evt_…  {"field":"name",…}`
    static func line(for receipt: Receipt) -> String {
        let check =
            switch receipt.verification {
            case .notChecked: "unchecked"
            case .verified: "verified"
            case .refused(let failure): "REFUSED (\(failure))"
            }
        let again = receipt.timesSeen > 1 ? "  try \(receipt.timesSeen)" : ""
        let event = StoredEvent(id: receipt.id ?? "", body: receipt.body).decoded()
        let story =
            event.map { event in
                let chat = event.chat.map { "\($0.label ?? $0.name ?? $0.id) #\(event.sequence)" } ?? "-"
                return "\(event.type.rawValue)  \(chat)  \(JSONValue.object(event.change.json).text.clipped(to: 120))"
            } ?? String(decoding: receipt.body.prefix(120), as: UTF8.self)
        return "\(receipt.status) \(check)  \(story.withoutControls)\(again)"
    }
}

extension String {
    func clipped(to length: Int) -> String {
        count > length ? prefix(length - 1) + "…" : self
    }

    /// What others named must not drive the terminal.
    var withoutControls: String {
        String(String.UnicodeScalarView(unicodeScalars.map { $0.properties.generalCategory == .control ? " " : $0 }))
    }
}
