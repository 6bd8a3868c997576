import AuthCommon
import Crypto
import JSONRPC

/// What the admin listener serves (gateway.md §10.1).
///
/// Pure but for the moment at which it is asked.
struct AdminPages: Sendable {
    /// `/metrics`.
    let metrics: @Sendable () -> String
    /// `/status`.
    let status: @Sendable () -> JSONObject
    /// `/identity-keys`.
    let identityKeys: JSONObject
    /// `/healthz`.
    let health: @Sendable () -> LocalResponse
    /// `/readyz`.
    let readiness: @Sendable () -> LocalResponse

    /// The answer to a request.
    ///
    /// Only loopback names are accepted as Host, so that no web page can read it.
    func answer(method: String, path: String, host: String?) -> LocalResponse {
        guard let host, HostName(host)?.isLoopback ?? false else { return Refusal(421, "invalid-host").response }
        guard let page = page(path) else { return Refusal(404, "not-found").response }
        guard method == "GET" || method == "HEAD" else {
            return Refusal(405, "unsupported-method", headers: [.init("Allow", "GET, HEAD")]).response
        }
        return page()
    }

    /// The public key as a JWK set (RFC 8037).
    static func keySet(_ key: Curve25519.Signing.PublicKey, id: String?) -> JSONObject {
        var jwk: JSONObject = [
            "kty": "OKP", "crv": "Ed25519", "x": .string(Base64URL.encode(key.rawRepresentation)), "use": "sig", "alg": "EdDSA",
        ]
        jwk.set("kid", id.map(JSONValue.string))
        return ["keys": .array([.object(jwk)])]
    }

    private func page(_ path: String) -> (() -> LocalResponse)? {
        switch path.utf8.last == UInt8(ascii: "/") ? String(path.dropLast()) : path {
        case "/healthz": health
        case "/readyz": readiness
        case "/status": { .json(200, status().bytes(.pretty(indent: 2)), headers: [.init("Cache-Control", "no-store")]) }
        case "/identity-keys": { .json(200, identityKeys.bytes(), headers: [.init("Cache-Control", "no-store")]) }
        case "/metrics":
            {
                LocalResponse(
                    status: 200,
                    headers: [.init("Content-Type", "text/plain; version=0.0.4; charset=utf-8"), .init("Cache-Control", "no-store")],
                    body: Array(metrics().utf8)
                )
            }
        default: nil
        }
    }
}
