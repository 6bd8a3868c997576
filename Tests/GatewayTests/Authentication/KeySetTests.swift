import AuthCommon
import CryptoExtras
import Foundation
import JSONRPC
import Testing

@testable import Gateway

@Suite struct KeySetTests {
    private func parse(_ keys: [JSONValue]) throws -> [VerificationKeys.Member] {
        try KeySet.parse((["keys": .array(keys)] as JSONValue).bytes())
    }

    @Test("takes RSA signature keys") func usable() throws {
        for changes in [[:], ["use": "sig"], ["alg": "RS256"], ["use": "sig", "alg": "RS256"], ["x5t": "whatever"]] as [JSONObject] {
            let members = try parse([TestKeys.jwk(changes)])
            #expect(members.map(\.id) == ["k1"])
            #expect(members.first?.key.derRepresentation == (try TestKeys.trusted().publicKey.derRepresentation))
        }
        #expect(try parse([TestKeys.jwk(["kid": .null])]).map(\.id) == [nil])
    }

    @Test(
        "skips every other key",
        arguments: [
            ["use": "enc"], ["alg": "RS512"], ["alg": "PS256"], ["alg": 7], ["kty": "EC"], ["kty": "oct"], ["n": "AAAA"], ["n": .null],
            ["e": .null], ["n": "not base64!"], ["e": ""], ["n": ""],
        ] as [JSONObject]
    )
    func unusable(changes: JSONObject) throws {
        #expect(throws: KeySet.Fault.noUsableKey) { try parse([TestKeys.jwk(changes)]) }
        #expect(try parse([TestKeys.jwk(changes), TestKeys.jwk(["kid": "good"])]).map(\.id) == ["good"])
    }

    @Test("documents that are no set", arguments: ["", "[]", "{}", "{\"keys\":{}}", "x", "null"])
    func malformed(text: String) {
        #expect(throws: KeySet.Fault.malformed) { try KeySet.parse(Array(text.utf8)) }
    }

    @Test("an empty set, and one of nonsense", arguments: ["{\"keys\":[]}", "{\"keys\":[1,null,\"x\",[]]}"])
    func empty(text: String) {
        #expect(throws: KeySet.Fault.noUsableKey) { try KeySet.parse(Array(text.utf8)) }
    }
}
