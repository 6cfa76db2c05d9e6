import Glibc
import Testing

/// Every input that is kept, once more: those that fuzzing began with, and those that once ended in a crash.
@Suite struct CorpusTests {
    @Test("no kept input does harm", arguments: FuzzTarget.allCases)
    func replay(target: FuzzTarget) async throws {
        let directory = Self.corpus + "/" + target.rawValue
        let names = try Self.entries(of: directory)
        #expect(names.count >= 5)
        for name in names {
            await target.take(try Self.contents(of: directory + "/" + name))
        }
    }

    @Test("beside each target's inputs nothing else is kept")
    func targets() throws {
        #expect(Set(try Self.entries(of: Self.corpus)) == Set(FuzzTarget.allCases.map(\.rawValue)))
    }

    /// `Tests/Fuzzing/Corpus`, seen from this file.
    private static let corpus = "/" + #filePath.split(separator: "/").dropLast(2).joined(separator: "/") + "/Corpus"

    private struct Unreadable: Error {
        let path: String
    }

    private static func entries(of directory: String) throws -> [String] {
        guard let stream = opendir(directory) else { throw Unreadable(path: directory) }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            if !name.hasPrefix(".") { names.append(name) }
        }
        return names.sorted()
    }

    private static func contents(of path: String) throws -> [UInt8] {
        guard let file = fopen(path, "rb") else { throw Unreadable(path: path) }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while case let count = fread(&buffer, 1, buffer.count, file), count > 0 { bytes += buffer[..<count] }
        return bytes
    }
}
