/// A library of the system, by the name that people know.
enum Library: String, CaseIterable, Sendable {
    case curl = "libcurl"
    case openSSL = "OpenSSL"
    case sqlite = "SQLite"
}
