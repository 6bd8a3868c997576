import HTTPTypes
import Hummingbird
import MCP
import NIOCore

/// Checks and reads that both HTTP transports have in common.
enum RequestReading {
    /// Reads a JSON body of at most `limit` bytes.
    ///
    /// - Throws: 415 for another media type, 413 for a body that is too large (from its declared length alone where there is one), 400 for one
    ///   that breaks off.
    static func body(of request: Request, limit: Int) async throws(HTTPRefusal) -> [UInt8] {
        guard isJSON(request.headers[.contentType]) else {
            throw HTTPRefusal(status: .unsupportedMediaType, reason: "unsupported-media-type")
        }
        if let declared = request.headers[.contentLength].flatMap({ Int($0) }), declared > limit { throw tooLarge }
        var bytes: [UInt8] = []
        do {
            for try await chunk in request.body {
                guard bytes.count + chunk.readableBytes <= limit else { throw tooLarge }
                bytes.append(contentsOf: chunk.readableBytesView)
            }
        } catch let refusal as HTTPRefusal {
            throw refusal
        } catch {
            throw HTTPRefusal(status: .badRequest, reason: "body-incomplete")
        }
        return bytes
    }

    /// The revision that the header names.
    ///
    /// - Throws: 400 for a text that is no revision with a handshake (mcp.md §2.3, rule 12).
    static func revision(of request: Request) throws(HTTPRefusal) -> ProtocolRevision? {
        guard let text = request.headers[.mcpProtocolVersion] else { return nil }
        let revision = ProtocolRevision(rawValue: text)
        guard revision.isLegacy else { throw HTTPRefusal(status: .badRequest, reason: "unsupported-protocol-version") }
        return revision
    }

    private static let tooLarge = HTTPRefusal(status: .contentTooLarge, reason: "body-too-large", headers: [.connection: "close"])

    /// `application/json` in any case, with any parameters.
    private static func isJSON(_ contentType: String?) -> Bool {
        guard let type = contentType?.utf8.split(separator: UInt8(ascii: ";"), maxSplits: 1).first else { return false }
        return String(decoding: type.filter { $0 != 0x20 && $0 != 0x09 }, as: UTF8.self).lowercased() == "application/json"
    }
}
