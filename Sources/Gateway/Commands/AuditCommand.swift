import ArgumentParser
import JSONRPC
import ProcessSupport

/// The audit commands.
struct AuditCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "Check audit files.",
        subcommands: [VerifyAuditCommand.self]
    )

    func run() throws {
        throw ValidationError("say which: verify")
    }
}

/// `audit verify`: whether the chain of a trail is whole.
struct VerifyAuditCommand: RunnableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Check the chain of an audit trail over its files.",
        discussion: """
            Give all files of one trail, in any order: audit.jsonl and those that were put aside, audit.jsonl.*. The first record that was \
            changed, removed or put in between is named.

            No chain can prove its own ends. --from-start fails unless the first record is the first of a chain, so that no older file is \
            missing. --last-hash fails unless the chain ends with a hash that was noted elsewhere, so that nothing was cut off: gateway and \
            servers log it as chain_sha256 of audit-opened and, when they end, of audit-closed. Keep the log where who can write the audit \
            files cannot, and do not compare while something still writes.

              mcp-gateway audit verify --from-start --last-hash 5feceb66… audit.jsonl*
            """
    )

    @Argument(help: ArgumentHelp("The files of one trail.", valueName: "file"), completion: .file())
    var files: [String]

    @Flag(help: "Fail unless the trail is there from its first record.")
    var fromStart = false

    @Option(
        help: ArgumentHelp("Fail unless the chain ends with this hash, e.g. the one that was logged as audit-closed.", valueName: "hash")
    )
    var lastHash: String?

    @Option(help: "The output: text or json.")
    var format = OutputFormat.text

    func validate() throws {
        guard let lastHash, !AuditExpectation.isHash(lastHash.trimmed) else { return }
        throw ValidationError("--last-hash must be 64 hexadecimal digits, as logged: chain_sha256=…")
    }

    func run(on console: Console) async -> ProcessSupport.ExitCode {
        do throws(AuditVerification.Break) {
            let expectation = AuditExpectation(fromStart: fromStart, lastHash: lastHash?.trimmed)
            let verification = try AuditVerifier.verify(files, expecting: expectation)
            console.out(format == .json ? json(verification).text(.pretty(indent: 2)) + "\n" : text(verification))
            return .success
        } catch {
            if format == .json {
                let report: JSONObject = [
                    "ok": false, "file": .string(error.file), "line": .int(error.line), "problem": .string(error.problem),
                ]
                console.out(report.text(.pretty(indent: 2)) + "\n")
            } else {
                console.error("broken: \(error)\n")
            }
            return .failure
        }
    }

    private func text(_ verification: AuditVerification) -> String {
        guard verification.records > 0 else { return "ok: no records\n" }
        let chain = verification.chain
        let begins = verification.first == 1 ? "" : "the chain begins with record \(verification.first): earlier files were not given\n"
        return "ok: \(verification.records) records, \(verification.first) to \(chain.sequence), last hash \(chain.hash)\n\(begins)"
    }

    private func json(_ verification: AuditVerification) -> JSONObject {
        [
            "ok": true, "records": .int(verification.records), "first": .int(verification.first),
            "last": .int(verification.chain.sequence), "last_hash": .string(verification.chain.hash),
        ]
    }
}
