import NIOCore

@testable import Gateway

/// Parses heads given as text.
enum HeadBytes {
    static func request(_ text: String) throws(MalformedHead) -> (head: RequestHead, table: FieldTable, bytes: [UInt8]) {
        let bytes = Array(text.utf8)
        var scanner = HeadScanner()
        guard scanner.scan(bytes.span) != .bareLineFeed else { throw .bareLineFeed }
        var table = FieldTable()
        let head = try RequestHead(bytes.span, &table)
        return (head, table, bytes)
    }

    static func response(_ text: String) throws(MalformedHead) -> (head: ResponseHead, table: FieldTable, bytes: [UInt8]) {
        let bytes = Array(text.utf8)
        var scanner = HeadScanner()
        guard scanner.scan(bytes.span) != .bareLineFeed else { throw .bareLineFeed }
        var table = FieldTable()
        let head = try ResponseHead(bytes.span, &table)
        return (head, table, bytes)
    }

    static func text(_ bytes: [UInt8], _ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
}

extension HeadScanner {
    /// Scans an array.
    mutating func scan(_ bytes: some Collection<UInt8>) -> Outcome {
        let bytes = Array(bytes)
        return scan(bytes.span)
    }
}
