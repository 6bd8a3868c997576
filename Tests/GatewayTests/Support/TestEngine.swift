import AuthCommon

@testable import Gateway

/// A gateway's decisions, configured in code.
struct TestEngine {
    var publicURL: String?
    var hosts: [String] = []
    var origins: [String] = []
    var issuer = "mcp-gateway"
    var mounts = [
        Mount(service: "ecs", path: "/ecs", requiredRoles: ["readonly", "operator", "admin"]),
        Mount(service: "vault", path: "/vault", requiredRoles: ["admin"]),
        Mount(service: "open", path: "/open", requiredRoles: []),
    ]
    var isTokenMode = true
    var loopbackOnly = true
    var keys: KeyStore?
    var devRoles = ["admin"]
    var audiences = ["mcp-gateway"]
    var revocations = RevocationStore()

    func engine() throws -> DecisionEngine {
        let url = publicURL.flatMap(PublicURL.init)
        let metadata = ResourceMetadata(issuer: issuer, publicURL: url)
        let directory = UpstreamDirectory()
        return DecisionEngine(
            mounts: MountTable(mounts),
            hosts: HostPolicy(publicURL: url, hosts: hosts),
            origins: OriginPolicy(publicURL: url, origins: origins, listenerIsLoopback: true),
            ownPaths: OwnPaths(
                mounted: mounts,
                skipped: [SkippedService(name: "off", reason: "manifest:disabled")],
                readiness: { Readiness(directory: directory, hasKeys: true) },
                metadata: isTokenMode ? metadata : nil
            ),
            authenticator: isTokenMode
                ? Authenticator(
                    rules: TokenRules(issuer: issuer, audiences: audiences),
                    keys: try keys ?? KeyStore(TestKeys.pinned()),
                    revocations: revocations
                )
                : Authenticator(development: Identity(subject: "dev-local", roles: devRoles), loopbackOnly: loopbackOnly),
            metadata: metadata
        )
    }

    /// Facts of a request from this machine.
    static func facts(
        _ target: String,
        method: String = "POST",
        token: String? = nil,
        host: String = "localhost:8080",
        peer: PeerAddress = PeerAddress(text: "127.0.0.1", isLoopback: true)
    ) -> RequestFacts {
        var facts = RequestFacts(method: method, target: target, host: host, peer: peer)
        if let token { facts.authorization = ["Bearer \(token)"] }
        return facts
    }
}

extension Decision {
    /// The refusal, where it is one.
    var refusal: Refusal? {
        if case .refuse(let refusal) = outcome { return refusal }
        return nil
    }

    /// The admission, where it is one.
    var admission: Admission? {
        if case .forward(let admission) = outcome { return admission }
        return nil
    }

    /// The gateway's own response, where it is one.
    var response: LocalResponse? {
        if case .respond(let response) = outcome { return response }
        return nil
    }
}

extension [LocalResponse.Field] {
    /// The values of a field.
    subscript(_ name: String) -> [String] { filter { $0.name == name }.map(\.value) }
}
