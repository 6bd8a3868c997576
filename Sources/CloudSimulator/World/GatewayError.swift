import JSONRPC

/// The refusals of the API gateway in front of the services: `{"error_code","error_msg","request_id"}`.
enum GatewayError {
    /// 401: the signature or what it covers is wrong.
    static func authentication(_ failure: AuthenticationFailure, requestID: String) -> APIReply {
        make(401, "APIGW.0301", "Incorrect IAM authentication information: \(failure.reason)", requestID)
    }

    /// 403: `X-Project-Id` or the project in the path is not one of the caller's.
    static func project(_ id: String, requestID: String) -> APIReply {
        make(403, "APIGW.0302", "The IAM user is not authorized to access project \(id)", requestID)
    }

    /// 404: no API is published there.
    static func unknownAPI(requestID: String) -> APIReply {
        make(404, "APIGW.0101", "The API does not exist or has not been published in the environment", requestID)
    }

    /// 413: the body is larger than the gateway takes.
    static func tooLarge(requestID: String) -> APIReply {
        make(413, "APIGW.0201", "Request entity too large", requestID)
    }

    private static func make(_ status: Int, _ code: String, _ message: String, _ requestID: String) -> APIReply {
        APIReply(
            status: status,
            json: ["error_msg": .string(message), "error_code": .string(code), "request_id": .string(requestID)]
        )
    }
}
