/// The filters of the detail list (`ecs.md` §2.1, §4).
struct ServerFilter: Sendable, Hashable {
    var name: String?
    var status: String?
    var flavor: String?
    var address: String?
    var enterpriseProject: String?
    var tags: [Tag]
    var excludedTags: [Tag]

    /// Reads the filters of a query.
    init(_ parameters: QueryParameters) throws(ServiceError) {
        name = parameters["name"]
        status = parameters["status"]
        flavor = parameters["flavor"]
        address = parameters["ip"]
        enterpriseProject = parameters["enterprise_project_id"].flatMap { $0 == "all_granted_eps" ? nil : $0 }
        tags = Self.tags(parameters["tags"])
        excludedTags = Self.tags(parameters["not-tags"])
        if let status, ServerStatus(rawValue: status) == nil { throw ECSError.invalidParameter("status \(status) is invalid.") }
    }

    /// Whether a server passes every filter.
    func admits(_ server: Server) -> Bool {
        if let name, !Self.contains(server.name, pattern: name) { return false }
        if let status, !server.status.matches(filter: status) { return false }
        if let flavor, !server.flavorID.utf8.elementsEqual(flavor.utf8) { return false }
        if let enterpriseProject, server.enterpriseProjectID != enterpriseProject { return false }
        if let address {
            let fixed = server.addresses.filter { $0.kind == .fixed && $0.version == 4 }
            guard fixed.contains(where: { Self.contains($0.address, pattern: address) }) else { return false }
        }
        return tags.allSatisfy { Self.has(server, $0) } && !excludedTags.contains { Self.has(server, $0) }
    }

    /// A tag without value asks for the name alone.
    private static func has(_ server: Server, _ tag: Tag) -> Bool {
        server.tags.contains { $0.key == tag.key && (tag.value.isEmpty || $0.value == tag.value) }
    }

    /// `k=v,k2=v2`; of a piece without `=` the value is empty.
    private static func tags(_ text: String?) -> [Tag] {
        (text ?? "").utf8.split(separator: UInt8(ascii: ",")).map { piece in
            let mark = piece.firstIndex(of: UInt8(ascii: "=")) ?? piece.endIndex
            let value = mark == piece.endIndex ? piece[mark...] : piece[piece.index(after: mark)...]
            return Tag(key: String(decoding: piece[..<mark], as: UTF8.self), value: String(decoding: value, as: UTF8.self))
        }
    }

    /// Whether the pattern occurs in the text, without regard to ASCII case; `.` matches any character.
    static func contains(_ text: String, pattern: String) -> Bool {
        let text = Array(ASCIIText.lowercased(text).unicodeScalars)
        let pattern = Array(ASCIIText.lowercased(pattern).unicodeScalars)
        guard pattern.count <= text.count else { return false }
        return (0...(text.count - pattern.count)).contains { start in
            zip(text[start...], pattern).allSatisfy { $1 == "." || $0 == $1 }
        }
    }
}
