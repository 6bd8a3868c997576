package import JSONRPC

/// A 2xx answer of an API.
package struct CloudResponse: Sendable {
    /// The longest answer that is read, in bytes (huaweicloud-http.md §5).
    package static let maximumBytes = 32 << 20

    /// The HTTP status.
    package let status: Int
    /// The header fields.
    package let headers: HeaderList
    /// The body.
    package let body: [UInt8]
    /// The id that the API gave the request: `X-Request-Id`, else `X-IAM-Trace-Id`; nil without one or when it is empty.
    package let requestID: String?

    private let cleaner: MessageCleaner

    /// An answer of these parts.
    ///
    /// The cleaner is applied to the API's messages in errors that are made from it.
    package init(status: Int, headers: HeaderList = HeaderList(), body: [UInt8], cleaner: MessageCleaner = MessageCleaner()) {
        self.status = status
        self.headers = headers
        self.body = body
        self.cleaner = cleaner
        requestID = Self.requestID(in: headers)
    }

    /// The body as JSON, read leniently: of duplicate members the last one wins.
    ///
    /// - Parameter selection: What of it is kept; the rest is checked all the same.
    /// - Throws: `UPSTREAM_INVALID_RESPONSE` when the body is empty, not JSON, or nested deeper than 128 levels.
    package func json(keeping selection: JSONSelection = .everything) throws(CloudError) -> JSONValue {
        if body.isEmpty { throw invalid("The API answered without a body where one is needed.") }
        do throws(JSONParseError) { return try Self.parse(body, keeping: selection) } catch {
            throw invalid("The API's answer is not JSON: \(error.code.rawValue) at byte \(error.offset).")
        }
    }

    /// The body as a JSON object.
    ///
    /// - Throws: `UPSTREAM_INVALID_RESPONSE` as ``json(keeping:)``, and when the top level is of another kind.
    package func object(keeping selection: JSONSelection = .everything) throws(CloudError) -> JSONObject {
        let value = try json(keeping: selection)
        guard case .object(let object) = value else { throw invalid("The API's answer is not an object but of kind \(value.kind).") }
        return object
    }

    /// `UPSTREAM_INVALID_RESPONSE` for this answer, not retryable.
    package func invalid(_ message: String, hint: String? = nil) -> CloudError {
        failure(code: CloudError.Code.upstreamInvalidResponse, message: message, hint: hint)
    }

    /// An error for this answer, for instance of a 2xx with an error inside.
    ///
    /// The message is cleaned; a known code brings its hint when none is given.
    package func failure(code: String, message: String, hint: String? = nil, retryable: Bool = false) -> CloudError {
        let text = cleaner.clean(message)
        return CloudError(
            code: cleaner.clean(code),
            message: text.isEmpty ? "The API reported an error without a message." : text,
            hint: hint ?? KnownCodes.hint(for: code),
            requestID: requestID,
            statusCode: status,
            retryable: retryable
        )
    }

    static func parse(_ body: [UInt8], keeping selection: JSONSelection = .everything) throws(JSONParseError) -> JSONValue {
        try JSONParser.parse(body, keeping: selection, limits: JSONLimits(maximumDepth: 128, maximumBytes: maximumBytes))
    }

    static func requestID(in headers: HeaderList) -> String? {
        for name in ["X-Request-Id", "X-IAM-Trace-Id"] {
            if let value = headers[name] {
                let id = MessageCleaner.withoutControls(value, limit: 128)
                if !id.isEmpty { return id }
            }
        }
        return nil
    }
}
