import HTTPEngine
import Store

/// The libraries that a process has loaded, as each of them tells its version.
struct LoadedLibraries: Sendable, CustomStringConvertible {
    /// Such as `7.88.1`.
    let curl: String
    /// With its name, such as `OpenSSL/3.0.19`: libcurl can be built on others.
    let tls: String
    /// Such as `3.40.1`.
    let sqlite: String

    /// Those of this process.
    static var current: LoadedLibraries {
        LoadedLibraries(curl: CurlLibrary.version, tls: CurlLibrary.tlsVersion, sqlite: SQLiteLibrary.version)
    }

    /// Nil if the library is not there, or tells no number.
    subscript(library: Library) -> LibraryVersion? {
        switch library {
        case .curl: LibraryVersion(curl)
        case .openSSL: tls.hasPrefix("OpenSSL/") ? LibraryVersion(tls.dropFirst("OpenSSL/".count)) : nil
        case .sqlite: LibraryVersion(sqlite)
        }
    }

    /// `libcurl 7.88.1, OpenSSL/3.0.19, SQLite 3.40.1`
    var description: String { "libcurl \(curl), \(tls), SQLite \(sqlite)" }
}
