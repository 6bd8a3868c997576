/// The header fields that mean something to a proxy; everything else is ``other`` and passes.
enum FieldKind: UInt8, Sendable, Hashable {
    case other
    case accessControl, accessControlRequestHeaders, accessControlRequestMethod
    case authorization, connection, contentEncoding, contentLength, contentType, cookie, expect
    /// `Forwarded`, `X-Forwarded-*`, `X-Real-IP`.
    case forwarding
    /// `MCP-Gateway-*`.
    case gateway
    case host
    /// `Keep-Alive`, `Proxy-*`, `TE`, `Trailer`, `Upgrade`: nothing but their removal matters.
    case hopByHop
    /// `Mcp-Method` and `Mcp-Name`: read for logs and figures, and passed on.
    case mcpMethod, mcpName
    case origin, protocolVersion, requestID, server, sessionID
    /// `traceparent` and `tracestate` of W3C Trace Context.
    case traceParent, traceState
    case transferEncoding, wwwAuthenticate

    /// The kind of a field name.
    ///
    /// ASCII letters count in any case, and `_` counts as `-` (gateway.md §9.1).
    init(_ bytes: Span<UInt8>, _ name: Range<Int>) {
        func its(_ lowercase: StaticString) -> Bool { HTTPByte.starts(bytes, name, with: lowercase) }
        self = .other
        switch HTTPByte.folded(bytes[name.lowerBound]) {
        case UInt8(ascii: "a"):
            switch name.count {
            case 13 where its("authorization"): self = .authorization
            case 29 where its("access-control-request-method"): self = .accessControlRequestMethod
            case 30 where its("access-control-request-headers"): self = .accessControlRequestHeaders
            case 16... where its("access-control-"): self = .accessControl
            default: break
            }
        case UInt8(ascii: "c"):
            switch name.count {
            case 6 where its("cookie"): self = .cookie
            case 10 where its("connection"): self = .connection
            case 12 where its("content-type"): self = .contentType
            case 14 where its("content-length"): self = .contentLength
            case 16 where its("content-encoding"): self = .contentEncoding
            default: break
            }
        case UInt8(ascii: "e") where name.count == 6 && its("expect"): self = .expect
        case UInt8(ascii: "f") where name.count == 9 && its("forwarded"): self = .forwarding
        case UInt8(ascii: "h") where name.count == 4 && its("host"): self = .host
        case UInt8(ascii: "k") where name.count == 10 && its("keep-alive"): self = .hopByHop
        case UInt8(ascii: "m"):
            switch name.count {
            case 8 where its("mcp-name"): self = .mcpName
            case 10 where its("mcp-method"): self = .mcpMethod
            case 14 where its("mcp-session-id"): self = .sessionID
            case 20 where its("mcp-protocol-version"): self = .protocolVersion
            case 12... where its("mcp-gateway-"): self = .gateway
            default: break
            }
        case UInt8(ascii: "o") where name.count == 6 && its("origin"): self = .origin
        case UInt8(ascii: "p") where its("proxy-"): self = .hopByHop
        case UInt8(ascii: "s") where name.count == 6 && its("server"): self = .server
        case UInt8(ascii: "t"):
            switch name.count {
            case 2 where its("te"): self = .hopByHop
            case 7 where its("trailer"): self = .hopByHop
            case 10 where its("tracestate"): self = .traceState
            case 11 where its("traceparent"): self = .traceParent
            case 17 where its("transfer-encoding"): self = .transferEncoding
            default: break
            }
        case UInt8(ascii: "u") where name.count == 7 && its("upgrade"): self = .hopByHop
        case UInt8(ascii: "w") where name.count == 16 && its("www-authenticate"): self = .wwwAuthenticate
        case UInt8(ascii: "x"):
            if name.count == 12, its("x-request-id") { self = .requestID }
            if its("x-forwarded") || (name.count == 9 && its("x-real-ip")) { self = .forwarding }
        default: break
        }
    }

    /// Whether a request field never reaches an upstream (gateway.md §9.1).
    ///
    /// The session id is translated, not passed.
    var isRemovedFromRequests: Bool {
        switch self {
        case .authorization, .connection, .contentLength, .cookie, .expect, .forwarding, .gateway, .host, .hopByHop, .requestID,
            .sessionID, .transferEncoding:
            true
        case .other, .accessControl, .accessControlRequestHeaders, .accessControlRequestMethod, .contentEncoding, .contentType,
            .mcpMethod, .mcpName, .origin, .protocolVersion, .server, .traceParent, .traceState, .wwwAuthenticate:
            false
        }
    }

    /// Whether the field belongs to W3C Trace Context.
    var isTraceContext: Bool { self == .traceParent || self == .traceState }

    /// Whether a response field never reaches a client as it is (gateway.md §9.1).
    var isRemovedFromResponses: Bool {
        switch self {
        case .connection, .contentLength, .hopByHop, .requestID, .server, .sessionID, .transferEncoding, .wwwAuthenticate:
            true
        case .other, .accessControl, .accessControlRequestHeaders, .accessControlRequestMethod, .authorization, .contentEncoding,
            .contentType, .cookie, .expect, .forwarding, .gateway, .host, .mcpMethod, .mcpName, .origin, .protocolVersion,
            .traceParent, .traceState:
            false
        }
    }
}
