import AuthCommon
import HuaweiCloud
import JSONRPC
import ProcessSupport

/// What a server records when it starts (servers.md §8), and what it warns about.
struct StartRecord<Definition: CloudServerDefinition>: Sendable {
    private let configuration: ServerConfiguration
    private let assembly: ServerAssembly<Definition>

    init(_ configuration: ServerConfiguration, _ assembly: ServerAssembly<Definition>) {
        self.configuration = configuration
        self.assembly = assembly
    }

    /// The server serves.
    ///
    /// Of credentials only the shape of the access key is told.
    func started(at address: String, _ log: EventLog) {
        let credentials = configuration.credentials
        log.info(
            "server-started",
            [
                "service": .string(Definition.service),
                "version": .string(ProductVersion.current),
                "transport": .string(configuration.transport.name),
                "address": .string(address),
                "region": .string(configuration.region),
                "project_id_source": .string(assembly.projectIDSource),
                "tools": .array(assembly.toolbox.kept.map { .string($0.name) }),
                "identity": .string(identity),
                "approval_policy": .string(configuration.approvalPolicy.rawValue),
                "state_keys": .string(configuration.stateKeys.isEmpty ? "generated" : "\(configuration.stateKeys.count) set"),
                "access_key": .string(credentials.accessKeyID.abbreviated),
                "secret_key": .string(credentials.secretAccessKey.isEmpty ? "unset" : "set"),
                "security_token": .string(credentials.securityToken == nil ? "unset" : "set"),
            ]
        )
    }

    /// Everything that is allowed but probably not meant.
    func warn(_ log: EventLog) {
        if !configuration.endpoints.isKnown(configuration.region, for: Definition.cloudService) {
            log.warning(
                "region-unknown",
                [
                    "region": .string(configuration.region),
                    "detail": "No endpoint of this service is known there: every call will answer UNSUPPORTED_REGION.",
                ]
            )
        }
        for warning in assembly.toolbox.warnings { log.warning("tool-filter", ["detail": .string(warning)]) }
        guard case .development(_, let isOpen) = configuration.authentication else { return }
        if isOpen {
            log.critical(
                "unauthenticated-listener",
                [
                    "detail":
                        "--allow-unauthenticated: whoever can connect has the development identity's roles. Never do this in production."
                ]
            )
        }
        if configuration.approvalPolicy == .fourEyes {
            log.warning(
                "four-eyes-impossible",
                ["detail": "Without the gateway's identities every caller is the same subject: nothing can be confirmed."]
            )
        }
    }

    private var identity: String {
        switch configuration.authentication {
        case .assertions: "assertion"
        case .development: "development"
        }
    }
}
