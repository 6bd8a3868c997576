import JSONRPC

/// Reading what ECS is sent.
///
/// Whatever is wrong is `Ecs.0005`.
enum ECSBody {
    /// The body as an object.
    static func object(_ body: [UInt8]) throws(ServiceError) -> JSONObject {
        guard let value = try? JSONParser.parse(body, limits: JSONLimits(), duplicates: .lastWins), case .object(let object) = value else {
            throw ECSError.invalidParameter("The request body is not a JSON object.")
        }
        return object
    }

    /// The distinct identifiers in `servers`, in order of first mention; 1…1000 entries.
    static func servers(_ content: JSONObject) throws(ServiceError) -> [String] {
        guard let rows = content["servers"]?.arrayValue, !rows.isEmpty else {
            throw ECSError.invalidParameter("servers must be a list with at least one server.")
        }
        guard rows.count <= 1_000 else { throw ECSError.invalidParameter("servers must have at most 1000 entries.") }
        var seen: Set<String> = []
        var ids: [String] = []
        for row in rows {
            guard let id = row["id"]?.stringValue, !id.isEmpty else {
                throw ECSError.invalidParameter("Every entry of servers must have an id.")
            }
            if seen.insert(ASCIIText.lowercased(id)).inserted { ids.append(id) }
        }
        return ids
    }

    /// An optional boolean.
    static func flag(_ object: JSONObject, _ name: String) throws(ServiceError) -> Bool {
        guard let value = object[name], !value.isNull else { return false }
        guard let flag = value.boolValue else { throw ECSError.invalidParameter("\(name) must be a boolean.") }
        return flag
    }

    /// An optional text.
    static func text(_ object: JSONObject, _ name: String) throws(ServiceError) -> String? {
        guard let value = object[name], !value.isNull else { return nil }
        guard let text = value.stringValue else { throw ECSError.invalidParameter("\(name) must be a string.") }
        return text
    }
}
