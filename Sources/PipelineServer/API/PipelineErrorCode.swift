/// The error codes that only this server uses (pipeline.md §1.2).
enum PipelineErrorCode {
    /// Neither an argument nor a variable names the CodeArts project.
    static let missingProjectID = "MISSING_PROJECT_ID"
    /// An update that asks for nothing.
    static let noFieldsToUpdate = "NO_FIELDS_TO_UPDATE"
    /// `new_pre_task` is not one of its values.
    static let invalidPreTask = "INVALID_PRE_TASK"
    /// The pipeline has no sources.
    static let noSource = "NO_SOURCE"
    /// Several sources and no alias.
    static let sourceAliasRequired = "SOURCE_ALIAS_REQUIRED"
    /// No source has the alias.
    static let sourceAliasNotFound = "SOURCE_ALIAS_NOT_FOUND"
    /// Several sources have the alias.
    static let sourceAliasAmbiguous = "SOURCE_ALIAS_AMBIGUOUS"
    /// The source is not a code source.
    static let sourceNotGit = "SOURCE_NOT_GIT"
    /// The pipeline is disabled.
    static let pipelineBanned = "PIPELINE_BANNED"
    /// The detail has no definition, which a full replace would wipe.
    static let definitionMissing = "DEFINITION_MISSING"
    /// The definition is not the text of a JSON object.
    static let definitionInvalid = "DEFINITION_INVALID"
    /// The definition has no place for the change.
    static let definitionUpdateFailed = "DEFINITION_UPDATE_FAILED"
    /// Everything is as requested already.
    static let noEffectiveChange = "NO_EFFECTIVE_CHANGE"
    /// The value of a secret variable was withheld and would be overwritten.
    static let secretValueMasked = "SECRET_VALUE_MASKED"
    /// The API refused to disable.
    static let banFailed = "BAN_FAILED"
    /// The API refused to enable.
    static let unbanFailed = "UNBAN_FAILED"
}
