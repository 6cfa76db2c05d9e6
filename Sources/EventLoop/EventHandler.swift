/// What the event loop calls, always on its own thread and never from inside another call of the same handler.
package protocol EventHandler: AnyObject, Sendable {
    /// A watched descriptor is ready. It may be late: a descriptor that was closed in this turn can still be reported.
    func descriptor(_ descriptor: Int32, isReadyFor readiness: Readiness)

    /// The deadline has passed; it is cleared before this call.
    func deadlinePassed()

    /// All that this turn brought has been reported, to this handler and to others.
    func turnEnded()
}
