/// Any JSON value.
///
/// A number is `.integer` when it is written without fraction and exponent and fits; every other number is `.double`.
package enum JSONValue: Sendable, Equatable {
    case null
    case bool(Bool)
    case integer(Int64)
    case double(Double)
    case string(String)
    case array([JSONValue])
    case object(JSONObject)
}

// In the file of `JSONValue` because the two are one recursive type.
/// The members of a JSON object in their written order; equality does not mind the order.
///
/// Keys are told apart by their code units (RFC 8259 §8.3), not by Unicode's canonical equivalence.
package struct JSONObject: Sendable {
    package private(set) var members: [(key: String, value: JSONValue)] = []

    // Empty as long as looking through the members is quicker than hashing a key.
    private var offsets: [MemberName: Int] = [:]
    private static let indexedFrom = 16

    package init() {}

    /// Of members with the same key the last one's value holds, in the place of the first.
    package init(_ members: [(key: String, value: JSONValue)]) {
        self.members.reserveCapacity(members.count)
        for member in members {
            self[member.key] = member.value
        }
    }

    /// Nil for a key that is absent; setting nil removes the member.
    package subscript(key: String) -> JSONValue? {
        get {
            offset(of: key).map { members[$0].value }
        }
        set {
            switch (offset(of: key), newValue) {
            case (let offset?, let value?): members[offset].value = value
            case (nil, let value?): append(key, value)
            case (let offset?, nil): remove(at: offset)
            case (nil, nil): break
            }
        }
    }

    private func offset(of key: String) -> Int? {
        let name = MemberName(text: key)
        return offsets.isEmpty ? members.firstIndex { MemberName(text: $0.key) == name } : offsets[name]
    }

    private mutating func append(_ key: String, _ value: JSONValue) {
        members.append((key, value))
        if !offsets.isEmpty {
            offsets[MemberName(text: key)] = members.count - 1
        } else if members.count == Self.indexedFrom {
            indexMembers()
        }
    }

    private mutating func remove(at offset: Int) {
        members.remove(at: offset)
        if !offsets.isEmpty {
            offsets.removeAll(keepingCapacity: true)
            indexMembers()
        }
    }

    private mutating func indexMembers() {
        for (offset, member) in members.enumerated() {
            offsets[MemberName(text: member.key)] = offset
        }
    }
}

extension JSONObject: Equatable {
    package static func == (left: JSONObject, right: JSONObject) -> Bool {
        left.members.count == right.members.count && left.members.allSatisfy { right[$0.key] == $0.value }
    }
}
