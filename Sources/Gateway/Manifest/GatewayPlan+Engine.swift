import AuthCommon
import ProcessSupport

extension GatewayPlan {
    /// The mounts of the services that run.
    var mounts: [Mount] { selection.mounted.map(\.mount) }

    /// What tells who calls.
    func authenticator(keys: KeyStore, revocations: RevocationStore) -> Authenticator {
        switch settings.mode {
        case .jwt: Authenticator(rules: rules, keys: keys, revocations: revocations)
        case .dev, .disabled: Authenticator(development: settings.devIdentity, loopbackOnly: !settings.isOpen)
        }
    }

    /// What decides about requests.
    ///
    /// - Parameters:
    ///   - authenticator: What tells who calls.
    ///   - readiness: What `/readyz` answers.
    func engine(authenticator: Authenticator, readiness: @escaping @Sendable () -> Readiness) -> DecisionEngine {
        let metadata = ResourceMetadata(issuer: rules.issuer, publicURL: manifest.publicURL)
        return DecisionEngine(
            mounts: MountTable(mounts),
            hosts: HostPolicy(publicURL: manifest.publicURL, hosts: manifest.hosts),
            origins: OriginPolicy(
                publicURL: manifest.publicURL,
                origins: manifest.origins,
                listenerIsLoopback: settings.address.isLoopback
            ),
            ownPaths: ownPaths(metadata: metadata, readiness: readiness),
            authenticator: authenticator,
            metadata: metadata
        )
    }

    /// The gateway's own paths.
    func ownPaths(metadata: ResourceMetadata, readiness: @escaping @Sendable () -> Readiness) -> OwnPaths {
        OwnPaths(
            mounted: mounts,
            skipped: selection.skipped,
            readiness: readiness,
            metadata: settings.mode == .jwt ? metadata : nil
        )
    }
}
