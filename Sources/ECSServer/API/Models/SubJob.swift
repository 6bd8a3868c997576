import CloudServer
import HuaweiCloud
import JSONRPC

/// One part of a job, usually one server of a batch.
struct SubJob: Sendable {
    var id: String?
    var type: String?
    var status: String?
    var beginTime: String?
    var endTime: String?
    var errorCode: String?
    var failReason: String?
    /// What the part touched: an object, an array of such objects where the API sends an array, null where it sends none.
    var entities: JSONValue

    init(_ row: JSONObject) {
        id = row.lenientText("job_id")
        type = row.lenientText("job_type")
        status = row.lenientText("status")
        beginTime = row.lenientText("begin_time")
        endTime = row.lenientText("end_time")
        errorCode = row.lenientText("error_code")
        failReason = row.lenientText("fail_reason")
        entities =
            switch row["entities"] {
            case .object(let object)?: Self.entity(object)
            case .array(let elements)?: .array(elements.compactMap(\.objectValue).map(Self.entity))
            default: .null
            }
    }

    /// Those of the three known members that are not null.
    private static func entity(_ row: JSONObject) -> JSONValue {
        let known: JSONObject = [
            "server_id": .optional(row.lenientText("server_id")), "nic_id": .optional(row.lenientText("nic_id")),
            "errorcode_message": .optional(row.lenientText("errorcode_message")),
        ]
        return .object(known.withoutNulls())
    }

    /// All members, null when unknown (ecs.md §2.4).
    var json: JSONValue {
        [
            "job_id": .optional(id), "job_type": .optional(type), "status": .optional(status), "begin_time": .optional(beginTime),
            "end_time": .optional(endTime), "error_code": .optional(errorCode), "fail_reason": .optional(failReason), "entities": entities,
        ]
    }

    /// The schema of ``json``.
    static let schema = Shape.object([
        "job_id": Shape.textOrNull(), "job_type": Shape.textOrNull(), "status": Shape.textOrNull(), "begin_time": Shape.textOrNull(),
        "end_time": Shape.textOrNull(), "error_code": Shape.textOrNull(), "fail_reason": Shape.textOrNull(),
        "entities": [
            "type": ["object", "array", "null"],
            "description": "server_id, nic_id, errorcode_message; an array of such objects for several.",
        ],
    ])
}
