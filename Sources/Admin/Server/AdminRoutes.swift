import Logging

/// Everything that can be asked.
enum AdminRoutes {
    static func all(
        _ configuration: AdminConfiguration, _ backing: Backing, version: String, logger: Logger
    ) -> RouteTable {
        let slots = StreamSlots(configuration.limits.streams)
        let described =
            HealthRoutes.all(backing) + StatusRoute.all(backing) + ChatRoutes.all(backing) + PollRoute.all(backing)
            + EventRoutes.all(backing) + DeliveryRoutes.all(backing) + ReplayRoutes.all(backing)
            + EndpointRoutes.all(backing) + EndpointActions.all(backing) + MaintenanceRoutes.all(backing)
            + StreamRoute.all(backing, slots: slots)
        return RouteTable(
            described + OpenAPIRoute.all(describing: described, configuration, version: version)
                + DashboardRoutes.all
                + CallbackRoute.all(
                    configuration, operations: backing.operations, time: backing.time, logger: logger))
    }
}
