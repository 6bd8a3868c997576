import AuthCommon
import Crypto
import Foundation
import HTTPTypes
import JSONRPC
import MCPServer
import TestSupport
import Testing

@testable import CloudServer

@Suite struct HTTPAuthenticatorTests {
    private let logs = LogCapture()
    private let key = Curve25519.Signing.PrivateKey()
    private let now = Date(timeIntervalSince1970: 1_000_000)

    private func authenticator(withKey: Bool) -> HTTPAuthenticator {
        let now = now
        return HTTPAuthenticator(
            withKey
                ? .assertions(keys: [key.publicKey], audience: "fake")
                : .development(Identity(subject: "dev", roles: ["admin"]), isOpen: false),
            log: logs.log,
            now: { now }
        )
    }

    private func assertion(audience: String = "fake") throws -> String {
        try IdentityAssertionSigner(privateKey: key, keyID: nil)
            .sign(.op, audience: audience, issuedAt: 1_000_000, expires: 1_000_060)
    }

    private func fields(_ assertions: [String]) throws -> HTTPFields {
        let name = try #require(HTTPField.Name("MCP-Gateway-Identity"))
        var fields = HTTPFields()
        for assertion in assertions { fields.append(HTTPField(name: name, value: assertion)) }
        return fields
    }

    private func refusal(_ authenticator: HTTPAuthenticator, _ assertions: [String]) throws -> HTTPRefusal? {
        let fields = try fields(assertions)
        do {
            _ = try authenticator.authenticate(fields)
            return nil
        } catch { return error }
    }

    @Test func aValidAssertionIsThatIdentity() throws {
        let identity = try authenticator(withKey: true).authenticate(fields([assertion()]))
        #expect(identity.subject == "otto")
        #expect(identity.roles == ["operator"])
        #expect(identity.tenant == "acme")
    }

    @Test func withAKeyThereIsNoFallingBackToTheDevelopmentIdentity() throws {
        let refusal = try #require(try refusal(authenticator(withKey: true), []))
        #expect(refusal.status == .unauthorized)
        #expect(refusal.reason == "missing-identity")
        #expect(refusal.headers[.wwwAuthenticate] == "Bearer")
    }

    @Test func anAssertionForAnotherServiceIsRefused() throws {
        #expect(try refusal(authenticator(withKey: true), [assertion(audience: "ecs")])?.reason == "invalid-identity:audience")
    }

    @Test func anAssertionSentTwiceIsRefused() throws {
        let refusal = try refusal(authenticator(withKey: true), [assertion(), assertion()])
        #expect(refusal?.reason.hasPrefix("invalid-identity:") == true)
    }

    @Test func withoutAKeyAnAssertionIsUnverifiable() throws {
        #expect(try refusal(authenticator(withKey: false), [assertion()])?.reason == "unverifiable-identity")
    }

    @Test func withoutAKeyTheDevelopmentIdentityWarnsOnce() throws {
        let authenticator = authenticator(withKey: false)
        for _ in 0..<3 { #expect(try authenticator.authenticate(HTTPFields()).subject == "dev") }
        #expect(authenticator.localIdentity().subject == "dev")
        #expect(logs.records("dev-identity").count == 1)
    }

    @Test(arguments: [(401, true), (403, true), (421, true), (404, false), (413, false)])
    func aRefusedClaimIsRecorded(status: Int, recorded: Bool) throws {
        let refusal = HTTPRefusal(status: HTTPResponse.Status(code: status), reason: "missing-identity")
        authenticator(withKey: true).record(refusal, path: "/mcp", peer: "127.0.0.1:9")
        let records = logs.records("auth-rejected")
        #expect(records.count == (recorded ? 1 : 0))
        guard let record = records.first else { return }
        #expect(record["level"] == "WARNING")
        #expect(record["status"] == .int(status))
        #expect(record["reason"] == "missing-identity")
        #expect(record["path"] == "/mcp")
        #expect(record["peer"] == "127.0.0.1:9")
    }
}
