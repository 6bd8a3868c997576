import JSONRPC

/// The second phase of an operation: does what was previewed, from the stored content alone (ecs.md §3.4).
struct OperationExecution: Sendable {
    /// The stored content is not what the first phase stores; a bug.
    struct MalformedContent: Error {}

    let client: ECSClient

    /// Sends the one request that changes something and returns the result.
    ///
    /// - Throws: The cloud's errors, with a hint or a code that says when the outcome is unknown.
    func execute(_ content: JSONObject) async throws -> JSONObject {
        guard let operation = DestructiveOperation(content: content) else { throw MalformedContent() }
        switch operation {
        case .stop(let ids, let type):
            return ["job_id": .string(try await client.send(ServerActionRequest(action: .stop(type), ids: ids))), "action": "stop"]
        case .reboot(let ids, let type):
            return ["job_id": .string(try await client.send(ServerActionRequest(action: .reboot(type), ids: ids))), "action": "reboot"]
        case .delete(let ids, let publicIP, let volumes):
            let request = DeleteServersRequest(ids: ids, deletesPublicIP: publicIP, deletesVolumes: volumes)
            return ["job_id": .string(try await client.send(request))]
        case .resize(let resize):
            let answer = try await client.send(ResizeServerRequest(resize: resize))
            var data: JSONObject = ["job_id": .optional(answer.jobID)]
            data.set("order_id", answer.orderID.map(JSONValue.string))
            return data
        }
    }
}
