import Crypto
package import FoundationEssentials
import ProcessSupport

/// Signs requests with SDK-HMAC-SHA256, as Huawei Cloud's API gateway verifies them (huaweicloud-http.md §1).
///
/// The stages are functions of their own, named as the vendor names them, so that a test can look at each and a receiver can repeat
/// them (``SignatureVerifier``).
package struct Signer: Sendable {
    /// The name of the algorithm, first word of `Authorization`.
    package static let algorithm = "SDK-HMAC-SHA256"

    private let accessKeyID: Secret
    private let secretAccessKey: Secret
    private let securityToken: Secret?

    /// A signer for these credentials.
    ///
    /// Empty keys are found when something is signed.
    package init(credentials: Credentials) {
        accessKeyID = credentials.accessKeyID
        secretAccessKey = credentials.secretAccessKey
        securityToken = credentials.securityToken
    }

    /// Completes the headers in the order of §1.1 and adds `Authorization`.
    ///
    /// A request that has one already is left unsigned.
    ///
    /// Header values lose the spaces and tabs at their ends, so that what is signed is what is sent.
    ///
    /// - Parameters:
    ///   - request: The request with the headers that the caller wants to send.
    ///   - date: The time of signing; not used when the request has an `X-Sdk-Date`.
    ///   - projectID: The value for `X-Project-Id`; none when nil or empty.
    /// - Throws: ``SigningError``; the request may then have been changed and must not be sent.
    package func sign(_ request: inout SignedRequest, at date: Date, projectID: String? = nil) throws(SigningError) {
        if accessKeyID.isEmpty { throw .emptyAccessKey }
        if secretAccessKey.isEmpty { throw .emptySecretKey }
        let accessKey = accessKeyID.reveal()
        if Self.hasControls(accessKey) { throw .malformedHeader("Authorization") }
        let alreadySigned = try prepareHeaders(of: &request, at: date, projectID: projectID)
        if alreadySigned { return }
        let signedHeaders = Self.signedHeaders(request.headers)
        let canonicalRequest = Self.canonicalRequest(
            method: request.method,
            path: request.path,
            canonicalQuery: request.query,
            headers: request.headers,
            signedHeaders: signedHeaders,
            payloadHash: Self.payloadHash(headers: request.headers, body: request.body)
        )
        let stringToSign = Self.stringToSign(date: request.headers["X-Sdk-Date"] ?? "", canonicalRequest: canonicalRequest)
        let signature = Self.signature(of: stringToSign, secretAccessKey: secretAccessKey)
        request.headers.append(
            "Authorization",
            Self.authorization(accessKeyID: accessKey, signedHeaders: signedHeaders, signature: signature)
        )
    }

    /// Steps 1 to 7 of §1.1.
    ///
    /// Returns whether the request carries an `Authorization` of the caller's.
    private func prepareHeaders(of request: inout SignedRequest, at date: Date, projectID: String?) throws(SigningError) -> Bool {
        if request.path.isEmpty { throw .emptyPath }
        if let projectID, !projectID.isEmpty { request.headers["X-Project-Id"] = projectID }
        if let securityToken { request.headers["X-Security-Token"] = securityToken.reveal() }
        let alreadySigned = request.headers.contains("Authorization")
        if !alreadySigned {
            if let type = request.headers.fields.first(where: { $0.name.utf8.elementsEqual("Content-Type".utf8) })?.value,
                !type.isEmpty, !type.utf8.starts(with: "application/json".utf8), !type.utf8.starts(with: "application/bson".utf8)
            {
                request.headers["X-Sdk-Content-Sha256"] = "UNSIGNED-PAYLOAD"
            }
            if let given = request.headers["X-Sdk-Date"] {
                guard SigningDate.date(given) != nil else { throw .malformedDate }
            } else {
                request.headers.append("X-Sdk-Date", SigningDate.text(date))
            }
            if !request.headers.contains("Host") { request.headers.append("Host", request.endpoint.authority) }
        }
        try Self.normalize(&request.headers)
        return alreadySigned
    }

    /// Trims the values and refuses what could be read in two ways.
    private static func normalize(_ headers: inout HeaderList) throws(SigningError) {
        for index in headers.fields.indices {
            let field = headers.fields[index]
            let value = ASCII.trimmed(field.value)
            if hasControls(value) { throw .malformedHeader(field.name) }
            if headers.fields[..<index].contains(where: { $0.isNamed(field.name) }) { throw .repeatedHeader(field.name) }
            headers.fields[index].value = value
        }
    }

    /// Whether the text holds what HTTP does not allow in a header: controls other than a tab.
    private static func hasControls(_ text: String) -> Bool { text.utf8.contains { ($0 < 0x20 && $0 != 0x09) || $0 == 0x7F } }
}
