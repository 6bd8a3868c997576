import JSONRPC

/// The refusals of CodeArts Pipeline: `{"error_code","error_msg"}`, some of them in an answer with status 200.
enum PipelineError {
    /// There is no such pipeline.
    ///
    /// Told with status 200, as the vendor does.
    static func unknownPipeline(_ id: String) -> ServiceError {
        make(200, "DEVPIPE.00011401", "Pipeline \(id) does not exist.")
    }

    /// There is no such project, or the caller is no member.
    static func unknownProject(_ id: String) -> ServiceError {
        make(403, "DEVPIPE.00011412", "Project \(id) does not exist or the user is not a member of it.")
    }

    /// The pipeline is disabled.
    ///
    /// Told with status 200.
    static func banned(_ id: String) -> ServiceError {
        make(200, "DEVPIPE.00011416", "Pipeline \(id) is disabled.")
    }

    /// As many runs as may be are under way.
    static func concurrency(_ limit: Int) -> ServiceError {
        make(400, "DEVPIPE.00011104", "The pipeline already has \(limit) runs, which is its limit.")
    }

    /// Something about the request is wrong.
    static func invalidParameter(_ message: String) -> ServiceError { make(400, "DEVPIPE.00011001", message) }

    private static func make(_ status: Int, _ code: String, _ message: String) -> ServiceError {
        ServiceError(status: status, body: ["error_code": .string(code), "error_msg": .string(message)])
    }
}
