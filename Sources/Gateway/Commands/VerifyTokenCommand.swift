import ArgumentParser
import JSONRPC
import ProcessSupport

/// `token verify`: checks a token and prints its claims.
struct VerifyTokenCommand: RunnableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Check a token by the gateway's rules and print its claims."
    )

    @Option(help: "The token; else it is read from stdin.")
    var token: String?

    @Option(help: ArgumentHelp("The RSA key to verify with.", valueName: "path"), completion: .file())
    var publicKey = "jwt-public.pem"

    @Option(help: "The issuer.")
    var issuer = "mcp-gateway"

    @Option(help: ArgumentHelp("The accepted audiences, separated by commas.", valueName: "list"))
    var audience: String?

    @Option(help: ArgumentHelp("Tolerance for times, 0 to 300.", valueName: "seconds"))
    var leeway = 30

    func validate() throws {
        guard (0...300).contains(leeway) else { throw ValidationError("--leeway must be from 0 to 300") }
    }

    func run(on console: Console) async -> ProcessSupport.ExitCode {
        do {
            let keys = try TokenFiles(readFile: console.host.readFile).publicKeys(publicKey)
            console.out(try claims(keys, console).text(.pretty(indent: 2)) + "\n")
            return .success
        } catch {
            console.error("error: \(error)\n")
            return .failure
        }
    }

    private func claims(_ keys: VerificationKeys, _ console: Console) throws(TokenFailure) -> JSONObject {
        let text = (token ?? String(decoding: console.readInput(4 * CompactToken.maximumBytes), as: UTF8.self)).trimmed
        if text.isEmpty { throw TokenFailure("no token: give --token, or write it to stdin") }
        let rules = TokenRules(issuer: issuer, audiences: audience?.commaList ?? [], leeway: leeway, allowsPermanent: true)
        do throws(TokenFault) {
            let verified = try TokenVerifier(rules).verify(Array(text.utf8), keys: keys, resources: [], now: console.now())
            var claims = try CompactToken(Array(text.utf8)).claims
            claims.set("_expires_at", verified.expiry.map { .string(TokenDraft.date($0)) })
            return claims
        } catch {
            throw TokenFailure(Self.explanation(error))
        }
    }

    private static func explanation(_ fault: TokenFault) -> String {
        switch fault {
        case .expired: "the token is expired (\(fault.rawValue))"
        case .issuer: "another issuer made the token (\(fault.rawValue))"
        case .audience: "the token is for another audience (\(fault.rawValue))"
        case .missingClaim: "a required claim is missing: iss, aud or exp (\(fault.rawValue))"
        case .decode, .algorithm, .token, .key, .signature, .immature, .issuedAt, .revoked, .subject, .missingSubject: fault.rawValue
        }
    }
}
