import JSONRPC
import MCP
import MCPServer

/// Resources on three pages, and a family of them by template.
enum FixtureResources {
    static let all = ServerResources(
        contents.map { item in
            Resource(
                uri: item.uri,
                name: item.uri.dropFirst("test://".count).split(separator: "/").joined(separator: "-"),
                description: "A resource of the fixture.",
                mimeType: item.mimeType
            )
        },
        templates: [template],
        pageSize: 10
    ) { uri, _ in
        if let item = contents.first(where: { $0.uri.utf8.elementsEqual(uri.utf8) }) { return [item] }
        guard let id = template.match(uri)?["id"] else { return nil }
        let data: JSONValue = ["id": .string(id), "data": .string("The data of \(id).")]
        return [ResourceContents(uri: uri, mimeType: "application/json", body: .text(data.text()))]
    }

    private static let contents =
        fixed
        + (1...25).map { number in
            text("test://paged/\(number < 10 ? "0" : "")\(number)", "The text number \(number).")
        }

    private static let fixed = [
        text("test://static-text", "A text that never changes."),
        ResourceContents(uri: "test://static-binary", mimeType: "image/png", body: .blob(Media.png)),
        text("test://watched-resource", "A text that somebody watches."),
    ]

    private static let template = ResourceTemplate(
        uriTemplate: "test://template/{id}/data",
        name: "template",
        description: "Data by its id.",
        mimeType: "application/json"
    )

    private static func text(_ uri: String, _ text: String) -> ResourceContents {
        ResourceContents(uri: uri, mimeType: "text/plain", body: .text(text))
    }
}
