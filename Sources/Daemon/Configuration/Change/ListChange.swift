/// How one list became another, its elements told apart by their names.
package struct ListChange: Sendable, Equatable {
    /// One that is in both lists, and differs.
    package struct Element: Sendable, Equatable {
        package var name: String
        /// The keys of what differs.
        package var keys: [String]
    }

    /// In the order of the new list.
    package var added: [String]
    package var changed: [Element]
    /// In the order of the old list.
    package var removed: [String]

    package var isEmpty: Bool { added.isEmpty && changed.isEmpty && removed.isEmpty }
}

extension ListChange {
    init<Value>(
        from old: [Value], to new: [Value], name: (Value) -> String, aspects: [Aspect<Value>]
    ) {
        let before = Dictionary(old.map { (name($0), $0) }) { first, _ in first }
        let remaining = Set(new.map(name))
        added = new.map(name).filter { before[$0] == nil }
        removed = old.map(name).filter { !remaining.contains($0) }
        changed = new.compactMap { value in
            let keys = before[name(value)].map { other in aspects.filter { $0.differs(other, value) }.map(\.key) } ?? []
            return keys.isEmpty ? nil : Element(name: name(value), keys: keys)
        }
    }
}
