package import HuaweiCloud

/// What is particular to one server of the family.
///
/// All else is ``ServerMain``.
package protocol CloudServerDefinition: Sendable {
    /// The service's short name: `ecs`. Prefix of the confirm tool, audience of identity assertions, name in logs.
    static var service: String { get }
    /// The executable and `serverInfo.name`: `ecs-mcp-server`.
    static var executable: String { get }
    /// The server's name for people: `serverInfo.title`.
    static var title: String { get }
    /// One sentence for `--help`: what the server lets a model do.
    static var abstract: String { get }
    /// Guidance for the model, sent once per session.
    static var instructions: String { get }
    /// The service of the cloud whose endpoints must be known for the region.
    static var cloudService: CloudService { get }
    /// What the cloud project id is used for.
    static var projectIDUse: ProjectIDUse { get }
    /// The variables that may name the region; the first one that is set counts. At least one.
    static var regionVariables: [String] { get }
    /// Variables that only this server reads.
    static var variables: [ServerVariable] { get }
    /// Texts and output schema of the confirm tool; only used when there are two-phase tools.
    static var confirmation: Confirmation { get }

    /// The tools in the order of `tools/list`, without the confirm tool.
    ///
    /// Also called without a configuration (``CloudAccess/unconfigured``), to list them: it must not use the access, only keep it.
    static func tools(_ cloud: CloudAccess) -> [CloudTool]

    /// Resources, prompts and suggestions.
    static func features(_ cloud: CloudAccess) -> ServerFeatures
}

extension CloudServerDefinition {
    /// The project id is needed.
    package static var projectIDUse: ProjectIDUse { .required }
    /// `HUAWEICLOUD_REGION`.
    package static var regionVariables: [String] { ["HUAWEICLOUD_REGION"] }
    /// None.
    package static var variables: [ServerVariable] { [] }
    /// The common texts.
    package static var confirmation: Confirmation { Confirmation() }
    /// Tools only.
    package static func features(_ cloud: CloudAccess) -> ServerFeatures { ServerFeatures() }
}
