/// A delivery's name for people and programs.
package struct DeliveryID: Sendable, Hashable, CustomStringConvertible {
    package var event: Int64
    package var endpoint: Int64

    package init(event: Int64, endpoint: Int64) {
        self.event = event
        self.endpoint = endpoint
    }

    package init?(_ text: String) {
        let parts = text.split(separator: "_", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == "dlv", let event = Int64(parts[1]), let endpoint = Int64(parts[2]) else {
            return nil
        }
        self.init(event: event, endpoint: endpoint)
    }

    package var description: String { "dlv_\(event)_\(endpoint)" }
}
