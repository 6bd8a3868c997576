extension Compute {
    /// The servers of these identifiers; `Ecs.0114` names the first that does not exist.
    func targets(_ ids: [String], operation: String) throws(ServiceError) -> [Server] {
        var found: [Server] = []
        for id in ids {
            guard let server = server(id) else {
                throw ECSError.unknownServer(id).attempting([
                    Activity(service: "ECS", operation: operation, resourceType: "ecs", resourceName: nil, resourceID: id)
                ])
            }
            found.append(server)
        }
        return found
    }

    /// One entry of the audit trail per server.
    func activities(_ servers: [Server], _ operation: String) -> [Activity] {
        servers.map {
            Activity(service: "ECS", operation: operation, resourceType: "ecs", resourceName: $0.name, resourceID: $0.id)
        }
    }

    /// Marks what is being done to a server.
    mutating func setTask(_ task: String, of serverID: String) {
        guard let index = index(of: serverID) else { return }
        servers[index].taskState = task
    }
}
