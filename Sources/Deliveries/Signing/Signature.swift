/// What a signer adds to a request.
package struct Signature: Sendable, Equatable {
    package struct Header: Sendable, Equatable {
        package var name: String
        package var value: String
        /// What joins the values of several signers; nil where the header has room for one, and the first one's stays.
        package var separator: String?
        /// The front of the value that all signers share and that stands there once: `t=1614265330,` of Stripe's.
        package var lead: String

        package init(name: String, value: String, separator: String? = nil, lead: String = "") {
            self.name = name
            self.value = value
            self.separator = separator
            self.lead = lead
        }
    }

    /// A name and a value, in the URL's query or in the body's object.
    package struct Item: Sendable, Equatable {
        package var name: String
        /// As it is, not percent-encoded.
        package var value: String

        package init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    package var headers: [Header]
    package var query: [Item]
    /// Members of the body's JSON object.
    package var members: [Item]

    package init(headers: [Header] = [], query: [Item] = [], members: [Item] = []) {
        self.headers = headers
        self.query = query
        self.members = members
    }

    /// Where the two cannot both be, this one's part stays.
    package func merged(with other: Signature) -> Signature {
        var result = self
        if result.headers.isEmpty { result.headers = other.headers }
        for header in headers.isEmpty ? [] : other.headers {
            let name = header.name.lowercased()
            guard let index = result.headers.firstIndex(where: { $0.name.lowercased() == name }) else {
                result.headers.append(header)
                continue
            }
            if let separator = header.separator, header.lead == result.headers[index].lead {
                result.headers[index].value += separator + header.value.dropFirst(header.lead.count)
            }
        }
        // Two timestamps with one signature would not belong together: it is all items or none.
        if result.query.isEmpty { result.query = other.query }
        if result.members.isEmpty { result.members = other.members }
        return result
    }
}
