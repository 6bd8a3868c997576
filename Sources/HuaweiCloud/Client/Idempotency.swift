/// Whether a request may be repeated: an input of every decision about retries (huaweicloud-http.md §5).
package enum Idempotency: Sendable, Hashable {
    /// It changes nothing: every GET, and the POST that lists pipelines.
    case read
    /// It may change something: every other POST and PUT.
    case write
}
