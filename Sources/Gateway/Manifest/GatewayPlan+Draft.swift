import AuthCommon
import Crypto
import JSONRPC
import ProcessSupport

extension GatewayPlan {
    /// A plan while it is made: each step adds what it finds and what is wrong.
    struct Draft {
        let settings: GatewaySettings
        let host: HostContext
        var manifest: Manifest?
        private(set) var problems: [ConfigurationProblem] = []
        private(set) var warnings: [StartupWarning] = []
        private(set) var secrets: [Secret] = []
        private(set) var rules = TokenRules()
        private(set) var keys = VerificationKeys()
        private(set) var keySetURL: String?
        private(set) var revocations: Revocations?
        private(set) var identityKey: Curve25519.Signing.PrivateKey?
        private(set) var commands: [Command] = []

        init(settings: GatewaySettings, host: HostContext) {
            self.settings = settings
            self.host = host
        }

        /// Loads the keys that tokens are verified with, and the one that assertions are signed with.
        mutating func loadKeys(for purpose: Purpose) {
            rules = manifest?.jwt.rules ?? TokenRules()
            if let issuer = settings.issuer { rules.issuer = issuer }
            if let audiences = settings.audiences { rules.audiences = audiences }
            guard purpose != .inspect else { return }
            if settings.mode == .jwt, manifest != nil {
                loadVerificationKeys()
                loadRevocations()
            }
            if let spec = settings.identityKey { loadIdentityKey(spec) }
        }

        /// Names that were asked for and do not exist.
        mutating func note(_ unknownNames: [String], isStrict: Bool) {
            for name in unknownNames {
                if isStrict {
                    problems.append(ConfigurationProblem("--strict", "there is no service \(JSONValue.string(name).text())"))
                } else {
                    warn(.warning, "unknown-service-name", ["service": .string(name)])
                }
            }
        }

        /// The rules of gateway.md §5 about listeners that are not on loopback.
        mutating func checkListener(allowsUnauthenticated: Bool) {
            guard settings.mode != .jwt, !settings.address.isLoopback else { return }
            let place = "MCP_GATEWAY_HOST"
            if !settings.isOpen {
                problems.append(
                    ConfigurationProblem(
                        place,
                        "must be a loopback address in mode dev; use 127.0.0.1, or mode jwt to serve other machines"
                    )
                )
            } else if !allowsUnauthenticated {
                problems.append(
                    ConfigurationProblem(
                        place,
                        "is not a loopback address, and anyone may call in mode \(settings.mode.rawValue): "
                            + "use 127.0.0.1 or mode jwt, or give --allow-unauthenticated if that is meant"
                    )
                )
            }
        }

        /// The executables of the mounted commands.
        mutating func findCommands(_ selection: ServiceSelection) {
            guard let manifest else { return }
            for service in selection.mounted {
                guard case .command(let words) = service.target, let name = words.first else { continue }
                if let executable = host.executables.find(name, manifestFolder: manifest.folder) {
                    commands.append(Command(service: service, executable: executable, arguments: Array(words.dropFirst())))
                } else {
                    let index = manifest.services.firstIndex(of: service) ?? 0
                    problems.append(
                        ConfigurationProblem(
                            "\(manifest.path): services[\(index)].command[0]",
                            "executable \(JSONValue.string(name).text()) not found"
                        )
                    )
                }
            }
        }

        /// The modes in which tokens are ignored, and tokens without audience.
        mutating func noteMode() {
            switch settings.mode {
            case .jwt:
                if manifest != nil && rules.audiences.isEmpty { warn(.warning, "jwt-audience-unset", [:]) }
            case .dev, .disabled:
                warn(
                    settings.isOpen ? .critical : .warning,
                    settings.isOpen ? "dev-mode-open" : "dev-mode-loopback",
                    [
                        "auth_mode": .string(settings.mode.rawValue),
                        "loopback_only": .bool(!settings.isOpen),
                        "sub": .string(settings.devIdentity.subject),
                        "roles": .array(settings.devIdentity.roles.map(JSONValue.string)),
                    ]
                )
            }
        }

        /// Servers that someone else runs.
        mutating func noteUpstreams(_ selection: ServiceSelection) {
            let external = selection.mounted.filter { $0.kind == "upstream" }
            for service in external {
                if case .upstream(let address) = service.target, !address.isLoopback {
                    warn(.warning, "upstream-not-loopback", ["service": .string(service.name)])
                }
            }
            if !external.isEmpty && settings.identityKey == nil {
                warn(.warning, "identity-key-ephemeral", ["services": .array(external.map { .string($0.name) })])
            }
        }

        private mutating func warn(_ level: LogLevel, _ event: String, _ fields: JSONObject) {
            warnings.append(StartupWarning(level: level, event: event, fields: fields))
        }

        private mutating func loadVerificationKeys() {
            guard let manifest else { return }
            let override = settings.publicKey
            let name = override == nil ? "\(manifest.path): jwt.public_key" : "MCP_JWT_PUBLIC_KEY"
            if let spec = override ?? manifest.jwt.publicKey {
                do throws(KeySpecError) {
                    let material = try load(spec, named: name)
                    keys.pinned = try RSAKeys.publicKeys(material)
                } catch {
                    problems.append(ConfigurationProblem(error.name, error.message))
                }
            }
            switch manifest.jwt.keySet {
            case .file(let path)?: loadKeySet(PathText.resolve(path, in: manifest.folder), manifest)
            case .url(let url)?: keySetURL = url
            case nil:
                if override == nil && manifest.jwt.publicKey == nil {
                    problems.append(
                        ConfigurationProblem(
                            "\(manifest.path): jwt",
                            "mode jwt needs a verification key: set jwt.public_key or jwt.jwks_url, or MCP_JWT_PUBLIC_KEY "
                                + "(mcp-gateway token keygen makes a pair)"
                        )
                    )
                }
            }
        }

        private mutating func loadKeySet(_ path: String, _ manifest: Manifest) {
            let place = "\(manifest.path): jwt.jwks_url"
            do throws(FileReadError) {
                let bytes = try host.readFile(path)
                do throws(KeySet.Fault) {
                    keys.set = try KeySet.parse(bytes)
                } catch {
                    problems.append(ConfigurationProblem(place, "\(path) \(error)"))
                }
            } catch {
                problems.append(ConfigurationProblem(place, error.description))
            }
        }

        /// The list must be good at the start; later the last good one stays.
        private mutating func loadRevocations() {
            guard let manifest else { return }
            let place = settings.revocations == nil ? "\(manifest.path): jwt.revocations" : "MCP_JWT_REVOCATIONS"
            guard let path = settings.revocations ?? manifest.jwt.revocations.map({ PathText.resolve($0, in: manifest.folder) }) else {
                return
            }
            do throws(RevocationList.Fault) {
                revocations = Revocations(path: path, list: try RevocationList.load(path, readFile: host.readFile))
            } catch {
                problems.append(ConfigurationProblem(place, error.description))
            }
        }

        private mutating func loadIdentityKey(_ spec: Secret) {
            do throws(KeySpecError) {
                let material = try load(spec, named: "MCP_GATEWAY_IDENTITY_PRIVATE_KEY")
                secrets.append(material.text)
                identityKey = try IdentityKeys.privateKey(material)
            } catch {
                problems.append(ConfigurationProblem(error.name, error.message))
            }
        }

        private func load(_ spec: Secret, named name: String) throws(KeySpecError) -> KeyMaterial {
            try KeySpec(spec.reveal(), named: name)
                .load(environment: settings.variables, baseFolder: manifest?.folder, readFile: host.readFile)
        }
    }
}
