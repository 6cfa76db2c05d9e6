import Deliveries
import Time

extension WritingSession {
    func claim(_ request: ClaimRequest) throws(SQLiteError) -> Claim {
        newestClaim = max(newestClaim ?? request.now, request.now)
        return try database.snapshot { () throws(SQLiteError) in try lookUp(request) }
    }

    private func lookUp(_ request: ClaimRequest) throws(SQLiteError) -> Claim {
        var due = try lanesDue(request)
        let hasMore = due.count > request.lanes
        if hasMore { due.removeLast() }
        var lanes: [Claim.ClaimedLane] = []
        lanes.reserveCapacity(due.count)
        for filed in due {
            let lane = Lane(number: filed.lane)
            let deliveries = try front(of: lane, endpoint: request.endpoint, limit: request.perLane)
            if !deliveries.isEmpty {
                lanes.append(Claim.ClaimedLane(lane: lane, due: filed.due, deliveries: deliveries))
            }
        }
        return Claim(lanes: lanes, nextDue: hasMore ? nil : try nextDue(request), hasMore: hasMore)
    }

    /// One more than asked for, to tell whether there are more.
    private func lanesDue(_ request: ClaimRequest) throws(SQLiteError) -> [FiledLane] {
        var due: [FiledLane] = []
        try database.rows(
            "SELECT due, lane FROM lanes WHERE endpoint = ?1 AND due <= ?2 ORDER BY due, lane", request.endpoint,
            request.now
        ) { row in
            let filed = FiledLane(due: Timestamp(milliseconds: row.integer(0)), lane: row.integer(1))
            if !request.held.contains(Lane(number: filed.lane)) { due.append(filed) }
            return due.count <= request.lanes
        }
        return due
    }

    private func nextDue(_ request: ClaimRequest) throws(SQLiteError) -> Timestamp? {
        var next: Timestamp?
        try database.rows(
            "SELECT due, lane FROM lanes WHERE endpoint = ?1 AND due > ?2 ORDER BY due, lane", request.endpoint,
            request.now
        ) { row in
            if request.held.contains(Lane(number: row.integer(1))) { return true }
            next = Timestamp(milliseconds: row.integer(0))
            return false
        }
        return next
    }

    private func front(of lane: Lane, endpoint: Int64, limit: Int) throws(SQLiteError) -> [Delivery] {
        var deliveries: [Delivery] = []
        try database.rows(
            """
            SELECT p.event, p.queued_at,
                max(p.attempts, ifnull((SELECT max(number) FROM open_attempts WHERE endpoint = ?1 AND event = p.event), 0)),
                p.failures, e.id, e.body
            FROM pending AS p CROSS JOIN events AS e ON e.number = p.event
            WHERE p.endpoint = ?1 AND p.lane = ?2 ORDER BY p.event LIMIT ?3
            """, endpoint, lane.number, limit
        ) { row in
            deliveries.append(
                Delivery(
                    key: DeliveryKey(endpoint: endpoint, lane: lane, event: row.integer(0)),
                    event: StoredEvent(id: row.text(4), body: row.bytes(5)),
                    queuedAt: Timestamp(milliseconds: row.integer(1)), attempts: Int(row.integer(2)),
                    failures: Int(row.integer(3))))
            return true
        }
        return deliveries
    }
}
