import CloudServer
import ProcessSupport

/// A CodeArts project (pipeline.md §1.1).
///
/// It is not a project of the cloud, although the ids of both look alike: `HUAWEICLOUD_PROJECT_ID` is never one.
struct CodeArtsProject: Sendable, Hashable {
    /// The id.
    let id: String

    /// The variable that names the project of calls that name none.
    static let defaultVariable = ServerVariable(
        "CODEARTS_DEFAULT_PROJECT_ID",
        help: "the CodeArts project of calls that name none; not a cloud project id",
        problem: { isID($0.trimmed) ? nil : "must be 1 to 64 letters, digits, - or _" }
    )

    /// A project of that id.
    init(id: String) { self.id = id }

    /// The project that a call is about: its argument, else the configured default, each trimmed; blank means not given.
    ///
    /// - Throws: `MISSING_PROJECT_ID`.
    init(argument: String?, default configured: String?) throws(ToolError) {
        for candidate in [argument, configured] {
            if let id = candidate?.trimmed, !id.isEmpty {
                self.init(id: id)
                return
            }
        }
        throw ToolError(
            code: PipelineErrorCode.missingProjectID,
            message: "No CodeArts project is named.",
            hint: "Pass project_id, or set \(Self.defaultVariable.name) for the server. "
                + "HUAWEICLOUD_PROJECT_ID is something else, the id of a cloud project, and is not used for this."
        )
    }

    /// Whether the text has the form of an id, as ``CloudServer/TextPattern/codeArtsID`` describes it.
    private static func isID(_ text: String) -> Bool {
        (1...64).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                    UInt8(ascii: "-"), UInt8(ascii: "_"):
                    true
                default: false
                }
            }
    }
}
