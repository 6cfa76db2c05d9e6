import JSON

/// A part of a template's body, read.
indirect enum TemplateNode: Sendable, Equatable {
    case constant(JSONValue)
    /// A string that is one placeholder, and takes its value with its type.
    case placeholder(Placeholder)
    case text([Segment])
    case array([TemplateNode])
    case object([Member])

    struct Member: Sendable, Equatable {
        var key: String
        var value: TemplateNode
    }

    enum Segment: Sendable, Equatable {
        case literal(String)
        case placeholder(Placeholder)
    }
}
