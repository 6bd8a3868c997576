/// The status of a server, by the vendor's names.
enum ServerStatus: String, Sendable, Hashable, CaseIterable {
    case active = "ACTIVE"
    case shutOff = "SHUTOFF"
    case error = "ERROR"
    case building = "BUILD"
    case rebooting = "REBOOT"
    case hardRebooting = "HARD_REBOOT"
    case rebuilding = "REBUILD"
    case migrating = "MIGRATING"
    case resizing = "RESIZE"
    case verifyingResize = "VERIFY_RESIZE"
    case revertingResize = "REVERT_RESIZE"
    case deleted = "DELETED"
    case paused = "PAUSED"
    case suspended = "SUSPENDED"
    case shelved = "SHELVED"
    case shelvedOffloaded = "SHELVED_OFFLOADED"
    case unknown = "UNKNOWN"

    /// `OS-EXT-STS:vm_state`.
    var vmState: String {
        switch self {
        case .active, .rebooting, .hardRebooting, .rebuilding, .migrating, .resizing, .revertingResize: "active"
        case .shutOff: "stopped"
        case .error: "error"
        case .building: "building"
        case .verifyingResize: "resized"
        case .deleted: "deleted"
        case .paused: "paused"
        case .suspended: "suspended"
        case .shelved: "shelved"
        case .shelvedOffloaded: "shelved_offloaded"
        case .unknown: "unknown"
        }
    }

    /// `OS-EXT-STS:power_state`: 0 none, 1 running, 3 paused, 4 shut down.
    var powerState: Int {
        switch self {
        case .active, .rebooting, .hardRebooting, .migrating, .verifyingResize: 1
        case .paused: 3
        case .shutOff, .suspended, .shelved, .resizing, .revertingResize, .rebuilding: 4
        case .error, .building, .deleted, .shelvedOffloaded, .unknown: 0
        }
    }

    /// Whether the list filter `status=<filter>` finds a server of this status.
    ///
    /// `ACTIVE` also finds servers in passing states (`ecs.md` §2.1).
    func matches(filter: String) -> Bool {
        if rawValue == filter { return true }
        guard filter == ServerStatus.active.rawValue else { return false }
        switch self {
        case .rebooting, .hardRebooting, .rebuilding, .migrating, .resizing, .revertingResize, .verifyingResize: return true
        default: return false
        }
    }
}
