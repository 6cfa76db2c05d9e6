/// A textual property of a group, named as the platform names it.
package enum Label: String, Sendable, CaseIterable {
    case name
    /// The owner's user id.
    case owner
    /// A media id.
    case icon
}
