import Deliveries
import JSON
import Time

extension Configuration {
    /// Reads a file, and the files that it names. Throws every problem at once.
    package static func load(
        file: String, environment: [String: String]
    ) throws(ConfigurationError) -> Configuration {
        try Configuration(ConfigurationReading(file: file, environment: environment))
    }

    package init(parsing bytes: [UInt8], source: ConfigurationSource) throws(ConfigurationError) {
        try self.init(ConfigurationReading(parsing: bytes, source: source))
    }

    private init(_ reading: ConfigurationReading) throws(ConfigurationError) {
        var configuration = Configuration(ConfigurationNode(root: reading))
        try reading.throwProblems()
        configuration?.warnings = reading.orderedWarnings
        guard let configuration else {
            // Nothing may be left out without a word; should it happen, say so rather than run on half a configuration.
            throw ConfigurationError([ConfigurationProblem(file: reading.source.file, message: "is incomplete")])
        }
        self = configuration
    }

    private init?(_ node: ConfigurationNode) {
        let object = ConfigurationObject(node, TopKey.self)
        let problemsBefore = node.reading.problems.count
        let dingTalk = DingTalkSettings(object.required(.dingtalk))
        let problemsSoFar = node.reading.problems.count
        let watch = WatchSettings(object.required(.watch))
        // Where a chat could not be read, an endpoint that names it is not to blame.
        let chats = node.reading.problems.count == problemsSoFar ? watch.map(KnownChats.init) : nil
        // Only figures that were all understood can be compared.
        if node.reading.problems.count == problemsBefore, let dingTalk, let watch {
            object[.watch].compareBudget(of: watch, with: CallLimit.limits(of: dingTalk))
        }
        let network = NetworkSettings(object[.network])
        let endpoints = Self.endpoints(object.required(.endpoints), chats, network)
        let storage = StorageSettings(object[.storage])
        let admin = AdminSettings(object[.admin])
        let log = LogSettings(object[.log])
        let shutdownTimeout = object.duration(.shutdownTimeout)
        guard let dingTalk, let watch else { return nil }
        self.init(
            dingTalk: dingTalk, watch: watch, endpoints: endpoints, storage: storage, admin: admin, network: network,
            log: log, shutdownTimeout: shutdownTimeout ?? .seconds(20))
    }

    private static func endpoints(
        _ node: ConfigurationNode, _ chats: KnownChats?, _ network: NetworkSettings
    ) -> [EndpointSettings] {
        var places: [String: String] = [:]
        return (node.elements ?? []).compactMap { element in
            guard let settings = EndpointSettings(element, chats: chats, network: network) else { return nil }
            let name = settings.endpoint.name
            let place = element.member("name").position?.description ?? ""
            if let first = places.updateValue(place, forKey: name) {
                element.member("name").report("the name \"\(name)\" is given twice, first at \(first)")
            }
            return settings
        }
    }
}
