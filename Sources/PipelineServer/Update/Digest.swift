import Crypto
import JSONRPC

/// The digests by which an update is recognised.
enum Digest {
    /// The first 12 hexadecimal digits of the SHA-256 of a definition's text (pipeline.md §5.1).
    static func ofDefinition(_ text: String) -> String { String(hex(Array(text.utf8)).prefix(12)) }

    /// The fingerprint of a pipeline: any change of what an update would write, of `update_time`, `banned` or `component_id` changes it
    /// (pipeline.md §5.6).
    static func fingerprint(of detail: PipelineDetail) -> String {
        let state = ["update_time", "banned", "component_id"].compactMap { name -> JSONObject.Member? in
            guard let value = detail.json[name], !value.isNull else { return nil }
            return JSONObject.Member(key: name, value: value)
        }
        return hex(JSONObject(distinct: state + WrittenMembers.of(detail).members).bytes(.compact))
    }

    private static func hex(_ bytes: [UInt8]) -> String {
        SHA256.hash(data: bytes).map { byte in
            let digits = String(byte, radix: 16)
            return digits.utf8.count == 1 ? "0" + digits : digits
        }
        .joined()
    }
}
