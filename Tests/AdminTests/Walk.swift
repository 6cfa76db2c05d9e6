import JSON
import Testing

/// A walk through all pages of a list.
struct Walk: Sendable {
    let port: Int
    /// With its filters, and without limit and cursor.
    let list: String

    /// The named member of every row, page by page. `between` happens after each page.
    func all(_ member: String, by limit: Int, between: () async throws -> Void = {}) async throws -> [[String]] {
        var pages: [[String]] = []
        var cursor: String?
        repeat {
            let joint = list.contains("?") ? "&" : "?"
            let target = list + joint + "limit=\(limit)" + (cursor.map { "&cursor=\($0)" } ?? "")
            let reply = try await Ask.get(target).expect(200, from: port)
            let rows = reply.json["data"]?.arrayValue ?? []
            pages.append(rows.compactMap { $0[member]?.stringValue })
            cursor = reply.json["next"]?.stringValue
            try await between()
        } while cursor != nil && pages.count < 1000
        return pages
    }
}
