import HuaweiCloud
import JSONRPC

@testable import CloudServer

/// A server with tools of every kind.
enum FakeServer: CloudServerDefinition {
    static let service = "fake"
    static let executable = "fake-mcp-server"
    static let title = "Fake"
    static let abstract = "Manages things that do not exist."
    static let instructions = "Use with care."
    static let cloudService = CloudService.ecs
    static var variables: [ServerVariable] {
        [
            ServerVariable("FAKE_ZONE", default: "Asia/Shanghai", help: "a zone") {
                $0.contains("/") ? nil : "must be a zone like Asia/Shanghai"
            },
            ServerVariable("FAKE_PROJECT", help: "a project"),
        ]
    }

    static func tools(_ cloud: CloudAccess) -> [CloudTool] { [FakeTools.list(), FakeTools.power(), FakeTools.delete()] }
}

/// A server whose region has a variable of its own and that never looks up the project id.
enum FakePipelineServer: CloudServerDefinition {
    static let service = "pipeline"
    static let executable = "fake-pipeline-server"
    static let title = "Fake"
    static let abstract = "Fakes."
    static let instructions = ""
    static let cloudService = CloudService.pipeline
    static let projectIDUse = ProjectIDUse.optional
    static let regionVariables = ["CODEARTS_REGION", "HUAWEICLOUD_REGION"]

    static func tools(_ cloud: CloudAccess) -> [CloudTool] { [] }
}
