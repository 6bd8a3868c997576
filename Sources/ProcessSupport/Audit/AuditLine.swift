import JSONRPC

/// One line of an audit file, taken apart: what it says of its place in the chain, and whether its hash is right.
package struct AuditLine: Sendable, Hashable {
    /// Why a line is no intact record.
    package enum Fault: Error, Sendable, Hashable, CustomStringConvertible {
        /// It is not what a writer writes.
        case malformed(String)
        /// Its contents are not those that the hash was made of.
        case changed

        package var description: String {
            switch self {
            case .malformed(let why): "is no audit record: \(why)"
            case .changed: "was changed: its hash does not fit its contents"
            }
        }
    }

    /// The longest line, in bytes.
    package static let longest = 1 << 20

    /// `seq`.
    package let sequence: Int
    /// `prev`.
    package let previous: String
    /// `hash`.
    package let hash: String

    /// Takes a line without its line feed apart.
    package init(_ line: some RandomAccessCollection<UInt8>) throws(Fault) {
        guard line.count <= Self.longest else { throw .malformed("it is too long") }
        // The hash stands at the end in exactly this form, so that the rest is what was hashed, byte for byte.
        let opening = Array(",\"hash\":\"".utf8)
        let closing = Array("\"}".utf8)
        let tail = opening.count + AuditDigest.length + closing.count
        guard line.count > tail, line.suffix(closing.count).elementsEqual(closing) else { throw .malformed("it does not end in a hash") }
        let end = line.suffix(tail)
        let digest = end.dropFirst(opening.count).dropLast(closing.count)
        guard end.starts(with: opening), AuditDigest.isDigest(digest) else { throw .malformed("it does not end in a hash") }
        let hashed = Array(line.dropLast(tail)) + [UInt8(ascii: "}")]
        hash = String(decoding: digest, as: UTF8.self)
        guard AuditDigest.of(hashed) == hash else { throw .changed }
        guard let record = try? JSONParser.parse(hashed).objectValue else { throw .malformed("it is no JSON object") }
        guard let sequence = record["seq"]?.intValue, sequence > 0 else { throw .malformed("it has no seq") }
        guard let previous = record["prev"]?.stringValue, AuditDigest.isDigest(Array(previous.utf8)) else {
            throw .malformed("it has no prev")
        }
        self.sequence = sequence
        self.previous = previous
    }

    /// The chain that ends with this record.
    var chain: AuditChain { AuditChain(sequence: sequence, hash: hash) }
}
