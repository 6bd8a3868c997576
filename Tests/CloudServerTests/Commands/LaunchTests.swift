import JSONRPC
import ProcessSupport
import Testing

@testable import CloudServer

@Suite struct LaunchTests {
    static let complete = [
        "HUAWEICLOUD_ACCESS_KEY_ID": "AKID", "HUAWEICLOUD_SECRET_ACCESS_KEY": "very-secret-key", "HUAWEICLOUD_REGION": "af-south-1",
    ]

    /// What a start comes to, as values.
    struct Outcome {
        var code: ProcessSupport.ExitCode?
        var output = ""
        var errors = ""
        var configuration: ServerConfiguration?
    }

    static func launch<Definition: CloudServerDefinition>(
        _ arguments: [String] = [],
        _ environment: [String: String] = complete,
        files: [String: String] = [:],
        as definition: Definition.Type = FakeServer.self
    ) -> Outcome {
        let launch = Launch<Definition>(
            arguments: arguments,
            environment: Environment(environment),
            readFile: { path throws(FileReadError) in
                guard let text = files[path] else { throw FileReadError(path: path, problem: .notFound) }
                return Array(text.utf8)
            }
        )
        switch launch.decide() {
        case .end(let code, let output, let errors): return Outcome(code: code, output: output, errors: errors)
        case .serve(let configuration): return Outcome(configuration: configuration)
        }
    }

    static func http(_ host: String, _ port: Int, _ name: String) throws -> ServerTransport {
        .http(try ListenAddress(host, port: port), name: name)
    }

    // MARK: Command line

    @Test(arguments: [
        ["--nonsense"], ["--port"], ["extra"], ["--list-tools", "--format", "xml"], ["--format", "json"],
        ["--transport=stdio", "--transpor"],
    ])
    func aUsageErrorIsExit2(arguments: [String]) {
        let outcome = Self.launch(arguments)
        #expect(outcome.code == .usage)
        #expect(outcome.output.isEmpty)
        #expect(outcome.errors.contains("Error:"))
        #expect(outcome.errors.contains("Usage:"))
    }

    @Test func helpTeachesHowToStart() {
        let outcome = Self.launch(["--help"], [:])
        #expect(outcome.code == .success)
        #expect(outcome.errors.isEmpty)
        for part in [
            "Manages things that do not exist.", "HUAWEICLOUD_ACCESS_KEY_ID", "HUAWEICLOUD_SECRET_ACCESS_KEY", "HUAWEICLOUD_REGION",
            "FAKE_ZONE", "EXAMPLES", "fake-mcp-server --env-file .env", "EXIT CODES", "--allow-unauthenticated", "--list-tools",
        ] { #expect(outcome.output.contains(part), "\(part)") }
    }

    @Test func versionIsPrinted() {
        let outcome = Self.launch(["--version"], [:])
        #expect(outcome.code == .success)
        #expect(outcome.output == "fake-mcp-server \(ProductVersion.current)\n")
    }

    // MARK: --list-tools (servers.md §7.2)

    @Test func listToolsNeedsNoCredentials() {
        let outcome = Self.launch(["--list-tools"], [:])
        #expect(outcome.code == .success)
        #expect(outcome.errors.isEmpty)
        #expect(
            outcome.output == """
                fake_list                 readonly  kept
                fake_power                operator  kept
                fake_delete               admin     kept
                fake_whoami               readonly  kept
                fake_confirm_destructive  operator  kept

                """
        )
    }

    @Test func listToolsTellsWhyAToolIsDropped() {
        let outcome = Self.launch(["--list-tools"], ["MCP_INCLUDE_TOOLS": "*_delete, ,*_list", "MCP_EXCLUDE_TOOLS": "*_list"])
        #expect(outcome.output.contains("fake_list                 readonly  dropped: excluded by '*_list'\n"))
        #expect(outcome.output.contains("fake_power                operator  dropped: not matched by include\n"))
        #expect(outcome.output.contains("fake_delete               admin     kept\n"))
        #expect(outcome.errors.contains("nothing can be confirmed"))
    }

    @Test func listToolsPrintsJSON() throws {
        let outcome = Self.launch(["--list-tools", "--format", "json"], ["MCP_EXCLUDE_TOOLS": "fake_p*"])
        let rows = try #require(JSONParser.parse(outcome.output).arrayValue)
        #expect(rows[0] == ["name": "fake_list", "minimum_role": "readonly", "kept": true, "reason": .null])
        #expect(rows[1] == ["name": "fake_power", "minimum_role": "operator", "kept": false, "reason": "excluded by 'fake_p*'"])
        #expect(rows.map { $0["name"] } == ["fake_list", "fake_power", "fake_delete", "fake_whoami", "fake_confirm_destructive"])
    }

    @Test func listToolsReadsTheFilterFromTheEnvFile() {
        let outcome = Self.launch(["--list-tools", "--env-file", "e"], [:], files: ["e": "MCP_EXCLUDE_TOOLS=fake_list\n"])
        #expect(outcome.output.contains("dropped: excluded by 'fake_list'"))
    }

    // MARK: Layers (servers.md §7)

    @Test func theCommandLineBeatsTheEnvironmentBeatsTheFile() throws {
        let file = ["e": "MCP_PORT=1\nHUAWEICLOUD_MCP_HTTP_TIMEOUT=7\nHUAWEICLOUD_MCP_NETWORK_RETRIES=4\n"]
        let environment = Self.complete.merging(["MCP_PORT": "2", "HUAWEICLOUD_MCP_HTTP_TIMEOUT": "8"]) { $1 }
        let outcome = Self.launch(["--env-file", "e", "--port", "3", "--transport", "sse"], environment, files: file)
        #expect(try outcome.configuration?.transport == Self.http("127.0.0.1", 3, "sse"))
        #expect(outcome.configuration?.httpTimeout == .seconds(8))
        #expect(outcome.configuration?.networkRetries == 4)
    }

    @Test func aMissingEnvFileIsExit2() {
        let outcome = Self.launch(["--env-file", "nowhere"])
        #expect(outcome.code == .usage)
        #expect(outcome.errors.contains("nowhere"))
    }

    @Test func aMalformedLineOfTheEnvFileIsExit2WithItsNumberAndWithoutItsText() {
        let outcome = Self.launch(["--env-file", "e"], files: ["e": "A=1\nhunter2 secret\n"])
        #expect(outcome.code == .usage)
        #expect(outcome.errors.contains("e:2"))
        #expect(!outcome.errors.contains("hunter2"))
    }
}
