/// Textual encoding of keys and certificates (RFC 7468).
package enum PEM {
    /// One block.
    package struct Block: Sendable, Hashable, CustomStringConvertible, CustomReflectable {
        /// What stands between `BEGIN` and the dashes, for example `PUBLIC KEY`.
        package let label: String
        /// The DER bytes.
        package let bytes: [UInt8]

        /// A block.
        package init(label: String, bytes: [UInt8]) {
            self.label = label
            self.bytes = bytes
        }

        /// Label and length; the bytes may be a private key.
        package var description: String { "\(label) of \(bytes.count) bytes" }

        package var customMirror: Mirror { Mirror(self, children: []) }
    }

    /// A text that is no PEM.
    ///
    /// Never holds any of the text.
    package struct Failure: Error, Sendable, Hashable, CustomStringConvertible {
        /// What is wrong.
        package let problem: String

        package var description: String { problem }
    }

    /// All blocks of the text in their order, at least one.
    ///
    /// Text between blocks is allowed; text inside must be strict base64.
    package static func parse(_ text: String) throws(Failure) -> [Block] {
        var blocks: [Block] = []
        var open: (label: String, body: [UInt8])?
        for line in text.split(whereSeparator: \.isNewline).map(\.trimmed) {
            if let label = boundary(line, "BEGIN") {
                guard open == nil else { throw Failure(problem: "a PEM block begins inside another one") }
                open = (label, [])
            } else if let label = boundary(line, "END") {
                guard let block = open else { throw Failure(problem: "a PEM block ends that did not begin") }
                guard label.isIdentical(to: block.label) else {
                    throw Failure(problem: "a PEM block begins and ends with different labels")
                }
                guard let bytes = Base64.decode(block.body), !bytes.isEmpty else {
                    throw Failure(problem: "the body of a PEM block is not base64")
                }
                blocks.append(Block(label: block.label, bytes: bytes))
                open = nil
            } else if open != nil {
                guard !line.contains(":") else { throw Failure(problem: "a PEM block has headers; encrypted keys are not supported") }
                open?.body.append(contentsOf: line.utf8)
            }
        }
        guard open == nil else { throw Failure(problem: "a PEM block is not closed") }
        guard !blocks.isEmpty else { throw Failure(problem: "there is no PEM block; its BEGIN and END need lines of their own") }
        return blocks
    }

    /// The block as text: lines of 64 characters, a line feed at the end.
    package static func encode(_ block: Block) -> String {
        var lines = ["-----BEGIN \(block.label)-----"]
        var rest = Base64.encode(block.bytes)[...]
        while !rest.isEmpty {
            lines.append(String(rest.prefix(64)))
            rest = rest.dropFirst(64)
        }
        lines.append("-----END \(block.label)-----\n")
        return lines.joined(separator: "\n")
    }

    private static func boundary(_ line: String, _ kind: String) -> String? {
        let prefix = "-----\(kind) "
        guard line.hasPrefix(prefix), line.hasSuffix("-----"), line.utf8.count > prefix.utf8.count + 5 else { return nil }
        let label = line.dropFirst(prefix.count).dropLast(5)
        return label.contains("--") ? nil : String(label)
    }
}
