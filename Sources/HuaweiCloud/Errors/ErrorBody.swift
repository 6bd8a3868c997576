package import JSONRPC

/// The code and the message that an API put into an answer (huaweicloud-http.md §6.1).
package struct ErrorBody: Sendable, Hashable {
    /// The API's code; a number as its text.
    package let code: String
    /// The API's message as it came: not yet cleaned.
    package let message: String

    private static let shapes = [("error_code", "error_msg"), ("errorCode", "errorMsg"), ("code", "message")]

    /// Finds the first shape whose two members are present, first in the object itself, then in nested objects depth first in member
    /// order.
    ///
    /// Nil without a match, also for everything that is not an object.
    package init?(_ value: JSONValue) {
        guard case .object(let object) = value, let found = Self.find(in: object) else { return nil }
        self = found
    }

    private init(code: String, message: String) {
        self.code = code
        self.message = message
    }

    private static func find(in object: JSONObject) -> ErrorBody? {
        for (codeName, messageName) in shapes {
            if let code = object[codeName]?.lenientText, !code.isEmpty, let message = object[messageName]?.lenientText {
                return ErrorBody(code: code, message: message)
            }
        }
        for member in object {
            if case .object(let nested) = member.value, let found = find(in: nested) { return found }
        }
        return nil
    }
}
