import JSON

/// `POST /api/v1/reload`, `POST /api/v1/backup`
enum MaintenanceRoutes {
    static func all(_ backing: Backing) -> [Route] {
        [
            Route(
                .post, "/api/v1/reload",
                RouteDocumentation(
                    "reload", "Reads the configuration again, all or nothing. A 422 lists what is wrong with it.",
                    answers: .json("What is different now.", Reloaded.schema))
            ) { _ throws(Problem) in
                switch await backing.operations.reload() {
                case .reloaded(let changes): return .json(Reloaded(changes: changes))
                case .refused(let problems):
                    throw Problem(
                        422, "the configuration has mistakes; the old one stays in force",
                        extensions: ["problems": problems.json])
                }
            },
            Route(
                .post, "/api/v1/backup",
                RouteDocumentation(
                    "backup", "Copies the store while it is used. A 409 says why it could not.", body: requestSchema,
                    answers: .json("The copy.", Copied.schema))
            ) { call throws(Problem) in
                let body = BodyMembers(try call.object())
                try body.allow("path")
                let path = try body.text("path")
                guard path.hasPrefix("/"), !path.utf8.contains(0) else {
                    throw body.malformed("path", "an absolute path of this machine")
                }
                switch await backing.operations.backup(to: path) {
                case .written(let bytes): return .json(Copied(path: path, bytes: bytes))
                case .refused(let reason): throw .conflict(reason)
                }
            },
        ]
    }

    private static let requestSchema = Schema.object(
        [("path", Schema.text(matching: "^/[^\\u0000]*$").described("Absolute, and of no file that exists."))],
        required: ["path"]
    ).named("BackupRequest")
}

private struct Reloaded: Resource {
    var changes: [String]

    static let name = "Reloaded"
    static let fields: [Field<Self>] = [Field("changes", "Empty when nothing is different.") { $0.changes }]
}

private struct Copied: Resource {
    var path: String
    var bytes: Int

    static let name = "Backup"
    static let fields: [Field<Self>] = [Field("path") { $0.path }, Field("bytes") { $0.bytes }]
}
