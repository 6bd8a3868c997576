import CloudServer
import JSONRPC

/// The sources of a pipeline, from which one is chosen by its alias (pipeline.md §5.3).
struct PipelineSources: Sendable {
    private let sources: [PipelineSource]

    init(_ elements: [JSONValue]) { sources = elements.map(PipelineSource.init(json:)) }

    /// The source at an index; nil when there is none.
    subscript(_ index: Int) -> PipelineSource? { sources.indices.contains(index) ? sources[index] : nil }

    /// The index of the code source that has exactly this alias; without an alias, of the only source.
    ///
    /// - Throws: `NO_SOURCE`, `SOURCE_ALIAS_REQUIRED`, `SOURCE_ALIAS_NOT_FOUND`, `SOURCE_ALIAS_AMBIGUOUS`, `SOURCE_NOT_GIT`.
    func select(alias: String?) throws(ToolError) -> Int {
        guard !sources.isEmpty else {
            throw ToolError(
                code: PipelineErrorCode.noSource,
                message: "The pipeline has no sources.",
                hint: "Add a source in CodeArts first."
            )
        }
        let index = try index(alias: alias)
        guard sources[index].isCode else {
            throw ToolError(
                code: PipelineErrorCode.sourceNotGit,
                message: "\(label(of: index)) is not a code source and has no branch.",
                hint: "Name a code source by its alias; pipeline_get_detail shows the sources."
            )
        }
        return index
    }

    private func index(alias: String?) throws(ToolError) -> Int {
        guard let alias else {
            if sources.count == 1 { return 0 }
            throw ToolError(
                code: PipelineErrorCode.sourceAliasRequired,
                message: "The pipeline has \(sources.count) sources and no alias says which one is meant: \(aliases).",
                hint: "Repeat the call with the alias of one of them."
            )
        }
        let matches = sources.indices.filter { index in sources[index].alias.map { ExactString.same($0, alias) } ?? false }
        guard let first = matches.first else {
            throw ToolError(
                code: PipelineErrorCode.sourceAliasNotFound,
                message: "No source has exactly the alias '\(alias)'; there are: \(aliases).",
                hint: "Use an alias exactly as it is written, with its letter case."
            )
        }
        guard matches.count == 1 else {
            throw ToolError(
                code: PipelineErrorCode.sourceAliasAmbiguous,
                message: "\(matches.count) sources have the alias '\(alias)'.",
                hint: "Give the sources different aliases in CodeArts first."
            )
        }
        return first
    }

    /// The aliases as a sentence lists them.
    private var aliases: String { sources.map { $0.alias.map { "'\($0)'" } ?? "(no alias)" }.joined(separator: ", ") }

    private func label(of index: Int) -> String { sources[index].alias.map { "The source '\($0)'" } ?? "The source" }
}
