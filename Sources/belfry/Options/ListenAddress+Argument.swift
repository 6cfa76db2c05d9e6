import ArgumentParser
import Daemon

extension ListenAddress: ExpressibleByArgument {
    public init?(argument: String) {
        self.init(text: argument)
    }

    public var defaultValueDescription: String { description }
}
