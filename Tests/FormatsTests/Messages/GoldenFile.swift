import FoundationEssentials
import JSON

/// What a format sends for every sample, kept in the repository for people to read.
///
/// `BELFRY_RECORD_GOLDEN=1` writes the files anew; read the difference before committing it.
struct GoldenFile {
    private let path: String

    init(_ name: String, directory: String = #filePath) {
        let folder = directory.split(separator: "/", omittingEmptySubsequences: false).dropLast(2).joined(
            separator: "/")
        path = "\(folder)/Golden/\(name).json"
    }

    static var isRecording: Bool {
        ProcessInfo.processInfo.environment["BELFRY_RECORD_GOLDEN"] == "1"
    }

    func record(_ value: JSONValue) -> Bool {
        FileManager.default.createFile(atPath: path, contents: Data((value.prettyText + "\n").utf8))
    }

    /// Nil when there is none.
    func read() throws -> JSONValue? {
        guard let data = FileManager.default.contents(atPath: path) else { return nil }
        return try JSONParser.parse(Array(data))
    }
}
