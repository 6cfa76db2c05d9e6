/// Compares in a time that depends on the lengths only.
package func constantTimeEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    guard left.count == right.count else { return false }
    var difference: UInt8 = 0
    for (a, b) in zip(left, right) { difference |= a ^ b }
    return difference == 0
}

extension [[UInt8]] {
    /// Throws unless one of these signatures is one of the expected.
    func require(_ expected: [[UInt8]]) throws(VerificationFailure) {
        let isGenuine = contains { given in expected.contains { constantTimeEqual(given, $0) } }
        guard isGenuine else { throw .wrongSignature }
    }
}
