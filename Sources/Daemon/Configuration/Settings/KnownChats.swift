/// The ids and labels by which endpoints may choose chats.
struct KnownChats {
    private let names: Set<String>
    /// Whether a list that changes while the program runs is among them.
    let mayChange: Bool

    init(_ watch: WatchSettings) {
        let chats = watch.chats
        mayChange = watch.file != nil
        names = Set(chats.map(\.id) + chats.compactMap(\.label))
    }

    func contains(_ name: String) -> Bool {
        names.contains(name)
    }

    func hint(for name: String) -> String {
        // Sorted, so that of two equally near ones always the same is meant.
        Suggestion.hint(for: name, among: names.sorted())
    }
}
