import CloudServer

/// What a user should know before consenting (ecs.md §3.3).
///
/// Warnings do not stop the approval; the API decides.
enum PreviewWarnings {
    /// The warnings, server by server in the order of the targets; each names its server and is one line.
    static func warnings(for operation: DestructiveOperation, targets: [Target]) -> [String] {
        targets.flatMap { target in
            let one = [locked(target), prepaid(operation, target), satisfied(operation, target), busy(target)]
            return (one.compactMap { $0 } + losses(operation, target)).map(ErrorText.singleLine)
        }
    }

    private static func locked(_ target: Target) -> String? {
        guard target.server.locked == true else { return nil }
        return "\(target.label) is locked; the API may refuse the operation."
    }

    private static func prepaid(_ operation: DestructiveOperation, _ target: Target) -> String? {
        guard case .delete = operation, target.server.isPrepaid == true else { return nil }
        return "\(target.label) is prepaid; it cannot be deleted and must be unsubscribed instead."
    }

    private static func satisfied(_ operation: DestructiveOperation, _ target: Target) -> String? {
        switch operation {
        case .stop where target.server.status == "SHUTOFF": "\(target.label) is stopped already."
        case .delete where target.server.status == "DELETED": "\(target.label) is deleted already."
        case .resize(let resize) where target.server.flavor?.id == resize.flavorRef:
            "\(target.label) has the flavor \(resize.flavorRef) already."
        case .stop, .reboot, .delete, .resize: nil
        }
    }

    private static func busy(_ target: Target) -> String? {
        guard let state = target.server.taskState, !state.isEmpty else { return nil }
        return "\(target.label) is busy with the task '\(state)'; the API may refuse the operation."
    }

    private static func losses(_ operation: DestructiveOperation, _ target: Target) -> [String] {
        guard case .delete(_, let publicIP, let volumes) = operation else { return [] }
        var warnings: [String] = []
        let addresses = target.floatingAddresses
        if publicIP, !addresses.isEmpty {
            let list = addresses.joined(separator: ", ")
            warnings.append("\(target.label) loses \(counted(addresses.count, "elastic IP")) for good: \(list).")
        }
        let disks = target.dataDisks
        if volumes, !disks.isEmpty {
            warnings.append("\(target.label) loses \(counted(disks.count, "data disk")) with all data for good.")
        }
        return warnings
    }

    private static func counted(_ count: Int, _ noun: String) -> String { count == 1 ? "1 \(noun)" : "\(count) \(noun)s" }
}
