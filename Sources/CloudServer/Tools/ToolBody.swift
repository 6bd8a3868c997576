package import JSONRPC

/// What a tool does once identity, role and parameters are checked.
///
/// The closures throw ``ToolError`` or `CloudError` for failures that the caller is told; anything else is reported as
/// `INTERNAL_ERROR`. Cancellation of the call is cancellation of the task.
package enum ToolBody: Sendable {
    /// Answers at once with `data`.
    case immediate(@Sendable (_ arguments: Arguments, _ context: ToolContext) async throws -> JSONObject)
    /// Previews in the call and executes after consent (approvals.md).
    ///
    /// `prepare` sends only requests that change nothing, unless it returns ``Prepared/done(_:)``. `execute` receives the
    /// ``PreparedOperation/content`` and returns the `data` of the confirm tool; it runs to its end even if the caller goes away.
    ///
    /// Where the user is asked in the call (consent.md), ``ToolContext/asksUser``, `prepare` runs again after the answer: what it returns
    /// then must be equal if nothing has changed.
    case twoPhase(
        prepare: @Sendable (_ arguments: Arguments, _ context: ToolContext) async throws -> Prepared,
        execute: @Sendable (_ content: JSONObject, _ context: ToolContext) async throws -> JSONObject
    )
}
