import JSONRPC

/// The refusals of ECS, in the vendor's shape `{"error":{"code","message"}}`.
enum ECSError {
    /// `Ecs.0005`: something about the request is wrong.
    static func invalidParameter(_ message: String) -> ServiceError { make(400, "Ecs.0005", message) }

    /// `Ecs.0009`: the server has this flavor already.
    static func sameFlavor(_ flavor: String) -> ServiceError {
        make(400, "Ecs.0009", "The server already has the flavor \(flavor). Another flavor must be used for resizing.")
    }

    /// `Ecs.0019`: the flavor was withdrawn or is sold out.
    static func withdrawnFlavor(_ flavor: String) -> ServiceError {
        make(400, "Ecs.0019", "The flavor \(flavor) is not available any more.")
    }

    /// `Ecs.0029`: there is no such flavor.
    static func unknownFlavor(_ flavor: String) -> ServiceError { make(404, "Ecs.0029", "Flavor \(flavor) could not be found.") }

    /// `Ecs.0100`: the server's status does not allow this.
    static func status(of server: Server, _ operation: String) -> ServiceError {
        let busy = server.taskState.map { " with task state \($0)" } ?? ""
        return make(400, "Ecs.0100", "It is not allowed to \(operation) server \(server.id) in status \(server.status.rawValue)\(busy).")
    }

    /// `Ecs.0114`: there is no such server.
    static func unknownServer(_ id: String) -> ServiceError { make(404, "Ecs.0114", "Instance[\(id)] could not be found.") }

    /// `Ecs.0513`: prepaid servers are unsubscribed, not deleted.
    static func prepaid(_ server: Server) -> ServiceError {
        make(400, "Ecs.0513", "Server \(server.id) is billed yearly or monthly and must be unsubscribed instead.")
    }

    /// `Ecs.0605`: the server is locked.
    static func locked(_ server: Server) -> ServiceError {
        make(403, "Ecs.0605", "Server \(server.id) is locked and no operation is allowed on it.")
    }

    /// `Ecs.0813`: the image does not fit the flavor's architecture.
    static func architecture(_ server: Server, _ flavor: Flavor) -> ServiceError {
        make(400, "Ecs.0813", "The image of server \(server.id) does not run on the \(flavor.architecture) flavor \(flavor.id).")
    }

    /// `Common.0011`: there is no such job.
    static func unknownJob(_ id: String) -> ServiceError { make(404, "Common.0011", "Job \(id) could not be found.") }

    /// The answer for one server that does not exist, in the shape of the compute API underneath.
    static func itemNotFound(_ id: String) -> ServiceError {
        ServiceError(status: 404, body: ["itemNotFound": ["message": .string("Instance \(id) could not be found."), "code": 404]])
    }

    private static func make(_ status: Int, _ code: String, _ message: String) -> ServiceError {
        ServiceError(status: status, body: ["error": ["code": .string(code), "message": .string(message)]])
    }
}
