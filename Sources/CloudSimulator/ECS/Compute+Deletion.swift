import JSONRPC

/// What `POST …/cloudservers/delete` asks for.
struct DeletionRequest: Sendable, Hashable {
    var serverIDs: [String]
    var releasesAddresses: Bool
    var deletesDataDisks: Bool

    /// Reads a body.
    init(_ body: [UInt8]) throws(ServiceError) {
        let object = try ECSBody.object(body)
        serverIDs = try ECSBody.servers(object)
        releasesAddresses = try ECSBody.flag(object, "delete_publicip")
        deletesDataDisks = try ECSBody.flag(object, "delete_volume")
    }
}

extension Compute {
    /// `POST …/cloudservers/delete`: a job with one part per server, at whose end the server is gone.
    mutating func delete(
        _ request: DeletionRequest,
        work: WorkTime,
        now: Timestamp,
        identifiers: inout IdentifierSource
    ) throws(ServiceError) -> ServiceAnswer {
        let targets = try targets(request.serverIDs, operation: "deleteServer")
        let activities = activities(targets, "deleteServer")
        for server in targets {
            if server.locked { throw ECSError.locked(server).attempting(activities) }
            if server.isPrepaid { throw ECSError.prepaid(server).attempting(activities) }
            if server.taskState == "deleting" { throw ECSError.status(of: server, "delete").attempting(activities) }
        }
        var job = Job(id: identifiers.job(), type: "batchDeleteServer", accepted: now, parts: [])
        for (number, server) in targets.enumerated() {
            let begins = work + 1_000
            job.parts.append(
                JobPart(
                    id: identifiers.job(),
                    type: "deleteServer",
                    serverID: server.id,
                    effect: .delete(releasesAddresses: request.releasesAddresses, deletesDataDisks: request.deletesDataDisks),
                    begins: begins,
                    ends: begins + 5_000 + Int64(min(number, 20)) * 250,
                    failure: server.jobFailure
                )
            )
            setTask("deleting", of: server.id)
        }
        activeJobs.append(job)
        return ServiceAnswer(["job_id": .string(job.id)], activities: activities)
    }
}
