import JSONRPC

/// Reading what CodeArts Pipeline is sent.
///
/// Whatever is wrong is told by its member.
enum PipelineBody {
    /// The body as an object.
    static func object(_ body: [UInt8]) throws(ServiceError) -> JSONObject {
        guard let value = try? JSONParser.parse(body, duplicates: .lastWins), case .object(let object) = value else {
            throw PipelineError.invalidParameter("The request body is not a JSON object.")
        }
        return object
    }

    /// An optional text; an empty one counts as none.
    static func text(_ object: JSONObject, _ name: String) throws(ServiceError) -> String? {
        guard let value = object[name], !value.isNull else { return nil }
        guard let text = value.stringValue else { throw PipelineError.invalidParameter("\(name) must be a string.") }
        return text.isEmpty ? nil : text
    }

    /// An optional list of texts.
    static func texts(_ object: JSONObject, _ name: String) throws(ServiceError) -> [String] {
        guard let value = object[name], !value.isNull else { return [] }
        let texts = value.arrayValue?.compactMap(\.stringValue) ?? []
        guard texts.count == value.arrayValue?.count else { throw PipelineError.invalidParameter("\(name) must be a list of strings.") }
        return texts
    }

    /// An optional list of objects.
    static func objects(_ object: JSONObject, _ name: String) throws(ServiceError) -> [JSONObject] {
        guard let value = object[name], !value.isNull else { return [] }
        let objects = value.arrayValue?.compactMap(\.objectValue) ?? []
        guard objects.count == value.arrayValue?.count else { throw PipelineError.invalidParameter("\(name) must be a list of objects.") }
        return objects
    }

    /// An integer within bounds.
    static func integer(
        _ object: JSONObject,
        _ name: String,
        default fallback: Int,
        in range: ClosedRange<Int>
    ) throws(ServiceError) -> Int {
        guard let value = object[name], !value.isNull else { return fallback }
        guard let number = value.intValue, range.contains(number) else {
            throw PipelineError.invalidParameter("\(name) must be an integer from \(range.lowerBound) to \(range.upperBound).")
        }
        return number
    }
}
