import JSONRPC

/// Protected-resource metadata and the challenges that point to it (RFC 9728; gateway.md §10.4).
struct ResourceMetadata: Sendable {
    /// The well-known path; the resource's own path follows it.
    static let prefix = "/.well-known/oauth-protected-resource"

    private let issuer: String?
    private let publicURL: PublicURL?

    /// - Parameters:
    ///   - issuer: The issuer of accepted tokens, which is the authorisation server where it is an http(s) URL.
    ///   - publicURL: The base of the resource URLs; without it the accepted Host is.
    init(issuer: String, publicURL: PublicURL?) {
        let isURL = issuer.utf8.starts(with: "https://".utf8) || issuer.utf8.starts(with: "http://".utf8)
        self.issuer = isURL ? issuer : nil
        self.publicURL = publicURL
    }

    /// The document for a resource path; nil where there is no resource.
    func document(for path: String, in mounts: MountTable, host: String) -> LocalResponse? {
        guard let match = mounts.match(path), Self.isResource(match.rest) else { return nil }
        var document: JSONObject = ["resource": .string(base(host) + path)]
        if let issuer { document["authorization_servers"] = .array([.string(issuer)]) }
        // RFC 9728 §3.2: a member without elements is left out.
        if !match.mount.scopes.isEmpty { document["scopes_supported"] = .array(match.mount.scopes.map(JSONValue.string)) }
        document["bearer_methods_supported"] = .array([.string("header")])
        document["resource_name"] = .string(match.mount.service)
        return .json(200, document.bytes(), headers: [.init("Cache-Control", "no-store")])
    }

    /// The resource URLs of a mount: accepted as audiences where there is a `public_url`.
    func audiences(of mount: Mount?) -> [String] {
        guard let publicURL, let mount else { return [] }
        return ["", "/mcp", "/sse"].map { publicURL.origin + mount.path + $0 }
    }

    /// The challenge of a 401.
    func challenge(tokenPresented: Bool, match: MountTable.Match?, path: String, host: String) -> LocalResponse.Field {
        var parameters: [String] = []
        if tokenPresented { parameters.append("error=\"invalid_token\"") }
        parameters.append(metadataParameter(match, path, host))
        if let scopes = match?.mount.scopes, !scopes.isEmpty { parameters.append("scope=\"\(scopes.joined(separator: " "))\"") }
        return .init("WWW-Authenticate", "Bearer " + parameters.joined(separator: ", "))
    }

    /// The challenge of a 403 for lack of a role.
    func insufficientScope(match: MountTable.Match, path: String, host: String) -> LocalResponse.Field {
        var parameters = ["error=\"insufficient_scope\""]
        if !match.mount.scopes.isEmpty { parameters.append("scope=\"\(match.mount.scopes.joined(separator: " "))\"") }
        parameters.append(metadataParameter(match, path, host))
        return .init("WWW-Authenticate", "Bearer " + parameters.joined(separator: ", "))
    }

    private func metadataParameter(_ match: MountTable.Match?, _ path: String, _ host: String) -> String {
        let resource = match.map { Self.isResource($0.rest) ? path : $0.mount.path } ?? ""
        return "resource_metadata=\"\(base(host))\(Self.prefix)\(resource)\""
    }

    private func base(_ host: String) -> String { publicURL?.origin ?? "http://\(host)" }

    private static func isResource(_ rest: Substring) -> Bool {
        rest.isEmpty || rest.utf8.elementsEqual("/mcp".utf8) || rest.utf8.elementsEqual("/sse".utf8)
    }
}
