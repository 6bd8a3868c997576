import JSONRPC

extension PipelineStore {
    /// The members that an update replaces (`pipeline.md` §5.2); one that is not sent is lost.
    static let replacedMembers = [
        "name", "description", "is_publish", "sources", "variables", "schedules", "triggers", "manifest_version", "definition",
        "project_name", "group_id", "concurrency_control", "security_level", "disable_release_branch_management", "execution_plans",
        "project_id", "cancel_strategy", "confidentiality_code", "agency_name", "variable_group_ids",
    ]

    /// `PUT …/pipelines/{id}`: a full replace.
    mutating func update(_ id: String, _ body: [UInt8], account: Account, now: Timestamp) throws(ServiceError) -> ServiceAnswer {
        let index = try index(of: id, in: "updatePipeline")
        let activities = activities("updatePipeline", on: pipelines[index])
        do throws(ServiceError) {
            if pipelines[index].isBanned { throw PipelineError.banned(id) }
            let object = try PipelineBody.object(body)
            for name in ["name", "definition", "manifest_version"] where object[name]?.stringValue?.isEmpty ?? true {
                throw PipelineError.invalidParameter("\(name) must not be empty.")
            }
            for name in ["sources", "variables", "schedules", "triggers"] { _ = try PipelineBody.objects(object, name) }
            replace(index, with: object, account: account, now: now)
        } catch {
            throw error.attempting(activities)
        }
        return ServiceAnswer(["pipeline_id": .string(id)], activities: activities)
    }

    /// `PUT …/pipelines/{id}/ban` and `…/unban`: true, or false when the pipeline is so already.
    mutating func setBanned(_ banned: Bool, _ id: String) throws(ServiceError) -> ServiceAnswer {
        let operation = banned ? "disablePipeline" : "enablePipeline"
        let index = try index(of: id, in: operation)
        let changes = pipelines[index].isBanned != banned
        pipelines[index].detail["banned"] = .bool(banned)
        return ServiceAnswer(.bool(changes), activities: activities(operation, on: pipelines[index]))
    }

    private mutating func replace(_ index: Int, with object: JSONObject, account: Account, now: Timestamp) {
        var detail = pipelines[index].detail
        for name in Self.replacedMembers where name != "project_id" {
            // The detail has this one under another name.
            let stored = name == "confidentiality_code" && !detail.contains(name) ? "security_level_code" : name
            if let value = object[name], !value.isNull {
                detail[stored] = value
            } else if let lost = detail[stored] {
                detail[stored] = Self.empty(lost)
            }
        }
        let updated = max(Int(now.milliseconds), (detail["update_time"]?.intValue ?? 0) + 1)
        detail["update_time"] = .int(updated)
        detail["updater_id"] = .string(account.userID)
        pipelines[index].detail = detail
    }

    /// What is left of a member that was not sent.
    private static func empty(_ value: JSONValue) -> JSONValue {
        switch value {
        case .array: []
        case .bool: false
        default: .null
        }
    }
}
