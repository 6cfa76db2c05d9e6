import ArgumentParser
import Time

/// An instant on the command line: RFC 3339, a date, or how long ago, such as `2h`.
struct TimeArgument: ExpressibleByArgument {
    let text: String

    init?(argument: String) {
        if let ago = Duration(text: argument) {
            text = (SystemTime.wall - ago).description
        } else if let instant = Timestamp(text: argument) {
            text = instant.description
        } else {
            return nil
        }
    }
}

/// Bounds of a listing in time.
struct TimeOptions: ParsableArguments {
    @Option(help: "Not before this time: 2026-11-23T06:40:00Z, 2026-11-23, or 2h for two hours ago.")
    var since: TimeArgument?

    @Option(help: "Before this time, written likewise.")
    var until: TimeArgument?
}
