/// What this program is, and what it stands on.
package enum Version {
    package static let number = "0.1.0"

    package static let userAgent = "belfry/\(number)"

    /// `belfry 0.1.0 (libcurl 7.88.1, OpenSSL/3.0.19, SQLite 3.40.1)`
    package static var text: String { "belfry \(number) (\(libraries))" }

    package static var libraries: String { "\(LoadedLibraries.current)" }

    /// The text, and a line for each known defect of the loaded libraries.
    package static var report: String {
        let libraries = LoadedLibraries.current
        let warnings = KnownDefect.found(in: libraries).map { "warning: \($0.sentence(in: libraries))" }
        return ([text] + warnings).joined(separator: "\n")
    }

    /// What is worth a warning at the start: without a SOCKS proxy less is.
    static func warnings(usesSOCKS: Bool, libraries: LoadedLibraries = .current) -> [String] {
        KnownDefect.found(in: libraries).filter { usesSOCKS || !$0.needsSOCKS }.map { $0.sentence(in: libraries) }
    }
}
