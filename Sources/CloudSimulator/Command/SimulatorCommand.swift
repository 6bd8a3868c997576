import ArgumentParser
import HuaweiCloud
import ProcessSupport

/// The command line of `huaweicloud-simulator`.
struct SimulatorCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "huaweicloud-simulator",
        abstract: "Plays Huawei Cloud on this machine: ECS, CodeArts Pipeline, CTS and IAM on one loopback port.",
        discussion: SimulatorHelp.discussion,
        version: SimulatorVersion.text
    )

    @Option(help: ArgumentHelp("Where to listen; loopback only: 127.0.0.1, ::1 or localhost.", valueName: "address"))
    var host = "127.0.0.1"

    @Option(help: ArgumentHelp("The port; 0 takes any free one and the line `ready` tells which.", valueName: "number"))
    var port = 8900

    @Option(help: ArgumentHelp("A JSON file with the data to begin with; see DATA below.", valueName: "file"), completion: .file())
    var data: String?

    @Option(help: ArgumentHelp("The access key that requests must be signed with.", valueName: "key"))
    var accessKey = SimulatorConfiguration.demo.credentials.accessKeyID.reveal()

    @Option(help: ArgumentHelp("The secret key that requests must be signed with.", valueName: "key"))
    var secretKey = SimulatorConfiguration.demo.credentials.secretAccessKey.reveal()

    @Option(help: ArgumentHelp("Makes the credentials temporary: requests must carry and sign this token.", valueName: "token"))
    var securityToken: String?

    @Option(help: ArgumentHelp("The region; also the name of the cloud project.", valueName: "name"))
    var region = SimulatorConfiguration.demo.region

    @Option(help: ArgumentHelp("The cloud project id (ECS and CTS).", valueName: "id"))
    var projectID = SimulatorConfiguration.demo.projectID

    @Option(
        name: .customLong("codearts-project-id"),
        help: ArgumentHelp("The CodeArts project id (pipelines); not the cloud project id.", valueName: "id")
    )
    var codeArtsProjectID = SimulatorConfiguration.demo.codeArtsProjectID

    @Option(help: ArgumentHelp("How many seconds pass for jobs and runs in one second; 0 stops them.", valueName: "factor"))
    var speed = 1.0

    @Option(
        help: ArgumentHelp(
            "Writes the environment variables that point the servers here to this file (mode 0600) before `ready`.",
            valueName: "file"
        )
    )
    var writeEnv: String?

    @Option(
        help: ArgumentHelp("trace, debug, info, notice, warning, error or critical; logs go to stderr.", valueName: "level"),
        completion: .list(["trace", "debug", "info", "notice", "warning", "error", "critical"])
    )
    var logLevel = "info"

    @Flag(help: "Prints the built-in data in the format of --data and exits.")
    var printData = false
}

/// The version that `--version` tells.
enum SimulatorVersion {
    static let text = "0.1.0"
}
