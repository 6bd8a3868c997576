import AuthCommon
import HuaweiCloud
import JSONRPC

/// Executes what was consented to: from here on the caller's going away changes nothing, and the outcome is recorded in any case.
struct ConsentedExecution: Sendable {
    /// Executes what one tool prepared.
    typealias Body = @Sendable (_ content: JSONObject, _ context: ToolContext) async throws -> JSONObject

    let audit: ApprovalAudit
    let executions: RunningExecutions
    /// What is executed, for the audit.
    let operation: AuditedOperation
    /// How to look when the outcome is unknown.
    let outcomeHint: String

    /// Runs it once and returns the operation's result.
    ///
    /// - Throws: the operation's error, with what the caller can do next.
    func run(_ body: @escaping Body, _ content: JSONObject, _ context: ToolContext) async throws -> JSONObject {
        let call = CallAudit.current
        call?.note(operation, isPending: false)
        let outcome: Result<JSONObject, any Error> = await executions.run(abandoned: {
            audit.confirmed(operation, by: context.identity, callID: context.callID, requestID: nil, .abandoned)
            call?.abandon()
        }) {
            let result: Result<JSONObject, any Error>
            do {
                result = .success(try await body(content, context))
            } catch let error as ToolError {
                result = .failure(ApprovalError.afterExecution(of: operation, outcomeHint: outcomeHint, error))
            } catch let error as CloudError {
                result = .failure(ApprovalError.afterExecution(of: operation, outcomeHint: outcomeHint, ToolError(error)))
            } catch {
                result = .failure(error)
            }
            record(result, context)
            return result
        }
        return try outcome.get()
    }

    private func record(_ result: Result<JSONObject, any Error>, _ context: ToolContext) {
        let outcome: ApprovalAudit.Outcome =
            switch result {
            case .success: .succeeded
            case .failure(let error as ToolError): .failed(error)
            case .failure: .failed(.internalError(callID: context.callID))
            }
        var requestID = CloudTrace.current?.requestID
        if case .failed(let error) = outcome { requestID = error.requestID ?? (operation.path == .elicited ? nil : requestID) }
        audit.confirmed(operation, by: context.identity, callID: context.callID, requestID: requestID, outcome)
    }
}
