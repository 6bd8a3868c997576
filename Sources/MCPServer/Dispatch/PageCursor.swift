import JSONRPC
import MCP

/// Cursors of paged lists: opaque to clients, valid for the list that gave them out only.
enum PageCursor {
    /// The cursor of the page that starts at an element.
    static func text(list: String, start: Int) -> String { "\(list).\(start)" }

    /// Where the requested page starts; 0 without a cursor.
    ///
    /// - Throws: `-32602` for a cursor that this list never gave out, the empty text included.
    static func start(_ params: JSONObject?, list: String, count: Int) throws(JSONRPCError) -> Int {
        guard let cursor = params?["cursor"], !cursor.isNull else { return 0 }
        guard let text = cursor.stringValue, let dot = text.lastIndex(of: "."), text[..<dot] == list,
            let start = Int(text[text.index(after: dot)...]), start > 0, start < count, text == Self.text(list: list, start: start)
        else { throw .invalidParams("params.cursor was not issued by this server") }
        return start
    }
}
