public import MCP

/// The resources of a server: some that are listed, and families that are read by template.
public struct ServerResources: Sendable {
    /// Reads a resource; nil when there is none of that URI.
    public typealias Read = @Sendable (_ uri: String, RequestContext) async throws -> [ResourceContents]?

    /// The listed resources in their order.
    public let resources: [Resource]
    /// The templates in their order.
    public let templates: [ResourceTemplate]
    /// How many are on a page of `resources/list`.
    public let pageSize: Int
    package let read: Read

    /// Resources.
    public init(_ resources: [Resource] = [], templates: [ResourceTemplate] = [], pageSize: Int = 100, read: @escaping Read) {
        self.resources = resources
        self.templates = templates
        self.pageSize = max(1, pageSize)
        self.read = read
    }
}
