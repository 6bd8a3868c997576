import AuthCommon

/// The steps 2–8 of gateway.md §6, in their order; the first failure answers.
///
/// Synchronous, and without effects but on the cache of verified tokens, so that the proxy and `explain` run the same code.
struct DecisionEngine: Sendable {
    /// How long a client is asked to wait while no verification key is known, in seconds.
    private static let keyRetryDelay = 5.0

    private let mounts: MountTable
    private let hosts: HostPolicy
    private let origins: OriginPolicy
    private let ownPaths: OwnPaths
    private let authenticator: Authenticator
    private let metadata: ResourceMetadata

    /// An engine.
    init(
        mounts: MountTable,
        hosts: HostPolicy,
        origins: OriginPolicy,
        ownPaths: OwnPaths,
        authenticator: Authenticator,
        metadata: ResourceMetadata
    ) {
        self.mounts = mounts
        self.hosts = hosts
        self.origins = origins
        self.ownPaths = ownPaths
        self.authenticator = authenticator
        self.metadata = metadata
    }

    /// A number that changes with the verification keys: a decision made under another one does not count any more.
    var keyGeneration: Int { authenticator.keyGeneration }

    /// Decides about a request whose head is well formed (step 1).
    ///
    /// - Parameter now: Seconds since 1970.
    func decide(_ facts: RequestFacts, now: Double) -> Decision {
        let path: CanonicalPath
        do throws(CanonicalPath.Fault) {
            path = try CanonicalPath(target: facts.target)
        } catch {
            return Decision(
                outcome: .refuse(Refusal(400, "bad-path:\(error.rawValue)")),
                step: .path,
                path: Self.withoutQuery(facts.target),
                mount: nil,
                caller: nil,
                corsHeaders: []
            )
        }
        var draft = Draft(path: path, match: mounts.match(path.text))
        guard hosts.accepts(facts.host) else { return draft.refused(.host, Refusal(421, "invalid-host")) }
        if let origin = facts.origins.first {
            guard facts.origins.count == 1, origins.accepts(origin) else { return draft.refused(.origin, Refusal(403, "invalid-origin")) }
            draft.corsHeaders = Self.corsHeaders(origin)
            if facts.method == "OPTIONS", facts.requestedMethod != nil {
                return draft.decision(.preflight, .respond(Preflight.response(requestedHeaders: facts.requestedHeaders)))
            }
        }
        let host = facts.host.lowercased()
        if let own = ownPaths.answer(method: facts.method, path: path.text, mounts: mounts, host: host) {
            return draft.decision(.ownPath, own)
        }
        return authenticate(facts, &draft, host: host, now: now)
    }

    /// Step 5.
    private func authenticate(_ facts: RequestFacts, _ draft: inout Draft, host: String, now: Double) -> Decision {
        let outcome = authenticator.authenticate(
            authorization: facts.authorization,
            peer: facts.peer,
            forwardedHeaderPresent: facts.forwardedHeaderPresent,
            resources: metadata.audiences(of: draft.match?.mount),
            now: now
        )
        switch outcome {
        case .caller(let caller):
            draft.caller = caller
            return route(facts, draft, caller, host: host)
        case .wait(let refresh):
            return draft.decision(.authentication, .wait(refresh))
        case .noKeys:
            return draft.refused(.authentication, .retryable(503, "jwks-unavailable", after: Self.keyRetryDelay))
        case .refused(let status, let reason, let tokenPresented):
            var refusal = Refusal(status, reason, kind: .authentication)
            if status == 401 {
                refusal.headers = [
                    metadata.challenge(tokenPresented: tokenPresented, match: draft.match, path: draft.path.text, host: host)
                ]
            }
            return draft.refused(.authentication, refusal)
        }
    }

    /// Steps 6–8.
    private func route(_ facts: RequestFacts, _ draft: Draft, _ caller: Caller, host: String) -> Decision {
        guard let match = draft.match else { return draft.refused(.mount, Refusal(404, "not-found")) }
        guard match.mount.admits(caller.identity.roles) else {
            let challenge = metadata.insufficientScope(match: match, path: draft.path.text, host: host)
            return draft.refused(.roles, Refusal(403, match.mount.failure, kind: .authentication, headers: [challenge]))
        }
        guard let endpoint = Endpoint(path: match.rest) else { return draft.refused(.endpoint, Refusal(404, "not-found")) }
        guard endpoint.methods.contains(where: { ExactText.same($0, facts.method) }) else {
            let allow = LocalResponse.Field("Allow", endpoint.methods.joined(separator: ", "))
            return draft.refused(.endpoint, Refusal(405, "unsupported-method", headers: [allow]))
        }
        let admission = Admission(
            mount: match.mount,
            endpoint: endpoint,
            upstreamPath: CanonicalPath.encoded(match.rest),
            query: draft.path.query,
            caller: caller
        )
        return draft.decision(.endpoint, .forward(admission))
    }

    private static func corsHeaders(_ origin: String) -> [LocalResponse.Field] {
        [
            .init("Access-Control-Allow-Origin", origin),
            .init("Access-Control-Expose-Headers", "WWW-Authenticate, Mcp-Session-Id, X-Request-Id"),
            .init("Vary", "Origin"),
        ]
    }

    private static func withoutQuery(_ target: String) -> String {
        String(decoding: target.utf8.prefix(1_024).prefix { $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }, as: UTF8.self)
    }

    /// What is known about a request while it is decided about.
    private struct Draft {
        let path: CanonicalPath
        let match: MountTable.Match?
        var caller: Caller?
        var corsHeaders: [LocalResponse.Field] = []

        init(path: CanonicalPath, match: MountTable.Match?) {
            self.path = path
            self.match = match
        }

        func decision(_ step: Decision.Step, _ outcome: Decision.Outcome) -> Decision {
            Decision(outcome: outcome, step: step, path: path.text, mount: match?.mount, caller: caller, corsHeaders: corsHeaders)
        }

        func refused(_ step: Decision.Step, _ refusal: Refusal) -> Decision { decision(step, .refuse(refusal)) }
    }
}
