package import JSONRPC

/// Where a chain of audit records ends.
///
/// Each record is one line of compact JSON: `{"seq":…,"prev":"…",…,"hash":"…"}`. `seq` counts from 1, `prev` is the hash of the record before,
/// and `hash` is the SHA-256 of the line without its member `hash`. Who changes, removes or inserts a record breaks the chain there; that the
/// end was cut off is seen only by comparing the last hash with one that was noted elsewhere.
package struct AuditChain: Sendable, Hashable {
    /// The number of the last record; 0 before the first.
    package let sequence: Int
    /// The hash of the last record; ``AuditDigest/origin`` before the first.
    package let hash: String

    /// The chain before its first record.
    package static let empty = AuditChain(sequence: 0, hash: AuditDigest.origin)

    /// A chain that ends there.
    package init(sequence: Int, hash: String) {
        self.sequence = sequence
        self.hash = hash
    }

    /// The line of another record, with its line feed, and the chain after it.
    ///
    /// - Parameter fields: The record's own members; `seq`, `prev` and `hash` among them are dropped.
    package func appending(_ fields: JSONObject) -> (line: [UInt8], chain: AuditChain) {
        var record: JSONObject = ["seq": .int(sequence + 1), "prev": .string(hash)]
        for member in fields where !Self.reserved.contains(member.key) { record[member.key] = member.value }
        var line = record.bytes()
        let hash = AuditDigest.of(line)
        line.removeLast()
        line += ",\"hash\":\"\(hash)\"}\n".utf8
        return (line, AuditChain(sequence: sequence + 1, hash: hash))
    }

    private static let reserved: Set<String> = ["seq", "prev", "hash"]
}
