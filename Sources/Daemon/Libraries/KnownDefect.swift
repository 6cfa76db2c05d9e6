/// A defect of a library in the very part of it that is used here.
struct KnownDefect: Sendable {
    let library: Library
    let affected: ClosedRange<LibraryVersion>
    let name: String
    let fixed: String
    /// What can come of it, and what to do.
    let consequence: String
    /// Whether it takes a proxy that is spoken to by SOCKS.
    var needsSOCKS = false

    /// Not here: what needs another protocol than HTTP/1.1, cookies, HSTS, `.netrc`, redirects, client certificates, or
    /// another TLS library, since none of those is used.
    static let all = [
        KnownDefect(
            library: .curl, affected: LibraryVersion(8, 11, 1)...LibraryVersion(8, 11, 1), name: "CVE-2025-0665",
            fixed: "8.12.0",
            consequence:
                "after looking up a name it closes a descriptor twice, which may be the store's by then; update it"),
        KnownDefect(
            library: .curl, affected: LibraryVersion(7, 69, 0)...LibraryVersion(8, 3, 0), name: "CVE-2023-38545",
            fixed: "8.4.0, or under the old number by your distribution",
            consequence:
                "with a socks5h proxy that is slow, a long host name overflows a buffer; use another kind of proxy",
            needsSOCKS: true),
        KnownDefect(
            library: .openSSL, affected: LibraryVersion(3, 0, 0)...LibraryVersion(3, 0, 6), name: "CVE-2022-3602",
            fixed: "3.0.7, or under the old number by your distribution",
            consequence: "a receiver's certificate can overflow a buffer; update it"),
        KnownDefect(
            library: .sqlite, affected: LibraryVersion(3, 7, 0)...LibraryVersion(3, 51, 2), name: "the WAL-reset bug",
            fixed: "3.51.3", consequence: "let no other program open the store while this runs"),
    ]

    /// What is known of the libraries that are loaded, or of others.
    static func found(in libraries: LoadedLibraries) -> [KnownDefect] {
        all.filter { defect in libraries[defect.library].map { defect.affected.contains($0) } ?? false }
    }

    /// `SQLite 3.40.1 has the WAL-reset bug (fixed in 3.51.3): let no other program …`
    func sentence(in libraries: LoadedLibraries) -> String {
        let version = libraries[library].map { " \($0)" } ?? ""
        return "\(library.rawValue)\(version) has \(name) (fixed in \(fixed)): \(consequence)"
    }
}
