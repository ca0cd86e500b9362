// swift-tools-version: 6.3
import PackageDescription

// Installing a plugin is one line here, and an import and a line in Sources/Host/InstalledPlugins.swift.
// Each name is a folder `Plugins/<Name>/{Sources,Tests,README.md}` that becomes the module `<Name>Plugin`.
let plugins = [
    "Amazon",
    "Apprise",
    "BigCommerce",
    "DigitalOcean",
    "Discord",
    "Ebay",
    "Email",
    "Gotify",
    "Magento",
    "Multipass",
    "Ntfy",
    "PrestaShop",
    "Pushover",
    "Resend",
    "Shopify",
    "Slack",
    "Telegram",
    "Webhook",
    "WooCommerce",
]
// A plugin stands alone, but for one that says the same as another by another door, and one that draws pictures.
let pluginsBelow = ["Email": ["CZlib"], "Resend": ["EmailPlugin"]]

// Rooms, lowest first: a target may name only targets above it. The build refuses an import that is not named here
// (scripts/build passes --explicit-target-dependency-import-check error).
let rooms: [Target] = [
    .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
    .systemLibrary(name: "CHiredis", pkgConfig: "hiredis", providers: [.apt(["libhiredis-dev"])]),
    .systemLibrary(name: "CMalloc"),
    .systemLibrary(name: "CPostgres", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
    .systemLibrary(name: "CXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .target(name: "Model"),
    .target(name: "Markup", dependencies: ["CXML2", "Model"]),
    .target(name: "PluginAPI", dependencies: ["Model", "Markup", logging]),
    .target(name: "Extraction", dependencies: ["Markup", "Model", "PluginAPI"]),
    .target(name: "Fetch", dependencies: ["CCurl", "Model", "PluginAPI", logging, metrics]),
    .target(name: "SQL", dependencies: ["CPostgres", grdb, sqlite, logging, metrics]),
    .target(name: "Store", dependencies: ["SQL", "Model"]),
    .target(name: "Queue", dependencies: ["CHiredis", "SQL", "Model", logging]),
    .target(
        name: "Monitoring",
        dependencies: [
            "Store", "SQL", "Queue", "Fetch", "Extraction", "PluginAPI", "Model", crypto, cryptoExtras, logging,
            metrics,
        ]
    ),
    .target(name: "Moving", dependencies: ["CZlib", "Store", "SQL", "Markup", "Model", crypto]),
    .target(name: "Deploy", dependencies: ["PluginAPI", "Model", crypto, logging, subprocess]),
    .target(name: "Operations", dependencies: ["Model", logging, metrics, hummingbird, lifecycle]),
    .target(
        name: "Web",
        dependencies: [
            "Monitoring", "Operations", "PluginAPI", "Model", hummingbird, hummingbirdCore, nioCore, mustache, logging,
        ],
        exclude: ["Templates", "Assets"]
    ),
    .executableTarget(
        name: "Host",
        dependencies: [
            "Web", "Operations", "Deploy", "Moving", "Monitoring", "Queue", "Store", "SQL", "Fetch", "Extraction",
            "PluginAPI", "Markup", "Model", "CMalloc",
            arguments, crypto, configuration, lifecycle, logging, metrics, hummingbird, subprocess,
        ] + plugins.map { .target(name: "\($0)Plugin") }
    ),
    .target(
        name: "TestSupport",
        dependencies: ["SQL", "Deploy", "PluginAPI", "Model", "Markup", hummingbird, subprocess, crypto, logging],
        exclude: [
            "smtp-sink.py", "fake-multipass.py", "Machine/fake-coolify.py", "Machine/coolify",
            "Machine/machine", "Services/GitHub/fake-github.py",
        ]
    ),
]

// containers/Dockerfile builds without the tests, so that a change to one leaves what it built before as it is.
let isWithoutTests = Context.environment["WITHOUT_TESTS"] != nil

let suites: [Target] = [
    .testTarget(name: "ModelTests", dependencies: ["Model", "TestSupport"]),
    .testTarget(name: "MarkupTests", dependencies: ["Markup", "Model"]),
    .testTarget(name: "ExtractionTests", dependencies: ["Extraction", "Markup", "Model", "PluginAPI", subprocess]),
    .testTarget(name: "FetchTests", dependencies: ["Fetch", "Model", "PluginAPI", "TestSupport", logging]),
    .testTarget(name: "SQLTests", dependencies: ["SQL", "TestSupport"]),
    .testTarget(name: "StoreTests", dependencies: ["Store", "SQL", "Model", "TestSupport"]),
    .testTarget(
        name: "QueueTests",
        dependencies: ["Queue", "SQL", "Model", "TestSupport"],
        exclude: ["Redis/bullmq-client.py", "Redis/Fixtures"]
    ),
    .testTarget(
        name: "MonitoringTests",
        dependencies: [
            "Monitoring", "Store", "Queue", "SQL", "Fetch", "Extraction", "PluginAPI", "Model", "TestSupport", logging,
        ]
    ),
    .testTarget(
        name: "MovingTests",
        dependencies: ["CZlib", "Moving", "Store", "Queue", "SQL", "Model", "TestSupport"]
    ),
    .testTarget(
        name: "DeployTests",
        dependencies: ["Deploy", "Fetch", "PluginAPI", "Model", "TestSupport", crypto, logging],
        exclude: ["Registry/docker-logins.py", "Machine/called.sh", "Backup/docker-database.sh"]
    ),
    .testTarget(name: "OperationsTests", dependencies: ["Operations", "Model", "TestSupport", logging, metrics]),
    .testTarget(
        name: "WebTests",
        dependencies: [
            "Web", "Monitoring", "Operations", "Extraction", "Queue", "Store", "SQL", "PluginAPI", "Model",
            "TestSupport",
            hummingbird, logging, subprocess,
        ]
    ),
    // Starts the real binary, so it builds with it.
    .testTarget(
        name: "EndToEndTests",
        dependencies: ["Host", "Store", "SQL", "Model", "TestSupport", subprocess, logging],
        exclude: ["Faults/bullmq-worker.py"]
    ),
    // The image and what ships it: their files, without building anything.
    .testTarget(name: "ShippingTests", dependencies: ["Host", "Web", "TestSupport", subprocess]),
    .testTarget(
        name: "HostTests",
        dependencies: [
            "Host", "Web", "Operations", "Deploy", "Moving", "Monitoring", "Queue", "Store", "SQL", "Fetch",
            "PluginAPI", "Model", "Markup", "TestSupport",
            arguments, configuration, lifecycle, subprocess, logging,
        ]
    ),
]

let pluginTargets: [Target] = plugins.flatMap { name -> [Target] in
    [
        .target(
            name: "\(name)Plugin",
            dependencies: ["PluginAPI", "Model", "Markup"] + (pluginsBelow[name] ?? []).map { .target(name: $0) },
            path: "Plugins/\(name)/Sources"
        ),
        .testTarget(
            name: "\(name)PluginTests",
            dependencies: [.target(name: "\(name)Plugin"), "PluginAPI", "Model", "Markup", "TestSupport", logging]
                + (pluginsBelow[name] ?? []).map { .target(name: $0) },
            path: "Plugins/\(name)/Tests",
            exclude: ["Fixtures"]
        ),
    ]
}

// Only where scripts/fuzz builds, since it needs libFuzzer's runtime.
let fuzzing: [Target] =
    Context.environment["FUZZING"] == nil
    ? []
    : [
        .systemLibrary(name: "CFuzzer", path: "Tests/Fuzzing/CFuzzer"),
        .executableTarget(
            name: "Fuzzing",
            dependencies: ["CFuzzer", "Extraction", "ShopifyPlugin", "PluginAPI", "Markup", "Model", logging],
            path: "Tests/Fuzzing/Sources"
        ),
    ]

// Only where scripts/bench builds.
let benchmarks: [Target] =
    Context.environment["BENCHMARKS"] == nil
    ? []
    : [
        .executableTarget(
            name: "queue-benchmark",
            dependencies: ["Queue", "Model", logging],
            path: "Tests/Benchmarks/Queue"
        )
    ]

let package = Package(
    name: "price-monitoring-agent",
    platforms: [.macOS(.v15)],
    products: [.executable(name: "host", targets: ["Host"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
    ],
    targets: (rooms + pluginTargets + suites + fuzzing + benchmarks)
        .filter { !isWithoutTests || $0.type != .test }
)

var arguments: Target.Dependency { .product(name: "ArgumentParser", package: "swift-argument-parser") }
var configuration: Target.Dependency { .product(name: "Configuration", package: "swift-configuration") }
var crypto: Target.Dependency { .product(name: "Crypto", package: "swift-crypto") }
var cryptoExtras: Target.Dependency { .product(name: "CryptoExtras", package: "swift-crypto") }
var grdb: Target.Dependency { .product(name: "GRDB", package: "GRDB.swift") }
var sqlite: Target.Dependency { .product(name: "GRDBSQLite", package: "GRDB.swift") }
var hummingbird: Target.Dependency { .product(name: "Hummingbird", package: "hummingbird") }
var hummingbirdCore: Target.Dependency { .product(name: "HummingbirdCore", package: "hummingbird") }
var lifecycle: Target.Dependency { .product(name: "ServiceLifecycle", package: "swift-service-lifecycle") }
var logging: Target.Dependency { .product(name: "Logging", package: "swift-log") }
var metrics: Target.Dependency { .product(name: "Metrics", package: "swift-metrics") }
var mustache: Target.Dependency { .product(name: "Mustache", package: "swift-mustache") }
var nioCore: Target.Dependency { .product(name: "NIOCore", package: "swift-nio") }
var subprocess: Target.Dependency { .product(name: "Subprocess", package: "swift-subprocess") }

let houseRules: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .treatAllWarnings(as: .error),
    .treatWarning("ExplicitSendable", as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .enableUpcomingFeature("InferIsolatedConformances"),
    .enableUpcomingFeature("ImmutableWeakCaptures"),
]
for target in package.targets where target.type != .system {
    target.swiftSettings = (target.swiftSettings ?? []) + houseRules
}
