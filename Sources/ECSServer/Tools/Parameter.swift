import CloudServer

/// Parameters that several tools have.
enum Parameter {
    /// One server.
    static let serverID = Property.string("server_id", "Id (UUID) of the server.", pattern: TextPattern.uuid, required: true)

    /// Several servers; repeated ids are kept.
    static let serverIDs = Property.array(
        "server_ids",
        "Ids (UUIDs) of the servers.",
        items: .string(pattern: TextPattern.uuid),
        minItems: 1,
        maxItems: 1_000,
        required: true
    )
}
