/// Sets phrases as text: in a language, as long as is wanted, escaped for a destination.
struct Typesetter {
    var language: Language
    var brevity: Brevity
    /// Makes a cleaned foreign text harmless in the destination's markup.
    var escape: (String) -> String

    func text(_ phrase: Phrase) -> String {
        phrase.parts.map(text).joined()
    }

    private func text(_ part: Phrase.Part) -> String {
        switch part {
        case .words(let words): words
        case .name(let name): escape(ForeignText.cleaned(name, limit: brevity.name))
        case .prose(let prose): escape(ForeignText.cleaned(prose, limit: brevity.prose))
        case .people(let names): people(names)
        }
    }

    private func people(_ names: [String]) -> String {
        let vocabulary = language.vocabulary
        let shown = names.prefix(brevity.people).map { escape(ForeignText.cleaned($0, limit: brevity.name)) }
        return vocabulary.list(shown, of: names.count)
    }
}
