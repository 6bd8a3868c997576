import AuthCommon
import HuaweiCloud
import JSONRPC
import MCPServer

/// One call of a two-phase tool whose user is asked in the call itself (consent.md §2).
///
/// What differs between the eras is how the question reaches the client and who remembers what was asked. Nothing is executed before the
/// answer, and after it the role and the targets are looked at again.
struct ConsentCall: Sendable {
    /// Reads the targets and tells what would happen.
    typealias Preparation = @Sendable (_ arguments: Arguments, _ context: ToolContext) async throws -> Prepared

    let tool: CloudTool
    let arguments: Arguments
    let context: ToolContext
    let environment: ToolEnvironment
    let prepare: Preparation
    let execute: ConsentedExecution.Body

    /// Asks, and executes after a yes.
    ///
    /// - Throws: what the caller is told instead of a result; `InputRequired` when a modern client is to be asked; a `JSONRPCError` for a state
    ///   that is worth nothing.
    func run() async throws -> JSONObject {
        switch context.request.era {
        case .legacy: try await runLegacy()
        case .modern: try await runModern()
        }
    }

    /// The call as the audit tells it, before its operation is known.
    var call: AuditedOperation {
        AuditedOperation(tool: tool.name, arguments: arguments.raw, context: context, path: .elicited)
    }

    func question(_ operation: PreparedOperation, _ dialogue: ConsentDialogue) -> ConsentQuestion {
        ConsentQuestion(operation: operation, phrase: dialogue.phrase, isRepeated: dialogue.attempt > 1, seconds: Consent.seconds)
    }

    /// Records the end of a call without an execution and returns its error.
    func refuse(_ refusal: ConsentRefusal, _ operation: AuditedOperation) -> ToolError {
        environment.approvals.audit.refused(operation, refusal, by: context.identity, callID: context.callID)
        return refusal.error(seconds: Consent.seconds)
    }

    /// Executes after a yes, if the caller still may and if everything is still as it was previewed.
    ///
    /// - Parameters:
    ///   - preview: What the user was shown.
    ///   - asked: The operation that the user was asked about.
    ///   - caller: Who sent the yes, with the roles held now.
    func execute(_ preview: PreviewDigest, asked: AuditedOperation, by caller: Identity?) async throws -> JSONObject {
        guard let caller, caller.isSamePrincipal(as: context.identity) else { throw refuse(.identity, asked) }
        let role = tool.role.role(for: arguments.raw)
        guard caller.holds(role), caller.mayKnow(tool: tool.name) else { throw refuse(.role(caller.failure(role)), asked) }
        let context = context.with(caller)
        let prepared: Prepared
        do { prepared = try await prepare(arguments, context) } catch { throw failure(error, asked) }
        switch prepared {
        case .done(let data): return data
        case .needsConsent(let operation):
            guard PreviewDigest(operation) == preview else { throw refuse(.stalePreview([]), asked) }
            if Task.isCancelled { throw gone(asked) }
            return try await ConsentedExecution(
                audit: environment.approvals.audit,
                executions: environment.approvals.executions,
                operation: asked,
                outcomeHint: operation.outcomeHint
            ).run(execute, operation.content, context)
        }
    }

    /// Records that the client went away and returns the error that ends the call without an answer.
    func gone(_ operation: AuditedOperation) -> CancellationError {
        _ = refuse(.clientGone, operation)
        return CancellationError()
    }

    /// What a failure to read the targets again comes to; nothing has been executed.
    private func failure(_ error: any Error, _ asked: AuditedOperation) -> any Error {
        if Task.isCancelled { return gone(asked) }
        switch error {
        // It existed when the user was asked.
        case let error as ToolError where error.code == ErrorCode.notFound: return refuse(.stalePreview(error.details), asked)
        case let error as ToolError: return refuse(.failed(error), asked)
        case let error as CloudError: return refuse(.failed(ToolError(error)), asked)
        default:
            _ = refuse(.failed(.internalError(callID: context.callID)), asked)
            return error
        }
    }
}
