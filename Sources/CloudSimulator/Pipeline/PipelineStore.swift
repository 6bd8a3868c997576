import JSONRPC

/// The state of CodeArts Pipeline: one project's pipelines.
///
/// A pure value: every operation takes the time and answers or throws.
struct PipelineStore: Sendable, Hashable {
    /// The project that they belong to.
    let projectID: String
    var pipelines: [Pipeline]

    /// Lets every run progress to `now`.
    mutating func settle(clock: WorkClock, now: Timestamp) {
        for index in pipelines.indices {
            for run in pipelines[index].runs.indices where pipelines[index].runs[run].nextEvent != nil {
                pipelines[index].runs[run].settle(clock: clock, now: now)
            }
        }
    }

    /// `POST …/pipelines/list`.
    func list(_ query: PipelineQuery, now: Timestamp) -> ServiceAnswer {
        let found = pipelines.filter(query.admits).sorted(by: query.precedes)
        let page = found.dropFirst(query.offset).prefix(query.limit)
        return ServiceAnswer([
            "offset": .int(query.offset),
            "limit": .int(query.limit),
            "total": .int(found.count),
            "current_system_time": .int(Int(now.milliseconds)),
            "highest_confidentiality": .null,
            "number_of_hidden_data": 0,
            "pipelines": .array(page.map(row)),
        ])
    }

    /// `GET …/pipelines/{id}`.
    func get(_ id: String) throws(ServiceError) -> ServiceAnswer {
        ServiceAnswer(.object(pipelines[try index(of: id, in: nil)].detail))
    }

    /// The place of a pipeline.
    ///
    /// - Parameter operation: What was attempted, for the audit trail; nil for a read.
    func index(of id: String, in operation: String?) throws(ServiceError) -> Int {
        guard let index = pipelines.firstIndex(where: { $0.id.utf8.elementsEqual(id.utf8) }) else {
            let attempts = operation.map { [Activity(service: Self.service, operation: $0, resourceType: "pipeline", resourceID: id)] }
            throw PipelineError.unknownPipeline(id).attempting(attempts ?? [])
        }
        return index
    }

    /// The entry of the audit trail for an operation.
    func activities(_ operation: String, on pipeline: Pipeline) -> [Activity] {
        [
            Activity(
                service: Self.service,
                operation: operation,
                resourceType: "pipeline",
                resourceName: pipeline.name,
                resourceID: pipeline.id
            )
        ]
    }

    /// The code of the service in the audit trail.
    private static let service = "CODEARTSPIPELINE"

    private func row(_ pipeline: Pipeline) -> JSONValue {
        let detail = pipeline.detail
        return [
            "pipeline_id": .string(pipeline.id),
            "name": .string(pipeline.name),
            "project_id": .string(projectID),
            "project_name": detail["project_name"] ?? .null,
            "component_id": detail["component_id"] ?? .null,
            "is_publish": detail["is_publish"] ?? false,
            "is_collect": detail["is_collect"] ?? false,
            "manifest_version": detail["manifest_version"] ?? .null,
            "create_time": detail["create_time"] ?? .null,
            "latest_run": pipeline.runs.last?.json(pipelineID: pipeline.id) ?? .null,
            "convert_sign": 0,
            "security_level": detail["security_level"] ?? .null,
            "banned": .bool(pipeline.isBanned),
            "description": detail["description"] ?? .null,
            "tag_list": [],
        ]
    }
}
