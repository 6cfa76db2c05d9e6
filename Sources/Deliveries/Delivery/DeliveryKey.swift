/// Where a delivery stands in the queue: numbers of the store's own making.
package struct DeliveryKey: Sendable, Hashable {
    package var endpoint: Int64
    package var lane: Lane
    package var event: Int64

    package init(endpoint: Int64, lane: Lane, event: Int64) {
        self.endpoint = endpoint
        self.lane = lane
        self.event = event
    }

    /// `dlv_17_2`: the event's and the endpoint's number. The lane follows from them.
    package var id: DeliveryID { DeliveryID(event: event, endpoint: endpoint) }
}
