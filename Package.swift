// swift-tools-version: 6.3

import PackageDescription

/// Every strict setting of the language is on, and a warning is an error.
let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .enableUpcomingFeature("InferIsolatedConformances"),
    .enableUpcomingFeature("ImmutableWeakCaptures"),
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
]

// MARK: Third-party products, by what they are for

let argumentParser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let asyncHTTPClient: Target.Dependency = .product(name: "AsyncHTTPClient", package: "async-http-client")
let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let cryptoExtras: Target.Dependency = .product(name: "CryptoExtras", package: "swift-crypto")
let httpTypes: Target.Dependency = .product(name: "HTTPTypes", package: "swift-http-types")
let hummingbird: Target.Dependency = .product(name: "Hummingbird", package: "hummingbird")
let hummingbirdCore: Target.Dependency = .product(name: "HummingbirdCore", package: "hummingbird")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let deque: Target.Dependency = .product(name: "DequeModule", package: "swift-collections")
let serviceLifecycle: Target.Dependency = .product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let unixSignals: Target.Dependency = .product(name: "UnixSignals", package: "swift-service-lifecycle")
let subprocess: Target.Dependency = .product(name: "Subprocess", package: "swift-subprocess")
let systemPackage: Target.Dependency = .product(name: "SystemPackage", package: "swift-system")
let nioCore: Target.Dependency = .product(name: "NIOCore", package: "swift-nio")
let nioPosix: Target.Dependency = .product(name: "NIOPosix", package: "swift-nio")
let nioHTTP1: Target.Dependency = .product(name: "NIOHTTP1", package: "swift-nio")
let nioSSL: Target.Dependency = .product(name: "NIOSSL", package: "swift-nio-ssl")
let nioEmbedded: Target.Dependency = .product(name: "NIOEmbedded", package: "swift-nio")
let nioExtras: Target.Dependency = .product(name: "NIOExtras", package: "swift-nio-extras")

/// A library of this package.
func library(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

/// An executable of this package.
func executable(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .executableTarget(name: name, dependencies: dependencies, swiftSettings: strict)
}

/// The unit tests of one target, in `Tests/<target>Tests`.
func tests(_ name: String, _ dependencies: [Target.Dependency] = [], data: [String] = []) -> Target {
    .testTarget(
        name: "\(name)Tests",
        dependencies: [.target(name: name)] + dependencies,
        exclude: data,
        swiftSettings: strict
    )
}

let package = Package(
    name: "huaweicloud-mcp-servers",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "ecs-mcp-server", targets: ["ECSServer"]),
        .executable(name: "pipeline-mcp-server", targets: ["PipelineServer"]),
        .executable(name: "cts-mcp-server", targets: ["CTSServer"]),
        .executable(name: "mcp-gateway", targets: ["Gateway"]),
        .executable(name: "huaweicloud-simulator", targets: ["CloudSimulator"]),
        .executable(name: "conformance-server", targets: ["ConformanceServer"]),
        .executable(name: "micro-benchmarks", targets: ["MicroBenchmarks"]),
        .library(name: "JSONRPC", targets: ["JSONRPC"]),
        .library(name: "MCP", targets: ["MCP"]),
        .library(name: "MCPServer", targets: ["MCPServer"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0", traits: []),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2", traits: []),
    ],
    targets: [
        // Floor 1: knows nothing of MCP and nothing of the cloud.
        library("JSONRPC", []),
        library("ProcessSupport", ["JSONRPC", logging, crypto]),
        library("AuthCommon", ["JSONRPC", "ProcessSupport", crypto]),

        // Floor 2: one protocol each.
        library("MCP", ["JSONRPC"]),
        library(
            "HuaweiCloud",
            ["JSONRPC", "ProcessSupport", crypto, asyncHTTPClient, httpTypes, logging, nioCore, nioPosix, nioHTTP1, nioSSL]
        ),

        // Floor 3: the server framework and its transports.
        library(
            "MCPServer",
            [
                "JSONRPC", "MCP", "ProcessSupport", "AuthCommon", crypto, deque, httpTypes, hummingbird, hummingbirdCore, logging, nioCore,
                nioPosix,
                serviceLifecycle,
            ]
        ),

        // Floor 4: what the three cloud servers share.
        library(
            "CloudServer",
            [
                "JSONRPC", "ProcessSupport", "AuthCommon", "MCP", "MCPServer", "HuaweiCloud", argumentParser, crypto, httpTypes, logging,
                nioCore, nioPosix, serviceLifecycle, unixSignals,
            ]
        ),

        // Floor 5: the executables.
        executable("ECSServer", ["JSONRPC", "AuthCommon", "MCP", "MCPServer", "HuaweiCloud", "CloudServer", argumentParser]),
        executable(
            "PipelineServer",
            ["JSONRPC", "ProcessSupport", "AuthCommon", "MCP", "MCPServer", "HuaweiCloud", "CloudServer", argumentParser, crypto]
        ),
        executable(
            "CTSServer",
            ["JSONRPC", "ProcessSupport", "AuthCommon", "MCP", "MCPServer", "HuaweiCloud", "CloudServer", argumentParser]
        ),
        executable(
            "Gateway",
            [
                "JSONRPC", "ProcessSupport", "AuthCommon", argumentParser, asyncHTTPClient, crypto, cryptoExtras, deque, httpTypes,
                hummingbird, hummingbirdCore, logging, nioCore, nioPosix, nioHTTP1, nioExtras, serviceLifecycle, subprocess, systemPackage,
            ]
        ),
        executable(
            "CloudSimulator",
            [
                "JSONRPC", "ProcessSupport", "HuaweiCloud", argumentParser, crypto, httpTypes, hummingbird, hummingbirdCore, logging,
                nioCore, nioPosix, nioHTTP1, serviceLifecycle,
            ]
        ),

        // The server that the conformance scenarios expect, on the framework of floor 3.
        .executableTarget(
            name: "ConformanceServer",
            dependencies: [
                "JSONRPC", "ProcessSupport", "AuthCommon", "MCP", "MCPServer", argumentParser, logging, nioPosix, serviceLifecycle,
                unixSignals,
            ],
            path: "Tests/ConformanceServer",
            swiftSettings: strict
        ),

        // What the tests of the cloud servers share.
        .target(
            name: "TestSupport",
            dependencies: ["JSONRPC", "ProcessSupport", "AuthCommon", "MCP", "MCPServer", "HuaweiCloud", "CloudServer"],
            path: "Tests/TestSupport",
            swiftSettings: strict
        ),

        // What operations cost: allocations are counted exactly, and compared with Benchmarks/budgets.json.
        .target(name: "AllocationCounter", path: "Benchmarks/AllocationCounter"),
        .target(
            name: "BenchmarkKit",
            dependencies: ["AllocationCounter", "JSONRPC", "ProcessSupport"],
            path: "Benchmarks/BenchmarkKit",
            swiftSettings: strict
        ),
        .executableTarget(
            name: "MicroBenchmarks",
            dependencies: [
                "BenchmarkKit", "JSONRPC", "ProcessSupport", "AuthCommon", "MCP", "HuaweiCloud", "MCPServer", "CloudServer", argumentParser,
                crypto,
            ],
            path: "Benchmarks/MicroBenchmarks",
            swiftSettings: strict
        ),

        tests("JSONRPC"),
        tests("ProcessSupport", ["JSONRPC", logging, crypto]),
        tests("AuthCommon", ["JSONRPC", "ProcessSupport", crypto]),
        tests("MCP", ["JSONRPC"]),
        tests("HuaweiCloud", ["JSONRPC", "ProcessSupport", httpTypes, logging, nioCore, nioPosix], data: ["Data"]),
        tests("MCPServer", ["JSONRPC", "MCP", "AuthCommon", httpTypes, hummingbird, logging, nioCore, nioEmbedded]),
        tests(
            "CloudServer",
            [
                "JSONRPC", "MCP", "MCPServer", "AuthCommon", "ProcessSupport", "HuaweiCloud", "TestSupport", crypto, httpTypes, logging,
                serviceLifecycle,
            ],
            data: ["Data"]
        ),
        tests(
            "ECSServer",
            ["JSONRPC", "MCP", "MCPServer", "AuthCommon", "ProcessSupport", "HuaweiCloud", "CloudServer", "TestSupport", "BenchmarkKit"]
        ),
        tests(
            "PipelineServer",
            ["JSONRPC", "MCP", "MCPServer", "AuthCommon", "ProcessSupport", "HuaweiCloud", "CloudServer", "TestSupport"]
        ),
        tests(
            "CTSServer",
            ["JSONRPC", "MCP", "MCPServer", "AuthCommon", "ProcessSupport", "HuaweiCloud", "CloudServer", "TestSupport"],
            data: ["Data"]
        ),
        tests(
            "Gateway",
            [
                "JSONRPC", "ProcessSupport", "AuthCommon", "BenchmarkKit", crypto, cryptoExtras, nioCore, nioPosix, nioHTTP1, nioEmbedded,
                logging,
            ]
        ),
        tests("CloudSimulator", ["JSONRPC", "ProcessSupport", "HuaweiCloud", argumentParser, nioCore, nioPosix, nioHTTP1]),
        tests("BenchmarkKit", ["JSONRPC"]),
    ]
)
