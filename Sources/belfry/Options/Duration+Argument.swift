public import ArgumentParser
import Time

extension Duration: @retroactive ExpressibleByArgument {
    public init?(argument: String) {
        self.init(text: argument)
    }

    public var defaultValueDescription: String { text }
}
