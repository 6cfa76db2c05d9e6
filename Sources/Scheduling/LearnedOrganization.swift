/// What is to be kept over a restart of all chats together.
package struct LearnedOrganization: Sendable, Equatable {
    package var prior: RatePrior
    /// Changes seen, and changes an even week would have had, by hour of the week: 168 figures each.
    package var hourChanges: [Double]
    package var hourExpected: [Double]

    package init(prior: RatePrior, hourChanges: [Double], hourExpected: [Double]) {
        self.prior = prior
        self.hourChanges = hourChanges
        self.hourExpected = hourExpected
    }
}
