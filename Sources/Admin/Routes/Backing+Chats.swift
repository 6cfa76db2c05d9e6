import Store
import Time

extension Backing {
    /// How many chats are looked up at once.
    private static let batch = 500

    /// Configured chats behind an id, in the order of their ids.
    func chats(
        in state: ChatResource.State?, after id: String?, limit: Int
    ) async throws(Problem) -> [ChatResource] {
        if let stored = state?.stored { return try await chats(in: stored, after: id, limit: limit) }
        var found: [ChatResource] = []
        var last = id
        while found.count < limit {
            let reports = await operations.chats(after: last, limit: Self.batch)
            let chats = try await withSummaries(reports)
            found += state == nil ? chats : chats.filter { $0.state == state }
            last = reports.last?.id
            if reports.count < Self.batch { break }
        }
        return Array(found.prefix(limit))
    }

    /// The one configured chat of that id or label, or none.
    func chats(named name: String) async throws(Problem) -> [ChatResource] {
        guard let report = await operations.chat(name) else { return [] }
        return try await withSummaries([report])
    }

    /// A rare state is found by the store's own index of it. Chats that are configured no more are passed over.
    private func chats(
        in state: ChatSummary.State, after id: String?, limit: Int
    ) async throws(Problem) -> [ChatResource] {
        var found: [ChatResource] = []
        var last = id
        while found.count < limit {
            let query = ChatQuery(state: state, after: last, limit: Self.batch)
            let summaries = try await stored { store throws(StoreError) in try await store.chats(query) }
            for summary in summaries {
                guard let report = await operations.chat(summary.id), report.id == summary.id else { continue }
                found.append(ChatResource(id: summary.id, report: report, summary: summary))
            }
            last = summaries.last?.id
            if summaries.count < Self.batch { break }
        }
        return Array(found.prefix(limit))
    }

    private func withSummaries(_ reports: [ChatReport]) async throws(Problem) -> [ChatResource] {
        let query = ChatQuery(ids: Set(reports.map(\.id)), limit: reports.count)
        let summaries = try await stored { store throws(StoreError) in try await store.chats(query) }
        let byID = Dictionary(summaries.map { ($0.id, $0) }) { first, _ in first }
        return reports.map { ChatResource(id: $0.id, report: $0, summary: byID[$0.id]) }
    }
}

extension ChatResource.State {
    /// Nil for the one that the store knows nothing of.
    fileprivate var stored: ChatSummary.State? {
        switch self {
        case .new: nil
        case .watched: .watched
        case .unreachable: .unreachable
        case .dismissed: .dismissed
        }
    }
}
