import Testing

@testable import Gateway

@Suite struct MountTableTests {
    private static let mounts = [
        Mount(service: "root", path: "/a", requiredRoles: []),
        Mount(service: "deep", path: "/a/b/c", requiredRoles: []),
        Mount(service: "middle", path: "/a/b", requiredRoles: []),
        Mount(service: "upper", path: "/K", requiredRoles: []),
    ]

    @Test(
        "the longest mount that equals the path or is followed by / wins",
        arguments: [
            ("/a", "root", ""), ("/a/", "root", "/"), ("/a/mcp", "root", "/mcp"), ("/a/b", "middle", ""), ("/a/b/mcp", "middle", "/mcp"),
            ("/a/b/c/sse", "deep", "/sse"), ("/a/bc", "root", "/bc"), ("/K/mcp", "upper", "/mcp"),
        ]
    )
    func longestMatch(path: String, service: String, rest: String) throws {
        for table in [MountTable(Self.mounts), MountTable(Self.mounts.reversed())] {
            let match = try #require(table.match(path))
            #expect(match.mount.service == service)
            #expect(match.rest == rest)
        }
    }

    @Test(
        "other paths have no mount, canonically equivalent ones neither",
        arguments: ["/", "/b", "/ab", "/A", "/a\u{301}", "/\u{212A}/mcp", "/k/mcp", ""]
    )
    func noMatch(path: String) {
        #expect(MountTable(Self.mounts).match(path)?.mount == nil)
    }
}
