import Foundation
import HuaweiCloud
import ProcessSupport
import Testing

/// The receiver's side: everything that was signed is covered.
@Suite struct SignatureVerifierTests {
    private let date = Date(timeIntervalSince1970: 1_768_464_930)
    private let credentials = Credentials(accessKeyID: Secret("AK"), secretAccessKey: Secret("SK"))

    private func signed(_ edit: (inout SignedRequest) -> Void = { _ in }) throws -> SignedRequest {
        var request = SignedRequest(
            method: "POST",
            endpoint: try Endpoint(parsing: "http://localhost:9000"),
            path: "/v1/a%20b",
            query: "a=1&b=2",
            headers: ["Content-Type": "application/json;charset=utf-8", "User-Agent": "test/1"],
            body: Array("{}".utf8)
        )
        edit(&request)
        try Signer(credentials: credentials).sign(&request, at: date, projectID: "p")
        return request
    }

    private func verify(_ request: SignedRequest, now: Date? = nil) throws(SignatureVerifier.Failure) -> String {
        try SignatureVerifier().verify(
            method: request.method,
            path: request.path,
            query: request.query,
            headers: request.headers,
            body: request.body,
            now: now ?? date
        ) { $0 == "AK" ? Secret("SK") : nil }
    }

    private func failure(of request: SignedRequest, now: Date? = nil) -> SignatureVerifier.Failure? {
        do throws(SignatureVerifier.Failure) {
            _ = try verify(request, now: now)
            return nil
        } catch { return error }
    }

    @Test func acceptsWhatWasSigned() throws { #expect(try verify(signed()) == "AK") }

    @Test func headersThatWereNotSignedMayBeAddedOnTheWay() throws {
        var request = try signed()
        request.headers.append("Content-Length", "2")
        request.headers.append("X-Forwarded-For", "10.0.0.1")
        #expect(try verify(request) == "AK")
    }

    @Test func headerNamesMayChangeTheirCaseOnTheWay() throws {
        var request = try signed()
        for index in request.headers.fields.indices { request.headers.fields[index].name = request.headers.fields[index].name.uppercased() }
        #expect(try verify(request) == "AK")
    }

    static let changes: [(String, @Sendable (inout SignedRequest) -> Void)] = [
        ("method", { $0.method = "PUT" }),
        ("path", { $0.path = "/v1/a%20c" }),
        ("query", { $0.query = "a=1&b=3" }),
        ("body", { $0.body = Array("{ }".utf8) }),
        ("a signed header", { $0.headers["User-Agent"] = "test/2" }),
        ("the project id", { $0.headers["X-Project-Id"] = "q" }),
        ("the date", { $0.headers["X-Sdk-Date"] = "20260115T081531Z" }),
        ("the host", { $0.headers["Host"] = "evil:1" }),
    ]

    @Test(arguments: changes.map(\.0))
    func anyChangeIsNoticed(_ name: String) throws {
        var request = try signed()
        try #require(Self.changes.first { $0.0 == name }).1(&request)
        guard case .wrongSignature(let canonicalRequest) = failure(of: request) else {
            Issue.record("accepted")
            return
        }
        #expect(canonicalRequest.hasPrefix(request.method))
    }

    @Test func theSignatureIsComparedWhole() throws {
        var request = try signed()
        let authorization = try #require(request.headers["Authorization"])
        for changed in [String(authorization.dropLast()), authorization + "0", authorization.uppercased()] {
            request.headers["Authorization"] = changed
            #expect(failure(of: request) != nil)
        }
    }

    @Test func missingOrRepeatedAuthorization() throws {
        var request = try signed()
        request.headers.append("authorization", "x")
        #expect(failure(of: request) == .malformedAuthorization)
        request.headers["Authorization"] = nil
        #expect(failure(of: request) == .missingAuthorization)
    }

    @Test(arguments: [(900, true), (-900, true), (901, false), (-901, false)])
    func theClockMayDifferBy15Minutes(seconds: Int, accepted: Bool) throws {
        let failure = failure(of: try signed(), now: date.addingTimeInterval(Double(-seconds)))
        #expect(failure == (accepted ? nil : .clockSkew(seconds: seconds)))
    }

    @Test func unknownAccessKey() throws {
        var request = try signed()
        request.headers["Authorization"] = request.headers["Authorization"]?.replacing("Access=AK", with: "Access=OTHER")
        #expect(failure(of: request) == .unknownAccessKey("OTHER"))
    }

    @Test(arguments: [
        "content-type;user-agent", "x-sdk-date;host", "host;host;x-sdk-date", "Host;x-sdk-date", "host;x-sdk-date;", "host",
    ])
    func signedHeadersMustBeSortedAndHoldHostAndDate(_ names: String) throws {
        var request = try signed()
        request.headers["Authorization"] = "SDK-HMAC-SHA256 Access=AK, SignedHeaders=\(names), Signature=00"
        #expect(failure(of: request) == .malformedSignedHeaders)
    }

    @Test func signedHeadersMustBeThereOnce() throws {
        var request = try signed()
        request.headers.append("user-agent", "x")
        #expect(failure(of: request) == .repeatedSignedHeader("user-agent"))
        request.headers["User-Agent"] = nil
        #expect(failure(of: request) == .missingSignedHeader("user-agent"))
    }

    @Test(arguments: ["X-Project-Id", "X-Security-Token", "X-Sdk-Content-Sha256"])
    func whatSaysWhoIsMeantMustBeSigned(_ name: String) throws {
        var request = try signed()
        request.headers[name] = nil
        if name == "X-Project-Id" {
            request.headers["Authorization"] = request.headers["Authorization"]?.replacing("x-project-id;", with: "")
        }
        request.headers.append(name, "x")
        #expect(failure(of: request) == .unsignedHeader(name.lowercased()))
    }

    @Test func aGivenPayloadHashMustBeThatOfTheBody() throws {
        let request = try signed { $0.headers["X-Sdk-Content-Sha256"] = "0123" }
        #expect(failure(of: request) == .wrongPayloadHash)
        #expect(try verify(signed { $0.headers["X-Sdk-Content-Sha256"] = "UNSIGNED-PAYLOAD" }) == "AK")
    }

    @Test(arguments: ["20260115T0815", ""])
    func theDateMustHaveItsForm(_ date: String) throws {
        var request = try signed()
        request.headers["X-Sdk-Date"] = date
        #expect(failure(of: request) == .malformedDate)
    }

    @Test(arguments: [
        "Bearer x", "SDK-HMAC-SHA256", "SDK-HMAC-SHA256 Access=a, SignedHeaders=h", "SDK-HMAC-SHA256 Access=, SignedHeaders=h, Signature=s",
        "SDK-HMAC-SHA256 Access=a, Access=b, SignedHeaders=h, Signature=s", "SDK-HMAC-SHA256Access=a, SignedHeaders=h, Signature=s",
        "SDK-HMAC-SHA256 Access=a, SignedHeaders=h, Signature=s, More=m", "",
    ])
    func authorizationMustHaveItsForm(_ value: String) { #expect(AuthorizationHeader(value) == nil) }

    @Test func authorizationIsRead() {
        let header = AuthorizationHeader("  SDK-HMAC-SHA256 Access=a=b,SignedHeaders=h;i,  Signature=s ")
        #expect(header?.accessKeyID == "a=b")
        #expect(header?.signedHeaders == ["h", "i"])
        #expect(header?.signature == "s")
    }
}
