import CryptoExtras
import FoundationEssentials

/// What a reload changes.
struct PlanDifferences: Sendable {
    private let old: GatewayPlan
    private let new: GatewayPlan

    /// The differences between what runs and what is about to run.
    init(from old: GatewayPlan, to new: GatewayPlan) {
        self.old = old
        self.new = new
    }

    /// The services whose server ends: for good, or to be started with another command.
    var endingServers: (removed: [String], restarted: [String]) {
        let mounted = Set(new.selection.mounted.map(\.name))
        let removed = old.selection.mounted.map(\.name).filter { !mounted.contains($0) }
        let restarted = old.commands.filter { command in
            guard mounted.contains(command.service.name) else { return false }
            let successor = new.commands.first { $0.service.name == command.service.name }
            return successor?.executable != command.executable || successor?.arguments != command.arguments
        }
        return (removed, restarted.map(\.service.name))
    }

    /// A few words for each, for the log.
    var texts: [String] {
        var texts: [String] = []
        let before = old.selection.mounted
        let after = new.selection.mounted
        texts += after.filter { service in !before.contains { $0.name == service.name } }.map { "service added: \($0.name)" }
        texts += before.filter { service in !after.contains { $0.name == service.name } }.map { "service removed: \($0.name)" }
        for service in after {
            guard let previous = before.first(where: { $0.name == service.name }) else { continue }
            if previous.mountPath != service.mountPath { texts.append("mount_path changed: \(service.name)") }
            if previous.requiredRoles != service.requiredRoles { texts.append("required_roles changed: \(service.name)") }
            if previous.tools != service.tools { texts.append("tools changed: \(service.name)") }
            if previous.limits != service.limits, old.manifest.limits.upstream == new.manifest.limits.upstream {
                texts.append("limits changed: \(service.name)")
            }
            if previous.target != service.target { texts.append("server changed: \(service.name)") }
        }
        if old.manifest.limits != new.manifest.limits { texts.append("limits changed") }
        if old.manifest.publicURL != new.manifest.publicURL { texts.append("public_url changed") }
        if old.manifest.hosts != new.manifest.hosts { texts.append("hosts changed") }
        if old.manifest.origins != new.manifest.origins { texts.append("origins changed") }
        if old.manifest.trustedProxies != new.manifest.trustedProxies { texts.append("trusted_proxies changed") }
        if old.rules != new.rules { texts.append("jwt rules changed") }
        if old.keySetURL != new.keySetURL { texts.append("jwks_url changed") }
        if old.revocations != new.revocations { texts.append("revocations changed") }
        if !old.keys.isIdentical(to: new.keys) { texts.append("jwt keys changed") }
        return texts
    }
}

extension VerificationKeys {
    /// Whether the same keys are known under the same names.
    func isIdentical(to other: VerificationKeys) -> Bool {
        pinned.map(\.derRepresentation) == other.pinned.map(\.derRepresentation)
            && set.map(\.key.derRepresentation) == other.set.map(\.key.derRepresentation) && set.map(\.id) == other.set.map(\.id)
    }
}
