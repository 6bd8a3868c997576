/// The form of a record (gateway.md §13).
package enum LogFormat: String, Sendable, CaseIterable {
    /// `<ts> <LEVEL> <logger> <msg>` followed by every field as `key=value`.
    case text
    /// One JSON object per line: `ts`, `level`, `logger`, `msg`, then the fields.
    case json
}
