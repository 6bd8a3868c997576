import BenchmarkKit
import CloudServer
import JSONRPC
import MCPServer

/// Validating what a client sends and what a tool returns.
enum SchemaSubjects {
    static func all() throws -> [Benchmark] {
        let input = try JSONSchema(ListAnswer.input.json)
        let output = try JSONSchema(ListAnswer.output)
        let arguments: JSONValue = ["name": "bench-server", "status": "ACTIVE", "limit": 20, "offset": 1, "fields": ["id", "name"]]
        let wrong: JSONValue = ["name": 5, "status": "GONE", "limit": 200, "unknown": true]
        let answer = JSONValue.object(Envelope.success(ListAnswer.data).json)
        guard input.violations(of: arguments).isEmpty, !input.accepts(wrong), output.accepts(answer) else {
            throw Failure("the schemas do not judge as they should")
        }
        return [
            Benchmark("validate-arguments") { keep(input.violations(of: arguments)) },
            Benchmark("explain-wrong-arguments") { keep(input.violations(of: wrong)) },
            Benchmark("validate-output-20-servers") { keep(output.accepts(answer)) },
        ]
    }
}
