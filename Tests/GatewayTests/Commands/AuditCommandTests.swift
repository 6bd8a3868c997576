import Foundation
import JSONRPC
import ProcessSupport
import Testing

@testable import Gateway

@Suite struct AuditCommandTests {
    private let test: TestConsole
    private let path: String

    init() throws {
        test = try TestConsole()
        path = test.path("audit.jsonl")
        let file = try AuditFile(path: path, limit: 500)
        for number in 1...6 { try file.append(["event": "request", "n": .int(number)], isDurable: false) }
    }

    private var files: [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: test.folder)) ?? []).sorted().map(test.path)
    }

    private func verify(_ words: [String]) async -> ExitCode {
        await CommandLineRun.run(["audit", "verify"] + words, on: test.console())
    }

    @Test("an intact trail over its files") func intact() async throws {
        #expect(files.count > 1)
        #expect(await verify(files) == .success)
        #expect(test.out.hasPrefix("ok: 6 records, 1 to 6, last hash "))
        #expect(test.error.isEmpty)
        let other = try TestConsole()
        #expect(await other.run(["audit", "verify", "--format", "json"] + files) == .success)
        let report = try JSONParser.parse(other.out)
        #expect(report["ok"] == true)
        #expect(report["records"] == 6)
        #expect(report["last_hash"]?.stringValue?.utf8.count == 64)
    }

    @Test("a part of a trail says where it begins") func part() async {
        #expect(await verify([path]) == .success)
        #expect(test.out.contains("earlier files were not given"))
    }

    @Test("--from-start fails where earlier files were not given") func fromStart() async throws {
        #expect(await verify(["--from-start"] + files) == .success)
        let other = try TestConsole()
        #expect(await other.run(["audit", "verify", "--from-start", path]) == .failure)
        #expect(other.error.contains(": the chain begins with record "))
    }

    @Test("--last-hash fails where records were cut off at the end") func lastHash() async throws {
        let hash = try AuditVerifier.verify(files).chain.hash
        #expect(await verify(["--last-hash", hash.uppercased()] + files) == .success)
        let other = try TestConsole()
        #expect(await other.run(["audit", "verify", "--last-hash", hash] + files.filter { $0 != path }) == .failure)
        #expect(other.error.contains("records were cut off at the end"))
        let json = try TestConsole()
        #expect(
            await json.run(["audit", "verify", "--format", "json", "--last-hash", String(repeating: "0", count: 64)] + files) == .failure
        )
        #expect(try JSONParser.parse(json.out)["ok"] == false)
        for wrong in ["", "abc", "\(hash)0"] {
            #expect(await verify(["--last-hash", wrong] + files) == .usage)
            #expect(test.error.contains("64 hexadecimal digits"))
        }
    }

    @Test("the help tells where the hash comes from") func help() async {
        #expect(await verify(["--help"]) == .success)
        for words in ["--from-start", "--last-hash", "audit-closed", "chain_sha256"] { #expect(test.out.contains(words)) }
    }

    @Test("a broken trail: exit 1, and the first broken place") func broken() async throws {
        let text = try String(contentsOfFile: files[1], encoding: .utf8)
        try text.replacing(#""n":2"#, with: #""n":9"#).write(toFile: files[1], atomically: true, encoding: .utf8)
        #expect(await verify(files) == .failure)
        #expect(test.out.isEmpty)
        #expect(test.error.hasPrefix("broken: \(files[1]):2: the record was changed"))
        let other = try TestConsole()
        #expect(await other.run(["audit", "verify", "--format", "json"] + files) == .failure)
        #expect(try JSONParser.parse(other.out)["line"] == 2)
    }

    @Test("a missing file, and no file at all") func missing() async {
        #expect(await verify([test.path("none")]) == .failure)
        #expect(test.error.contains("no such file"))
        #expect(await verify([]) == .usage)
        #expect(await CommandLineRun.run(["audit"], on: test.console()) == .usage)
    }

    @Test("serve refuses an audit file that cannot be used") func unusable() async throws {
        let manifest = try test.write("{}", to: "m.json")
        let console = test.console(environment: ["MCP_GATEWAY_AUTH_MODE": "dev", "MCP_GATEWAY_AUDIT_FILE": test.folder])
        #expect(await test.run("serve", "--manifest", manifest, "--print-only", on: console) == .usage)
        #expect(test.error.hasPrefix("MCP_GATEWAY_AUDIT_FILE: \(test.folder): "))
        let good = test.console(environment: ["MCP_GATEWAY_AUTH_MODE": "dev"])
        #expect(await test.run("serve", "--manifest", manifest, "--print-only", "--audit-file", test.path("new"), on: good) == .success)
    }
}
