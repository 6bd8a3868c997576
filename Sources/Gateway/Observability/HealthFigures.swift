import ProcessSupport

/// How the parts are that a request depends on, at one moment: what `/metrics` and `/status` show of it.
struct HealthFigures: Sendable, Hashable {
    /// The server of one service.
    struct Service: Sendable, Hashable {
        /// The service's name.
        let name: String
        /// Its state.
        let state: ServiceState
        /// The gate in front of its server.
        let gate: UpstreamGate.Figures
    }

    /// The list of revoked tokens and subjects.
    struct Revocations: Sendable, Hashable {
        /// Revoked tokens in force.
        let tokens: Int
        /// Revoked subjects in force.
        let subjects: Int
        /// How the reading of the file goes.
        let load: LoadHealth
    }

    /// The JWK set.
    struct KeySet: Sendable, Hashable {
        /// Keys in force.
        let keys: Int
        /// How the fetching goes.
        let load: LoadHealth
    }

    /// The mounted services in the manifest's order.
    var services: [Service] = []
    /// The audit trail; nil where there is none.
    var audit: AuditHealth?
    /// The list of revocations; nil where there is none.
    var revocations: Revocations?
    /// The JWK set; nil where none is fetched.
    var keySet: KeySet?
}

extension HealthFigures {
    /// The servers of the mounted services.
    static func services(_ directory: UpstreamDirectory) -> [Service] {
        directory.all.map { upstream in
            Service(
                name: upstream.service,
                state: upstream.state,
                gate: directory.gate(of: upstream.service)?.figures ?? UpstreamGate.Figures()
            )
        }
    }
}
