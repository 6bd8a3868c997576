import ProcessSupport
import Testing

@Suite struct SettingsTests {
    private static let port = SettingKey("MCP_PORT", option: "--port")

    private func settings(
        _ environment: [String: String] = [:],
        commandLine: [String: String] = [:],
        file: [String: String] = [:]
    ) -> Settings {
        Settings(commandLine: commandLine, environment: Environment(environment), file: file)
    }

    @Test("command line beats environment beats env file beats default")
    func precedence() {
        var all = settings(["MCP_PORT": "2"], commandLine: ["--port": "1"], file: ["MCP_PORT": "3"])
        #expect(all.integer(Self.port, in: 0...9, default: 4) == 1)
        var environment = settings(["MCP_PORT": "2"], file: ["MCP_PORT": "3"])
        #expect(environment.integer(Self.port, in: 0...9, default: 4) == 2)
        var file = settings(file: ["MCP_PORT": "3"])
        #expect(file.integer(Self.port, in: 0...9, default: 4) == 3)
        var none = settings()
        #expect(none.integer(Self.port, in: 0...9, default: 4) == 4)
        #expect(all.find(Self.port)?.origin == .commandLine)
        #expect(environment.find(Self.port)?.origin == .environment)
        #expect(file.find(Self.port)?.origin == .file)
        #expect(none.find(Self.port) == nil)
    }

    @Test("trims values")
    func trimmed() {
        var settings = settings(["A": " \t x y \r\n"])
        #expect(settings.text("A") == "x y")
    }

    @Test("an empty value counts as not set: the next layer is asked")
    func emptyIsUnset() {
        var settings = settings(["MCP_PORT": "  "], commandLine: ["--port": ""], file: ["MCP_PORT": "3"])
        #expect(settings.integer(Self.port, in: 0...9, default: 4) == 3)
        #expect(settings.text("ELSE") == nil)
        #expect(settings.problems.isEmpty)
    }

    @Test("an empty value can be kept")
    func emptyIsKept() {
        var settings = settings(["A": " "], file: ["A": "x"])
        #expect(settings.text("A", empty: .kept) == "")
        #expect(settings.list("A", empty: .kept) == [])
        #expect(settings.text("B", empty: .kept) == nil)
    }

    @Test("an empty value can be refused")
    func emptyIsRefused() {
        var settings = settings(["A": "", "B": " ", "C": ""])
        #expect(settings.text("A", empty: .refused) == nil)
        #expect(settings.boolean("B", default: true, empty: .refused) == true)
        #expect(settings.integer("C", in: 0...1, default: 1, empty: .refused) == 1)
        #expect(settings.text("D", empty: .refused) == nil)
        #expect(settings.problems.map(\.description) == ["A: must not be empty", "B: must not be empty", "C: must not be empty"])
    }

    @Test("collects every problem, named by the option or the variable that has it")
    func problems() {
        var settings = settings(["LEVEL": "loud", "FLAG": "maybe", "RETRIES": "6"], commandLine: ["--port": "65536"])
        #expect(settings.requiredText("HUAWEICLOUD_REGION") == "")
        #expect(settings.requiredSecret("HUAWEICLOUD_SECRET_ACCESS_KEY") == Secret(""))
        _ = settings.integer(Self.port, in: 0...65535, default: 8000)
        _ = settings.choice("LEVEL", default: LogLevel.info)
        _ = settings.boolean("FLAG", default: true)
        _ = settings.integer("RETRIES", in: 0...5, default: 2)
        settings.report("services[0]", "is odd")
        #expect(
            settings.problems.map(\.description) == [
                "HUAWEICLOUD_REGION: is required: set the variable",
                "HUAWEICLOUD_SECRET_ACCESS_KEY: is required: set the variable",
                #"--port: must be a whole number from 0 to 65535, not "65536""#,
                #"LEVEL: must be one of trace, debug, info, notice, warning, error, critical, not "loud""#,
                #"FLAG: must be true, 1, yes or false, 0, no, not "maybe""#,
                #"RETRIES: must be a whole number from 0 to 5, not "6""#,
                "services[0]: is odd",
            ]
        )
    }

    @Test("shows a value on one line and cut")
    func quoting() {
        var settings = settings(["A": "x\u{1B}[31m\ny", "B": String(repeating: "z", count: 100)])
        _ = settings.integer("A", in: 0...1, default: 0)
        _ = settings.integer("B", in: 0...1, default: 0)
        #expect(settings.problems[0].message.hasSuffix(#"not "x\u001b[31m\ny""#))
        #expect(settings.problems[1].message.hasSuffix("not \"\(String(repeating: "z", count: 40))…\""))
    }

    @Test(
        "reads whole numbers in decimal digits only",
        arguments: ["", "1.0", "+1", "0x1", "1e0", "１", "1 2", "-", "99999999999999999999"]
    )
    func numbers(text: String) {
        var settings = settings(["A": text])
        #expect(settings.integer("A", in: -5...5, default: 3) == 3)
        #expect(settings.problems.isEmpty == text.isEmpty)
    }

    @Test("accepts the bounds of a range", arguments: [("-5", -5), ("5", 5), (" 0 ", 0)])
    func bounds(text: String, expected: Int) {
        var settings = settings(["A": text])
        #expect(settings.integer("A", in: -5...5, default: 3) == expected)
        #expect(settings.problems.isEmpty)
    }

    @Test(
        "reads boolean words in any case",
        arguments: [("true", true), ("TRUE", true), ("1", true), ("Yes", true), ("false", false), ("0", false), ("NO", false)]
    )
    func booleans(word: String, expected: Bool) {
        var settings = settings(["A": word])
        #expect(settings.boolean("A", default: !expected) == expected)
        #expect(settings.problems.isEmpty)
    }

    @Test("reads choices in any case, or exactly")
    func choices() {
        var settings = settings(["A": "WARNING"])
        #expect(settings.choice("A", default: LogLevel.info) == .warning)
        #expect(settings.problems.isEmpty)
        #expect(settings.choice("A", default: LogLevel.info, case: .exact) == .info)
        #expect(settings.problems.count == 1)
        #expect(settings.choice("A", among: [("warning", 1), ("off", 2)], default: 3) == 1)
    }

    @Test("splits lists at commas, trims, and drops what is empty")
    func lists() {
        var settings = settings(["A": " a, b ,,c d, "])
        #expect(settings.list("A") == ["a", "b", "c d"])
        #expect(settings.list("B") == nil)
    }

    @Test("remembers every secret that was read, for the redactor")
    func secrets() {
        var settings = settings(["A": " one ", "B": "two"])
        #expect(settings.secret("A") == Secret("one"))
        #expect(settings.requiredSecret("B") == Secret("two"))
        #expect(settings.secret("C") == nil)
        settings.remember(Secret("three"))
        settings.remember(Secret(""))
        #expect(settings.secrets == [Secret("one"), Secret("two"), Secret("three")])
    }

    @Test("an environment for names that are not known beforehand: the real one wins")
    func variables() {
        let variables = settings(["A": "1", "B": " "], file: ["A": "2", "B": "3", "C": "4"]).variables
        #expect(variables["A"] == "1")
        #expect(variables["B"] == "3")
        #expect(variables["C"] == "4")
    }
}
