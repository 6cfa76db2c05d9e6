import HTTPEngine
import Store

/// What this program is, and what it stands on.
package enum Version {
    package static let number = "0.1.0"

    package static let userAgent = "belfry/\(number)"

    /// `belfry 0.1.0 (libcurl 7.88.1, OpenSSL/3.0.19, SQLite 3.40.1)`
    package static var text: String { "belfry \(number) (\(libraries))" }

    package static var libraries: String {
        "libcurl \(CurlLibrary.version), \(CurlLibrary.tlsVersion), SQLite \(SQLiteLibrary.version)"
    }
}
