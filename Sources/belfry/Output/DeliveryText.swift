import JSON

/// One delivery for people: how it stands, and what became of each try.
struct DeliveryText {
    private let delivery: JSONValue

    init(_ delivery: JSONValue) {
        self.delivery = delivery
    }

    var text: String {
        let next = delivery["dueAt"]?.stringValue == nil ? "" : ", next try \(delivery.distanceCell("dueAt"))"
        let reason = delivery["reason"]?.stringValue.map { ": \($0)" } ?? ""
        let head = [
            "\(delivery.cell("id")), \(delivery.cell("state"))\(next)\(reason)",
            "  event     \(delivery.cell("event"))  \(delivery.cell("type"))",
            "  endpoint  \(delivery.cell("endpoint"))",
            "  queued    \(delivery.timeCell("queuedAt"))",
        ]
        var tries = Table(["TRY", "STARTED", "TOOK", "RESULT", "STATUS", "RULE", "RESPONSE"])
        for attempt in delivery["tries"]?.arrayValue ?? [] {
            tries.add([
                attempt.cell("number"), attempt.timeCell("startedAt"), attempt.cell("duration"), attempt.cell("result"),
                attempt.cell("status"), attempt.cell("rule"), attempt.cell("response").clipped(to: Self.responseLength),
            ])
        }
        let table = tries.rows.isEmpty ? "not tried yet" : tries.text(isStyled: Terminal.isStyled)
        return head.map(\.withoutControls).joined(separator: "\n") + "\n" + table
    }

    private static let responseLength = 100
}
