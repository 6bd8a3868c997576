import HuaweiCloud
import JSONRPC

extension JSONObject {
    /// The member as text unless it is empty.
    func nonEmptyText(_ name: String) -> String? {
        guard let text = lenientText(name), !text.isEmpty else { return nil }
        return text
    }

    /// The elements of an array that are objects; the others are skipped.
    func rows(_ name: String) -> [JSONObject] { lenientArray(name).compactMap(\.objectValue) }
}
