import HuaweiCloud
import JSONRPC

/// A pipeline as the API describes it: a raw ordered tree, with nothing left out and nothing converted (pipeline.md §5.1).
///
/// Member order, unknown members and the text of numbers survive, so that it can be written back.
struct PipelineDetail: Sendable, Hashable {
    /// All of it.
    let json: JSONObject

    /// The name.
    var name: String? { json.lenientText("name") }

    /// Whether it is disabled.
    var isBanned: Bool { json.lenientBool("banned") == true }

    /// The component that it belongs to; nil also when that is empty.
    var componentID: String? { json.nonEmptyText("component_id") }

    /// The sources in their order.
    var sources: PipelineSources { PipelineSources(json.lenientArray("sources")) }

    /// The variables that are objects.
    var variables: [PipelineVariable] { json.rows("variables").map(PipelineVariable.init) }

    /// The exact text of the definition; nil when it is missing, empty or no text.
    var definitionText: String? {
        guard let text = json["definition"]?.stringValue, !text.isEmpty else { return nil }
        return text
    }
}
