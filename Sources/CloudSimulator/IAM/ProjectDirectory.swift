import JSONRPC

/// What IAM knows about projects.
struct ProjectDirectory: Sendable, Hashable {
    /// A project of IAM, which is a region's default project unless it is a sub-project.
    struct Project: Sendable, Hashable {
        var id: String
        var name: String
    }

    var projects: [Project]

    /// `GET /v3/projects`: the projects of that name, or all without one (`huaweicloud-http.md` §4).
    func list(_ parameters: QueryParameters, account: Account) -> ServiceAnswer {
        let name = parameters["name"]
        let found = projects.filter { project in name.map { project.name.utf8.elementsEqual($0.utf8) } ?? true }
        let rows: [JSONValue] = found.map { project in
            [
                "domain_id": .string(account.domainID),
                "is_domain": false,
                "parent_id": .string(account.domainID),
                "name": .string(project.name),
                "description": "",
                "links": [:],
                "id": .string(project.id),
                "enabled": true,
            ]
        }
        return ServiceAnswer(["projects": .array(rows), "links": ["next": .null, "previous": .null]])
    }
}
