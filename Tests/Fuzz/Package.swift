// swift-tools-version: 6.2
import PackageDescription

// A package of its own: libFuzzer brings a `main`, which the tests of Janus must not see.
// Scripts/fuzz builds and runs it.
let package = Package(
  name: "JanusFuzz",
  dependencies: [.package(name: "Janus", path: "../..")],
  targets: [
    .executableTarget(
      name: "janus-fuzz",
      dependencies: [.product(name: "FuzzTargets", package: "Janus")],
      path: "Driver",
      swiftSettings: [
        .swiftLanguageMode(.v6),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("ExistentialAny"),
        .unsafeFlags(["-parse-as-library"]),
      ]
    )
  ]
)
