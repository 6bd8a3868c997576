import AuthCommon
import Crypto
import JSONRPC
import Testing

@Suite struct IdentityAssertionTests {
    private let assertions = Assertions()

    private func reason(_ jws: String, now: Int64 = Assertions.now) -> AssertionError? {
        do throws(AssertionError) {
            _ = try assertions.verifier.verify(jws, now: now)
            return nil
        } catch {
            return error
        }
    }

    @Test(
        "what the signer issues the verifier accepts",
        arguments: [
            Identity(subject: "alice", roles: ["operator", "auditor"], tenant: "acme", tokenExpiry: 1_772_370_000),
            Identity(subject: "a", roles: []),
            Identity(subject: "日本 \"x\" \u{1F511}", roles: ["", "ü,\n"], tenant: "\\", tokenExpiry: -1),
        ]
    )
    func roundTrip(identity: Identity) throws {
        for keyID in [nil, "2026-03"] {
            let signer = IdentityAssertionSigner(privateKey: assertions.key, keyID: keyID)
            let jws = try signer.sign(identity, audience: "ecs", issuedAt: Assertions.now, expires: Assertions.now + 60)
            #expect(try assertions.verifier.verify(jws, now: Assertions.now) == identity)
        }
    }

    @Test("the signer writes exactly the header and the claims of the specification")
    func wire() throws {
        let signer = IdentityAssertionSigner(privateKey: assertions.key, keyID: "k1")
        let jws = try signer.sign(
            Identity(subject: "alice", roles: ["admin"], tenant: "", tokenExpiry: 7),
            audience: "cts",
            issuedAt: 1,
            expires: 61
        )
        let parts = jws.split(separator: ".").map { Base64URL.decode(String($0)).map { String(decoding: $0, as: UTF8.self) } }
        #expect(parts[0] == #"{"alg":"EdDSA","typ":"mcp-identity+jwt","kid":"k1"}"#)
        #expect(
            parts[1] == #"{"iss":"mcp-gateway","aud":"cts","sub":"alice","roles":["admin"],"tenant":"","iat":1,"exp":61,"token_exp":7}"#
        )
        #expect(signer.publicKey.rawRepresentation == assertions.key.publicKey.rawRepresentation)
        #expect("\(signer)" == "identity assertion signer")
        let permanent = try signer.sign(Identity(subject: "a", roles: []), audience: "cts", issuedAt: 1, expires: 61)
        let payload = Base64URL.decode(String(permanent.split(separator: ".")[1])) ?? []
        #expect(!String(decoding: payload, as: UTF8.self).contains("token_exp"))
    }

    @Test("any of several keys may verify")
    func rotation() throws {
        let other = Curve25519.Signing.PrivateKey()
        let jws = try assertions.sign()
        for keys in [[assertions.key.publicKey, other.publicKey], [other.publicKey, assertions.key.publicKey]] {
            #expect(try IdentityAssertionVerifier(keys: keys, audience: "ecs").verify(jws, now: Assertions.now).subject == "alice")
        }
        for keys in [[], [other.publicKey]] {
            #expect(throws: AssertionError.signature) {
                try IdentityAssertionVerifier(keys: keys, audience: "ecs").verify(jws, now: Assertions.now)
            }
        }
    }

    @Test("unknown claims and header members are ignored")
    func unknown() throws {
        #expect(reason(try assertions.sign(Assertions.claims("nbf", "x"))) == nil)
        #expect(reason(try assertions.sign(header: Assertions.header("x5u", "http://x"))) == nil)
        #expect(reason(try assertions.sign(header: Assertions.header("kid", "any"))) == nil)
    }

    @Test(
        "the header states EdDSA and the type of an identity assertion",
        arguments: [
            ("alg", "none", AssertionError.algorithm), ("alg", "HS256", .algorithm), ("alg", "RS256", .algorithm),
            ("alg", "eddsa", .algorithm),
            ("alg", "Ed25519", .algorithm), ("alg", "", .algorithm), ("alg", 1, .algorithm), ("alg", nil, .algorithm),
            ("alg", ["EdDSA"], .algorithm),
            ("typ", "JWT", .malformed), ("typ", "MCP-identity+jwt", .malformed), ("typ", nil, .malformed), ("typ", 1, .malformed),
            ("kid", 1, .malformed),
            ("kid", .null, .malformed), ("crit", ["exp"], .malformed), ("crit", [], .malformed),
        ] as [(String, JSONValue?, AssertionError)]
    )
    func header(name: String, value: JSONValue?, expected: AssertionError) throws {
        #expect(reason(try assertions.sign(header: Assertions.header(name, value))) == expected)
    }

    @Test(
        "every claim is checked",
        arguments: [
            ("iss", "other", AssertionError.issuer), ("iss", "mcp-gateway ", .issuer), ("iss", "MCP-Gateway", .issuer),
            ("iss", "", .issuer), ("iss", nil, .issuer),
            ("iss", ["mcp-gateway"], .issuer), ("aud", "cts", .audience), ("aud", "ECS", .audience), ("aud", "", .audience),
            ("aud", nil, .audience),
            ("aud", ["ecs"], .audience), ("aud", 1, .audience), ("sub", "", .claims), ("sub", " \t\u{3000}", .claims),
            ("sub", nil, .claims), ("sub", 1, .claims),
            ("sub", .null, .claims), ("roles", "admin", .claims), ("roles", nil, .claims), ("roles", .null, .claims),
            ("roles", ["admin", 1], .claims),
            ("roles", [.null], .claims), ("roles", [:], .claims), ("tenant", nil, .claims), ("tenant", .null, .claims),
            ("tenant", 1, .claims),
            ("iat", nil, .claims), ("iat", "1772366400", .claims), ("iat", .null, .claims), ("iat", true, .claims), ("exp", nil, .claims),
            ("exp", "x", .claims),
            ("token_exp", "x", .claims), ("token_exp", .null, .claims), ("token_exp", true, .claims),
        ] as [(String, JSONValue?, AssertionError)]
    )
    func claims(name: String, value: JSONValue?, expected: AssertionError) throws {
        #expect(reason(try assertions.sign(Assertions.claims(name, value))) == expected)
    }

    @Test("times are whole numbers", arguments: ["1772366400.5", "1e400", "99999999999999999999", "-1.5"])
    func wholeNumbers(number: String) throws {
        for claim in ["iat", "exp", "token_exp"] {
            let payload = Assertions.claims(claim, "NUMBER").text().replacing("\"NUMBER\"", with: number)
            #expect(reason(try assertions.sign(payload: Array(payload.utf8))) == .claims)
        }
    }

    @Test("empty roles and an empty tenant are fine")
    func empty() throws {
        var claims = Assertions.claims("roles", [])
        claims["tenant"] = ""
        #expect(try assertions.verifier.verify(assertions.sign(claims), now: Assertions.now) == Identity(subject: "alice", roles: []))
    }

    @Test(
        "5 s of clock difference are tolerated, not one more",
        arguments: [
            (-6, AssertionError.notYetValid), (-5, nil), (0, nil), (59, nil), (60, nil), (65, nil), (66, .expired), (100_000, .expired),
            (-100_000, .notYetValid),
        ] as [(Int64, AssertionError?)]
    )
    func clock(offset: Int64, expected: AssertionError?) throws {
        #expect(reason(try assertions.sign(), now: Assertions.now + offset) == expected)
    }

    @Test(
        "the lifetime is more than 0 and at most 60 s",
        arguments: [(-1, false), (0, false), (1, true), (60, true), (61, false), (3600, false)]
    )
    func lifetime(seconds: Int, isAccepted: Bool) throws {
        let jws = try assertions.sign(Assertions.claims("exp", .int(Int(Assertions.now) + seconds)))
        #expect(reason(jws) == (isAccepted ? nil : .lifetime))
    }

    @Test("extreme times are refused and never trap")
    func extremes() throws {
        for issued in [Int.min, Int.max, 0] {
            for expires in [Int.min, Int.max, 0] {
                var claims = Assertions.claims("iat", .int(issued))
                claims["exp"] = .int(expires)
                #expect(reason(try assertions.sign(claims)) != nil)
            }
        }
    }

    @Test(
        "anything but three base64url segments of JSON objects is malformed",
        arguments: [
            "", ".", "..", "a", "a.b", "....", "e30.e30.", "e30.e30.e30.e30", "!.e30.e30", " ", "e30.e30.e30\n", "e30=.e30.e30", "é.é.é",
        ]
    )
    func malformed(text: String) {
        let reason = reason(text)
        #expect(reason == .malformed || text == "e30.e30." && reason == .algorithm)
    }

    @Test(
        "a header that is no JSON object, or repeats a member, is malformed",
        arguments: [
            "", "[]", "null", "\"x\"", "{", #"{"alg":"EdDSA","alg":"EdDSA","typ":"mcp-identity+jwt"}"#,
            #"{"alg":"none","typ":"mcp-identity+jwt","alg":"EdDSA"}"#,
        ]
    )
    func malformedHeader(header: String) throws {
        #expect(reason(try assertions.sign(header: Array(header.utf8), payload: Assertions.claims.bytes())) == .malformed)
    }

    @Test(
        "a signed payload that is no JSON object, or repeats a member, is malformed",
        arguments: ["", "[]", "null", "{", #"{"sub":"a","sub":"b"}"#, "\u{FEFF}{}"]
    )
    func malformedPayload(payload: String) throws {
        #expect(reason(try assertions.sign(payload: Array(payload.utf8))) == .malformed)
    }

    @Test("padding, white space and other spellings of the same bytes are malformed")
    func canonical() throws {
        let jws = try assertions.sign()
        let parts = jws.split(separator: ".").map(String.init)
        for position in 0..<3 {
            for change in ["=", " ", "\n", "+", "/", "%3D"] {
                var changed = parts
                changed[position] += change
                #expect(reason(changed.joined(separator: ".")) == .malformed)
            }
        }
        // The last character of a signature has four bits that mean nothing: only one of the 16 spellings is accepted.
        let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
        let accepted = alphabet.filter { reason(String(jws.dropLast()) + String($0)) == nil }
        #expect(accepted == String(jws.suffix(1)))
    }

    @Test("more than 8 KiB are malformed, exactly 8 KiB are not")
    func length() throws {
        func jws(_ filler: Int) throws -> String {
            try assertions.sign(Assertions.claims("x", .string(String(repeating: "x", count: filler))))
        }
        var filler = 5000
        while try jws(filler).utf8.count < 8192 { filler += 1 }
        let longest = try jws(filler).utf8.count == 8192 ? filler : filler - 1
        #expect(reason(try jws(longest)) == nil)
        #expect(reason(try jws(longest + 1)) == .malformed)
        #expect(reason(String(repeating: ".", count: 100_000)) == .malformed)
    }

    @Test("any changed character is refused, and a changed payload or signature never reaches the claims")
    func tampering() throws {
        let jws = Array(try assertions.sign().utf8)
        let dots = jws.indices.filter { jws[$0] == UInt8(ascii: ".") }
        for index in jws.indices {
            for replacement in "Az0-_." where UInt8(ascii: "z") >= replacement.asciiValue ?? 0 && jws[index] != replacement.asciiValue {
                var changed = jws
                changed[index] = replacement.asciiValue ?? 0
                let reason = reason(String(decoding: changed, as: UTF8.self))
                #expect(reason != nil)
                if index > dots[0] { #expect(reason == .signature || reason == .malformed) }
            }
        }
    }

    @Test("nothing of the payload is judged before the signature is verified")
    func order() throws {
        // Every claim is wrong and the signature is another's.
        let stranger = Assertions()
        let claims: JSONObject = ["iss": "x", "aud": "x", "sub": "", "iat": 0, "exp": 0]
        #expect(reason(try stranger.sign(claims)) == .signature)
        #expect(reason(try stranger.sign(payload: Array("no JSON".utf8))) == .signature)
        #expect(reason(try stranger.sign(header: Assertions.header("alg", "none"), claims)) == .algorithm)
    }

    @Test("parts of two good assertions do not make a third one")
    func splicing() throws {
        let first = try assertions.sign().split(separator: ".")
        let second = try assertions.sign(Assertions.claims("roles", ["admin"])).split(separator: ".")
        #expect(reason("\(first[0]).\(second[1]).\(first[2])") == .signature)
        #expect(reason("\(first[0]).\(first[1]).\(second[2])") == .signature)
        #expect(reason("\(first[0]).\(first[1]).") == .signature)
        #expect(reason("\(first[1]).\(first[0]).\(first[2])") == .algorithm)
    }

    @Test("the reasons are those of the specification")
    func reasons() {
        #expect(
            AssertionError.allCases.map(\.rawValue) == [
                "malformed", "algorithm", "signature", "issuer", "audience", "expired", "not-yet-valid", "lifetime", "claims",
            ]
        )
    }
}
