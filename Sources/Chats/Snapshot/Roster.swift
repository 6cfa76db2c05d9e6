/// A list of people in a group, named as the platform names it. A roster is a set: the platform promises no order.
package enum Roster: String, Sendable, CaseIterable {
    /// Members, by user id.
    case members = "useridlist"
    /// External contacts.
    case guests = "extidlist"
}
