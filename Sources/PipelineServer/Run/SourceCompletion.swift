import CloudServer
import HuaweiCloud
import JSONRPC

/// Spells the sources of a run out from what the pipeline stores, because the API ignores a branch override that is not
/// (pipeline.md §4).
struct SourceCompletion: Sendable {
    /// The sources that the pipeline has.
    let stored: PipelineSources

    /// The items for the request, in the order of the caller's.
    ///
    /// - Throws: The errors of the selection of a source; `details` name the item.
    func complete(_ items: [JSONObject]) throws(ToolError) -> [JSONValue] {
        var completed: [JSONValue] = []
        for (index, item) in items.enumerated() {
            do throws(ToolError) { completed.append(.object(try complete(item))) } catch {
                var error = error
                error.details = [ToolError.Detail(path: "sources[\(index)]", message: error.message)]
                throw error
            }
        }
        return completed
    }

    private func complete(_ item: JSONObject) throws(ToolError) -> JSONObject {
        let given = item.lenientObject("params") ?? [:]
        let source = stored[try stored.select(alias: given.nonEmptyText("alias"))]
        let known = source?.params ?? [:]
        var params = Self.names.reduce(into: JSONObject()) { params, name in
            params.set(name, (given.nonEmptyText(name) ?? known.nonEmptyText(name)).map(JSONValue.string))
        }
        params.set("build_params", Self.buildParams(given, defaultBranch: params["default_branch"]).map(JSONValue.object))
        var completed: JSONObject = [:]
        let type = item.nonEmptyText("type") ?? source?.json.objectValue?.nonEmptyText("type")
        completed.set("type", type.map(JSONValue.string))
        completed["params"] = .object(params)
        return completed
    }

    /// As given, unless there is nothing in it and a branch is known.
    private static func buildParams(_ given: JSONObject, defaultBranch: JSONValue?) -> JSONObject? {
        let build = given.lenientObject("build_params")?.withoutNulls()
        guard build?.isEmpty ?? true, let defaultBranch else { return build }
        return ["build_type": "branch", "event_type": "Manual", "target_branch": defaultBranch]
    }

    /// The members that are completed, in the order in which they are sent.
    private static let names = ["git_type", "alias", "codehub_id", "default_branch", "git_url", "endpoint_id"]
}
