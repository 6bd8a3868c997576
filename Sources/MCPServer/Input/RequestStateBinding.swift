public import AuthCommon
import Crypto
public import JSONRPC

/// The call that a state belongs to: who called what with which parameters.
///
/// It is no part of the state. It is computed anew from the call that brings the state back, and a state opens only for the same one.
public struct RequestStateBinding: Sendable, Hashable {
    /// The fields, each behind its length, so that no two different calls have the same bytes.
    let bytes: [UInt8]

    /// A binding.
    ///
    /// - Parameters:
    ///   - identity: The caller: subject and tenant count, roles do not; nil where nobody is established.
    ///   - method: The method, for example `tools/call`.
    ///   - params: Its parameters; the state itself, the answers and `_meta` do not count, nor does the order of members.
    public init(identity: Identity?, method: String, params: JSONObject) {
        var counted = params
        for name in ["_meta", "inputResponses", "requestState"] { counted[name] = nil }
        var fields = LengthPrefixed()
        fields.append(identity == nil ? [0] : [1])
        fields.append(Array((identity?.subject ?? "").utf8))
        fields.append(Array((identity?.tenant ?? "").utf8))
        fields.append(Array(method.utf8))
        fields.append(Array(SHA256.hash(data: CanonicalJSON.bytes(.object(counted)))))
        bytes = fields.bytes
    }

    /// The binding of a call of a tool.
    public static func call(_ tool: String, _ arguments: JSONObject, by identity: Identity?) -> RequestStateBinding {
        RequestStateBinding(identity: identity, method: "tools/call", params: ["name": .string(tool), "arguments": .object(arguments)])
    }
}
