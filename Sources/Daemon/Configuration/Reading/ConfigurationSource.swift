/// Where a configuration comes from, and what its strings may refer to.
package struct ConfigurationSource: Sendable {
    /// The file as the operator named it; every problem begins with it.
    package var file: String
    package var environment: [String: String]

    package init(file: String, environment: [String: String]) {
        self.file = file
        self.environment = environment
    }

    /// A path that the configuration names: a relative one begins at the configuration's own directory.
    func resolved(_ path: String) -> String {
        guard !path.hasPrefix("/"), let slash = file.lastIndex(of: "/") else { return path }
        return file[...slash] + path
    }
}
