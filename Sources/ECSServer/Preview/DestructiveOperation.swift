import JSONRPC

/// An operation that needs an approval, with everything that its execution needs (ecs.md §3).
enum DestructiveOperation: Sendable, Hashable {
    case stop(ids: [String], type: PowerDown)
    case reboot(ids: [String], type: PowerDown)
    case delete(ids: [String], publicIP: Bool, volumes: Bool)
    case resize(Resize)

    /// The `action` member of the preview.
    var action: String {
        switch self {
        case .stop: "stop"
        case .reboot: "reboot"
        case .delete: "delete"
        case .resize: "resize"
        }
    }

    /// The servers as the caller named them, repeated ones included.
    var ids: [String] {
        switch self {
        case .stop(let ids, _), .reboot(let ids, _), .delete(let ids, _, _): ids
        case .resize(let resize): [resize.id]
        }
    }

    /// The path in the arguments at which a server is named.
    func path(at index: Int) -> String {
        switch self {
        case .stop, .reboot, .delete: "server_ids[\(index)]"
        case .resize: "server_id"
        }
    }

    /// How to look when it is unknown whether the operation was carried out.
    var outcomeHint: String {
        switch self {
        case .stop, .reboot: "Look at status and task_state of the servers with ecs_get_server."
        case .delete: "Look with ecs_get_server whether the servers still exist."
        case .resize: "Look at status, task_state and flavor of the server with ecs_get_server."
        }
    }

    /// The arguments as the preview shows them and as they are stored with the approval.
    var content: JSONObject {
        let idsJSON = JSONValue.array(ids.map(JSONValue.string))
        return switch self {
        case .stop(_, let type), .reboot(_, let type):
            ["action": .string(action), "server_ids": idsJSON, "type": .string(type.rawValue)]
        case .delete(_, let publicIP, let volumes):
            ["action": .string(action), "server_ids": idsJSON, "delete_publicip": .bool(publicIP), "delete_volume": .bool(volumes)]
        case .resize(let resize):
            [
                "action": .string(action), "server_id": .string(resize.id), "target_flavor_ref": .string(resize.flavorRef),
                "mode": .optional(resize.mode), "dedicated_host_id": .optional(resize.dedicatedHostID),
            ]
        }
    }

    /// Reads what ``content`` wrote; nil for anything else.
    init?(content: JSONObject) {
        let ids = content["server_ids"]?.arrayValue?.compactMap(\.stringValue) ?? []
        let type = content["type"]?.stringValue.flatMap(PowerDown.init)
        switch content["action"]?.stringValue {
        case "stop":
            guard let type, !ids.isEmpty else { return nil }
            self = .stop(ids: ids, type: type)
        case "reboot":
            guard let type, !ids.isEmpty else { return nil }
            self = .reboot(ids: ids, type: type)
        case "delete":
            guard let publicIP = content["delete_publicip"]?.boolValue, let volumes = content["delete_volume"]?.boolValue, !ids.isEmpty
            else { return nil }
            self = .delete(ids: ids, publicIP: publicIP, volumes: volumes)
        case "resize":
            guard let id = content["server_id"]?.stringValue, let flavorRef = content["target_flavor_ref"]?.stringValue else { return nil }
            let mode = content["mode"]?.stringValue
            self = .resize(Resize(id: id, flavorRef: flavorRef, mode: mode, dedicatedHostID: content["dedicated_host_id"]?.stringValue))
        default: return nil
        }
    }
}
