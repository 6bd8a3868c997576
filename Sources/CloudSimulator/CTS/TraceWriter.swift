import HuaweiCloud
import JSONRPC
import ProcessSupport

/// Writes down what the simulated cloud was asked to do.
struct TraceWriter: Sendable {
    let configuration: SimulatorConfiguration
    let account: Account

    /// One trace of an activity within a request.
    func trace(
        _ activity: Activity,
        of request: APIRequest,
        status: Int,
        body: JSONValue?,
        requestID: String,
        time: Timestamp,
        id: String
    ) -> Trace {
        var members = JSONObject()
        members["trace_name"] = .string(activity.operation)
        members["trace_rating"] = .string(Self.rating(status, body))
        members["trace_type"] = "ApiCall"
        members["request"] = .string(String(decoding: request.body, as: UTF8.self))
        members["response"] = .string(body?.text(.compact) ?? "")
        members["code"] = .string(String(status))
        members["message"] = .string(Self.message(body))
        members["api_version"] = .string(request.segments.first ?? "")
        members["record_time"] = .int(Int(time.milliseconds))
        members["time"] = .int(Int(time.milliseconds))
        members["user"] = user
        members["service_type"] = .string(activity.service)
        members["resource_type"] = .string(activity.resourceType)
        members["resource_name"] = .optional(activity.resourceName)
        members["resource_id"] = .optional(activity.resourceID)
        members["source_ip"] = .string(request.peer)
        members["request_id"] = .string(requestID)
        members["location_info"] = ""
        members["endpoint"] = .optional(request.headers["Host"])
        members["resource_url"] = .string("\(request.method) \(request.path)")
        members["enterprise_project_id"] = "0"
        members["resource_account_id"] = .string(account.domainID)
        members["read_only"] = false
        members["operation_id"] = .string(Self.operationID(activity.operation))
        return Trace(id: id, kind: .system, time: time, members: members)
    }

    /// The caller, as far as the access key tells.
    private var user: JSONValue {
        [
            "id": .string(account.userID),
            "name": .string(account.userName),
            "user_name": .string(account.userName),
            "domain": ["id": .string(account.domainID), "name": .string(account.domainName)],
            "account_id": .string(account.domainID),
            "access_key_id": .string(configuration.credentials.accessKeyID.reveal()),
            "principal_urn": .string("iam::\(account.domainID):user:\(account.userName)"),
            "principal_id": .string(account.userID),
            "principal_is_root_user": "false",
            "type": "User",
        ]
    }

    /// `normal` when it went well, `warning` when it was refused, `incident` when the service failed.
    private static func rating(_ status: Int, _ body: JSONValue?) -> String {
        if status >= 500 { return "incident" }
        return status >= 400 || body?["error_code"] != nil ? "warning" : "normal"
    }

    /// What went wrong, in the service's words.
    private static func message(_ body: JSONValue?) -> String {
        body?["error"]?["message"]?.stringValue ?? body?["error_msg"]?.stringValue ?? ""
    }

    /// The name of the API that was called.
    private static func operationID(_ operation: String) -> String {
        switch operation {
        case "startServer": "BatchStartServers"
        case "stopServer": "BatchStopServers"
        case "rebootServer": "BatchRebootServers"
        case "deleteServer": "DeleteServers"
        default: operation.prefix(1).uppercased() + operation.dropFirst()
        }
    }
}
