import CloudServer
import HuaweiCloud
import JSONRPC

/// Who caused a trace.
struct TraceUser: Sendable {
    private let members: JSONObject

    init(_ members: JSONObject) { self.members = members }

    /// `user_name`, else `name`; nil when both are missing or empty.
    var displayName: String? {
        ["user_name", "name"].lazy.compactMap { members.lenientText($0) }.first { !$0.isEmpty }
    }

    /// What is returned of it, pruned.
    ///
    /// The access key's id is an identifier and stays visible.
    var json: JSONObject {
        let domain = members.lenientObject("domain") ?? [:]
        let members: JSONObject = [
            "id": text("id"), "name": text("name"), "user_name": text("user_name"),
            "domain_name": .optional(domain.lenientText("name")), "domain_id": .optional(domain.lenientText("id")),
            "account_id": text("account_id"), "access_key_id": text("access_key_id"), "principal_urn": text("principal_urn"),
            "type": text("type"),
        ]
        return members.pruned()
    }

    private func text(_ name: String) -> JSONValue { .optional(members.lenientText(name)) }
}
