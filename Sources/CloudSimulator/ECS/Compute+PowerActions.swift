import JSONRPC

/// What `POST …/cloudservers/action` asks for.
struct PowerRequest: Sendable, Hashable {
    /// The operation.
    enum Action: String, Sendable, Hashable, CaseIterable {
        case start = "os-start"
        case stop = "os-stop"
        case reboot
    }

    var action: Action
    var serverIDs: [String]
    var hard: Bool

    /// Reads a body: exactly one action, with 1…1000 servers.
    init(_ body: [UInt8]) throws(ServiceError) {
        let object = try ECSBody.object(body)
        let actions = Action.allCases.filter { object.contains($0.rawValue) }
        guard actions.count == 1, object.count == 1, let action = actions.first, let content = object[action.rawValue]?.objectValue else {
            throw ECSError.invalidParameter("The request body must have exactly one of os-start, os-stop and reboot.")
        }
        self.action = action
        serverIDs = try ECSBody.servers(content)
        switch (action, content["type"]) {
        case (.start, _), (.stop, nil), (.stop, .string("SOFT")), (.reboot, .string("SOFT")): hard = false
        case (.stop, .string("HARD")), (.reboot, .string("HARD")): hard = true
        default: throw ECSError.invalidParameter("type must be SOFT or HARD.")
        }
    }

    /// The name of the operation in the audit trail and of the job's parts.
    var operation: String {
        switch action {
        case .start: "startServer"
        case .stop: "stopServer"
        case .reboot: "rebootServer"
        }
    }
}

extension Compute {
    /// `POST …/cloudservers/action`: a job with one part per server.
    ///
    /// A server that cannot do this fails in its part, unless none can.
    mutating func power(
        _ request: PowerRequest,
        work: WorkTime,
        now: Timestamp,
        identifiers: inout IdentifierSource
    ) throws(ServiceError) -> ServiceAnswer {
        let targets = try targets(request.serverIDs, operation: request.operation)
        let activities = activities(targets, request.operation)
        if let locked = targets.first(where: \.locked) { throw ECSError.locked(locked).attempting(activities) }
        guard targets.contains(where: { Self.allows(request.action, $0) }) else {
            throw ECSError.status(of: targets[0], request.operation).attempting(activities)
        }
        let type = "batch" + request.operation.prefix(1).uppercased() + request.operation.dropFirst()
        var job = Job(id: identifiers.job(), type: type, accepted: now, parts: [])
        for (number, server) in targets.enumerated() {
            let allowed = Self.allows(request.action, server)
            let isDone = Self.isDone(request.action, server)
            let begins = work + 1_000
            var part = JobPart(
                id: identifiers.job(),
                type: request.operation,
                serverID: server.id,
                effect: allowed && !isDone ? effect(request) : .none,
                begins: begins,
                ends: begins + (allowed && !isDone ? Self.duration(request) : 200) + Int64(min(number, 20)) * 250
            )
            if !allowed {
                part.failure = JobFailure(
                    code: "Ecs.0100",
                    reason: "It is not allowed to \(request.operation) in status \(server.status.rawValue)."
                )
            } else if !isDone {
                part.failure = server.jobFailure
                setTask(Self.task(request), of: server.id)
            }
            job.parts.append(part)
        }
        activeJobs.append(job)
        return ServiceAnswer(["job_id": .string(job.id)], activities: activities)
    }

    /// Whether the server is in a state from which the action can be begun; one that has been reached already is fine.
    private static func allows(_ action: PowerRequest.Action, _ server: Server) -> Bool {
        guard server.taskState == nil else { return false }
        switch action {
        case .start: return server.status == .shutOff || server.status == .active
        case .stop: return server.status == .active || server.status == .shutOff || server.status == .error
        case .reboot: return server.status == .active
        }
    }

    private static func isDone(_ action: PowerRequest.Action, _ server: Server) -> Bool {
        switch action {
        case .start: server.status == .active
        case .stop: server.status == .shutOff
        case .reboot: false
        }
    }

    private func effect(_ request: PowerRequest) -> JobEffect {
        switch request.action {
        case .start: .start
        case .stop: .stop
        case .reboot: .reboot(hard: request.hard)
        }
    }

    private static func task(_ request: PowerRequest) -> String {
        switch request.action {
        case .start: "powering-on"
        case .stop: "powering-off"
        case .reboot: request.hard ? "rebooting_hard" : "rebooting"
        }
    }

    private static func duration(_ request: PowerRequest) -> Int64 {
        switch request.action {
        case .start: 5_000
        case .stop: request.hard ? 2_000 : 5_000
        case .reboot: request.hard ? 6_000 : 8_000
        }
    }
}
