/// An API of the simulated cloud, found by method and path.
///
/// Hosts do not matter: one listener plays every service.
enum Route: Sendable, Hashable {
    case listProjects
    case listServers(project: String)
    case getServer(project: String, id: String)
    case listFlavors(project: String)
    case powerAction(project: String)
    case deleteServers(project: String)
    case resizeServer(project: String, id: String)
    case getJob(project: String, id: String)
    case listTraces(project: String)
    case listPipelines(project: String)
    case getPipeline(project: String, id: String)
    case updatePipeline(project: String, id: String)
    case runPipeline(project: String, id: String)
    case banPipeline(project: String, id: String)
    case unbanPipeline(project: String, id: String)

    /// The API of a request; nil when none is published there.
    init?(method: String, segments: [String]) {
        guard segments.allSatisfy({ !$0.isEmpty }) else { return nil }
        if segments.count >= 5, segments[0] == "v5", segments[2] == "api", segments[3] == "pipelines" {
            self.init(pipelineMethod: method, project: segments[1], rest: Array(segments[4...]))
            return
        }
        switch (method, segments.count) {
        case ("GET", 2) where segments == ["v3", "projects"]: self = .listProjects
        case ("GET", 3) where segments[0] == "v3" && segments[2] == "traces": self = .listTraces(project: segments[1])
        case ("GET", 4) where segments[0] == "v1":
            switch (segments[2], segments[3]) {
            case ("cloudservers", "detail"): self = .listServers(project: segments[1])
            case ("cloudservers", "flavors"): self = .listFlavors(project: segments[1])
            case ("cloudservers", let id): self = .getServer(project: segments[1], id: id)
            case ("jobs", let id): self = .getJob(project: segments[1], id: id)
            default: return nil
            }
        case ("POST", 4) where segments[0] == "v1" && segments[2] == "cloudservers":
            switch segments[3] {
            case "action": self = .powerAction(project: segments[1])
            case "delete": self = .deleteServers(project: segments[1])
            default: return nil
            }
        case ("POST", 5) where segments[0] == "v1.1" && segments[2] == "cloudservers" && segments[4] == "resize":
            self = .resizeServer(project: segments[1], id: segments[3])
        default: return nil
        }
    }

    /// The APIs of CodeArts Pipeline, below `/v5/{project}/api/pipelines/`.
    private init?(pipelineMethod method: String, project: String, rest: [String]) {
        switch (method, rest.count, rest.last) {
        case ("POST", 1, "list"): self = .listPipelines(project: project)
        case ("GET", 1, _): self = .getPipeline(project: project, id: rest[0])
        case ("PUT", 1, _): self = .updatePipeline(project: project, id: rest[0])
        case ("POST", 2, "run"): self = .runPipeline(project: project, id: rest[0])
        case ("PUT", 2, "ban"): self = .banPipeline(project: project, id: rest[0])
        case ("PUT", 2, "unban"): self = .unbanPipeline(project: project, id: rest[0])
        default: return nil
        }
    }

    /// The CodeArts project id in the path, if the API has one there.
    var codeArtsProject: String? {
        switch self {
        case .listPipelines(let project), .getPipeline(let project, _), .updatePipeline(let project, _), .runPipeline(let project, _),
            .banPipeline(let project, _), .unbanPipeline(let project, _):
            project
        case .listProjects, .listTraces, .listServers, .getServer, .listFlavors, .powerAction, .deleteServers, .resizeServer, .getJob: nil
        }
    }

    /// The cloud project id in the path, where the API gateway checks it; CTS has a refusal of its own.
    var project: String? {
        switch self {
        case .listProjects, .listTraces, .listPipelines, .getPipeline, .updatePipeline, .runPipeline, .banPipeline, .unbanPipeline: nil
        case .listServers(let project), .getServer(let project, _), .listFlavors(let project), .powerAction(let project),
            .deleteServers(let project), .resizeServer(let project, _), .getJob(let project, _):
            project
        }
    }
}
