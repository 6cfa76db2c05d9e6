import JSON

extension KeyTable {
    /// A section for this object, and one for each object in it.
    ///
    /// `path`: of the object, such as `endpoints[].retry`.
    func addSections(at path: String, to sections: inout [String]) {
        let rows = keys.map { name, entry in
            "| `\(name)` | \(entry.form.words) | \(entry.fallbackText) | \(entry.text) |"
        }
        let title = path.isEmpty ? "### The file" : "### `\(path)`"
        sections.append(
            ([title, "", "| key | value | default | meaning |", "|---|---|---|---|"] + rows).joined(separator: "\n"))
        for (name, entry) in keys {
            let path = path.isEmpty ? name : "\(path).\(name)"
            for (suffix, table) in entry.form.tables { table.addSections(at: path + suffix, to: &sections) }
        }
    }
}

extension KeyEntry {
    fileprivate var fallbackText: String {
        if isRequired { return "required" }
        return fallback.map { "`\($0.text)`" } ?? ""
    }
}

extension KeyForm {
    /// The objects within, each with what leads to it.
    fileprivate var tables: [(suffix: String, table: KeyTable)] {
        switch self {
        case .object(let table): [("", table)]
        case .list(let form, _): form.tables.map { ("[]" + $0.suffix, $0.table) }
        case .either(let first, let second): first.tables + second.tables
        case .orNull(let form): form.tables
        default: []
        }
    }
}
