import Testing

@testable import Gateway

/// The layers of gateway.md §2.
@Suite struct ServiceSelectionTests {
    private static let services = [("a", true), ("b", true), ("c", false)].map {
        ServiceEntry(name: $0, isEnabled: $1, mountPath: "/\($0)", target: .command(["x"]))
    }

    private static let env = "env:MCP_GATEWAY_ENABLED_SERVICES"

    @Test(
        "per service: manifest, environment, --enable, --disable",
        arguments: [
            (nil, [], [], [nil, nil, "manifest:disabled"]),
            ("", [], [], [nil, nil, "manifest:disabled"]),
            ("c", [], [], [env, env, nil]),
            (" a , c ,,", [], [], [nil, env, nil]),
            (" ", [], [], [env, env, env]),
            (",", [], [], [env, env, env]),
            ("A", [], [], [env, env, env]),
            (nil, ["c"], [], ["cli:--enable", "cli:--enable", nil]),
            ("a", ["b"], [], ["cli:--enable", nil, "cli:--enable"]),
            ("a", ["b", "c , a"], [], [nil, nil, nil]),
            ("a", ["", " , "], [], [nil, env, env]),
            (nil, [], ["a"], ["cli:--disable", nil, "manifest:disabled"]),
            (nil, [], ["c"], [nil, nil, "cli:--disable"]),
            ("a", ["a,b"], ["a", "c"], ["cli:--disable", nil, "cli:--disable"]),
            (nil, [], ["", ","], [nil, nil, "manifest:disabled"]),
        ] as [(String?, [String], [String], [String?])]
    )
    func layers(environment: String?, enable: [String], disable: [String], reasons: [String?]) {
        let selection = ServiceSelection(Self.services, environment: environment, enable: enable, disable: disable)
        #expect(selection.choices.map(\.skipReason) == reasons)
        #expect(selection.mounted.map(\.name) == zip(["a", "b", "c"], reasons).filter { $0.1 == nil }.map(\.0))
        #expect(selection.skipped.map(\.reason) == reasons.compactMap { $0 })
    }

    @Test("the manifest's order is kept") func order() {
        let selection = ServiceSelection(Self.services, environment: nil, enable: ["c,b,a"], disable: [])
        #expect(selection.mounted.map(\.name) == ["a", "b", "c"])
    }

    @Test("unknown names, each once") func unknown() {
        let selection = ServiceSelection(Self.services, environment: "x,a", enable: ["y,x"], disable: ["z", "Z", "b"])
        #expect(selection.unknownNames == ["x", "y", "z", "Z"])
    }
}
