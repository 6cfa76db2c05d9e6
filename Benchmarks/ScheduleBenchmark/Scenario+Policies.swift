extension Scenario {
    /// What is compared on it.
    var policies: [any Policy] {
        let learnable: [any Policy] =
            deviation == nil || callsPerMonth > 5000 ? [] : [InformedIndex(knowledge: .counts)]
        return [LearningPolicy(), RoundRobin(), RateProportional(), FixedInterval(), InformedIndex(knowledge: .rates)]
            + learnable
    }
}
