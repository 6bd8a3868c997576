import HuaweiCloud
import JSONRPC

/// `POST /v1/{pid}/cloudservers/action`: starts, stops or reboots servers.
///
/// Answered with the id of a job.
struct ServerActionRequest: ECSRequest {
    /// What is done.
    enum Action: Sendable, Hashable {
        case start
        case stop(PowerDown)
        case reboot(PowerDown)
    }

    static let operation = "ServerAction"

    let action: Action
    /// At most 1,000 (ecs.md §4.2); repeated ones are sent as given.
    let ids: [String]

    let segments = ["cloudservers", "action"]

    var body: JSONObject? {
        let servers = Self.servers(ids)
        return switch action {
        case .start: ["os-start": ["servers": servers]]
        case .stop(let type): ["os-stop": ["servers": servers, "type": .string(type.rawValue)]]
        case .reboot(let type): ["reboot": ["servers": servers, "type": .string(type.rawValue)]]
        }
    }

    func answer(_ response: CloudResponse) throws(CloudError) -> String { try JobAnswer.jobID(response) }

    /// `[{"id":…}]`.
    static func servers(_ ids: [String]) -> JSONValue { .array(ids.map { ["id": .string($0)] }) }
}
