import AuthCommon
import JSONRPC
import ProcessSupport

/// Tokens and subjects that are not accepted any more, whatever their signature says: `{"jti": ["…"], "sub": ["…"]}`.
struct RevocationList: Sendable, Hashable {
    /// Why a file is no revocation list, for the log and the configuration's problems.
    struct Fault: Error, Sendable, Hashable, CustomStringConvertible {
        let description: String
    }

    /// The `jti` of the revoked tokens.
    let tokenIDs: Set<ExactText>
    /// The revoked subjects, of any tenant: all their tokens, those to come too.
    let subjects: Set<ExactText>

    /// A list.
    init(tokenIDs: Set<ExactText> = [], subjects: Set<ExactText> = []) {
        self.tokenIDs = tokenIDs
        self.subjects = subjects
    }

    /// Whether nothing is revoked.
    var isEmpty: Bool { tokenIDs.isEmpty && subjects.isEmpty }

    /// Whether a token of this subject, with this `jti` if it has one, is revoked.
    func revokes(subject: String, tokenID: String?) -> Bool {
        if isEmpty { return false }
        if subjects.contains(ExactText(subject)) { return true }
        return tokenID.map { tokenIDs.contains(ExactText($0)) } ?? false
    }

    /// Whether the token of this caller is revoked.
    func revokes(_ caller: Caller) -> Bool { revokes(subject: caller.identity.subject, tokenID: caller.tokenID) }
}

extension RevocationList {
    /// Reads a list strictly: a typing error must not let a revoked token in.
    static func parse(_ bytes: [UInt8]) throws(Fault) -> RevocationList {
        let document: JSONValue
        do throws(JSONParseError) {
            document = try JSONParser.parse(bytes)
        } catch {
            throw Fault(description: "malformed JSON: \(error)")
        }
        guard let object = document.objectValue else { throw Fault(description: "must be a JSON object, not \(document.kindWithArticle)") }
        if let unknown = object.keys.first(where: { $0 != "jti" && $0 != "sub" }) {
            throw Fault(description: "unknown member \(JSONValue.string(String(unknown.prefix(64))).text()); there are jti and sub")
        }
        return RevocationList(tokenIDs: try texts(object, "jti"), subjects: try texts(object, "sub"))
    }

    /// Loads and reads a list.
    static func load(_ path: String, readFile: FileReader) throws(Fault) -> RevocationList {
        let bytes: [UInt8]
        do throws(FileReadError) {
            bytes = try readFile(path)
        } catch {
            throw Fault(description: error.description)
        }
        do throws(Fault) {
            return try parse(bytes)
        } catch {
            throw Fault(description: "\(path): \(error)")
        }
    }

    private static func texts(_ object: JSONObject, _ name: String) throws(Fault) -> Set<ExactText> {
        guard let value = object[name] else { return [] }
        guard let elements = value.arrayValue else {
            throw Fault(description: "\(name): must be an array of strings, not \(value.kindWithArticle)")
        }
        var texts: Set<ExactText> = []
        texts.reserveCapacity(elements.count)
        for (index, element) in elements.enumerated() {
            guard let text = element.stringValue, !text.isEmpty else {
                throw Fault(description: "\(name)[\(index)]: must be a string that is not empty")
            }
            texts.insert(ExactText(text))
        }
        return texts
    }
}
