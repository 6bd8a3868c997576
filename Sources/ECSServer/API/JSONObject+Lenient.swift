import HuaweiCloud
import JSONRPC

extension JSONObject {
    /// The member as text unless it is empty, which for an id means as much as missing.
    func nonEmptyText(_ name: String) -> String? {
        guard let text = lenientText(name), !text.isEmpty else { return nil }
        return text
    }

    /// The elements of an array that are objects; the others are skipped (ecs.md §4.1).
    func rows(_ name: String) -> [JSONObject] { lenientArray(name).compactMap(\.objectValue) }
}
