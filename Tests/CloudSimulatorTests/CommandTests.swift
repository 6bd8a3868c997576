import ArgumentParser
import ProcessSupport
import Testing

@testable import CloudSimulator

@Suite struct CommandTests {
    private func problems(_ arguments: [String]) throws -> [String] {
        do {
            _ = try SimulatorCommand.parse(arguments).checked()
            return []
        } catch let error as UsageError {
            return error.problems
        }
    }

    @Test func theDefaultsAreTheDemo() throws {
        let checked = try SimulatorCommand.parse([]).checked()
        #expect(checked.configuration == .demo)
        #expect(checked.host == "127.0.0.1")
        #expect(checked.port == 8900)
    }

    @Test(arguments: ["0.0.0.0", "192.168.1.1", "example.org", "unix:/tmp/socket", ""])
    func onlyLoopbackIsListenedOn(host: String) throws { #expect(try problems(["--host", host]).count == 1) }

    @Test(arguments: [
        ["--port", "65536"], ["--speed=-1"], ["--speed", "nan"], ["--log-level", "loud"], ["--project-id", "a/b"], ["--access-key", ""],
    ])
    func aWrongValueIsTold(arguments: [String]) throws { #expect(try problems(arguments).count == 1) }

    @Test func everyProblemIsTold() throws {
        #expect(try problems(["--host", "0.0.0.0", "--speed=-1", "--region", "a b", "--codearts-project-id", ""]).count == 4)
    }

    @Test func usageErrorsEndWith2() async {
        #expect(await CloudSimulatorMain.run(["--nonsense"]) == .usage)
        #expect(await CloudSimulatorMain.run(["--port", "99999"]) == .usage)
        #expect(await CloudSimulatorMain.run(["--data", "/nonexistent/file.json"]) == .usage)
    }

    @Test func helpTeachesWhatCanBeDone() {
        let help = SimulatorCommand.helpMessage()
        for word in ["--data", "--speed", "--write-env", "/_simulator/faults", "/_simulator/clock", "servers: [", "ready http://"] {
            #expect(help.contains(word), "\(word)")
        }
    }

    @Test func aDataFileIsReadAndItsProblemsNameIt() throws {
        let command = try SimulatorCommand.parse(["--data", "my.json"])
        let dataSet = try command.dataSet { _ in Array(#"{"servers":[]}"#.utf8) }
        #expect(dataSet.servers.isEmpty)
        #expect(throws: UsageError(problems: ["--data: my.json: must be a JSON object, not array"])) {
            _ = try command.dataSet { _ in Array("[]".utf8) }
        }
        #expect(throws: UsageError(problems: ["--data: my.json: not found"])) {
            _ = try command.dataSet { (path) throws(FileReadError) in throw FileReadError(path: path, problem: .notFound) }
        }
    }

    @Test func theEnvironmentPointsEveryServiceHere() throws {
        let text = ServerEnvironment.text(.demo, url: "http://127.0.0.1:4711")
        let variables = try EnvFile.parse(Array(text.utf8), name: "env")
        #expect(variables["HUAWEICLOUD_SDK_REGION_ECS_AF_SOUTH_1"] == "http://127.0.0.1:4711")
        #expect(variables["HUAWEICLOUD_SDK_REGION_CODEARTSPIPELINE_AF_SOUTH_1"] == "http://127.0.0.1:4711")
        #expect(variables["HUAWEICLOUD_SDK_IAM_ENDPOINT"] == "http://127.0.0.1:4711")
        #expect(variables["HUAWEICLOUD_PROJECT_ID"] == SimulatorConfiguration.demo.projectID)
        #expect(variables["HUAWEICLOUD_SECURITY_TOKEN"] == nil)
    }
}
