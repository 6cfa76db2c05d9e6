import Chats
import Deliveries
import Store
import Time

/// Lists that several routes show.
extension Backing {
    /// Those that are known to the store, in the order in which it came to know them, then those that are not yet.
    func endpoints() async throws(Problem) -> [EndpointResource] {
        let (states, due) = try await stored { store throws(StoreError) in
            (try await store.endpointStates(), try await store.oldestDue())
        }
        var reports: [String: EndpointReport] = [:]
        for report in await operations.endpoints() { reports[report.endpoint.name] = report }
        let known = states.map { state in
            EndpointResource(
                state: state, report: reports.removeValue(forKey: state.name), oldestDueAt: due[state.number])
        }
        let new = reports.values.sorted { $0.endpoint.name < $1.endpoint.name }.map { report in
            EndpointResource(state: EndpointState(number: .max, name: report.endpoint.name), report: report)
        }
        return known + new
    }

    func endpoint(_ name: String) async throws(Problem) -> EndpointResource {
        guard let endpoint = try await endpoints().first(where: { $0.state.name == name }) else {
            throw .notFound("no endpoint is named \"\(name)\"")
        }
        return endpoint
    }

    func status() async throws(Problem) -> StatusResource {
        let endpoints = try await endpoints()
        let bytes = try await stored { store throws(StoreError) in try await store.size() }
        let program = await operations.program()
        let watch = await operations.watch()
        let budget = await operations.budget()
        let health = Health(
            watch: watch, budget: budget, endpoints: endpoints, storeBytes: bytes, storeLimit: program.storeLimit,
            now: time.steady)
        return StatusResource(
            program: program, now: time.now, health: health, watch: watch, budget: budget,
            queue: StatusResource.Queue(endpoints), endpoints: StatusResource.Endpoints(endpoints),
            store: StatusResource.StoreUse(path: program.storePath, bytes: bytes, maxBytes: program.storeLimit))
    }
}

extension StatusResource.Queue {
    fileprivate init(_ endpoints: [EndpointResource]) {
        for endpoint in endpoints {
            pending += endpoint.state.counts.pending
            delivered += endpoint.state.counts.delivered
            dead += endpoint.state.counts.dead
        }
        oldestDueAt = endpoints.compactMap(\.oldestDueAt).min()
    }
}

extension StatusResource.Endpoints {
    fileprivate init(_ endpoints: [EndpointResource]) {
        for endpoint in endpoints where endpoint.isConfigured {
            switch endpoint.state.condition {
            case .active: active += 1
            case .failing: failing += 1
            case .paused: paused += 1
            case .disabled: disabled += 1
            }
        }
    }
}
