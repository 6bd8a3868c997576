import FoundationEssentials
import HuaweiCloud
import ProcessSupport

/// Decides whether a request may reach the services, as the vendor's API gateway does: signature, date, access key, token, coverage.
struct RequestAuthenticator: Sendable {
    /// The only credentials that are known.
    let credentials: Credentials

    /// Headers that a signature need not cover: those that HTTP clients add on their own, and the signature itself.
    private static let unsigned: Set<String> = [
        "authorization", "accept", "accept-encoding", "accept-language", "connection", "content-length", "expect", "keep-alive", "te",
        "traceparent", "tracestate", "transfer-encoding",
    ]

    /// Checks a request.
    ///
    /// - Throws: ``AuthenticationFailure`` with the reason that the answer tells.
    func authenticate(_ request: APIRequest, now: Timestamp) throws(AuthenticationFailure) {
        do throws(SignatureVerifier.Failure) {
            _ = try SignatureVerifier().verify(
                method: request.method,
                path: request.path,
                query: request.query,
                headers: request.headers,
                body: request.body,
                now: now.date,
                secret: { Secret($0) == credentials.accessKeyID ? credentials.secretAccessKey : nil }
            )
        } catch {
            throw AuthenticationFailure(error)
        }
        try checkCoverage(request)
        try checkToken(request)
    }

    /// Every header that says something about the request is signed; names with `_` cannot be.
    private func checkCoverage(_ request: APIRequest) throws(AuthenticationFailure) {
        guard let value = request.headers["Authorization"], let signed = AuthorizationHeader(value)?.signedHeaders else { return }
        for field in request.headers where !field.name.utf8.contains(UInt8(ascii: "_")) {
            let name = ASCIIText.lowercased(field.name)
            guard Self.unsigned.contains(name) || signed.contains(name) else {
                throw AuthenticationFailure("header \(name) is not signed")
            }
        }
    }

    /// Temporary credentials come with their token, permanent ones without any.
    private func checkToken(_ request: APIRequest) throws(AuthenticationFailure) {
        let sent = request.headers["X-Security-Token"].flatMap { $0.isEmpty ? nil : Secret($0) }
        guard sent != credentials.securityToken else { return }
        throw AuthenticationFailure(sent == nil ? "x-security-token not found" : "decrypt token fail")
    }
}
