import CloudServer

/// What the question to the user says about an operation (consent.md §2).
struct ConsentWording: Sendable {
    let operation: DestructiveOperation
    let targets: [Target]

    /// What is done to how many servers.
    var headline: String {
        let servers = targets.count == 1 ? "1 server" : "\(targets.count) servers"
        return switch operation {
        case .stop: "Stop \(servers)"
        case .reboot: "Reboot \(servers)"
        case .delete: "Delete \(servers)"
        case .resize: "Resize \(servers)"
        }
    }

    /// Everything that is sent beside the servers.
    var details: [ConsentFact] {
        switch operation {
        case .stop(_, let type), .reboot(_, let type):
            [ConsentFact("type", type == .hard ? "HARD: as if the power were cut" : "SOFT: the operating system shuts down")]
        case .delete(_, let publicIP, let volumes):
            [
                ConsentFact("elastic IPs", publicIP ? "released" : "kept"),
                ConsentFact("data disks", volumes ? "deleted with all data" : "kept"),
            ]
        case .resize(let resize):
            [ConsentFact("new flavor", resize.flavorRef)]
                + (resize.mode.map { [ConsentFact("mode", $0)] } ?? [])
                + (resize.dedicatedHostID.map { [ConsentFact("dedicated host", $0)] } ?? [])
        }
    }

    /// What cannot be undone; nil for a resize, which another resize undoes.
    var irreversible: String? {
        switch operation {
        case .stop(_, .soft): "what runs there is interrupted until the start"
        case .reboot(_, .soft): "what runs there is interrupted"
        case .stop(_, .hard), .reboot(_, .hard): "what runs there is cut off, and what was not saved is lost"
        case .delete: "the deletion, with everything on the disks that are deleted"
        case .resize: nil
        }
    }

    /// The servers with what the user must know of each.
    var consentTargets: [ConsentTarget] {
        targets.map { target in
            ConsentTarget(id: target.id, name: target.server.name, facts: facts(target), losses: losses(target))
        }
    }

    private func facts(_ target: Target) -> [ConsentFact] {
        let addresses = target.addresses.map { address in
            (address.addr ?? "") + (address.type.map { " (\($0))" } ?? "")
        }
        return [
            ConsentFact("status", target.server.status ?? "unknown"),
            ConsentFact("flavor", target.server.flavor?.id ?? "unknown"),
            ConsentFact("addresses", addresses.isEmpty ? "none" : addresses.joined(separator: ", ")),
        ]
    }

    private func losses(_ target: Target) -> [String] {
        guard case .delete(_, let publicIP, let volumes) = operation else { return [] }
        let system = target.server.volumes.filter { !$0.isDataDisk }.map { "system disk \(label($0))" }
        let data = volumes ? target.dataDisks.map { "data disk \(label($0))" } : []
        return system + data + (publicIP ? target.floatingAddresses.map { "elastic IP \($0)" } : [])
    }

    private func label(_ volume: AttachedVolume) -> String {
        [volume.device, volume.id].compactMap { $0?.isEmpty == false ? $0 : nil }.joined(separator: " ")
    }
}
