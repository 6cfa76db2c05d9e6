// swift-tools-version: 6.2
import PackageDescription

// One set of rules for every target: the language mode is Swift 6 by the tools version, and a warning is an error.
let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
]

let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let cryptoExtras = Target.Dependency.product(name: "CryptoExtras", package: "swift-crypto")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let lifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let signals = Target.Dependency.product(name: "UnixSignals", package: "swift-service-lifecycle")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let nio = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

func target(_ name: String, _ dependencies: [Target.Dependency] = [], resources: [Resource] = []) -> Target {
    .target(name: name, dependencies: dependencies, resources: resources, swiftSettings: settings)
}

func tests(_ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
    .testTarget(name: name, dependencies: dependencies, exclude: exclude, swiftSettings: settings)
}

// Tests replay what fuzzing has found. A build for fuzzing (scripts/torture fuzz) has a program in their place that looks for more.
let fuzzed: [Target.Dependency] = [
    "Admin", "Chats", "Daemon", "Deliveries", "DingTalk", "HTTPEngine", "JSON", "Store", "Telemetry", "TestKit", "Time",
    logging,
]
let fuzzing: Target =
    Context.environment["BELFRY_FUZZING"] == nil
    ? .testTarget(
        name: "FuzzingTests", dependencies: fuzzed, path: "Tests/Fuzzing",
        exclude: ["Corpus", "Dictionaries", "Program"],
        swiftSettings: settings)
    : .executableTarget(
        name: "belfry-fuzz", dependencies: fuzzed, path: "Tests/Fuzzing",
        exclude: ["Corpus", "Dictionaries", "Replay"],
        swiftSettings: settings + [.unsafeFlags(["-parse-as-library"])])

let package = Package(
    name: "belfry",
    products: [.executable(name: "belfry", targets: ["belfry"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        // Floor 0: C libraries and what imports nothing of ours.
        .systemLibrary(name: "CLinux"),
        .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
        target("Time", ["CLinux"]),
        target("JSON"),
        target("Telemetry", ["JSON", "Time", crypto, logging]),

        // Floor 1: the pure core and the two engines.
        target("EventLoop", ["CLinux"]),
        target("HTTPEngine", ["CCurl", "CLinux", "EventLoop"]),
        target("Chats", ["JSON", "Time", crypto]),
        target("Deliveries", ["Chats", "JSON", "Telemetry", "Time", crypto]),
        target("Scheduling", ["Time"]),

        // Floor 2: where events come from, where they wait, where they go.
        target("DingTalk", ["Chats", "HTTPEngine", "JSON", "Telemetry", "Time"]),
        target("Store", ["CSQLite", "Chats", "Deliveries", "EventLoop", "JSON", "Scheduling", "Time"]),
        target("Watcher", ["Chats", "Deliveries", "DingTalk", "Scheduling", "Store", "Telemetry", "Time", logging]),
        target("Dispatcher", ["Chats", "Deliveries", "HTTPEngine", "Store", "Telemetry", "Time", logging]),

        target(
            "Admin",
            [
                "Chats", "Deliveries", "JSON", "Store", "Telemetry", "Time", crypto, cryptoExtras, hummingbird,
                lifecycle, logging, nio,
            ], resources: [.embedInCode("Dashboard")]),

        // Floor 3: the program.
        target("AdminClient", ["HTTPEngine", "JSON", "Telemetry"]),
        target(
            "Daemon",
            [
                "Admin", "CLinux", "Chats", "Deliveries", "DingTalk", "Dispatcher", "EventLoop", "HTTPEngine", "JSON",
                "Scheduling", "Store", "Telemetry", "Time", "Watcher", lifecycle, logging, signals,
            ]),
        target("DingTalkSimulator", ["JSON", "Time", hummingbird, lifecycle, logging]),
        target("WebhookReceiver", ["Deliveries", "JSON", "Telemetry", "Time", hummingbird, lifecycle, logging]),
        .executableTarget(
            name: "belfry",
            dependencies: [
                "AdminClient", "Chats", "Daemon", "Deliveries", "DingTalkSimulator", "Dispatcher", "EventLoop",
                "HTTPEngine", "JSON", "Telemetry", "Time", "Watcher", "WebhookReceiver",
                arguments, lifecycle, logging, signals,
            ],
            swiftSettings: settings,
            // The static runtime asks that every symbol be exported; nothing loads this program, and the names are 3 MB.
            linkerSettings: [.unsafeFlags(["-Xlinker", "--no-export-dynamic"], .when(configuration: .release))]),

        .executableTarget(
            name: "schedule-benchmark", dependencies: ["Scheduling", "Time"], path: "Benchmarks/ScheduleBenchmark",
            swiftSettings: settings),
        .executableTarget(
            name: "store-benchmark", dependencies: ["Chats", "Deliveries", "Store", "Telemetry", "Time"],
            path: "Benchmarks/StoreBenchmark", swiftSettings: settings),

        .target(
            name: "Simulation",
            dependencies: [
                "Chats", "Deliveries", "DingTalk", "Dispatcher", "HTTPEngine", "JSON", "Scheduling", "Store",
                "Telemetry", "TestKit", "Time", "Watcher", logging,
            ],
            path: "Tests/Simulation", swiftSettings: settings),
        .executableTarget(
            name: "simulation", dependencies: ["JSON", "Simulation"], path: "Tests/SimulationCommand",
            swiftSettings: settings),

        // What tests are made of, and the tests: a folder a target.
        target("TestKit", ["Chats", "Deliveries", "EventLoop", "HTTPEngine", "JSON", "Scheduling", "Store", "Time"]),
        tests("TimeTests", ["Time"]),
        tests("JSONTests", ["JSON"]),
        tests("TelemetryTests", ["Telemetry", "Time"]),
        tests("ChatsTests", ["Chats", "JSON", "TestKit", "Time"]),
        tests(
            "FormatsTests", ["Chats", "Deliveries", "JSON", "TestKit", "Time"], exclude: ["Golden"]),
        tests("DeliveriesTests", ["Chats", "Deliveries", "JSON", "Telemetry", "TestKit", "Time"]),
        tests(
            "DispatcherTests",
            [
                "Chats", "Deliveries", "Dispatcher", "EventLoop", "HTTPEngine", "JSON", "Store", "Telemetry", "TestKit",
                "Time", logging,
            ]),
        tests("EventLoopTests", ["EventLoop"]),
        tests("HTTPEngineTests", ["CCurl", "EventLoop", "HTTPEngine", "TestKit"]),
        tests(
            "DingTalkTests",
            [
                "Chats", "DingTalk", "DingTalkSimulator", "EventLoop", "HTTPEngine", "JSON", "Telemetry", "TestKit",
                "Time",
            ]),
        tests(
            "AdminTests",
            ["Admin", "Chats", "Deliveries", "JSON", "Store", "Telemetry", "TestKit", "Time", lifecycle, logging]),
        tests(
            "WatcherTests",
            [
                "Chats", "Deliveries", "DingTalk", "DingTalkSimulator", "EventLoop", "HTTPEngine", "JSON", "Scheduling",
                "Store", "Telemetry", "TestKit", "Time", "Watcher", lifecycle, logging,
            ]),
        tests("SimulationTests", ["Simulation"]),
        tests("SchedulingTests", ["Scheduling", "Time"]),
        tests(
            "DaemonTests",
            [
                "Admin", "Daemon", "Deliveries", "DingTalk", "HTTPEngine", "JSON", "Telemetry", "TestKit", "Time",
                logging,
            ]),
        tests(
            "StoreTests",
            ["CSQLite", "Chats", "Deliveries", "EventLoop", "JSON", "Scheduling", "Store", "TestKit", "Time"]),
        tests("DingTalkSimulatorTests", ["DingTalkSimulator", "JSON", "TestKit", "Time", lifecycle, logging]),
        tests("WebhookReceiverTests", ["Deliveries", "JSON", "Telemetry", "TestKit", "Time", "WebhookReceiver"]),
        fuzzing,
    ]
)

// Builds that are slow, such as those of the sanitizers, name the tests that they are for: only what those need is built then.
if let tests = Context.environment["BELFRY_TESTS"] {
    var needed: Set<String> = []
    func need(_ name: String) {
        guard let target = package.targets.first(where: { $0.name == name }), needed.insert(name).inserted else {
            return
        }
        for dependency in target.dependencies {
            if case .byNameItem(let name, _) = dependency { need(name) }
        }
    }
    for name in tests.split(separator: ",") { need(String(name)) }
    package.targets.removeAll { !needed.contains($0.name) }
    package.products.removeAll { _ in !needed.contains("belfry") }
}
