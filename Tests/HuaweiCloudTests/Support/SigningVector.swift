import Foundation
import HuaweiCloud
import JSONRPC
import ProcessSupport
import Testing

/// One line of `Data/signing-vectors.jsonl`.
struct SigningVector: Sendable, CustomTestStringConvertible {
    let name: String
    let members: JSONObject

    var testDescription: String { name }

    /// All vectors, in the order of the file.
    static let all: [SigningVector] = {
        let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Data/signing-vectors.jsonl")
        guard let text = try? String(contentsOf: file, encoding: .utf8) else { return [] }
        return text.split(separator: "\n").compactMap { line in
            guard let members = (try? JSONParser.parse(String(line)))?.objectValue, let name = members["name"]?.stringValue else {
                return nil
            }
            return SigningVector(name: name, members: members)
        }
    }()

    func text(_ member: String) -> String { members[member]?.stringValue ?? "" }

    func optional(_ member: String) -> String? { members[member]?.stringValue }

    var body: [UInt8] { Array(text("body").utf8) }

    var credentials: Credentials {
        Credentials(
            accessKeyID: Secret(text("ak")),
            secretAccessKey: Secret(text("sk")),
            securityToken: optional("security_token").map { Secret($0) }
        )
    }

    var query: [(String, QueryValue)] {
        (members["query"]?.arrayValue ?? []).compactMap { pair in
            guard let pair = pair.arrayValue, pair.count == 2, let name = pair[0].stringValue, let value = Self.queryValue(pair[1]) else {
                return nil
            }
            return (name, value)
        }
    }

    private static func queryValue(_ value: JSONValue) -> QueryValue? {
        switch value {
        case .string(let text): return .text(text)
        case .number(let number): return number.int.map { .integer($0) }
        case .bool(let value): return .boolean(value)
        case .array(let elements):
            let integers = elements.compactMap(\.intValue)
            return integers.count == elements.count ? .integers(integers) : .texts(elements.compactMap(\.stringValue))
        case .null, .object: return nil
        }
    }

    /// The request before it is signed.
    func request() throws -> SignedRequest {
        let headers = (members["headers"]?.objectValue ?? [:]).map { HeaderField(name: $0.key, value: $0.value.stringValue ?? "") }
        return SignedRequest(
            method: text("method"),
            endpoint: try Endpoint(parsing: "\(text("scheme"))://\(text("host"))"),
            path: text("path"),
            query: CanonicalQuery.make(query),
            headers: HeaderList(headers),
            body: body
        )
    }

    /// The request signed at the vector's date.
    func signed() throws -> SignedRequest {
        var request = try request()
        let date = try SigningDate.date(text("date")) ?? { throw MissingDate() }()
        try Signer(credentials: credentials).sign(&request, at: date, projectID: optional("project_id"))
        return request
    }

    struct MissingDate: Error {}
}
