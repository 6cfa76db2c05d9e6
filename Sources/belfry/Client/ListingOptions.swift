import AdminClient
import ArgumentParser
import HTTPEngine
import JSON
import Telemetry
import Time

/// What every listing takes.
struct ListingOptions: ParsableArguments {
    @Option(help: "How many rows at most.")
    var limit = 100

    @Flag(help: "Prints one JSON value a line.")
    var json = false

    @OptionGroup var daemon: DaemonOption

    func validate() throws {
        guard limit > 0 else { throw ValidationError("--limit takes a number above 0") }
    }

    /// Prints one thing of the API, by its id: as JSON, or as a text.
    func show(_ folder: String, _ id: String, text: (JSONValue) -> String) async throws {
        let answer = try await daemon.asking { client in
            try await client.call(.get, folder + PercentEncoding.component(id))
        }
        StandardOutput.write(json ? answer.text : text(answer))
    }

    /// Fetches page after page and prints them: as JSON, or as a table of `columns` with the cells of each row.
    func list(
        _ path: String, _ filters: KeyValuePairs<String, String?> = [:], columns: [String],
        cells: (JSONValue) -> [String]
    ) async throws {
        let rows = try await daemon.asking { client in
            try await client.rows(of: path, filters, limit: limit)
        }
        if json {
            for row in rows { StandardOutput.write(row.text) }
            return
        }
        var table = Table(columns)
        for row in rows { table.add(cells(row)) }
        StandardOutput.write(table.text(isStyled: Terminal.isStyled))
    }
}

extension AdminClient {
    private static let pageSize = 500

    /// A listing's rows, page after page.
    func rows(
        of path: String, _ filters: KeyValuePairs<String, String?> = [:], limit: Int
    ) async throws(AdminError) -> [JSONValue] {
        let query = filters.compactMap { name, value in value.map { "\(name)=\(PercentEncoding.component($0))" } }
        var rows: [JSONValue] = []
        var cursor: String?
        repeat {
            let size = min(limit - rows.count, Self.pageSize)
            let page = ["limit=\(size)"] + (cursor.map { ["cursor=\(PercentEncoding.component($0))"] } ?? [])
            let answer = try await call(.get, path + "?" + (query + page).joined(separator: "&"))
            try expect("data", in: answer)
            rows += answer["data"]?.arrayValue ?? []
            cursor = answer["next"]?.stringValue
        } while cursor != nil && rows.count < limit
        return rows
    }
}
