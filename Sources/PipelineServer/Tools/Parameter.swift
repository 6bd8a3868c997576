import CloudServer

/// Parameters that several tools have.
enum Parameter {
    /// One pipeline.
    static let pipelineID = Property.string("pipeline_id", "Id of the pipeline.", pattern: TextPattern.codeArtsID, required: true)

    /// The CodeArts project; white space round it does not count, and blank means not given (pipeline.md §1.1).
    static let projectID = Property.string(
        "project_id",
        "CodeArts project id, if not the configured one.",
        nullable: true,
        pattern: #"^[ \t\r\n]*([0-9A-Za-z_-]{1,64}[ \t\r\n]*)?$"#,
        empty: .kept
    )
}
