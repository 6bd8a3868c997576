import AuthCommon
import Crypto
import CryptoExtras
import Foundation
import JSONRPC
import ProcessSupport
import Testing

@testable import Gateway

@Suite struct TokenCommandTests {
    private let test: TestConsole

    init() throws { test = try TestConsole() }

    private func permissions(_ name: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: test.path(name))[.posixPermissions] as? Int
    }

    private func keygen(_ arguments: String...) async -> ExitCode {
        await CommandLineRun.run(
            ["token", "keygen", "--private-key", test.path("p.pem"), "--public-key", test.path("q.pem")] + arguments,
            on: test.console()
        )
    }

    private func writeKeys() throws {
        try test.write(try TestKeys.trusted().pemRepresentation, to: "p.pem")
        try test.write(try TestKeys.trusted().publicKey.pemRepresentation, to: "q.pem")
    }

    private func create(_ arguments: String..., now: Double = TestToken.now) async -> ExitCode {
        await CommandLineRun.run(["token", "create", "--private-key", test.path("p.pem")] + arguments, on: test.console(now: now))
    }

    private func verify(_ token: String, _ arguments: String..., now: Double = TestToken.now) async -> ExitCode {
        await CommandLineRun.run(
            ["token", "verify", "--public-key", test.path("q.pem"), "--token", token] + arguments,
            on: test.console(now: now)
        )
    }

    // MARK: keygen

    @Test("keygen writes PKCS#1 and SPKI, the private file for its owner only") func keygenRSA() async throws {
        #expect(await keygen() == .success)
        let privateText = try String(contentsOfFile: test.path("p.pem"), encoding: .utf8)
        let publicText = try String(contentsOfFile: test.path("q.pem"), encoding: .utf8)
        #expect(privateText.hasPrefix("-----BEGIN RSA PRIVATE KEY-----\n"))
        #expect(publicText.hasPrefix("-----BEGIN PUBLIC KEY-----\n"))
        #expect(try permissions("p.pem") == 0o600)
        let key = try _RSA.Signing.PrivateKey(pemRepresentation: privateText)
        #expect(key.keySizeInBits == 2_048)
        #expect(try Array(key.publicKey.getKeyPrimitives().publicExponent) == [1, 0, 1])
        #expect(test.out.contains(test.path("p.pem")))
        #expect(test.out.contains("2048"))
        #expect(test.out.contains("MCP_JWT_PUBLIC_KEY=file:\(test.path("q.pem"))"))
        #expect(!test.out.contains("BEGIN"))
    }

    @Test("keygen makes Ed25519 for assertions") func keygenEd25519() async throws {
        #expect(await keygen("--type", "ed25519") == .success)
        let material = try KeySpec("file:\(test.path("p.pem"))", named: "k").load(environment: Environment())
        let key = try IdentityKeys.privateKey(material)
        let publicMaterial = try KeySpec("file:\(test.path("q.pem"))", named: "k").load(environment: Environment())
        #expect(try IdentityKeys.publicKeys(publicMaterial).first?.rawRepresentation == key.publicKey.rawRepresentation)
        #expect(try permissions("p.pem") == 0o600)
        #expect(test.out.contains("MCP_GATEWAY_IDENTITY_PRIVATE_KEY=file:"))
        #expect(test.out.contains("MCP_GATEWAY_IDENTITY_PUBLIC_KEY=file:"))
    }

    @Test("keygen keeps existing files, either of them", arguments: ["p.pem", "q.pem"]) func keygenKeeps(name: String) async throws {
        try test.write("old", to: name)
        #expect(await keygen("--type", "ed25519") == .failure)
        #expect(test.error.contains("already exists"))
        #expect(try String(contentsOfFile: test.path(name), encoding: .utf8) == "old")
        #expect(!FileManager.default.fileExists(atPath: test.path(name == "p.pem" ? "q.pem" : "p.pem")))
    }

    @Test("keygen --force replaces, with the right mode even if the old file had another") func keygenForce() async throws {
        try test.write("old", to: "p.pem")
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: test.path("p.pem"))
        #expect(await keygen("--type", "ed25519", "--force") == .success)
        #expect(try permissions("p.pem") == 0o600)
        #expect(try String(contentsOfFile: test.path("p.pem"), encoding: .utf8) != "old")
        #expect(try FileManager.default.contentsOfDirectory(atPath: test.folder).sorted() == ["p.pem", "q.pem"])
    }

    @Test("keygen does not write through a link") func keygenLink() async throws {
        try FileManager.default.createSymbolicLink(atPath: test.path("p.pem"), withDestinationPath: test.path("elsewhere"))
        #expect(await keygen("--type", "ed25519") == .failure)
        #expect(!FileManager.default.fileExists(atPath: test.path("elsewhere")))
    }

    @Test("keygen makes no folder") func keygenFolder() async {
        let path = test.path("none/p.pem")
        #expect(
            await test.run("token", "keygen", "--type", "ed25519", "--private-key", path, "--public-key", test.path("q.pem")) == .failure
        )
        #expect(test.error.contains("does not exist"))
    }

    @Test("keygen sizes", arguments: ["1024", "2047", "8192", "x"]) func keygenSizes(bits: String) async {
        #expect(await keygen("--bits", bits) == .usage)
    }

    @Test("keygen never prints or logs the key") func keygenSilent() async throws {
        #expect(await keygen("--type", "ed25519") == .success)
        let body = try String(contentsOfFile: test.path("p.pem"), encoding: .utf8).split(separator: "\n")[1]
        #expect(!test.out.contains(body) && !test.error.contains(body))
    }

    // MARK: create

    @Test("create makes a token with exactly the asked claims") func create() async throws {
        try writeKeys()
        #expect(
            await create("--sub", " alice ", "--roles", "admin, operator", "--audience", "a", "--tenant", "t", "--kid", "k", "--ttl", "60")
                == .success
        )
        let token = try CompactToken(Array(test.out.trimmed.utf8))
        #expect(token.header.text() == #"{"alg":"RS256","typ":"JWT","kid":"k"}"#)
        #expect(
            token.claims.text()
                == #"{"sub":"alice","roles":["admin","operator"],"iss":"mcp-gateway","iat":1800000000,"exp":1800000060,"tenant":"t","aud":"a"}"#
        )
        #expect(test.error.isEmpty)
    }

    @Test("create leaves out what is empty") func createMinimal() async throws {
        try writeKeys()
        #expect(await create("--sub", "a", "--roles", "admin", "--audience", "", "--tenant", " ", "--kid", "") == .success)
        let token = try CompactToken(Array(test.out.trimmed.utf8))
        #expect(token.header.text() == #"{"alg":"RS256","typ":"JWT"}"#)
        #expect(token.claims.keys == ["sub", "roles", "iss", "iat", "exp"])
    }

    @Test("create --format json") func createJSON() async throws {
        try writeKeys()
        #expect(await create("--sub", "a", "--roles", "admin", "--tenant", "t", "--format", "json") == .success)
        let report = try JSONParser.parse(test.out)
        #expect(report.objectValue?.keys == ["token", "sub", "roles", "iss", "iat", "exp", "expires_at", "tenant"])
        #expect(report["expires_at"] == "2027-01-15T09:00:00Z")
        #expect(test.out.hasPrefix("{\n  \"token\": "))
    }

    @Test("a permanent token says that gateways refuse it") func createPermanent() async throws {
        try writeKeys()
        #expect(await create("--sub", "a", "--roles", "admin", "--ttl", "0", "--format", "json") == .success)
        let report = try JSONParser.parse(test.out)
        #expect(report["exp"] == .null)
        #expect(report["expires_at"] == "permanent")
        #expect(test.error.contains("jwt.allow_permanent"))
    }

    @Test("a negative ttl makes an expired token", arguments: [["--ttl", "-100"], ["--ttl=-100"]]) func createExpired(ttl: [String])
        async throws
    {
        try writeKeys()
        #expect(
            await CommandLineRun.run(
                ["token", "create", "--private-key", test.path("p.pem"), "--sub", "a", "--roles", "admin"] + ttl,
                on: test.console()
            ) == .success
        )
        #expect(try CompactToken(Array(test.out.trimmed.utf8)).claims["exp"] == 1_799_999_900)
    }

    @Test("create: empty sub or roles", arguments: [(" ", "admin"), ("a", " , "), ("a", "")]) func createEmpty(sub: String, roles: String)
        async throws
    {
        try writeKeys()
        #expect(await create("--sub", sub, "--roles", roles) == .failure)
        #expect(test.error.contains("must not be empty"))
        #expect(test.out.isEmpty)
    }

    @Test("create: sub and roles are required") func createRequired() async {
        #expect(await create("--sub", "a") == .usage)
        #expect(await create("--roles", "admin") == .usage)
    }

    @Test("create: unknown roles are noted, the token is made") func createUnknownRoles() async throws {
        try writeKeys()
        #expect(await create("--sub", "a", "--roles", "admin,auditor") == .success)
        #expect(test.error.contains("unknown roles"))
        #expect(test.error.contains("auditor"))
    }

    @Test("create: missing and unusable key files") func createKeys() async throws {
        #expect(await create("--sub", "a", "--roles", "admin") == .failure)
        #expect(test.error.contains("not found"))
        for text in [
            "garbage", IdentityKeys.pem(Curve25519.Signing.PrivateKey()).reveal(), try TestKeys.trusted().publicKey.pemRepresentation,
        ] {
            try test.write(text, to: "p.pem")
            #expect(await create("--sub", "a", "--roles", "admin") == .failure)
        }
        #expect(test.error.contains("RSA private key"))
    }

    @Test("create takes PKCS#8 too") func createPKCS8() async throws {
        try test.write(try TestKeys.trusted().pkcs8PEMRepresentation, to: "p.pem")
        #expect(await create("--sub", "a", "--roles", "admin") == .success)
    }

    // MARK: verify

    @Test("verify prints the claims and when they end") func verify() async throws {
        try writeKeys()
        #expect(await verify(try TestToken.make(), "--audience", "mcp-gateway") == .success)
        let claims = try JSONParser.parse(test.out)
        #expect(claims["sub"] == "alice")
        #expect(claims["_expires_at"] == "2027-01-15T08:10:00Z")
        #expect(test.out.hasPrefix("{\n  \"sub\""))
    }

    @Test("verify accepts tokens without exp") func verifyPermanent() async throws {
        try writeKeys()
        #expect(await verify(try TestToken.make(["exp": .null, "aud": .null])) == .success)
        #expect(try JSONParser.parse(test.out)["_expires_at"] == nil)
    }

    @Test("verify reads stdin") func verifyInput() async throws {
        try writeKeys()
        let console = test.console(input: try TestToken.make() + "\n")
        #expect(await test.run("token", "verify", "--public-key", test.path("q.pem"), "--audience", "mcp-gateway", on: console) == .success)
        #expect(await test.run("token", "verify", "--public-key", test.path("q.pem"), on: test.console(input: " \n")) == .failure)
        #expect(test.error.contains("no token"))
    }

    @Test(
        "verify says what is wrong in one line",
        arguments: [
            (["exp": 1], "expired"), (["iss": "x"], "issuer"), (["aud": "x"], "audience"), (["sub": .null], "'sub' claim is required"),
            (["roles": 7], "jwt-invalid:InvalidTokenError"), (["nbf": 9_999_999_999], "jwt-invalid:ImmatureSignatureError"),
        ] as [(JSONObject, String)]
    )
    func verifyFailure(changes: JSONObject, words: String) async throws {
        try writeKeys()
        #expect(await verify(try TestToken.make(changes), "--audience", "mcp-gateway") == .failure)
        #expect(test.error.contains(words), "\(test.error)")
        #expect(test.error.split(separator: "\n").count == 1)
        #expect(test.out.isEmpty)
    }

    @Test("verify: wrong key, no key file, bad leeway") func verifyKeys() async throws {
        #expect(await verify("x") == .failure)
        #expect(test.error.contains("not found"))
        try writeKeys()
        #expect(await verify(try TestToken.make(key: try TestKeys.foreign()), "--audience", "mcp-gateway") == .failure)
        #expect(test.error.contains("jwt-invalid:InvalidSignatureError"))
        #expect(await verify("x", "--leeway", "301") == .usage)
    }

    @Test(
        "dates outside four digits are moved inside",
        arguments: [
            (1e300, "9999-12-31T23:59:59Z"), (-1e300, "0001-01-0"), (0.9, "1970-01-01T00:00:00Z"),
            (.infinity, "9999-12-31T23:59:59Z"),
        ]
    )
    func dates(seconds: Double, expected: String) { #expect(TokenDraft.date(seconds).hasPrefix(expected)) }
}
