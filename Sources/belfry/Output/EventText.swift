import JSON

/// One event for people: what happened, and how its deliveries stand.
struct EventText {
    private let event: JSONValue

    init(_ event: JSONValue) {
        self.event = event
    }

    var text: String {
        let data = event["data"] ?? .null
        let head = [
            "\(event.cell("id")), \(event.cell("type"))",
            "  chat      \(data["chat"]?.cell("id") ?? "-")  \(data["chat"]?.cell("name") ?? "")",
            "  number    \(data.cell("sequence")) of its chat",
            "  observed  after \(data["observed"]?.timeCell("after") ?? "-"), by \(data["observed"]?.timeCell("by") ?? "-")",
            "  change    \(data["change"]?.text ?? "-")",
        ]
        var deliveries = Table(["DELIVERY", "ENDPOINT", "STATE", "TRIES", "NEXT TRY", "REASON"])
        for delivery in event["deliveries"]?.arrayValue ?? [] {
            deliveries.add([
                delivery.cell("id"), delivery.cell("endpoint"), delivery.cell("state"), delivery.cell("attempts"),
                delivery.distanceCell("dueAt"), delivery.cell("reason"),
            ])
        }
        let table = deliveries.rows.isEmpty ? "no endpoint takes it" : deliveries.text(isStyled: Terminal.isStyled)
        return head.map(\.withoutControls).joined(separator: "\n") + "\n" + table
    }
}
