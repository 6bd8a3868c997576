import CloudServer

/// Parameters that several tools have.
enum Parameter {
    /// One server.
    static let serverID = Property.string("server_id", "Id (UUID) of the server.", pattern: TextPattern.uuid, required: true)

    /// A job: at least one code point, and neither `.` nor `..`, which a path does not keep as a segment.
    static let jobID = Property.string(
        "job_id",
        "The job's id; not . or ..",
        pattern: #"^([^.]|\.[^.]|\.\.[\s\S])"#,
        required: true
    )

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
