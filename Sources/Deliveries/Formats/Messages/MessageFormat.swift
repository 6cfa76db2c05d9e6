/// A destination whose messages people read: the format says how a message is arranged and what fits; here it is worded, and
/// shortened until it does.
protocol MessageFormat: Format {
    var language: Language { get }

    /// Makes a cleaned foreign text harmless in the destination's markup.
    func escaped(_ text: String) -> String

    func payload(of message: Message) -> Payload

    /// Whether the destination takes it, by its documented limits and in its own units.
    func fits(_ message: Message, _ payload: Payload) -> Bool
}

extension MessageFormat {
    /// A message that nobody would read to the end helps nobody, whatever the size limit.
    package var digestLimit: Int { 100 }

    package func payload(for event: StoredEvent) -> Payload {
        var payload = Brevity.fitted { brevity in
            composed(Message(event, typesetter(brevity)))
        } fits: {
            fits($0.message, $0.payload)
        }.payload
        payload.type = event.type
        return payload
    }

    package func digest(of events: [StoredEvent]) -> Digest? {
        guard let first = events.first else { return nil }
        let offered = events.prefix(digestLimit)
        if let digest = longestDigest(of: offered, .line) { return digest }
        return longestDigest(of: offered, .terse) ?? Digest(payload: payload(for: first), count: 1)
    }

    /// The digest of as many as fit, found by halving; nil when not even one does.
    private func longestDigest(of events: ArraySlice<StoredEvent>, _ brevity: Brevity) -> Digest? {
        let draft = DigestDraft(events, typesetter(brevity))
        var best: Digest?
        var known = 0
        var limit = events.count
        var count = limit
        while known < limit {
            let composed = composed(draft.message(of: count))
            if fits(composed.message, composed.payload) {
                best = Digest(payload: composed.payload, count: count)
                known = count
            } else {
                limit = count - 1
            }
            count = (known + limit + 1) / 2
        }
        best?.payload.type = Digest.type
        return best
    }

    private func composed(_ message: Message) -> (message: Message, payload: Payload) {
        (message, payload(of: message))
    }

    private func typesetter(_ brevity: Brevity) -> Typesetter {
        Typesetter(language: language, brevity: brevity, escape: escaped)
    }
}
