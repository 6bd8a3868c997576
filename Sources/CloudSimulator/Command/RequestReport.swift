import HuaweiCloud
import JSONRPC
import ProcessSupport

/// One record per request in the simulator's log.
enum RequestReport {
    /// Tells what was asked and answered: refusals as warnings, everything else at debug.
    static func write(_ request: APIRequest, _ delivery: Delivery, to log: EventLog) {
        switch delivery {
        case .answer(let reply, _):
            let level: LogLevel = reply.status == 401 || reply.status >= 500 ? .warning : .debug
            log.event(
                level,
                "request",
                [
                    "method": .string(request.method), "path": .string(request.path), "status": .int(reply.status),
                    "request_id": .optional(reply.headers["X-Request-Id"]),
                    "reason": reply.status >= 400 ? .string(String(decoding: reply.body.prefix(2_000), as: UTF8.self)) : .null,
                ]
            )
        case .drop:
            log.warning("request-dropped", ["method": .string(request.method), "path": .string(request.path)])
        }
    }
}
