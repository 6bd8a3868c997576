import JSONRPC

/// What `POST …/cloudservers/{id}/resize` of version 1.1 asks for.
struct ResizeRequest: Sendable, Hashable {
    var flavorID: String
    /// Whether a running server is to be stopped and started again.
    var stopsServer: Bool
    var dryRun: Bool

    /// Reads a body.
    init(_ body: [UInt8]) throws(ServiceError) {
        let object = try ECSBody.object(body)
        guard let resize = object["resize"]?.objectValue else { throw ECSError.invalidParameter("resize must be an object.") }
        guard let flavor = try ECSBody.text(resize, "flavorRef"), !flavor.isEmpty else {
            throw ECSError.invalidParameter("resize.flavorRef must be the id of a flavor.")
        }
        flavorID = flavor
        let mode = try ECSBody.text(resize, "mode") ?? ""
        guard mode.isEmpty || mode == "withStopServer" else { throw ECSError.invalidParameter("resize.mode must be withStopServer.") }
        stopsServer = !mode.isEmpty
        _ = try ECSBody.text(resize, "dedicated_host_id")
        dryRun = try ECSBody.flag(object, "dry_run")
    }
}

extension Compute {
    /// `POST /v1.1/…/cloudservers/{id}/resize`: a job, for a prepaid server an order instead, and for a dry run nothing but the checks.
    mutating func resize(
        _ serverID: String,
        _ request: ResizeRequest,
        work: WorkTime,
        now: Timestamp,
        identifiers: inout IdentifierSource
    ) throws(ServiceError) -> ServiceAnswer {
        guard let server = server(serverID) else {
            let attempt = Activity(service: "ECS", operation: "resizeServer", resourceType: "ecs", resourceName: nil, resourceID: serverID)
            throw ECSError.unknownServer(serverID).attempting(request.dryRun ? [] : [attempt])
        }
        let activities = request.dryRun ? [] : activities([server], "resizeServer")
        do throws(ServiceError) {
            try check(server, request)
        } catch {
            throw error.attempting(activities)
        }
        if request.dryRun { return ServiceAnswer(status: 202, nil) }
        if server.isPrepaid { return ServiceAnswer(["order_id": .string(identifiers.order(now))], activities: activities) }
        let begins = work + 1_000
        let part = JobPart(
            id: identifiers.job(),
            type: "resizeServer",
            serverID: server.id,
            effect: .resize(flavor: request.flavorID, restarts: server.status == .active),
            begins: begins,
            ends: begins + 12_000,
            failure: server.jobFailure
        )
        let job = Job(id: identifiers.job(), type: "resizeServer", accepted: now, parts: [part])
        activeJobs.append(job)
        setTask("resize_prep", of: server.id)
        return ServiceAnswer(["job_id": .string(job.id)], activities: activities)
    }

    private func check(_ server: Server, _ request: ResizeRequest) throws(ServiceError) {
        if server.locked { throw ECSError.locked(server) }
        guard let flavor = flavor(request.flavorID), flavor.exists(in: server.availabilityZone) else {
            throw ECSError.unknownFlavor(request.flavorID)
        }
        if server.flavorID.utf8.elementsEqual(flavor.id.utf8) { throw ECSError.sameFlavor(flavor.id) }
        if flavor.isWithdrawn || flavor.isSoldOut { throw ECSError.withdrawnFlavor(flavor.id) }
        if let current = self.flavor(server.flavorID), current.architecture != flavor.architecture {
            throw ECSError.architecture(server, flavor)
        }
        let allowed = server.status == .shutOff || (server.status == .active && request.stopsServer)
        guard allowed, server.taskState == nil else { throw ECSError.status(of: server, "resize") }
    }
}
