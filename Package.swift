// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("ExistentialAny"),
]

/// A library target in one of the wings of the house; `path` is below `Sources`.
func wing(_ name: String, _ path: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(
    name: name, dependencies: dependencies, path: "Sources/\(path)", swiftSettings: settings)
}

/// A test target; `path` is below `Tests`, and its last part is the name.
func tests(_ path: String, _ dependencies: [Target.Dependency]) -> Target {
  .testTarget(
    name: path.split(separator: "/").last.map(String.init) ?? path, dependencies: dependencies,
    path: "Tests/\(path)", swiftSettings: settings)
}

// Debian's libsodium-dev and libpcre2-dev bring static libraries: shared objects cost time at each
// start.
#if os(Linux)
  let sodium = Target.systemLibrary(
    name: "CSodium", path: "Sources/Messaging/CSodium", providers: [.apt(["libsodium-dev"])])
  let sodiumLibrary = ":libsodium.a"
  let pcre2 = Target.systemLibrary(
    name: "CPCRE2", path: "Sources/Machine/CPCRE2", providers: [.apt(["libpcre2-dev"])])
  let pcre2Library = ":libpcre2-8.a"
#else
  let sodium = Target.systemLibrary(
    name: "CSodium", path: "Sources/Messaging/CSodium", pkgConfig: "libsodium",
    providers: [.brew(["libsodium"])])
  let sodiumLibrary = "sodium"
  let pcre2 = Target.systemLibrary(
    name: "CPCRE2", path: "Sources/Machine/CPCRE2", pkgConfig: "libpcre2-8",
    providers: [.brew(["pcre2"])])
  let pcre2Library = "pcre2-8"
#endif

let package = Package(
  name: "Janus",
  products: [
    .executable(name: "janus", targets: ["janus"]),
    .library(name: "FuzzTargets", targets: ["FuzzTargets"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2")
  ],
  targets: [
    wing("JanusSource", "Language/Source"),
    wing("JanusSyntax", "Language/Syntax", ["JanusSource"]),
    wing("JanusBytecode", "Language/Bytecode", ["JanusSource"]),
    wing("JanusSemantics", "Language/Semantics", ["JanusSource", "JanusSyntax"]),
    wing(
      "JanusCompiler", "Language/Compiler",
      ["JanusSource", "JanusSyntax", "JanusSemantics", "JanusBytecode"]),
    wing(
      "JanusChecker", "Language/Checker",
      ["JanusSource", "JanusSyntax", "JanusSemantics", "JanusBytecode"]),
    wing("JanusVM", "Machine/VM", ["JanusSource", "JanusBytecode"]),
    sodium,
    .target(
      name: "JanusCrypto", dependencies: ["CSodium"], path: "Sources/Messaging/Crypto",
      swiftSettings: settings, linkerSettings: [.linkedLibrary(sodiumLibrary)]),
    wing(
      "JanusKEM", "Messaging/KEM",
      ["JanusCrypto", .product(name: "Crypto", package: "swift-crypto")]),
    wing("DMP", "Messaging/DMP", ["JanusCrypto", "JanusKEM"]),
    pcre2,
    .target(
      name: "JanusNatives", dependencies: ["JanusSource", "JanusBytecode", "JanusVM", "CPCRE2"],
      path: "Sources/Machine/Natives", swiftSettings: settings,
      linkerSettings: [.linkedLibrary(pcre2Library)]),
    .target(
      name: "StandardLibrary", path: "stdlib", sources: ["Embedded.swift"], swiftSettings: settings),
    .target(name: "CSandbox", path: "Sources/Machine/CSandbox"),
    wing(
      "JanusRuntime", "Machine/Runtime",
      [
        "CSandbox",
        "JanusSource", "JanusSyntax", "JanusSemantics", "JanusCompiler", "JanusChecker",
        "JanusBytecode", "JanusVM", "JanusNatives", "StandardLibrary",
      ]),
    wing("DMPModel", "Messaging/Model", ["DMP"]),
    .executableTarget(
      name: "protocol-tables", dependencies: ["DMPModel"], path: "Sources/Tools/ProtocolTables",
      swiftSettings: settings),
    .executableTarget(
      name: "MessagingBenchmarks", dependencies: ["JanusCrypto", "JanusKEM", "DMP"],
      path: "Benchmarks/Messaging", swiftSettings: settings),
    .executableTarget(
      name: "janus", dependencies: ["JanusRuntime", "JanusSource", "JanusBytecode"],
      path: "Sources/Tools/CLI", swiftSettings: settings),
    .target(
      name: "JanusTestSupport",
      dependencies: ["JanusRuntime", "JanusSource", "JanusBytecode", "JanusVM"],
      path: "Tests/Support", swiftSettings: settings),
    // Run by the package Tests/Fuzz, and by FindingTests on the inputs that once failed.
    .target(
      name: "FuzzTargets",
      dependencies: ["JanusSource", "JanusSyntax", "JanusBytecode", "JanusVM", "JanusRuntime"],
      path: "Tests/Fuzz/Targets", swiftSettings: settings),
    tests("ConformanceTests", ["JanusTestSupport", "JanusRuntime"]),
    tests("FindingTests", ["JanusTestSupport", "FuzzTargets"]),
    tests(
      "DiagnosticTests",
      ["JanusTestSupport", "JanusRuntime", "JanusSource", "JanusBytecode"]),
    tests("ExampleTests", ["JanusTestSupport"]),
    tests("DocumentationTests", ["JanusTestSupport", "JanusSource", "JanusSyntax"]),
    tests("CommandLineTests", ["JanusTestSupport"]),
    tests(
      "Language/BytecodeTests",
      ["JanusTestSupport", "JanusRuntime", "JanusSource", "JanusBytecode"]),
    tests("Language/CheckerTests", ["JanusTestSupport", "JanusSource"]),
    tests("Language/SourceTests", ["JanusSource"]),
    tests("Language/SyntaxTests", ["JanusSource", "JanusSyntax"]),
    tests("Language/GrammarTests", ["JanusSource", "JanusSyntax"]),
    tests("Machine/MachineTests", ["JanusTestSupport"]),
    .executableTarget(
      name: "CoreDumpSubject", dependencies: ["JanusCrypto"],
      path: "Tests/Messaging/CoreDumpSubject", swiftSettings: settings),
    tests("Messaging/CryptoTests", ["JanusTestSupport", "JanusCrypto", "CoreDumpSubject"]),
    tests("Messaging/KEMTests", ["JanusTestSupport", "JanusCrypto", "JanusKEM"]),
    tests("Messaging/DMPTests", ["JanusTestSupport", "JanusCrypto", "JanusKEM", "DMP"]),
    tests("Machine/SandboxTests", ["JanusTestSupport", "JanusRuntime", "JanusVM"]),
    tests("EscapeTests", ["JanusTestSupport"]),
    tests("Messaging/StateTests", ["DMP", "DMPModel", "JanusTestSupport"]),
    tests("ArchitectureTests", ["JanusTestSupport", "JanusSource", "StandardLibrary"]),
  ]
)
