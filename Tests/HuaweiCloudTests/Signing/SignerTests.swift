import Foundation
import HuaweiCloud
import ProcessSupport
import Testing

/// The preparation of headers, huaweicloud-http.md §1.1.
@Suite struct SignerTests {
    private let date = Date(timeIntervalSince1970: 1_768_464_930)

    private func credentials(_ key: String = "AK", _ secret: String = "SK", token: String? = nil) -> Credentials {
        Credentials(accessKeyID: Secret(key), secretAccessKey: Secret(secret), securityToken: token.map { Secret($0) })
    }

    private func request(_ headers: HeaderList = [:], path: String = "/v1/x") throws -> SignedRequest {
        SignedRequest(method: "GET", endpoint: try Endpoint(parsing: "Example.com:8443"), path: path, headers: headers)
    }

    private func signed(_ headers: HeaderList, _ credentials: Credentials, projectID: String? = nil) throws -> HeaderList {
        var request = try request(headers)
        try Signer(credentials: credentials).sign(&request, at: date, projectID: projectID)
        return request.headers
    }

    @Test func addsTheDateOfTheClock() throws { #expect(try signed([:], credentials())["x-sdk-date"] == "20260115T081530Z") }

    @Test func hostIsTheAuthorityAsWrittenWithItsPort() throws {
        #expect(try signed([:], credentials())["Host"] == "Example.com:8443")
    }

    @Test func callersHostWins() throws {
        let headers = try signed(["hOST": "other"], credentials())
        #expect(headers.fields.filter { $0.isNamed("host") } == [HeaderField(name: "hOST", value: "other")])
    }

    @Test func callersDateIsKeptInAnyLetterCase() throws {
        let headers = try signed(["x-sdk-DATE": "20200102T030405Z"], credentials())
        #expect(headers.fields.filter { $0.isNamed("x-sdk-date") } == [HeaderField(name: "x-sdk-DATE", value: "20200102T030405Z")])
    }

    @Test(arguments: ["2020-01-02T03:04:05Z", "20200102T030405", "20201302T030405Z", "", "20200102t030405Z"])
    func callersDateMustHaveTheFormat(_ value: String) {
        #expect(throws: SigningError.malformedDate) { try signed(["X-Sdk-Date": value], credentials()) }
    }

    @Test func projectIDIsAddedUnlessEmpty() throws {
        #expect(try signed([:], credentials(), projectID: "p1")["X-Project-Id"] == "p1")
        #expect(try !signed([:], credentials(), projectID: "").contains("X-Project-Id"))
        #expect(try !signed([:], credentials(), projectID: nil).contains("X-Project-Id"))
    }

    @Test(arguments: ["token", ""])
    func securityTokenIsAddedAndSignedEvenWhenEmpty(_ token: String) throws {
        let headers = try signed([:], credentials(token: token))
        #expect(headers["X-Security-Token"] == token)
        #expect(headers["Authorization"]?.contains("SignedHeaders=host;x-sdk-date;x-security-token,") == true)
    }

    @Test func anAuthorizedRequestIsNotSigned() throws {
        let headers = try signed(["authorization": "Bearer x"], credentials(token: "t"), projectID: "p")
        #expect(headers.fields.map(\.name) == ["authorization", "X-Project-Id", "X-Security-Token"])
        #expect(headers["Authorization"] == "Bearer x")
    }

    @Test(arguments: ["application/json", "application/json;charset=utf-8", "application/jsonx", "application/bson", ""])
    func jsonBodiesAreHashed(_ type: String) throws {
        #expect(try !signed(["Content-Type": type], credentials()).contains("X-Sdk-Content-Sha256"))
    }

    @Test(arguments: ["text/plain", "Application/JSON", " application/json"])
    func otherBodiesAreUnsigned(_ type: String) throws {
        #expect(try signed(["Content-Type": type], credentials())["X-Sdk-Content-Sha256"] == "UNSIGNED-PAYLOAD")
    }

    @Test func onlyTheExactNameContentTypeCounts() throws {
        #expect(try !signed(["content-type": "text/plain"], credentials()).contains("X-Sdk-Content-Sha256"))
    }

    @Test func emptyKeysAreErrorsBeforeAnythingIsSent() throws {
        #expect(throws: SigningError.emptyAccessKey) { try signed([:], credentials("", "SK")) }
        #expect(throws: SigningError.emptySecretKey) { try signed([:], credentials("AK", "")) }
        #expect(throws: SigningError.emptySecretKey) { try signed(["Authorization": "x"], credentials("AK", "")) }
    }

    @Test func thePathMustNotBeEmpty() throws {
        var request = try request(path: "")
        #expect(throws: SigningError.emptyPath) { try Signer(credentials: credentials()).sign(&request, at: date) }
    }

    @Test func repeatedHeadersAreRefused() {
        #expect(throws: SigningError.repeatedHeader("x-a")) { try signed(["X-A": "1", "x-a": "2"], credentials()) }
    }

    @Test(arguments: ["a\nb", "a\r\nX-Evil: 1", "\u{0}", "\u{7F}"])
    func controlCharactersAreRefused(_ value: String) {
        #expect(throws: SigningError.malformedHeader("X-A")) { try signed(["X-A": value], credentials()) }
        #expect(throws: SigningError.malformedHeader("X-Project-Id")) { try signed([:], credentials(), projectID: value) }
        #expect(throws: SigningError.malformedHeader("X-Security-Token")) { try signed([:], credentials(token: value)) }
        #expect(throws: SigningError.malformedHeader("Authorization")) { try signed([:], credentials("AK" + value)) }
    }

    @Test func theMethodIsUpperCasedInTheSignatureOnly() throws {
        var lower = try request()
        lower.method = "get"
        try Signer(credentials: credentials()).sign(&lower, at: date)
        var upper = try request()
        try Signer(credentials: credentials()).sign(&upper, at: date)
        #expect(lower.headers == upper.headers)
        #expect(lower.method == "get")
    }

    @Test func credentialsDoNotPrintThemselves() {
        let credentials = credentials("AKAKAKAKAK", "SKSKSKSKSK", token: "TTTTTTT")
        for text in ["\(credentials)", String(reflecting: credentials), "\(Signer(credentials: credentials))"] {
            #expect(!text.contains("AKAK") && !text.contains("SKSK") && !text.contains("TTT"))
        }
    }
}
