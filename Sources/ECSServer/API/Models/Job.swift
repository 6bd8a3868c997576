import CloudServer
import HuaweiCloud
import JSONRPC

/// An asynchronous job of the API.
struct Job: Sendable {
    var id: String?
    var type: String?
    /// `INIT`, `RUNNING`, `SUCCESS`, `FAIL` or `PENDING_PAYMENT`.
    var status: String?
    var beginTime: String?
    var endTime: String?
    var errorCode: String?
    var failReason: String?
    var message: String?
    var code: String?
    var serverID: String?
    var nicID: String?
    var subJobsTotal: Int?
    var subJobs: [SubJob]

    init(_ body: JSONObject) {
        let entities = body.lenientObject("entities") ?? [:]
        id = body.lenientText("job_id")
        type = body.lenientText("job_type")
        status = body.lenientText("status")
        beginTime = body.lenientText("begin_time")
        endTime = body.lenientText("end_time")
        errorCode = body.lenientText("error_code")
        failReason = body.lenientText("fail_reason")
        message = body.lenientText("message")
        code = body.lenientText("code")
        serverID = entities.lenientText("server_id")
        nicID = entities.lenientText("nic_id")
        subJobsTotal = entities.lenientInt("sub_jobs_total")
        subJobs = entities.rows("sub_jobs").map(SubJob.init)
    }

    /// All members, null when unknown (ecs.md §2.4).
    var json: JSONObject {
        [
            "job_id": .optional(id), "job_type": .optional(type), "status": .optional(status), "begin_time": .optional(beginTime),
            "end_time": .optional(endTime), "error_code": .optional(errorCode), "fail_reason": .optional(failReason),
            "message": .optional(message), "code": .optional(code), "server_id": .optional(serverID), "nic_id": .optional(nicID),
            "sub_jobs_total": .optional(subJobsTotal), "sub_jobs": .array(subJobs.map(\.json)),
        ]
    }

    /// The schemas of the members of ``json``.
    static let properties: JSONObject = [
        "job_id": Shape.textOrNull(), "job_type": Shape.textOrNull(),
        "status": Shape.textOrNull("INIT, RUNNING, SUCCESS, FAIL or PENDING_PAYMENT."), "begin_time": Shape.textOrNull(),
        "end_time": Shape.textOrNull(), "error_code": Shape.textOrNull(), "fail_reason": Shape.textOrNull(), "message": Shape.textOrNull(),
        "code": Shape.textOrNull(), "server_id": Shape.textOrNull(), "nic_id": Shape.textOrNull(), "sub_jobs_total": Shape.integerOrNull(),
        "sub_jobs": Shape.array(of: SubJob.schema),
    ]
}
