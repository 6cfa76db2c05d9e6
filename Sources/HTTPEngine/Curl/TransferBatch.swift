/// Exchanges that were begun together, until the last of them has ended: the engine's thread is entered once for all of them,
/// and left once for those that end in one turn.
final class TransferBatch {
    let number: Int
    private let onEnd: @Sendable ([EndedExchange]) -> Void
    private var underWay: Int
    private var ended: [EndedExchange] = []
    /// Resumed when all have ended.
    var continuation: CheckedContinuation<Void, Never>?

    init(number: Int, count: Int, onEnd: @escaping @Sendable ([EndedExchange]) -> Void) {
        self.number = number
        self.onEnd = onEnd
        underWay = count
    }

    /// Takes in an end. True for the first that is yet to be told.
    func note(_ outcome: Transfer.Outcome, of place: Int) -> Bool {
        ended.append(EndedExchange(place: place, outcome: outcome))
        return ended.count == 1
    }

    /// Tells what has ended since the last time.
    func tell() {
        let told = ended
        ended = []
        underWay -= told.count
        onEnd(told)
        if underWay == 0 {
            continuation?.resume()
            continuation = nil
        }
    }
}
