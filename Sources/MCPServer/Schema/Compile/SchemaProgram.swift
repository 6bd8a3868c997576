/// A compiled schema: nodes that refer to each other by their index.
struct SchemaProgram: Sendable {
    /// The nodes; the first one is the root.
    let nodes: [SchemaNode]

    /// Whether any node looks at what others have evaluated, so that it must be recorded.
    let tracksEvaluated: Bool

    /// Whether dynamic references have to know the way by which they were reached.
    let tracksScope: Bool
}
