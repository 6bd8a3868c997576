import JSONRPC
import Testing

@testable import CloudSimulator

@Suite struct DataSetTests {
    private let builtIn = DataSet.builtIn(region: "af-south-1")

    private func problems(_ text: String) -> [String] {
        do {
            _ = try DataSet(Array(text.utf8), base: builtIn)
            return []
        } catch {
            return error.problems
        }
    }

    @Test func whatIsPrintedCanBeRead() throws {
        let bytes = builtIn.json.bytes(.pretty(indent: 2))
        #expect(try DataSet(bytes, base: DataSet(flavors: [], servers: [], jobs: [], pipelines: [], traces: [])) == builtIn)
    }

    @Test func theBuiltInDataIsRichEnough() {
        #expect(builtIn.servers.count >= 30)
        #expect(builtIn.flavors.count >= 20)
        #expect(Set(builtIn.servers.map(\.status)).count >= 8)
        #expect(Set(builtIn.servers.map(\.id)).count == builtIn.servers.count)
        #expect(builtIn.servers.contains { $0.isPrepaid && $0.locked })
        #expect(builtIn.servers.contains { server in server.metadata.contains { $0.key == "admin_password" } })
        #expect(builtIn.servers.contains { server in server.addresses.contains { $0.kind == .floating } })
        #expect(builtIn.flavors.contains { $0.isWithdrawn })
        #expect(builtIn.flavors.contains { $0.isSoldOut })
        var reader = DataSetReader()
        reader.checkReferences(builtIn)
        #expect(reader.problems == [])
    }

    @Test func sectionsThatAreLeftOutAreBuiltIn() throws {
        let text = """
            {"servers":[{"id":"00000000-0000-4000-8000-000000000001","name":"one","flavor":"s6.large.2","created":"2026-01-01T00:00:00Z",
              "availability_zone":"af-south-1a"}]}
            """
        let dataSet = try DataSet(Array(text.utf8), base: builtIn)
        #expect(dataSet.servers.map(\.name) == ["one"])
        #expect(dataSet.servers.first?.status == .active)
        #expect(dataSet.flavors == builtIn.flavors)
    }

    @Test(arguments: [
        ("{", "not JSON: "), ("[]", "must be a JSON object, not array"), (#"{"server":[]}"#, "data.server: unknown member"),
        (#"{"servers":{}}"#, "servers: must be an array"), (#"{"servers":[1]}"#, "servers[0]: must be an object"),
        (#"{"servers":[{"id":"x"}]}"#, "servers[0].id: must be a UUID"),
        (#"{"servers":[{"status":"ON"}]}"#, "servers[0].status: must be one of ACTIVE"),
        (#"{"servers":[{"flavor":"none","name":"a"}]}"#, "a has the flavor none, which is not among the flavors"),
        (#"{"servers":[{"created":"yesterday"}]}"#, "servers[0].created: must have the form"),
        (#"{"servers":[{"tags":{"a":1}}]}"#, "servers[0].tags.a: must be a text"),
        (#"{"servers":[{"volumes":[{"boot":1}]}]}"#, "servers[0].volumes[0].boot: unknown member"),
        (#"{"flavors":[{"id":"a","vcpus":0,"memory_mb":1}]}"#, "flavors[0].vcpus: must be an integer from 1"),
        (#"{"flavors":[{"id":"a","vcpus":1,"memory_mb":1},{"id":"a","vcpus":1,"memory_mb":1}]}"#, "flavors: a appears twice"),
        (#"{"jobs":[{"id":"j","type":"t","servers":["s"],"status":"RUNNING","age_seconds":1}]}"#, "jobs[0].status: must be SUCCESS, FAIL"),
        (#"{"traces":[{"age_seconds":1}]}"#, "traces[0].trace: is missing"),
        (#"{"traces":[{"age_seconds":604801,"trace":{}}]}"#, "traces[0].age_seconds: must be an integer from 0 to 604800"),
        (#"{"pipelines":[{}]}"#, "pipelines[0].detail: is missing"),
        (#"{"pipelines":[{"detail":{"id":"a b","name":"n"}}]}"#, "pipelines[0].detail.id: must be 1 to 64"),
        (#"{"pipelines":[{"detail":{"id":"a","name":"n","sources":[1]}}]}"#, "pipelines[0].detail.sources[0]: must be an object"),
        (
            #"{"pipelines":[{"detail":{"id":"a","name":"n"},"last_run":{"age_seconds":1,"status":"RUNNING"}}]}"#,
            "pipelines[0].last_run.status: must not be RUNNING"
        ),
    ])
    func everyProblemHasItsPlace(text: String, expected: String) {
        #expect(problems(text).contains { $0.contains(expected) }, "\(problems(text))")
    }

    @Test func allProblemsAreToldAtOnce() {
        #expect(problems(#"{"servers":[{},{}]}"#).count >= 8)
    }
}
