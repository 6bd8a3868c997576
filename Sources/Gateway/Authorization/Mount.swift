/// A path under which one service is reachable, with everything that is decided about it beforehand.
struct Mount: Sendable, Hashable {
    /// The service's name in the manifest; also the assertion's `aud`.
    let service: String
    /// The mount path without a final slash: `/ecs`.
    let path: String
    /// Any of these roles lets a caller pass; empty: any authenticated caller.
    let requiredRoles: [String]

    /// A mount.
    init(service: String, path: String, requiredRoles: [String]) {
        self.service = service
        self.path = path
        self.requiredRoles = requiredRoles
    }
}
