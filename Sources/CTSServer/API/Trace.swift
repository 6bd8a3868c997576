import CloudServer
import HuaweiCloud
import JSONRPC

/// One audit trace, read field by field: a field of the wrong kind is missing and spoils nothing else (cts.md §2).
struct Trace: Sendable {
    private let row: JSONObject

    /// The trace of a row; of a row that is no object nothing can be read.
    init(_ row: JSONValue) { self.row = row.objectValue ?? [:] }

    /// The id; nil when it is missing or empty.
    var id: String? { row.nonEmptyText("trace_id") }

    /// Who caused it; nil for actions of the system.
    var user: TraceUser? { row.lenientObject("user").map(TraceUser.init) }

    /// A field as text.
    func text(_ name: String) -> JSONValue { .optional(row.lenientText(name)) }

    /// A field as text, masked.
    func maskedText(_ name: String) -> JSONValue { .optional(row.lenientText(name).map(Masking.maskText)) }

    /// A field as a boolean.
    func flag(_ name: String) -> JSONValue { .optional(row.lenientBool(name)) }

    /// A field in milliseconds as the text of a time.
    func time(_ name: String, in zone: TimeZoneRules) -> JSONValue {
        .optional(row.lenientInt(name).flatMap { TraceTime.text(milliseconds: $0, in: zone) })
    }

    /// The recorded request or response, masked as a whole and then cut; empty when there is none.
    func body(_ name: String, maximumLength: Int) -> TruncatedText {
        TruncatedText(Masking.mask(bodyText(name)), maximumLength: maximumLength)
    }

    /// An object or an array is written as JSON.
    private func bodyText(_ name: String) -> String {
        switch row[name] {
        case .object(let object): object.text()
        case .array(let elements): JSONValue.array(elements).text()
        case let value: value?.lenientText ?? ""
        }
    }
}
