/// A key under the equality that JSON means: code unit by code unit.
struct MemberName: Hashable {
    let text: String

    static func == (left: MemberName, right: MemberName) -> Bool {
        // The first test is quick for the usual case of ASCII; only what passes it can be equal in code units.
        left.text == right.text && left.text.utf8.elementsEqual(right.text.utf8)
    }
}
