import HuaweiCloud
import JSONRPC
import ProcessSupport
import Testing

/// Every vector of huaweicloud-http.md §1.6, stage by stage.
@Suite struct SigningVectorTests {
    @Test func theFileHoldsAllVectors() { #expect(SigningVector.all.count == 72) }

    @Test(arguments: SigningVector.all)
    func canonicalURI(_ vector: SigningVector) {
        #expect(Signer.canonicalURI(vector.text("path")) == vector.text("canonical_uri"))
    }

    @Test(arguments: SigningVector.all)
    func canonicalQuery(_ vector: SigningVector) {
        #expect(Array(CanonicalQuery.make(vector.query).utf8) == Array(vector.text("canonical_query").utf8))
    }

    @Test(arguments: SigningVector.all)
    func canonicalQueryOfTheWireIsTheSame(_ vector: SigningVector) {
        #expect(CanonicalQuery.canonical(of: vector.text("canonical_query")) == vector.text("canonical_query"))
    }

    @Test(arguments: SigningVector.all)
    func stages(_ vector: SigningVector) throws {
        let signed = try vector.signed()
        var headers = signed.headers
        headers["Authorization"] = nil
        let names = Signer.signedHeaders(headers)
        #expect(names.joined(separator: ";") == vector.text("signed_headers"))
        let payloadHash = Signer.payloadHash(headers: headers, body: vector.body)
        #expect(payloadHash == vector.text("payload_hash"))
        let canonicalRequest = Signer.canonicalRequest(
            method: vector.text("method"),
            path: vector.text("path"),
            canonicalQuery: vector.text("canonical_query"),
            headers: headers,
            signedHeaders: names,
            payloadHash: payloadHash
        )
        #expect(canonicalRequest == Array(vector.text("canonical_request").utf8))
        let stringToSign = Signer.stringToSign(date: vector.text("date"), canonicalRequest: canonicalRequest)
        #expect(stringToSign == Array(vector.text("string_to_sign").utf8))
        #expect(Signer.signature(of: stringToSign, secretAccessKey: Secret(vector.text("sk"))) == vector.text("signature"))
    }

    @Test(arguments: SigningVector.all)
    func authorization(_ vector: SigningVector) throws {
        #expect(try vector.signed().headers["Authorization"] == vector.text("authorization"))
    }

    @Test(arguments: SigningVector.all)
    func finalHeaders(_ vector: SigningVector) throws {
        var sent: [String: String] = [:]
        for field in try vector.signed().headers where field.name != "Authorization" {
            // The vectors show the UTF-8 bytes of values read as Latin-1.
            sent[field.name] = String(String.UnicodeScalarView(field.value.utf8.map { Unicode.Scalar($0) }))
        }
        var expected: [String: String] = [:]
        for member in vector.members["final_headers"]?.objectValue ?? [:] { expected[member.key] = member.value.stringValue }
        #expect(sent == expected)
    }

    @Test(arguments: SigningVector.all)
    func pathQueryAndBodyAreSentAsGiven(_ vector: SigningVector) throws {
        let signed = try vector.signed()
        #expect(signed.path == vector.text("path"))
        #expect(signed.body == vector.body)
        #expect(signed.query == vector.text("canonical_query"))
    }

    @Test(arguments: SigningVector.all)
    func theReceiverAcceptsWhatWasSigned(_ vector: SigningVector) throws {
        let signed = try vector.signed()
        let accessKey = try SignatureVerifier().verify(
            method: signed.method,
            path: signed.path,
            query: signed.query,
            headers: signed.headers,
            body: signed.body,
            now: try #require(SigningDate.date(vector.text("date")))
        ) { $0 == vector.text("ak") ? Secret(vector.text("sk")) : nil }
        #expect(accessKey == vector.text("ak"))
    }
}
