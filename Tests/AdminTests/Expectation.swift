import Testing

extension Ask {
    /// Sends it and expects that status; of an error also the form that all errors have.
    @discardableResult
    func expect(
        _ status: Int, from port: Int, sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> Reply {
        let reply = try await send(to: port)
        let isAsExpected = status < 400 ? reply.status == status : reply.isProblem(status)
        #expect(isAsExpected, "\(self) was answered \(reply.text)", sourceLocation: sourceLocation)
        return reply
    }
}
