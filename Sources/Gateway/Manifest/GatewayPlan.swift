import AuthCommon
import Crypto
import JSONRPC
import ProcessSupport

/// Everything that `serve` needs, validated as a whole before anything listens (gateway.md §3).
///
/// `config` and `explain` use it too.
struct GatewayPlan: Sendable {
    /// A managed service and its executable.
    struct Command: Sendable, Hashable {
        let service: ServiceEntry
        let executable: String
        let arguments: [String]
    }

    /// A file of revoked tokens and subjects.
    struct Revocations: Sendable, Hashable {
        let path: String
        let list: RevocationList
    }

    /// The settings.
    let settings: GatewaySettings
    /// The manifest.
    let manifest: Manifest
    /// Which services run.
    let selection: ServiceSelection
    /// The rules of tokens, with the overrides of the environment.
    let rules: TokenRules
    /// The keys that are known already.
    let keys: VerificationKeys
    /// Where more keys are fetched.
    let keySetURL: String?
    /// The file of revoked tokens and subjects, and what it held; nil when none is named.
    let revocations: Revocations?
    /// Signs identity assertions; nil when one must be generated.
    let identityKey: Curve25519.Signing.PrivateKey?
    /// The mounted commands, in the manifest's order.
    let commands: [Command]
    /// What to log once the gateway starts.
    let warnings: [StartupWarning]
    /// What must never appear in a log.
    let secrets: [Secret]
}

extension GatewayPlan {
    /// Validates everything.
    ///
    /// - Parameters:
    ///   - options: The command line.
    ///   - host: The machine.
    ///   - purpose: What is checked beside manifest and keys.
    ///   - running: What runs already, for a reload.
    /// - Throws: All problems at once.
    static func load(
        _ options: GatewayOptions,
        on host: HostContext,
        for purpose: Purpose,
        replacing running: GatewayPlan? = nil
    ) throws(ConfigurationProblems) -> GatewayPlan {
        var problems: [ConfigurationProblem] = []
        let file = try Self.envFile(options.envFile, host)
        var settings = GatewaySettings(options: options, environment: host.environment, file: file, problems: &problems)
        if let running { settings = settings.keepingAddressesAndModes(of: running.settings) }
        var draft = Draft(settings: settings, host: host)
        do throws(ConfigurationProblems) {
            draft.manifest = try ManifestReader.load(settings.manifestPath, readFile: host.readFile)
        } catch {
            problems += error.problems
        }
        draft.loadKeys(for: purpose)
        let selection = ServiceSelection(
            draft.manifest?.services ?? [],
            environment: settings.enabledServices,
            enable: options.enable,
            disable: options.disable
        )
        if draft.manifest != nil { draft.note(selection.unknownNames, isStrict: options.isStrict) }
        if purpose == .serve {
            draft.checkListener(allowsUnauthenticated: options.allowsUnauthenticated)
            draft.findCommands(selection)
        }
        draft.noteMode()
        draft.noteUpstreams(selection)
        problems += draft.problems
        guard problems.isEmpty, let manifest = draft.manifest else { throw ConfigurationProblems(problems: problems) }
        return GatewayPlan(
            settings: settings,
            manifest: manifest,
            selection: selection,
            rules: draft.rules,
            keys: draft.keys,
            keySetURL: draft.keySetURL,
            revocations: draft.revocations,
            identityKey: draft.identityKey,
            commands: draft.commands,
            warnings: draft.warnings,
            secrets: settings.secrets + draft.secrets
        )
    }

    /// What a plan is made for.
    enum Purpose: Sendable, Hashable {
        /// Everything must be there.
        case serve
        /// Manifest and keys.
        case validate
        /// The manifest alone; keys are not loaded.
        case inspect
    }

    private static func envFile(_ path: String?, _ host: HostContext) throws(ConfigurationProblems) -> [String: String] {
        guard let path else { return [:] }
        do throws(EnvFileError) {
            return try EnvFile.load(path, readFile: host.readFile)
        } catch {
            throw ConfigurationProblems(problems: [
                ConfigurationProblem(error.file, error.line == 0 ? error.problem : "line \(error.line): \(error.problem)")
            ])
        }
    }
}
