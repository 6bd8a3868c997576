import HuaweiCloud
import ProcessSupport

/// What the command line says about the simulated cloud.
struct SimulatorConfiguration: Sendable, Hashable {
    /// The region, for example `af-south-1`; the name of the cloud project.
    var region: String
    /// The cloud project id, `{pid}` of ECS and CTS.
    var projectID: String
    /// The CodeArts project id, `{cid}` of CodeArts Pipeline.
    ///
    /// Not the cloud project id.
    var codeArtsProjectID: String
    /// What requests must be signed with; with a security token they must carry it.
    var credentials: Credentials
    /// How many seconds of work pass in a second.
    var speed: Double

    /// The values of the demo.
    ///
    /// The keys have the vendor's shape, but nobody could take them for real ones.
    static let demo = SimulatorConfiguration(
        region: "af-south-1",
        projectID: "c10d0000000000000000000000000001",
        codeArtsProjectID: "c0de0000000000000000000000000001",
        credentials: Credentials(
            accessKeyID: Secret("SIMULATORACCESSKEY01"),
            secretAccessKey: Secret("SimulatorSecretKey0NotARealSecretKey0000")
        ),
        speed: 1
    )
}
