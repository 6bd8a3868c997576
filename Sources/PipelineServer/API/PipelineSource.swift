import HuaweiCloud
import JSONRPC

/// A source of a pipeline.
struct PipelineSource: Sendable, Hashable {
    /// All of it; an object, unless the API sends nonsense.
    let json: JSONValue

    /// Its parameters.
    var params: JSONObject? { json.objectValue?.lenientObject("params") }

    /// The alias by which it is named; nil when it has none.
    var alias: String? { params?.lenientText("alias") }

    /// The branch that runs use unless they name another one.
    var defaultBranch: String? { params?.lenientText("default_branch") }

    /// Whether it is a code source (pipeline.md §5.3).
    var isCode: Bool {
        guard let params else { return false }
        guard let type = json["type"], !type.isNull else { return params.nonEmptyText("git_type") != nil }
        return type == "code"
    }

    /// The source with another default branch; all else stays.
    func with(defaultBranch branch: String) -> PipelineSource {
        guard case .object(var object) = json, var params else { return self }
        params["default_branch"] = .string(branch)
        object["params"] = .object(params)
        return PipelineSource(json: .object(object))
    }
}
