import HuaweiCloud
import JSONRPC

extension World {
    /// Answers a request at the time `now` of the machine's clock.
    mutating func receive(_ request: APIRequest, now: Timestamp) -> Delivery {
        if request.path.utf8.starts(with: "/_simulator/".utf8) {
            return .answer(control(request, now: now), delayMilliseconds: 0)
        }
        guard let fault = faults.next(for: request) else { return .answer(answer(request, now: now), delayMilliseconds: 0) }
        let real = fault.outcome == .passThrough || fault.executes ? answer(request, now: now) : nil
        switch fault.outcome {
        case .passThrough:
            return .answer(real ?? stamped(APIReply(status: 500, json: nil), now: now), delayMilliseconds: fault.delayMilliseconds)
        case .drop:
            if real == nil { requests.record(request, status: 0, requestID: nil, time: time(now)) }
            return .drop(delayMilliseconds: fault.delayMilliseconds)
        case .reply(let planned):
            let reply = stamped(planned, now: now)
            if real == nil { requests.record(request, status: reply.status, requestID: reply.headers["X-Request-Id"], time: time(now)) }
            return .answer(reply, delayMilliseconds: fault.delayMilliseconds)
        }
    }

    /// The answer to a body that is larger than the gateway takes.
    mutating func refuseBody(now: Timestamp) -> APIReply {
        let requestID = identifiers.hex32()
        return stamped(GatewayError.tooLarge(requestID: requestID), now: now, requestID: requestID)
    }

    /// What the cloud itself answers.
    private mutating func answer(_ request: APIRequest, now: Timestamp) -> APIReply {
        settle(now)
        let requestID = identifiers.hex32()
        let reply = stamped(route(request, now: now, requestID: requestID), now: now, requestID: requestID)
        requests.record(request, status: reply.status, requestID: requestID, time: time(now))
        return reply
    }

    /// Finds the API, checks who asks, and lets the service answer.
    private mutating func route(_ request: APIRequest, now: Timestamp, requestID: String) -> APIReply {
        guard let route = Route(method: request.method, segments: request.segments) else {
            return GatewayError.unknownAPI(requestID: requestID)
        }
        do throws(AuthenticationFailure) {
            try authenticate(request, now: now)
        } catch {
            return GatewayError.authentication(error, requestID: requestID)
        }
        for project in [request.headers["X-Project-Id"], route.project] {
            if let project, !project.utf8.elementsEqual(configuration.projectID.utf8) {
                return GatewayError.project(project, requestID: requestID)
            }
        }
        let answer: ServiceAnswer
        do throws(ServiceError) {
            answer = try serve(route, request, now: now)
        } catch {
            answer = ServiceAnswer(status: error.status, error.body, activities: error.activities)
        }
        record(answer, of: request, requestID: requestID, now: now)
        return APIReply(status: answer.status, json: answer.body)
    }

    /// Puts what was done, or attempted, on the audit trail.
    private mutating func record(_ answer: ServiceAnswer, of request: APIRequest, requestID: String, now: Timestamp) {
        let writer = TraceWriter(configuration: configuration, account: account)
        for activity in answer.activities {
            trail.append(
                writer.trace(
                    activity,
                    of: request,
                    status: answer.status,
                    body: answer.body,
                    requestID: requestID,
                    time: time(now),
                    id: identifiers.uuid()
                )
            )
        }
    }

    private mutating func serve(_ route: Route, _ request: APIRequest, now: Timestamp) throws(ServiceError) -> ServiceAnswer {
        let parameters = request.parameters
        let time = time(now)
        let work = clock.work(at: time)
        if let project = route.codeArtsProject, !project.utf8.elementsEqual(configuration.codeArtsProjectID.utf8) {
            throw PipelineError.unknownProject(project)
        }
        switch route {
        case .listProjects: return projects.list(parameters, account: account)
        case .listServers(let project): return try compute.list(parameters, account: account, projectID: project, now: time)
        case .getServer(let project, let id): return try compute.get(id, account: account, projectID: project)
        case .listFlavors: return compute.listFlavors(parameters)
        case .getJob(_, let id): return try compute.job(id)
        case .powerAction:
            return try compute.power(try PowerRequest(request.body), work: work, now: time, identifiers: &identifiers)
        case .deleteServers:
            return try compute.delete(try DeletionRequest(request.body), work: work, now: time, identifiers: &identifiers)
        case .resizeServer(_, let id):
            return try compute.resize(id, try ResizeRequest(request.body), work: work, now: time, identifiers: &identifiers)
        case .listTraces(let project):
            guard project.utf8.elementsEqual(configuration.projectID.utf8) else { throw CTSError.project(project) }
            return try trail.list(try TraceFilter(parameters, now: time))
        case .listPipelines: return pipelines.list(try PipelineQuery(request.body), now: time)
        case .getPipeline(_, let id): return try pipelines.get(id)
        case .updatePipeline(_, let id): return try pipelines.update(id, request.body, account: account, now: time)
        case .runPipeline(_, let id):
            let run = try RunRequest(request.body)
            return try pipelines.run(id, run, account: account, work: work, now: time, identifiers: &identifiers)
        case .banPipeline(_, let id): return try pipelines.setBanned(true, id)
        case .unbanPipeline(_, let id): return try pipelines.setBanned(false, id)
        }
    }

    /// Adds what the gateway puts on every answer, unless it is there.
    private mutating func stamped(_ reply: APIReply, now: Timestamp, requestID: String? = nil) -> APIReply {
        var reply = reply
        if !reply.headers.contains("X-Request-Id") { reply.headers.append("X-Request-Id", requestID ?? identifiers.hex32()) }
        if !reply.headers.contains("Date") { reply.headers.append("Date", time(now).httpDate) }
        if !reply.headers.contains("Server") { reply.headers.append("Server", "api-gateway") }
        return reply
    }
}
