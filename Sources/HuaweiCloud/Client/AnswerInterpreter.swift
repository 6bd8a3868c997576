import FoundationEssentials

/// Turns what came of one attempt into a 2xx answer or an error (huaweicloud-http.md §6).
struct AnswerInterpreter {
    /// What the caller is told when a write may have been executed.
    static let outcomeUnknown =
        "The outcome is unknown: the cloud may have executed the request. Look at the current state before repeating it."

    let idempotency: Idempotency
    let service: CloudService
    let credentialsAreTemporary: Bool
    let cleaner: MessageCleaner
    let now: @Sendable () -> Date

    /// The answer when its status is 2xx.
    func response(_ answer: TransportResponse) throws(AttemptFailure) -> CloudResponse {
        switch answer.status {
        case 200..<300:
            return CloudResponse(status: answer.status, headers: answer.headers, body: answer.body, cleaner: cleaner)
        case 400...: throw statusFailure(answer)
        case 300..<400: throw invalid(answer, "The API answered with a redirect (HTTP \(answer.status)), which is not followed.")
        default: throw invalid(answer, "The API answered with the senseless HTTP status \(answer.status).")
        }
    }

    /// The failure of an attempt without a complete answer.
    func failure(_ failure: TransportFailure) -> AttemptFailure {
        if let partial = failure.partial, partial.status >= 400, failure.kind == .broken || failure.kind == .tooLarge {
            return statusFailure(partial)
        }
        switch failure.kind {
        case .nameResolution: return unreachable(failure, "The name of the \(service.displayName) endpoint could not be resolved.")
        case .connection: return unreachable(failure, "No connection to the \(service.displayName) endpoint came about.")
        case .tls: return unreachable(failure, "The TLS handshake with the \(service.displayName) endpoint failed.")
        case .timeout: return timeout(failure)
        case .broken: return broken(failure)
        case .malformed: return malformed(failure, "The \(service.displayName) endpoint's answer is not HTTP.")
        case .tooLarge:
            let error = error(
                CloudError.Code.upstreamInvalidResponse,
                "The API's answer is longer than \(CloudResponse.maximumBytes >> 20) MiB.",
                failure,
                retryable: false
            )
            return AttemptFailure(error, reason: failure.kind.rawValue)
        case .unsendable:
            return AttemptFailure(
                CloudError(
                    code: CloudError.Code.requestUnsendable,
                    message: "The request cannot be sent: the endpoint or a header holds characters that HTTP does not allow.",
                    hint: "Check the configured credentials, project id and endpoints for stray characters.",
                    retryable: false
                )
            )
        case .cancelled: return AttemptFailure(.cancelled)
        case .shutDown:
            return AttemptFailure(
                CloudError(code: CloudError.Code.upstreamUnreachable, message: "The server is stopping.", retryable: true)
            )
        }
    }

    private func timeout(_ failure: TransportFailure) -> AttemptFailure {
        var error = error(
            CloudError.Code.upstreamTimeout,
            failure.sent ? "The API did not answer in time." : "No connection to the API came about in time.",
            failure,
            retryable: idempotency == .read || !failure.sent
        )
        if mayHaveBeenExecuted(failure) { error.hint = Self.outcomeUnknown }
        return AttemptFailure(error, retry: failure.sent ? .afterSending : .nothingSent, reason: failure.kind.rawValue)
    }

    private func broken(_ failure: TransportFailure) -> AttemptFailure {
        if failure.partial != nil { return malformed(failure, "The API's answer breaks off before its end.") }
        return unreachable(failure, "The connection to the API broke before the answer came.")
    }

    private func unreachable(_ failure: TransportFailure, _ message: String) -> AttemptFailure {
        let executed = mayHaveBeenExecuted(failure)
        var error = error(CloudError.Code.upstreamUnreachable, message, failure, retryable: !executed)
        if executed { error.hint = Self.outcomeUnknown }
        return AttemptFailure(
            error,
            retry: failure.sent ? .afterSending : .nothingSent,
            reason: failure.kind.rawValue,
            switchesEndpoint: failure.kind == .nameResolution || failure.kind == .tls
        )
    }

    /// A broken answer: tried again for reads, but nothing that the caller should repeat.
    private func malformed(_ failure: TransportFailure, _ message: String) -> AttemptFailure {
        var error = error(CloudError.Code.upstreamInvalidResponse, message, failure, retryable: false)
        if mayHaveBeenExecuted(failure) { error.hint = Self.outcomeUnknown }
        return AttemptFailure(error, retry: failure.sent ? .afterSending : .nothingSent, reason: failure.kind.rawValue)
    }

    private func mayHaveBeenExecuted(_ failure: TransportFailure) -> Bool { idempotency == .write && failure.sent }

    private func error(_ code: String, _ message: String, _ failure: TransportFailure, retryable: Bool) -> CloudError {
        CloudError(
            code: code,
            message: message,
            requestID: failure.partial.flatMap { CloudResponse.requestID(in: $0.headers) },
            statusCode: failure.partial?.status,
            retryable: retryable
        )
    }

    private func invalid(_ answer: TransportResponse, _ message: String) -> AttemptFailure {
        AttemptFailure(
            CloudError(
                code: CloudError.Code.upstreamInvalidResponse,
                message: message,
                requestID: CloudResponse.requestID(in: answer.headers),
                statusCode: answer.status,
                retryable: false
            )
        )
    }

    /// An HTTP error: §6.1 for code and message, §6.2 for `retryable`, §6.3 for the hint.
    private func statusFailure(_ answer: TransportResponse) -> AttemptFailure {
        let status = answer.status
        let read = (try? CloudResponse.parse(answer.body)).flatMap { ErrorBody($0) }
        let message = cleaner.clean(read?.message ?? String(decoding: answer.body, as: UTF8.self))
        let withoutMessage = answer.body.isEmpty ? "HTTP \(status) without a body" : "HTTP \(status) without a message"
        var error = CloudError(
            code: read.map { cleaner.clean($0.code) } ?? (status == 429 ? CloudError.Code.rateLimited : String(status)),
            message: message.isEmpty ? withoutMessage : message,
            hint: read.flatMap { KnownCodes.hint(for: $0.code) },
            requestID: CloudResponse.requestID(in: answer.headers),
            statusCode: status,
            retryable: status == 429 || (idempotency == .read && RetryPolicy.transientStatuses.contains(status))
        )
        if read?.code == KnownCodes.authenticationFailed {
            error.addHint(ClockDifference.sentence(headers: answer.headers, now: now()))
        }
        if status == 401, credentialsAreTemporary {
            error.addHint("The credentials are temporary and may have expired; obtain new ones.")
        }
        let retryAfter = answer.headers["Retry-After"].flatMap { RetryAfter.delay($0, now: now()) }
        return AttemptFailure(error, retry: .status(status, retryAfter: retryAfter), reason: "http-\(status)")
    }
}
