import JSON

/// An event in one line.
struct EventLine {
    private static let changeLength = 100

    private let event: JSONValue

    init(_ event: JSONValue) {
        self.event = event
    }

    var cells: [String] {
        [
            event.timeCell("timestamp"), event.cell("type"), chat, event.cell("data", "sequence"), event.cell("id"),
            event["data"]?["change"]?.text.clipped(to: Self.changeLength) ?? "-",
        ]
    }

    private var chat: String {
        guard let chat = event["data"]?["chat"], chat != .null else { return "-" }
        return chat["label"]?.stringValue ?? chat["name"]?.stringValue ?? chat.cell("id")
    }
}
