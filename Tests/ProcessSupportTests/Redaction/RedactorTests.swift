import Foundation
import ProcessSupport
import Testing

@Suite struct RedactorTests {
    /// As a line feed, quotes, slashes, spaces, signs that are escaped, and text outside ASCII.
    private static let odd = "pä\"ss/wo\\rd +&=%41\n\u{1F511}end"
    private let redactor = Redactor(secrets: [Secret("s3cr3t-value/with+plus"), Secret(odd), Secret("")])

    private func expectHidden(_ form: String, _ redactor: Redactor, sourceLocation: SourceLocation = #_sourceLocation) {
        #expect(redactor.redact(form) == "***", sourceLocation: sourceLocation)
        #expect(redactor.redact("before \(form) after") == "before *** after", sourceLocation: sourceLocation)
        #expect(redactor.redact("\(form)|\(form)") == "***|***", sourceLocation: sourceLocation)
    }

    @Test("hides a configured secret as it is")
    func plain() {
        expectHidden("s3cr3t-value/with+plus", redactor)
        expectHidden(Self.odd, redactor)
        #expect(redactor.redact("xs3cr3t-value/with+plusy") == "x***y")
    }

    @Test("hides a configured secret percent-encoded, whichever characters are and in either case")
    func percentEncoded() {
        expectHidden("s3cr3t-value%2Fwith%2Bplus", redactor)
        expectHidden("s3cr3t-value%2fwith%2bplus", redactor)
        expectHidden("s3cr3t-value/with%2Bplus", redactor)
        expectHidden(String(Self.odd.utf8.map { "%\(String(Int($0) | 0x100, radix: 16).dropFirst())" }.joined()), redactor)
        expectHidden("p%C3%A4%22ss/wo%5Crd+%2B%26%3D%2541%0A%F0%9F%94%91end", redactor)
        expectHidden("s3cr3t-value%252Fwith%252Bplus", redactor)
    }

    @Test("hides a configured secret JSON-escaped, however the writer escapes")
    func jsonEscaped() {
        expectHidden(#"pä\"ss/wo\\rd +&=%41\n🔑end"#, redactor)
        expectHidden(#"p\u00e4\"ss\/wo\\rd +&=%41\n\ud83d\udd11end"#, redactor)
        expectHidden(#"p\u00E4\u0022ss\u002fwo\u005crd +&=%41\u000a\uD83D\uDD11end"#, redactor)
        expectHidden(#"pä\\\"ss/wo\\\\rd +&=%41\\n🔑end"#, redactor)
    }

    @Test("hides a configured secret in base64, alone and inside a longer text", arguments: [0, 1, 2, 3, 4, 5])
    func base64(offset: Int) {
        for secret in ["s3cr3t-value/with+plus", Self.odd] {
            let encoded = Data(secret.utf8).base64EncodedString()
            expectHidden(encoded, redactor)
            expectHidden(encoded.replacingOccurrences(of: "=", with: ""), redactor)
            expectHidden(encoded.replacingOccurrences(of: "+", with: "-").replacingOccurrences(of: "/", with: "_"), redactor)
            expectHidden(encoded.replacingOccurrences(of: "=", with: "%3D").replacingOccurrences(of: "/", with: "%2F"), redactor)
            let longer = Data((String(repeating: "u", count: offset) + secret + ":tail").utf8).base64EncodedString()
            let shown = redactor.redact("x \(longer) y")
            #expect(shown.contains("***"))
            // Only what shares its bits with the neighbours may be left.
            #expect(shown.utf8.count < 20 + offset * 2)
        }
    }

    @Test("compares secrets as text, never as a pattern")
    func noPattern() {
        let redactor = Redactor(secrets: [Secret("a.*[b]?"), Secret("$1")])
        #expect(redactor.redact("aXXb a.*[b]? $1") == "aXXb *** ***")
    }

    @Test("hides overlapping and nested secrets whole")
    func overlapping() {
        let redactor = Redactor(secrets: [Secret("abcdef"), Secret("defghi"), Secret("cd"), Secret("abcdefghijklmno")])
        #expect(redactor.redact("1 abcdefghi 2 xcdx 3 abcdefghijklmno 4 abcdabcdef") == "1 *** 2 x***x 3 *** 4 ab***")
        #expect(redactor.redact("abcdeXdefghi") == "ab***eX***")
    }

    @Test("hides every part of a secret of several lines")
    func lines() {
        let pem =
            "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIAABAgMEBQYHCAkK\nCwwNDg8QERITFBUWFxgZGhscHR4f\n-----END PRIVATE KEY-----\n"
        let redactor = Redactor(secrets: [Secret(pem)])
        #expect(redactor.redact(pem) == "***\n")
        #expect(redactor.redact(pem.replacingOccurrences(of: "\n", with: "\\n")) == "***\\n")
        #expect(redactor.redact("key MC4CAQAwBQYDK2VwBCIEIAABAgMEBQYHCAkK.") == "key ***.")
        #expect(redactor.redact("key MC4CAQAwBQYDK2VwBCIEIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f.") == "key ***.")
        #expect(redactor.redact(pem.replacingOccurrences(of: "\n", with: "\r\n")).contains("MC4C") == false)
        #expect(redactor.redact("-----BEGIN PRIVATE KEY-----") == "-----BEGIN PRIVATE KEY-----")
    }

    @Test("hides a long secret that was cut off")
    func cut() {
        let token = String((0..<300).map { Character(UnicodeScalar(UInt8(ascii: "a") + UInt8($0 * 7 % 26))) })
        let redactor = Redactor(secrets: [Secret(token)])
        #expect(redactor.redact("x \(token.prefix(64))…") == "x ***…")
        #expect(redactor.redact(String(token.dropFirst(5).prefix(128))).utf8.count < 64)
    }

    @Test(
        "hides words in the form of a JWT",
        arguments: [
            "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhIn0.c2lnbmF0dXJl", "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0.",
            "eyAiYWxnIjoiUlMyNTYifQ.eyJzdWIiOiJhIn0.c2ln", "ewogImFsZyI6IlJTMjU2In0.ewogInN1YiI6ImEifQ.c2ln",
            "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhIn0", "eyJhbGciOiJkaXIifQ..aXY.Y2lwaGVy.dGFn.x", "eyJhbGciOiJkaXIifQ.a.aXY.Y2lwaGVy.dGFn",
            "xeyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhIn0.c2lnbmF0dXJl",
        ]
    )
    func jwt(word: String) {
        let redactor = Redactor()
        let isJWE = word.contains("..")
        if isJWE {
            #expect(redactor.redact(word) == word)
        } else {
            #expect(redactor.redact("token=\(word), next") == "token=***, next")
            #expect(redactor.redact("{\"t\":\"\(word)\"}") == "{\"t\":\"***\"}")
        }
    }

    @Test(
        "hides the value of Authorization",
        arguments: [
            ("Authorization: Bearer abc", "Authorization: ***"), ("authorization:x", "authorization:***"),
            ("a Proxy-Authorization: Basic dTpw\nHost: b", "a Proxy-Authorization: ***\nHost: b"),
            (#"{"Authorization":"Bearer a\"b","x":1}"#, #"{"Authorization":"***","x":1}"#),
            (#"{"authorization" : "abc"}"#, #"{"authorization" : "***"}"#),
            (#"("Authorization", "abc")"#, #"("Authorization", "***")"#), ("AUTHORIZATION='a b' c", "AUTHORIZATION='***' c"),
            (#"{\"Authorization\":\"Bearer abc\",\"x\":1}"#, #"{\"Authorization\":\"***",\"x\":1}"#),
            ("Authorization: SDK-HMAC-SHA256 Access=AK, SignedHeaders=host, Signature=00ff", "Authorization: ***"),
            ("SDK-HMAC-SHA256 Access=AK, SignedHeaders=host, Signature=00ff", "SDK-HMAC-SHA256 ***"),
            ("X-Auth-Token: MIIabc", "X-Auth-Token: ***"), ("X-Security-Token=gQpjb", "X-Security-Token=***"),
            ("sent Bearer abcdef0123456789, then", "sent Bearer ***, then"), ("bearer abcdefghijklmnopqrst", "bearer ***"),
        ]
    )
    func authorization(text: String, expected: String) {
        #expect(Redactor().redact(text) == expected)
    }

    @Test("hides words of 20 upper-case letters and digits mixed and words of 40 with both cases and a digit")
    func keys() {
        let accessKey = "HPUAABCDEFGHIJ123456"
        let secretKey = "abcdefghijABCDEFGHIJ0123456789abcdefghij"
        for (text, expected) in [
            (accessKey, "***"), ("ak=\(accessKey)&", "ak=***&"), ("(\(accessKey))", "(***)"), ("a_\(accessKey)-b", "a_***-b"),
            ("%3D\(accessKey)%26", "%3D***%26"), ("\\n\(accessKey)\\t", "\\n***\\t"), ("é\(accessKey)é", "é***é"),
            ("\\u003d\(accessKey)", "\\u003d***"), ("C:\\\(accessKey)", "C:\\***"),
            (secretKey, "***"), ("\(accessKey):\(secretKey)", "***:***"),
        ] {
            #expect(Redactor().redact(text) == expected)
        }
    }

    @Test(
        "leaves everything else as it is",
        arguments: [
            "", "tool-ok", "ABCDEFGHIJKLMNOPQRST", "12345678901234567890", "HPUAABCDEFGHIJ12345", "HPUAABCDEFGHIJ1234567",
            "HPUAABCDEFGHIj123456",
            "abcdefghijabcdefghij0123456789abcdefghij", "ABCDEFGHIJABCDEFGHIJ0123456789ABCDEFGHIJ",
            "abcdefghijABCDEFGHIJabcdefghijABCDEFGHIJ",
            "da39a3ee5e6b4b0d3255bfef95601890afd80709", "0123456789abcdef0123456789abcdef", "550e8400-e29b-41d4-a716-446655440000",
            "www.example.com", "keyJar.example.org", "eyJhbGciOiJSUzI1NiJ9", "eyJhbGciOiJSUzI1NiJ9.", "a.b.c", "authorization",
            "the authorization header is missing",
            "missing-bearer-token", "Bearer token", "Bearer resource_metadata=\"x\"", "Basic usage", "ecs.af-south-1.myhuaweicloud.com",
            "%", "\\", "%4", "\\u00",
            "2026-01-02T03:04:05.678+00:00", "HUAWEICLOUD_SECRET_ACCESS_KEY is required", "日本語のテキスト",
        ]
    )
    func unchanged(text: String) {
        #expect(redactor.redact(text) == text)
    }

    @Test("hides the whole value of a field whose name says that it is a credential")
    func named() {
        #expect(Redactor().redact("x y", named: "Authorization") == "***")
        #expect(Redactor().redact("x y", named: "x-auth-token") == "***")
        #expect(Redactor().redact("", named: "authorization") == "")
        #expect(Redactor().redact("x y", named: "path") == "x y")
    }

    @Test("does not look back: time grows with the length only", .timeLimit(.minutes(1)))
    func linear() {
        let redactor = Redactor(secrets: [Secret(String(repeating: "a", count: 500) + "b"), Secret(String(repeating: "%", count: 300))])
        for unit in ["a", "%25", "\\", "\\\"", "eyJ", "eyJhbGciOiJSUzI1NiJ9.", "authorization\"", "bearer ", "%", "\\u0041", "é"] {
            let text = String(repeating: unit, count: 300_000 / unit.utf8.count)
            #expect(redactor.redact(text).utf8.count <= text.utf8.count)
        }
    }
}
