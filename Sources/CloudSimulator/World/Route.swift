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

    /// The API of a request; nil when none is published there.
    init?(method: String, segments: [String]) {
        guard segments.allSatisfy({ !$0.isEmpty }) else { return nil }
        switch (method, segments.count) {
        case ("GET", 2) where segments == ["v3", "projects"]: self = .listProjects
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

    /// The cloud project id in the path, if the API has one there.
    var project: String? {
        switch self {
        case .listProjects: nil
        case .listServers(let project), .getServer(let project, _), .listFlavors(let project), .powerAction(let project),
            .deleteServers(let project), .resizeServer(let project, _), .getJob(let project, _):
            project
        }
    }
}
