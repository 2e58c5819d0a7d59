// swift-tools-version:6.2
import PackageDescription

/// Every target of ours is held to the same rules: Swift 6 mode, explicit imports, and no warnings.
let house: [SwiftSetting] = [
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("ExistentialAny"),
    .treatAllWarnings(as: .error),
]

func room(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: house)
}

/// Tests read their fixtures where they lie in the repository: SwiftPM has nothing to do with them.
func tests(_ name: String, _ dependencies: [Target.Dependency], fixtures: [String] = []) -> Target {
    .testTarget(name: name, dependencies: dependencies, exclude: fixtures, swiftSettings: house)
}

let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let mustache = Target.Dependency.product(name: "Mustache", package: "swift-mustache")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let lifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let unixSignals = Target.Dependency.product(name: "UnixSignals", package: "swift-service-lifecycle")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let hummingbirdCore = Target.Dependency.product(name: "HummingbirdCore", package: "hummingbird")
let nio = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

/// Random damage to workbooks and expressions takes its time, and nobody needs it to build the product: `make fuzz`.
let fuzz: [Target] =
    Context.environment["FORMPOST_FUZZ"] == nil
    ? []
    : [
        .executableTarget(
            name: "fuzz", dependencies: ["XLSForm", "Sheets", "Records"], path: "Tests/Fuzz", swiftSettings: house)
    ]

/// The judging of big tables beside peers: `make bench`.
let benchmark: [Target] =
    Context.environment["FORMPOST_BENCH"] == nil
    ? []
    : [
        .executableTarget(
            name: "judging", dependencies: ["XLSForm", "Sheets", "Records"], path: "Benchmarks/Judging",
            swiftSettings: house)
    ]

let package = Package(
    name: "formpost",
    products: [
        .executable(name: "formpost", targets: ["formpost"])
    ],
    dependencies: [
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        .systemLibrary(name: "CEtpan"),
        .systemLibrary(name: "CGMime", pkgConfig: "gmime-3.0"),
        .systemLibrary(name: "CGnuTLS", pkgConfig: "gnutls"),
        .systemLibrary(name: "CLibXML2", pkgConfig: "libxml-2.0"),
        .systemLibrary(name: "CSeccomp"),
        .systemLibrary(name: "CSodium"),
        .systemLibrary(name: "CXLSXWriter"),
        .systemLibrary(name: "CZip"),

        room("Records"),
        room("Vietnamese"),
        room("Digest", ["CGnuTLS"]),
        room("Zip", ["CZip"]),
        room("Sandbox", ["CSeccomp"]),
        room("Sheets", ["CLibXML2", "CXLSXWriter", "Zip", "Records"]),
        room("XLSForm", ["Sheets", "Vietnamese", "Digest", "Records"]),
        room("Mail", ["CEtpan", "CGMime", "CGnuTLS", "Zip", "Digest", "Records"]),
        room("Campaign", ["Sheets", "XLSForm", "Vietnamese", "Records"]),
        room("Ledger", [grdb, "Digest", "Records"]),
        room("Notices", [mustache, "Vietnamese", "Records"]),
        room(
            "Intake",
            [
                "Records", "Vietnamese", "Digest", "Zip", "Sandbox", "Sheets", "XLSForm", "Mail", "Campaign", "Ledger",
                "Notices", lifecycle, logging,
            ]),
        room("Review", ["Intake", "Ledger", "Notices", "Campaign", "XLSForm", "Records"]),
        room(
            "Exports",
            [
                "Review", "Intake", "Ledger", "Notices", "Campaign", "XLSForm", "Sheets", "Zip", "Vietnamese",
                "Records",
            ]),
        room("Accounts", ["CSodium", "Digest"]),
        room(
            "Console",
            [
                "Accounts", "Digest", "Exports", "Review", "Intake", "Ledger", "Notices", "Campaign", "XLSForm",
                "Sheets", "Mail",
                "Vietnamese", "Records", hummingbird, hummingbirdCore, nio, mustache, logging, lifecycle,
            ]),
        .executableTarget(
            name: "formpost",
            dependencies: [
                "Records", "Vietnamese", "Digest", "Zip", "Sheets", "XLSForm", "Mail", "Campaign", "Ledger", "Notices",
                "Intake", "Exports", "Review", "Accounts", "Console", lifecycle, unixSignals, logging, argumentParser,
                yams,
            ],
            swiftSettings: house),

        .target(
            name: "Support",
            dependencies: ["Records", "Digest", "Zip", "Sheets", "XLSForm", "Mail"],
            path: "Tests/Support",
            swiftSettings: house),
        tests("RecordsTests", ["Records"]),
        tests("VietnameseTests", ["Vietnamese"]),
        tests("DigestTests", ["Digest"]),
        tests("ZipTests", ["Zip", "Support"]),
        tests("SheetsTests", ["Sheets", "Zip", "Records", "Support"], fixtures: ["Fixtures"]),
        tests(
            "XLSFormTests", ["XLSForm", "Sheets", "Vietnamese", "Digest", "Records", "CLibXML2", "Support"],
            fixtures: ["Fixtures"]),
        tests("MailTests", ["Mail", "Zip", "Digest", "Records", "Support"]),
        tests("CampaignTests", ["Campaign", "Sheets", "XLSForm", "Records", "Support"]),
        tests("LedgerTests", ["Ledger", "Digest", "Records", grdb, "Support"]),
        tests("NoticesTests", ["Notices", "Records", "Support"]),
        tests("AccountsTests", ["Accounts"]),
        tests("ConsoleTests", ["Console", "Intake", "Review", "Ledger", "Records"]),
        tests("ExportsTests", ["Exports", "Campaign", "Sheets", "Records", "Support"]),
        tests(
            "IntakeTests",
            [
                "Intake", "Review", "Notices", "Campaign", "Mail", "Ledger", "XLSForm", "Sheets", "Zip", "Records",
                "Support", logging,
            ], fixtures: ["Fixtures"]),
        tests(
            "IntegrationTests",
            [
                "Intake", "Review", "Notices", "Campaign", "Mail", "Ledger", "XLSForm", "Sheets", "Zip", "Records",
                "Support", "formpost", logging,
            ]),
    ] + fuzz + benchmark,
    swiftLanguageModes: [.v6]
)
