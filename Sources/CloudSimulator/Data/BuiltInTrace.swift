import JSONRPC

/// What distinguishes a trace of the demo from the others.
struct BuiltInTrace {
    var name: String
    var service: String
    /// Type, name and identifier.
    var resource: (type: String, name: String, id: String?)
    /// nil for what the cloud did by itself.
    var user: String?
    /// How the operation was asked for: `ApiCall`, `ConsoleAction`, `SystemAction`, `ObsSDK`, `ObsAPI`.
    var origin = "ApiCall"
    var kind = Trace.Kind.system
    var rating = "normal"
    var request = ""
    var response = ""
    var message = ""
    var code = "200"

    /// The trace as a record of a data set.
    func record(age: Int) -> TraceRecord {
        let account = Account.demo
        let address = origin == "SystemAction" ? "" : "198.51.100.\(7 + IdentifierDigest.number(of: user ?? "", below: 90))"
        let members: JSONObject = [
            "trace_name": .string(name), "trace_rating": .string(rating), "trace_type": .string(origin), "request": .string(request),
            "response": .string(response), "code": .string(code), "message": .string(message), "api_version": "1.0",
            "user": user.map { Self.user($0, account) } ?? .null, "service_type": .string(service),
            "resource_type": .string(resource.type), "resource_name": .string(resource.name), "resource_id": .optional(resource.id),
            "source_ip": .string(address), "request_id": .string(IdentifierDigest.hex(of: "request \(name) \(age)", count: 32)),
            "location_info": "", "endpoint": .string("\(ASCIIText.lowercased(service)).myhuaweicloud.example"),
            "resource_url": .string("https://console.example/\(ASCIIText.lowercased(service))/\(resource.name)"),
            "enterprise_project_id": "0", "resource_account_id": .string(account.domainID),
            "read_only": .bool(name.hasPrefix("GET.") || name.hasPrefix("HEAD.")), "operation_id": .string(name),
        ]
        return TraceRecord(kind: kind, ageSeconds: age, members: members)
    }

    private static func user(_ name: String, _ account: Account) -> JSONValue {
        let id = name == account.userName ? account.userID : IdentifierDigest.hex(of: "user \(name)", count: 32)
        return [
            "id": .string(id), "name": .string(name), "user_name": .string(name),
            "domain": ["id": .string(account.domainID), "name": .string(account.domainName)], "account_id": .string(account.domainID),
            "access_key_id": .string(name == "ci-bot" ? "NOTAREALACCESSKEY002" : ""),
            "principal_urn": .string("iam::\(account.domainID):user:\(name)"), "principal_id": .string(id),
            "principal_is_root_user": .string(name == "root" ? "true" : "false"), "type": "User",
        ]
    }
}
