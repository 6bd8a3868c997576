import HuaweiCloud
import JSONRPC
import ProcessSupport
import Testing

@testable import CloudSimulator

@Suite struct SignatureTests {
    private var cloud = TestCloud()
    private var path: String { "/v1/\(cloud.pid)/cloudservers/detail" }

    private func expectRefused(_ reply: APIReply, _ reason: String) {
        let reply = TestReply(reply)
        #expect(reply.status == 401)
        #expect(reply.gatewayCode == "APIGW.0301")
        let message = reply.json["error_msg"]?.stringValue ?? ""
        #expect(message.hasPrefix("Incorrect IAM authentication information: "))
        #expect(message.contains(reason), "\(message)")
        #expect(reply.json["request_id"]?.stringValue == reply.headers["X-Request-Id"])
        #expect(reply.headers.contains("Date"))
    }

    @Test mutating func aGoodSignatureIsAccepted() throws {
        #expect(cloud.send(try cloud.request("GET", path, [("name", "a b/c+é"), ("limit", 10)])).status == 200)
    }

    @Test mutating func anUnsignedRequestIsRefused() {
        expectRefused(cloud.send(APIRequest(method: "GET", target: path, headers: ["Host": "127.0.0.1"])), "not found")
    }

    @Test mutating func anotherSecretIsRefusedAndTheCanonicalRequestIsEchoed() throws {
        cloud.credentials = Credentials(accessKeyID: cloud.credentials.accessKeyID, secretAccessKey: Secret("another"))
        expectRefused(cloud.send(try cloud.request("GET", path)), "verify aksk signature fail, canonicalRequest:GET|/v1/")
    }

    @Test mutating func anUnknownAccessKeyIsRefused() throws {
        cloud.credentials = Credentials(accessKeyID: Secret("NOBODY"), secretAccessKey: Secret("x"))
        expectRefused(cloud.send(try cloud.request("GET", path)), "ak not exist")
    }

    @Test(arguments: [-901, 901]) mutating func aDateMoreThanFifteenMinutesOffIsRefused(seconds: Int64) throws {
        expectRefused(cloud.send(try cloud.request("GET", path, signedAt: cloud.now.adding(seconds: seconds))), "expired")
    }

    @Test(arguments: [-890, 890]) mutating func aDateWithinFifteenMinutesIsAccepted(seconds: Int64) throws {
        #expect(cloud.send(try cloud.request("GET", path, signedAt: cloud.now.adding(seconds: seconds))).status == 200)
    }

    @Test mutating func aChangedQueryIsRefused() throws {
        var request = try cloud.request("GET", path, [("limit", 10)])
        request.query = "limit=11"
        expectRefused(cloud.send(request), "verify aksk")
    }

    @Test mutating func aChangedBodyIsRefused() throws {
        var request = try cloud.request("POST", "/v1/\(cloud.pid)/cloudservers/action", body: ["os-start": ["servers": []]])
        request.body[0] = UInt8(ascii: " ")
        expectRefused(cloud.send(request), "verify aksk")
    }

    @Test mutating func aChangedHeaderIsRefused() throws {
        var request = try cloud.request("GET", path)
        request.headers["X-Project-Id"] = "another"
        expectRefused(cloud.send(request), "verify aksk")
    }

    @Test mutating func aHeaderThatIsNotSignedIsRefusedUnlessTheClientAddsIt() throws {
        var request = try cloud.request("GET", path)
        request.headers["Accept"] = "*/*"
        request.headers["Content-Length"] = "0"
        #expect(cloud.send(request).status == 200)
        request.headers["X-Domain-Id"] = "another"
        expectRefused(cloud.send(request), "x-domain-id is not signed")
    }

    @Test mutating func temporaryCredentialsNeedTheirToken() throws {
        var configuration = SimulatorConfiguration.demo
        configuration.credentials = Credentials(
            accessKeyID: configuration.credentials.accessKeyID,
            secretAccessKey: configuration.credentials.secretAccessKey,
            securityToken: Secret("a-token")
        )
        var cloud = TestCloud(configuration: configuration)
        #expect(cloud.send(try cloud.request("GET", path)).status == 200)
        cloud.credentials = SimulatorConfiguration.demo.credentials
        expectRefused(cloud.send(try cloud.request("GET", path)), "x-security-token not found")
    }

    @Test mutating func permanentCredentialsComeWithoutAToken() throws {
        cloud.credentials = Credentials(
            accessKeyID: cloud.credentials.accessKeyID,
            secretAccessKey: cloud.credentials.secretAccessKey,
            securityToken: Secret("stale")
        )
        expectRefused(cloud.send(try cloud.request("GET", path)), "decrypt token fail")
    }

    @Test mutating func anUnknownPathIs404BeforeAnythingElse() {
        let reply = TestReply(cloud.send(APIRequest(method: "GET", target: "/v2/nothing", headers: ["Host": "127.0.0.1"])))
        #expect(reply.status == 404)
        #expect(reply.gatewayCode == "APIGW.0101")
    }

    @Test mutating func anotherProjectIs403() throws {
        let header = TestReply(cloud.send(try cloud.request("GET", path, projectID: "ffffffffffffffffffffffffffffffff")))
        #expect(header.status == 403)
        #expect(header.gatewayCode == "APIGW.0302")
        let inPath = try cloud.call("GET", "/v1/ffffffffffffffffffffffffffffffff/cloudservers/detail")
        #expect(inPath.status == 403)
    }

    @Test mutating func everyAnswerHasARequestIDOfItsOwn() throws {
        let first = cloud.send(try cloud.request("GET", path)).headers["X-Request-Id"]
        let second = cloud.send(try cloud.request("GET", path)).headers["X-Request-Id"]
        #expect(first?.utf8.count == 32)
        #expect(first != second)
    }

    @Test func theDemoKeysHaveTheVendorsShape() {
        let credentials = SimulatorConfiguration.demo.credentials
        let key = credentials.accessKeyID.reveal()
        let secret = credentials.secretAccessKey.reveal()
        #expect(key.utf8.count == 20)
        #expect(key.utf8.allSatisfy { $0.isASCIIUppercase || $0.isASCIIDigit })
        #expect(secret.utf8.count == 40)
        #expect(secret.utf8.allSatisfy { $0.isASCIILetterOrDigit })
        #expect(secret.utf8.contains { $0.isASCIIDigit })
        #expect(Redactor().redact("\(key) \(secret)") == "*** ***")
    }
}
