public import JSONRPC

/// Severities of log messages to the client (RFC 5424).
public enum LoggingLevel: String, Sendable, Hashable, CaseIterable, Comparable {
    case debug, info, notice, warning, error, critical, alert, emergency

    /// Less severe is smaller.
    public static func < (lhs: LoggingLevel, rhs: LoggingLevel) -> Bool { lhs.severity < rhs.severity }

    private var severity: Int { Self.allCases.firstIndex(of: self) ?? 0 }

    /// Reads a level.
    ///
    /// - Throws: `-32602` when it is none.
    public init(json: JSONValue?) throws(JSONRPCError) {
        guard let level = json?.stringValue.flatMap(LoggingLevel.init(rawValue:)) else {
            let known = Self.allCases.map(\.rawValue).joined(separator: ", ")
            throw .invalidParams("The log level must be one of \(known)")
        }
        self = level
    }
}

/// `notifications/message`: a log message for the client.
public struct LoggingMessage: Sendable {
    /// The method's name.
    public static let method = "notifications/message"

    /// The severity.
    public var level: LoggingLevel
    /// Who logs.
    public var logger: String?
    /// What is logged; never a secret.
    public var data: JSONValue

    /// A message.
    public init(level: LoggingLevel, logger: String? = nil, data: JSONValue) {
        self.level = level
        self.logger = logger
        self.data = data
    }

    /// The wire form.
    public var notification: JSONRPCNotification {
        var params: JSONObject = ["level": .string(level.rawValue)]
        params.set("logger", logger.map(JSONValue.string))
        params["data"] = data
        return JSONRPCNotification(method: Self.method, params: params)
    }
}
