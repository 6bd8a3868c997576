import ArgumentParser
import AuthCommon
import JSONRPC
import ProcessSupport

/// `token create`: makes a signed token.
struct CreateTokenCommand: RunnableCommand {
    /// How the token is printed.
    enum Format: String, ExpressibleByArgument, CaseIterable, Sendable {
        case token, json
    }

    static let configuration = CommandConfiguration(
        commandName: "create",
        abstract: "Make a token that gateways with the public key accept."
    )

    @Option(help: ArgumentHelp("Who the token is for.", valueName: "subject"))
    var sub: String

    @Option(help: ArgumentHelp("The roles, separated by commas: admin, operator, readonly.", valueName: "list"))
    var roles: String

    @Option(help: ArgumentHelp("The RSA key to sign with.", valueName: "path"), completion: .file())
    var privateKey = "jwt-private.pem"

    @Option(help: "The issuer.")
    var issuer = "mcp-gateway"

    @Option(help: "The audience.")
    var audience: String?

    @Option(help: "The tenant.")
    var tenant: String?

    @Option(help: ArgumentHelp("The token's id, by which it can be revoked.", valueName: "id"))
    var jti: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Seconds until the token expires; 0 makes a permanent one, a negative number an expired one.",
            valueName: "seconds"
        )
    )
    var ttl = 3_600

    @Option(help: ArgumentHelp("The key id for the header.", valueName: "id"))
    var kid: String?

    @Option(help: "The output: token or json.")
    var format = Format.token

    func validate() throws {
        guard abs(ttl.clamped) <= Self.longestLife else { throw ValidationError("--ttl must be at most \(Self.longestLife) seconds") }
    }

    func run(on console: Console) async -> ProcessSupport.ExitCode {
        do {
            let draft = try draft(now: Int(console.now()))
            let key = try TokenFiles(readFile: console.host.readFile).privateKey(privateKey)
            let token = try TokenSigner(key: key, keyID: kid.flatMap { $0.isEmpty ? nil : $0 }).sign(draft.claims)
            warn(draft, console)
            console.out(format == .token ? token + "\n" : draft.report(token).text(.pretty(indent: 2)) + "\n")
            return .success
        } catch {
            console.error("error: \(error)\n")
            return .failure
        }
    }

    /// A thousand years, in seconds.
    private static let longestLife = 31_556_952_000

    private func draft(now: Int) throws(TokenFailure) -> TokenDraft {
        let subject = sub.trimmed
        let roles = roles.commaList
        if subject.isEmpty { throw TokenFailure("--sub must not be empty") }
        if roles.isEmpty { throw TokenFailure("--roles must not be empty") }
        return TokenDraft(
            subject: subject,
            roles: roles,
            issuer: issuer,
            issuedAt: now,
            expires: ttl == 0 ? nil : now + ttl,
            tenant: tenant?.trimmed ?? "",
            audience: audience?.trimmed ?? "",
            tokenID: jti?.trimmed ?? ""
        )
    }

    private func warn(_ draft: TokenDraft, _ console: Console) {
        let unknown = draft.roles.filter { Role(exactly: $0) == nil }
        if !unknown.isEmpty {
            console.error("note: unknown roles: \(unknown.joined(separator: ", ")); the servers know admin, operator and readonly\n")
        }
        if draft.expires == nil {
            console.error("note: this token never expires; gateways refuse it unless jwt.allow_permanent is true in their manifest\n")
        }
    }
}

extension Int {
    /// The number without the one value whose absolute value does not exist.
    fileprivate var clamped: Int { self == .min ? .min + 1 : self }
}
