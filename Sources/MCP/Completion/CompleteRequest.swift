public import JSONRPC

/// `completion/complete`: values for an argument of a prompt or a variable of a resource template.
public struct CompleteRequest: Sendable, Hashable {
    /// What the argument belongs to.
    public enum Reference: Sendable, Hashable {
        case prompt(String)
        case resource(String)
    }

    /// What the argument belongs to.
    public var reference: Reference
    /// The argument's name.
    public var argument: String
    /// What has been typed so far.
    public var value: String
    /// Arguments that are settled already (from 2025-06-18).
    public var context: [String: String]

    /// Reads the parameters.
    ///
    /// - Throws: `-32602` naming the parameter that is missing or of the wrong type.
    public init(params: JSONObject?) throws(JSONRPCError) {
        guard let reference = params?["ref"]?.objectValue else { throw .invalidParams("params.ref must be an object") }
        switch reference["type"]?.stringValue {
        case "ref/prompt":
            guard let name = reference["name"]?.stringValue else { throw .invalidParams("params.ref.name must be a string") }
            self.reference = .prompt(name)
        case "ref/resource":
            guard let uri = reference["uri"]?.stringValue else { throw .invalidParams("params.ref.uri must be a string") }
            self.reference = .resource(uri)
        default: throw .invalidParams("params.ref.type must be ref/prompt or ref/resource")
        }
        guard let name = params?["argument"]?["name"]?.stringValue, let value = params?["argument"]?["value"]?.stringValue else {
            throw .invalidParams("params.argument must have the strings name and value")
        }
        argument = name
        self.value = value
        context = [:]
        for member in params?["context"]?["arguments"]?.objectValue ?? [:] { context[member.key] = member.value.stringValue }
    }
}

/// The answer to `completion/complete`.
public struct Completion: Sendable, Hashable {
    /// The values, best first; more than 100 are cut.
    public var values: [String]
    /// How many there are in all, if known.
    public var total: Int?

    /// A completion.
    public init(values: [String], total: Int? = nil) {
        self.values = values
        self.total = total
    }

    /// The wire form.
    public var json: JSONValue {
        let shown = values.prefix(100)
        var completion: JSONObject = ["values": .array(shown.map(JSONValue.string))]
        completion.set("total", total.map(JSONValue.int))
        completion["hasMore"] = .bool(values.count > 100 || (total ?? 0) > shown.count)
        return ["completion": .object(completion)]
    }
}
