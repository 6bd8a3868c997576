import JSONRPC
import MCP

/// What a method comes to, before an era has dressed it.
enum Work: Sendable {
    /// The result is here.
    case done(ResultBody)
    /// The result takes time; cancelling the task ends the work.
    case running(@Sendable () async throws -> ResultBody)
}

/// A result without what only one era has.
struct ResultBody: Sendable {
    /// The members.
    var members: JSONObject
    /// Who may store it for how long, for methods whose results may be stored at all.
    var cache: CacheHint?

    init(_ members: JSONObject, cache: CacheHint? = nil) {
        self.members = members
        self.cache = cache
    }
}
