import Testing

@testable import Daemon

@Suite struct VersionTests {
    static let sound = LoadedLibraries(curl: "8.14.1", tls: "OpenSSL/3.5.1", sqlite: "3.51.3")

    @Test(
        "the first and the last affected release is found, and its neighbours are not",
        arguments: [
            (Library.curl, ["8.11.1"], ["8.11.0", "8.12.0"], "CVE-2025-0665"),
            (.curl, ["7.69.0", "7.88.1", "8.3.0"], ["7.68.0", "8.4.0"], "CVE-2023-38545"),
            (.openSSL, ["3.0.0", "3.0.6"], ["1.1.1w", "3.0.7"], "CVE-2022-3602"),
            (.sqlite, ["3.7.0", "3.40.1", "3.51.2"], ["3.6.23", "3.51.3", "4.0.0"], "the WAL-reset bug"),
        ])
    func ranges(library: Library, affected: [String], sound: [String], name: String) {
        for version in affected {
            #expect(KnownDefect.found(in: libraries(library, version)).map(\.name) == [name])
        }
        for version in sound {
            #expect(!KnownDefect.found(in: libraries(library, version)).map(\.name).contains(name))
        }
    }

    @Test("a sound set of libraries has none, and a TLS library of another make is not taken for OpenSSL")
    func none() {
        #expect(KnownDefect.found(in: Self.sound).isEmpty)
        #expect(KnownDefect.found(in: libraries(.openSSL, "x", tls: "GnuTLS/3.0.5")).isEmpty)
        #expect(KnownDefect.found(in: LoadedLibraries(curl: "unknown", tls: "unknown", sqlite: "")).isEmpty)
    }

    @Test(
        "a warning says what, where it is mended, and what to do; at the start only what the configuration brings out")
    func warnings() {
        let old = LoadedLibraries(curl: "7.88.1", tls: "OpenSSL/3.0.19", sqlite: "3.40.1")
        let lines = Version.warnings(usesSOCKS: false, libraries: old)
        let expected =
            "SQLite 3.40.1 has the WAL-reset bug (fixed in 3.51.3): let no other program open the store while this runs"
        #expect(lines == [expected])
        #expect(Version.warnings(usesSOCKS: true, libraries: old).count == 2)
    }

    @Test("the report names the libraries that are loaded")
    func report() {
        let lines = Version.report.split(separator: "\n")
        #expect(lines.first.map(String.init) == Version.text)
        #expect(lines.dropFirst().allSatisfy { $0.hasPrefix("warning: ") })
        for library in Library.allCases where library != .openSSL {
            #expect(LoadedLibraries.current[library] != nil && Version.text.contains(library.rawValue))
        }
    }

    @Test(
        "numbers are read as far as they are numbers",
        arguments: [
            ("8.11.1", "8.11.1"), ("8.12.0-DEV", "8.12.0"), ("1.1.1w", "1.1.1"), ("3.8", "3.8.0"), ("x", nil),
            ("", nil),
            ("3", nil), ("a.b.c", nil),
        ] as [(String, String?)])
    func numbers(text: String, version: String?) {
        #expect(LibraryVersion(text)?.description == version)
    }

    private func libraries(_ library: Library, _ version: String, tls: String? = nil) -> LoadedLibraries {
        LoadedLibraries(
            curl: library == .curl ? version : Self.sound.curl,
            tls: tls ?? (library == .openSSL ? "OpenSSL/\(version)" : Self.sound.tls),
            sqlite: library == .sqlite ? version : Self.sound.sqlite)
    }
}
