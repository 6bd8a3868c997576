import Foundation
import ProcessSupport
import Testing

@testable import Gateway

@Suite struct CommandLineTests {
    private let test: TestConsole

    init() throws { test = try TestConsole() }

    @Test(
        "help and version are no errors",
        arguments: [["--help"], ["-h"], ["--version"], ["serve", "--help"], ["token", "create", "--help"], ["help", "token"]]
    )
    func help(arguments: [String]) async {
        #expect(await CommandLineRun.run(arguments, on: test.console()) == .success)
        #expect(!test.out.isEmpty)
        #expect(test.error.isEmpty)
    }

    @Test(
        "usage errors are exit 2",
        arguments: [
            ["start"], ["serve", "--nope"], ["--port"], ["token"], ["config"], ["token", "nope"], ["serve", "extra"], ["explain"],
            ["config", "preview", "--format", "xml"], ["token", "create", "--ttl", "x", "--sub", "a", "--roles", "b"],
        ]
    )
    func usage(arguments: [String]) async {
        #expect(await CommandLineRun.run(arguments, on: test.console()) == .usage)
        #expect(test.out.isEmpty)
        #expect(!test.error.isEmpty)
    }

    @Test("without a word, or with a flag first, it is serve", arguments: [[], ["serve"]] as [[String]])
    func serve(words: [String]) async throws {
        let path = try test.write(#"{"services":[{"name":"a","upstream":"http://127.0.0.1:1"}]}"#, to: "m.json")
        let console = test.console(environment: ["MCP_GATEWAY_AUTH_MODE": "dev"])
        let code = await CommandLineRun.run(words + ["--manifest", path, "--port", "0", "--print-only"], on: console)
        #expect(code == .success)
        #expect(test.out == "ok: \(path), mode dev, address 127.0.0.1:0, admin 127.0.0.1:9090, services a=/a\n")
    }

    @Test("serve reports every problem and exits 2 before anything listens") func problems() async throws {
        let path = try test.write("{}", to: "m.json")
        #expect(await test.run("--manifest", path, "--port", "x", "--log-level", "loud", "--strict", "--enable", "nobody") == .usage)
        #expect(test.error.contains("--port: "))
        #expect(test.error.contains("--log-level: "))
        #expect(test.error.contains("there is no service"))
        #expect(test.error.contains("verification key"))
    }
}
