/// What a descriptor is watched for, or found ready for.
package struct Readiness: OptionSet, Sendable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    package static let read = Readiness(rawValue: 1)
    package static let write = Readiness(rawValue: 2)
    /// An error or a hang-up: only ever reported, and without being asked for.
    package static let error = Readiness(rawValue: 4)
}
