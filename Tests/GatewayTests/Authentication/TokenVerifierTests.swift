import AuthCommon
import CryptoExtras
import Foundation
import JSONRPC
import Testing

@testable import Gateway

/// The rules of gateway.md §7.3, a test for each row.
@Suite struct TokenVerifierTests {
    private let now = TestToken.now
    private static let time = Int(TestToken.now)

    private func verify(
        _ token: String,
        rules: TokenRules = TokenRules(audiences: ["mcp-gateway"]),
        keys: VerificationKeys? = nil,
        resources: [String] = []
    ) throws -> VerifiedToken {
        try TokenVerifier(rules).verify(Array(token.utf8), keys: try keys ?? TestKeys.pinned(), resources: resources, now: now)
    }

    private func fault(_ changes: JSONObject, rules: TokenRules = TokenRules(audiences: ["mcp-gateway"])) throws -> TokenFault? {
        do {
            _ = try verify(try TestToken.make(changes), rules: rules)
            return nil
        } catch let fault as TokenFault {
            return fault
        }
    }

    @Test("an ordinary token") func ordinary() throws {
        let token = try verify(try TestToken.make(["tenant": "t1"]))
        #expect(token.identity == Identity(subject: "alice", roles: ["operator"], tenant: "t1", tokenExpiry: Int64(now) + 600))
    }

    // MARK: form

    @Test(
        "form: anything but three base64url segments with two JSON objects",
        arguments: [
            "", ".", "..", "a.b", "a.b.c", "a.b.c.d", "e30", "e30.e30", "e30.e30.!", "e30=.e30.", "W10.e30.", "e30.W10.", "e30.bnVsbA.",
            "bm90IGpzb24.e30.", "e30.e30.a", " e30.e30.", "e30\n.e30.",
        ]
    )
    func form(token: String) throws {
        #expect(throws: TokenFault.decode) { try verify(token) }
    }

    @Test("form: more than 8 KiB") func tooLong() throws {
        let token = try TestToken.make(["x": .string(String(repeating: "x", count: 8_000))])
        #expect(throws: TokenFault.decode) { try verify(token) }
    }

    @Test("form: deep nesting is refused, not fatal") func deep() throws {
        let claims = String(repeating: "[", count: 5_000)
        #expect(throws: TokenFault.decode) { try verify(try TestToken.sign(header: #"{"alg":"RS256"}"#, claims: claims)) }
    }

    @Test("form: of duplicate members the last one counts, everywhere") func duplicates() throws {
        let claims = TestToken.claims().text().dropLast() + #","sub":"bob","roles":["admin"]}"#
        let token = try TestToken.sign(header: #"{"alg":"none","alg":"RS256"}"#, claims: String(claims))
        #expect(try verify(token).subject == "bob")
        #expect(try verify(token).roles == ["admin"])
        let reversed = try TestToken.sign(header: #"{"alg":"RS256","alg":"none"}"#, claims: String(claims))
        #expect(throws: TokenFault.algorithm) { try verify(reversed) }
    }

    // MARK: header

    @Test(
        "alg: exactly RS256",
        arguments: ["none", "None", "HS256", "RS384", "RS512", "PS256", "ES256", "EdDSA", "rs256", "RS256 ", ""]
    )
    func algorithm(name: String) throws {
        #expect(throws: TokenFault.algorithm) { try verify(try TestToken.make(header: ["alg": .string(name)])) }
    }

    @Test("alg: missing or no string") func algorithmKind() throws {
        #expect(throws: TokenFault.algorithm) { try verify(try TestToken.make(header: [:])) }
        #expect(throws: TokenFault.algorithm) { try verify(try TestToken.make(header: ["alg": ["RS256"]])) }
    }

    @Test("alg none with an empty signature") func unsigned() throws {
        let segments = try TestToken.make(header: ["alg": "none"]).split(separator: ".")
        #expect(throws: TokenFault.algorithm) { try verify("\(segments[0]).\(segments[1]).") }
    }

    @Test("an HMAC over the public key is no signature") func confusion() throws {
        #expect(throws: TokenFault.algorithm) { try verify(try TestToken.make(header: ["alg": "HS256", "typ": "JWT"])) }
    }

    @Test("crit: absent", arguments: [JSONValue.array(["exp"]), .array([]), .null, .string("x")])
    func critical(value: JSONValue) throws {
        #expect(throws: TokenFault.token) { try verify(try TestToken.make(header: ["alg": "RS256", "crit": value])) }
    }

    @Test("kid: ignored with public_key") func keyIDWithPinnedKey() throws {
        _ = try verify(try TestToken.make(header: ["alg": "RS256", "kid": "whatever"]))
        _ = try verify(try TestToken.make(header: ["alg": "RS256", "kid": 7]))
    }

    @Test("kid: selects a key of the set") func keyID() throws {
        let keys = try TestKeys.set("good", "other")
        func make(_ header: JSONObject) throws -> String { try TestToken.make(header: header) }
        _ = try verify(make(["alg": "RS256", "kid": "good"]), keys: keys)
        #expect(throws: TokenFault.signature) { try verify(make(["alg": "RS256", "kid": "other"]), keys: keys) }
        #expect(throws: TokenFault.key) { try verify(make(["alg": "RS256", "kid": "unknown"]), keys: keys) }
        #expect(throws: TokenFault.key) { try verify(make(["alg": "RS256", "kid": "Good"]), keys: keys) }
        #expect(throws: TokenFault.key) { try verify(make(["alg": "RS256", "kid": 1]), keys: keys) }
        #expect(throws: TokenFault.key) { try verify(make(["alg": "RS256"]), keys: keys) }
    }

    @Test("kid: without one, the only key of a set of one") func onlyKey() throws {
        let keys = try TestKeys.set("good")
        _ = try verify(try TestToken.make(), keys: keys)
        #expect(throws: TokenFault.key) { try verify(try TestToken.make(header: ["alg": "RS256", "kid": "bad"]), keys: keys) }
    }

    @Test("jwk, jku, x5u and x5c are never used", arguments: ["jwk", "jku", "x5u", "x5c"])
    func embeddedKeys(member: String) throws {
        let foreign = try TestKeys.foreign()
        let primitives = try foreign.publicKey.getKeyPrimitives()
        let jwk: JSONValue = [
            "kty": "RSA", "n": .string(Base64URL.encode(primitives.modulus)), "e": .string(Base64URL.encode(primitives.publicExponent)),
        ]
        var header: JSONObject = ["alg": "RS256"]
        header[member] = member == "jwk" ? jwk : "https://evil.example/keys"
        #expect(throws: TokenFault.signature) { try verify(try TestToken.make(header: header, key: foreign)) }
    }

    // MARK: signature

    @Test("signature: by one of the keys") func signature() throws {
        #expect(throws: TokenFault.signature) { try verify(try TestToken.make(key: try TestKeys.foreign())) }
        let both = VerificationKeys(pinned: [try TestKeys.trusted().publicKey, try TestKeys.foreign().publicKey])
        _ = try verify(try TestToken.make(key: try TestKeys.foreign()), keys: both)
    }

    @Test("signature: every part of the token is covered") func tampering() throws {
        let token = try TestToken.make()
        let parts = token.split(separator: ".").map(String.init)
        let other = try TestToken.make(["roles": ["admin"]]).split(separator: ".").map(String.init)
        #expect(throws: TokenFault.signature) { try verify("\(parts[0]).\(other[1]).\(parts[2])") }
        #expect(throws: TokenFault.signature) { try verify("\(parts[0]).\(parts[1]).") }
        #expect(throws: TokenFault.signature) { try verify("\(parts[0]).\(parts[1]).AAAA") }
        let longer = Base64URL.encode((Base64URL.decode(parts[2]) ?? []) + [0])
        #expect(throws: TokenFault.signature) { try verify("\(parts[0]).\(parts[1]).\(longer)") }
    }

    @Test("signature: checked before any claim") func signatureFirst() throws {
        let token = try TestToken.make(["exp": 1, "iss": "x", "sub": .null], key: try TestKeys.foreign())
        #expect(throws: TokenFault.signature) { try verify(token) }
    }

    // MARK: claims

    @Test(
        "iss",
        arguments: [
            (.null, .missingClaim), ("other", .issuer), ("mcp-gateway ", .issuer), ("MCP-gateway", .issuer), ("", .issuer), (7, .issuer),
            (["mcp-gateway"], .issuer), ("mcp-gateway", nil),
        ] as [(JSONValue, TokenFault?)]
    )
    func issuer(value: JSONValue, expected: TokenFault?) throws { #expect(try fault(["iss": value]) == expected) }

    @Test(
        "aud, with a configured audience",
        arguments: [
            (.null, .missingClaim), ("", .missingClaim), ([], .missingClaim), ("mcp-gateway", nil), (["x", "mcp-gateway"], nil),
            ("x", .audience), (["x"], .audience), ("MCP-GATEWAY", .audience), ([""], .audience), (7, .audience),
            (["mcp-gateway", 7], .audience), (["aud": "mcp-gateway"], .audience),
        ] as [(JSONValue, TokenFault?)]
    )
    func audience(value: JSONValue, expected: TokenFault?) throws { #expect(try fault(["aud": value]) == expected) }

    @Test(
        "aud, without a configured audience",
        arguments: [(.null, nil), ("", nil), ([], nil), ("x", .audience), (["x"], .audience), (7, .audience)] as [(JSONValue, TokenFault?)]
    )
    func noAudience(value: JSONValue, expected: TokenFault?) throws {
        #expect(try fault(["aud": value], rules: TokenRules()) == expected)
    }

    @Test("aud: the resource URLs of the mount are accepted too") func resources() throws {
        let token = try TestToken.make(["aud": "https://mcp.example.com/ecs/mcp"])
        for rules in [TokenRules(), TokenRules(audiences: ["mcp-gateway"])] {
            _ = try verify(token, rules: rules, resources: ["https://mcp.example.com/ecs", "https://mcp.example.com/ecs/mcp"])
            #expect(throws: TokenFault.audience) { try verify(token, rules: rules, resources: ["https://mcp.example.com/cts/mcp"]) }
            #expect(throws: TokenFault.audience) { try verify(token, rules: rules) }
        }
    }

    @Test("a gateway with several audiences accepts each") func severalAudiences() throws {
        #expect(try fault(["aud": "b"], rules: TokenRules(audiences: ["a", "b"])) == nil)
    }

    @Test(
        "exp",
        arguments: [
            (.int(time), nil), (.int(time - 30), nil), (.int(time - 31), .expired), (.int(0), .expired), (.int(-5), .expired),
            (.null, .missingClaim), (true, .decode), ("1900000000", .decode), ([], .decode),
        ] as [(JSONValue, TokenFault?)]
    )
    func expiry(value: JSONValue, expected: TokenFault?) throws { #expect(try fault(["exp": value]) == expected) }

    @Test("exp: fractional and however large", arguments: ["1799999970.5", "1e300", "1e999", "99999999999999999999999", "1.8e9"])
    func expiryNumbers(text: String) throws {
        let claims = TestToken.claims(["exp": .null]).text().dropLast() + ",\"exp\":\(text)}"
        let token = try verify(try TestToken.sign(header: #"{"alg":"RS256"}"#, claims: String(claims)))
        #expect((token.identity.tokenExpiry ?? -1) > 0)
    }

    @Test("exp: fractional in the past") func fractionalPast() throws {
        let claims = TestToken.claims(["exp": .null]).text().dropLast() + ",\"exp\":1799999969.9}"
        #expect(throws: TokenFault.expired) { try verify(try TestToken.sign(header: #"{"alg":"RS256"}"#, claims: String(claims))) }
    }

    @Test("exp: missing is accepted when permanent tokens are") func permanent() throws {
        let token = try verify(try TestToken.make(["exp": .null]), rules: TokenRules(audiences: ["mcp-gateway"], allowsPermanent: true))
        #expect(token.identity.tokenExpiry == nil)
        #expect(TokenVerifier(TokenRules()).deadline(token.expiry) == nil)
    }

    @Test("leeway can be switched off") func noLeeway() throws {
        let rules = TokenRules(audiences: ["mcp-gateway"], leeway: 0)
        #expect(try fault(["exp": .int(Self.time)], rules: rules) == nil)
        #expect(try fault(["exp": .int(Self.time - 1)], rules: rules) == .expired)
    }

    @Test(
        "nbf",
        arguments: [
            (.null, nil), (.int(time + 30), nil), (.int(time + 31), .immature), (true, .decode), ("1", .decode),
        ] as [(JSONValue, TokenFault?)]
    )
    func notBefore(value: JSONValue, expected: TokenFault?) throws { #expect(try fault(["nbf": value]) == expected) }

    @Test(
        "iat",
        arguments: [
            (.null, nil), (.int(time + 30), nil), (.int(time + 31), .immature), (false, .issuedAt), ("1", .issuedAt), ([], .issuedAt),
        ] as [(JSONValue, TokenFault?)]
    )
    func issuedAt(value: JSONValue, expected: TokenFault?) throws { #expect(try fault(["iat": value]) == expected) }

    @Test(
        "sub",
        arguments: [
            (.null, .missingSubject), ("", .missingSubject), (" \t\u{A0}", .missingSubject), (7, .subject), (["a"], .subject), (" a ", nil),
        ] as [(JSONValue, TokenFault?)]
    )
    func subject(value: JSONValue, expected: TokenFault?) throws { #expect(try fault(["sub": value]) == expected) }

    @Test("sub: the reason's text and the verbatim value") func subjectText() throws {
        #expect(TokenFault.missingSubject.rawValue == "jwt-missing-sub: 'sub' claim is required")
        #expect(try verify(try TestToken.make(["sub": " a "])).subject == " a ")
    }

    @Test(
        "roles",
        arguments: [
            (.null, []), ([], []), (["a", " b ", ""], ["a", " b ", ""]), ("a,b c\t,d\n", ["a", "b", "c", "d"]), ("", []), (" , ", []),
        ] as [(JSONValue, [String])]
    )
    func roles(value: JSONValue, expected: [String]) throws {
        let claims = TestToken.claims(["roles": .null]).text().dropLast() + ",\"roles\":\(value.text())}"
        #expect(try verify(try TestToken.sign(header: #"{"alg":"RS256"}"#, claims: String(claims))).roles == expected)
    }

    @Test("roles: anything else", arguments: [7, true, ["a", 7], ["a": "b"], [["a"]], [.null]] as [JSONValue])
    func badRoles(value: JSONValue) throws { #expect(try fault(["roles": value]) == .token) }

    @Test(
        "tenant",
        arguments: [
            ([:], ""), (["tenant": "a"], "a"), (["tenant": 7], "7"), (["tenant": ""], ""), (["tid": "b"], "b"), (["tid": 8], "8"),
            (["tenant": "a", "tid": "b"], "a"), (["tenant": "a", "tid": true], "a"),
        ] as [(JSONObject, String)]
    )
    func tenant(changes: JSONObject, expected: String) throws {
        #expect(try verify(try TestToken.make(changes)).tenant == expected)
    }

    @Test("tenant: anything else", arguments: [["tenant": true], ["tenant": []], ["tid": ["a": 1]]] as [JSONObject])
    func badTenant(changes: JSONObject) throws { #expect(try fault(changes) == .token) }

    @Test("an identity too large for an assertion is refused here, not by the server as a 502") func tooManyRoles() throws {
        let roles = (0..<1_800).map { _ in "a" }.joined(separator: ",")
        #expect(try fault(["roles": .string(roles)]) == .token)
    }

    @Test("the largest accepted identity fits into an assertion") func largestIdentity() throws {
        let subject = String(repeating: "\u{1}", count: 730)
        let token = try verify(try TestToken.make(["sub": .string("a" + subject)]))
        let signer = IdentitySigning(nil).signer
        let assertion = try signer.sign(
            token.identity,
            audience: String(repeating: "a", count: 63),
            issuedAt: Int64(now),
            expires: Int64(now) + 60
        )
        #expect(assertion.utf8.count <= 8_192)
    }

    @Test("random bytes never do anything but fail") func fuzz() throws {
        var generator = SystemRandomNumberGenerator()
        let token = Array(try TestToken.make().utf8)
        let verifier = TokenVerifier(TokenRules(audiences: ["mcp-gateway"]))
        let keys = try TestKeys.pinned()
        for _ in 0..<2_000 {
            var bytes = token
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                bytes[Int.random(in: 0..<bytes.count, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
            }
            if bytes == token { continue }
            #expect(throws: TokenFault.self) { try verifier.verify(bytes, keys: keys, resources: [], now: now) }
        }
    }
}
