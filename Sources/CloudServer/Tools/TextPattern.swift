/// Patterns that several tools use; all of them match the whole string.
package enum TextPattern {
    /// A UUID in either case (ecs.md §1).
    package static let uuid = "^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$"
    /// A CodeArts project or pipeline id (pipeline.md §1.1).
    package static let codeArtsID = "^[0-9A-Za-z_-]{1,64}$"
}
