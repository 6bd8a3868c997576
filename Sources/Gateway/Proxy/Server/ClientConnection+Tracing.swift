import NIOCore

/// What a request says about itself for logs and figures.
///
/// Nothing is decided by it.
extension ClientConnection {
    /// The longest name of a tool that is told (MCP: at most 128 characters).
    private static let longestTool = 128

    /// The trace that the request belongs to: that of its one well-formed `traceparent`, else a new one.
    func trace(_ bytes: ByteBuffer) -> TraceContext {
        let span = bytes.readableBytesUInt8Span
        var found: TraceContext?
        for field in loop.table.fields where field.kind == .traceParent {
            guard found == nil, !loop.table.isNamedByConnection(field, span), let trace = TraceContext(span, field.value) else {
                return loop.nextTrace()
            }
            found = trace
        }
        return found ?? loop.nextTrace()
    }

    /// The tool that the client says it calls: `Mcp-Name` of a `tools/call` of revision 2026-07-28 or later; nil for everything else.
    func tool(_ bytes: ByteBuffer) -> String? {
        let span = bytes.readableBytesUInt8Span
        var name: HeadField?
        var method: HeadField?
        var version: HeadField?
        for field in loop.table.fields {
            switch field.kind {
            case .mcpName:
                guard name == nil, !field.isMisspelled else { return nil }
                name = field
            case .mcpMethod:
                guard method == nil, !field.isMisspelled else { return nil }
                method = field
            case .protocolVersion:
                guard version == nil, !field.isMisspelled else { return nil }
                version = field
            default: break
            }
        }
        guard let name, let method, let version, ProtocolRevision.hasNoSessions(span, version.value) else { return nil }
        guard bytes.text(method.value).utf8.elementsEqual("tools/call".utf8), (1...Self.longestTool).contains(name.value.count) else {
            return nil
        }
        let text = bytes.text(name.value)
        return text.utf8.allSatisfy(Self.isToolCharacter) ? text : nil
    }

    private static func isToolCharacter(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
        case UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."): true
        default: false
        }
    }
}
