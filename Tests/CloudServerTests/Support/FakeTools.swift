import AuthCommon
import JSONRPC
import Synchronization

@testable import CloudServer

/// Tools in the shape of real ones.
enum FakeTools {
    /// Readonly, answers at once.
    static func list(_ body: @escaping @Sendable (Arguments, ToolContext) async throws -> JSONObject = { _, _ in ["count": 0] })
        -> CloudTool
    {
        CloudTool(
            name: "fake_list",
            title: "List",
            description: "Lists.",
            role: .fixed(.readonly),
            effect: .reads,
            input: ObjectSchema([
                .string("name", "A filter.", nullable: true),
                .string("status", "A state.", nullable: true, enum: ["ACTIVE", "ERROR"]),
                .integer("limit", "Rows.", default: 20, minimum: 1, maximum: 100),
            ]),
            output: OutputSchema.object(["count": ["type": "integer"]]),
            body: .immediate(body)
        )
    }

    /// Admin, two phases.
    static func delete(
        warnings: [String] = [],
        executed: Executions = Executions(),
        prepare: (@Sendable (Arguments, ToolContext) async throws -> Prepared)? = nil,
        execute: (@Sendable (JSONObject, ToolContext) async throws -> JSONObject)? = nil
    ) -> CloudTool {
        CloudTool(
            name: "fake_delete",
            title: "Delete",
            description: "Deletes.",
            role: .fixed(.admin),
            effect: .changes(destructive: true, idempotent: true),
            input: ObjectSchema([
                .array("ids", "What.", items: .string(pattern: TextPattern.uuid), minItems: 1, maxItems: 3, required: true),
                .boolean("force", "How.", default: false),
            ]),
            output: PreparedOperation.dataSchema(members: ["ids": ["type": "array"], "force": ["type": "boolean"]]),
            body: .twoPhase(
                prepare: prepare ?? { arguments, _ in
                    .needsConsent(
                        PreparedOperation(
                            action: "delete",
                            members: [
                                "ids": .array(arguments.strings("ids").map(JSONValue.string)), "force": .bool(arguments.bool("force")),
                            ],
                            warnings: warnings,
                            targets: arguments.strings("ids").map { ConsentTarget(id: $0, name: "web") },
                            content: arguments.raw,
                            outcomeHint: "Look with fake_list."
                        )
                    )
                },
                execute: execute ?? { content, context in
                    executed.add(content, by: context.identity.subject)
                    return ["job_id": "job-1"]
                }
            )
        )
    }

    /// Operator for `start`, admin for everything else; `start` is done at once.
    static func power() -> CloudTool {
        CloudTool(
            name: "fake_power",
            title: "Power",
            description: "Switches.",
            role: .deciding(listed: .operator) { $0["action"] == "start" ? .operator : .admin },
            effect: .changes(destructive: true, idempotent: false),
            input: ObjectSchema([.string("action", "What.", enum: ["start", "stop"], required: true)]),
            output: ["type": "object"],
            body: .twoPhase(
                prepare: { arguments, _ in
                    if arguments.text("action") == "start" { return .done(["job_id": "job-2", "action": "start"]) }
                    return .needsConsent(
                        PreparedOperation(action: "stop", members: [:], targets: [], content: [:], outcomeHint: "Look.")
                    )
                },
                execute: { _, _ in ["job_id": "job-3"] }
            )
        )
    }

    static let uuid = "01234567-89ab-cdef-0123-456789abcdef"
    static let target: JSONObject = ["ids": [.string(uuid)]]
}

/// What was executed.
final class Executions: Sendable {
    private let list = Mutex<[(content: JSONObject, subject: String)]>([])

    func add(_ content: JSONObject, by subject: String) { list.withLock { $0.append((content, subject)) } }

    var count: Int { list.withLock { $0.count } }
    var last: (content: JSONObject, subject: String)? { list.withLock { $0.last } }
}
