package import HuaweiCloud
package import JSONRPC

/// A failure that a tool reports to its caller: the `error` member of the envelope (servers.md §1).
///
/// Optional members that do not apply are absent, never null.
package struct ToolError: Error, Sendable, Hashable {
    /// One entry of `details`.
    package struct Detail: Sendable, Hashable {
        /// Where in the arguments, such as `limit` or `server_ids[3]`; empty for the whole.
        package var path: String
        /// What is wrong there; never the offending value.
        package var message: String

        /// An entry.
        package init(path: String, message: String) {
            self.path = path
            self.message = message
        }
    }

    /// The code; one of ``ErrorCode``, of the server's own, or of the cloud's API.
    package var code: String
    /// One sentence for a person.
    ///
    /// Control characters, secrets and excess length are removed when it is sent.
    package var message: String
    /// What to do next.
    package var hint: String?
    /// The cloud's request id.
    package var requestID: String?
    /// The HTTP status.
    package var statusCode: Int?
    /// Whether repeating the very same call is safe and may succeed.
    package var retryable: Bool?
    /// Several places or objects.
    package var details: [Detail]
    /// Whether it is certain that a confirmed operation changed nothing before it failed, whatever the code suggests.
    ///
    /// Not a member of the envelope: it decides what the confirm tool says about the outcome.
    package var nothingChanged = false

    /// An error.
    package init(
        code: String,
        message: String,
        hint: String? = nil,
        requestID: String? = nil,
        statusCode: Int? = nil,
        retryable: Bool? = nil,
        details: [Detail] = []
    ) {
        self.code = code
        self.message = message
        self.hint = hint
        self.requestID = requestID
        self.statusCode = statusCode
        self.retryable = retryable
        self.details = details
    }

    /// The same failure as the cloud's client reported it.
    package init(_ error: CloudError) {
        self.init(
            code: error.code,
            message: error.message,
            hint: error.hint,
            requestID: error.requestID,
            statusCode: error.statusCode,
            retryable: error.retryable
        )
    }

    /// The members in the order of servers.md §1.
    package var json: JSONObject {
        var object: JSONObject = ["code": .string(code), "message": .string(message)]
        object.set("hint", hint.map(JSONValue.string))
        object.set("request_id", requestID.map(JSONValue.string))
        object.set("status_code", statusCode.map(JSONValue.int))
        object.set("retryable", retryable.map(JSONValue.bool))
        if !details.isEmpty {
            object["details"] = .array(details.map { ["path": .string($0.path), "message": .string($0.message)] })
        }
        return object
    }
}
