import AuthCommon
package import JSONRPC
import MCPServer

/// A place in a list, with the arguments that the list was made by: opaque to clients, good for the tool that gave it out.
///
/// It grants nothing: it holds arguments, and they are validated like any others.
package struct ListCursor: Sendable {
    /// The page that a call is about.
    package struct Page: Sendable {
        /// The arguments of the list and of this page.
        package let arguments: Arguments
        /// What the tool noted beside arguments; empty on the first page.
        package let position: JSONObject
    }

    /// The parameter that a cursor is passed back by.
    package static let parameter = Property.string(
        "cursor",
        "next_cursor of an answer, for the page after it; repeat no other argument.",
        nullable: true,
        maxLength: maximumLength
    )

    /// The schema of the member that a cursor is given out in.
    package static let schema = Shape.textOrNull("Pass it as cursor for the next page; null: there is none.")

    /// The longest cursor; a list whose filters would make it longer is paged by its other means.
    static let maximumLength = 32_768

    private let tool: String
    private let moving: [String]

    /// The cursors of one tool.
    ///
    /// - Parameters:
    ///   - tool: Its name.
    ///   - moving: The parameters that say where a page begins.
    package init(tool: String, moving: [String]) {
        self.tool = tool
        self.moving = moving
    }

    /// The page that the arguments name: that of the cursor, or the first of the list that they describe.
    ///
    /// `fields` may differ from page to page.
    ///
    /// - Throws: `INVALID_PARAMS` for a cursor that this tool did not give out, and for other arguments that contradict it.
    package func page(_ arguments: Arguments) throws(ToolError) -> Page {
        guard let text = arguments.string(Self.parameter.name) else { return Page(arguments: arguments, position: [:]) }
        guard let content = Base64URL.decode(text).flatMap({ try? JSONParser.parse($0).objectValue }), content["tool"] == .string(tool),
            var stored = content["arguments"]?.objectValue, !stored.contains(Self.parameter.name), arguments.accepts(stored),
            let position = content["position"]?.objectValue
        else { throw .invalidParams([.init(path: Self.parameter.name, message: "must be a next_cursor of \(tool), unchanged")]) }
        let kept = arguments.replacing(stored)
        let contradictions = arguments.raw.keys.filter { name in
            name != Self.parameter.name && name != FieldSelection.name && !moving.contains(name)
                && arguments.value(name) != kept.value(name)
        }
        guard contradictions.isEmpty else {
            throw .invalidParams(contradictions.map { .init(path: $0, message: "must be left out or as before when a cursor is given") })
        }
        stored.set(FieldSelection.name, arguments.raw[FieldSelection.name])
        return Page(arguments: arguments.replacing(stored), position: position)
    }

    /// The cursor of the page after this one; null when it would be too long.
    ///
    /// - Parameters:
    ///   - changes: What the arguments of that page differ in.
    ///   - position: What else the tool wants to know then.
    package func next(_ page: Page, _ changes: JSONObject, position: JSONObject = [:]) -> JSONValue {
        var arguments = page.arguments.raw
        arguments[Self.parameter.name] = nil
        for change in changes { arguments[change.key] = change.value }
        let content: JSONObject = ["tool": .string(tool), "arguments": .object(arguments), "position": .object(position)]
        let text = Base64URL.encode(content.bytes(.compact))
        return text.utf8.count <= Self.maximumLength ? .string(text) : .null
    }
}
