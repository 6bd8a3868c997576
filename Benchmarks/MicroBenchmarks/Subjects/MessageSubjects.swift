import BenchmarkKit
import CloudServer
import HuaweiCloud
import JSONRPC
import MCP

/// Reading requests and answers of the cloud, and writing results.
enum MessageSubjects {
    /// A call of 210 bytes.
    private static let call = Array(
        #"""
        {"jsonrpc":"2.0","id":1000000042,"method":"tools/call","params":{"name":"ecs_list_servers","arguments":{"name":"bench-server",\#
        "status":"ACTIVE","limit":20,"offset":1},"_meta":{"progressToken":"token-0000042"}}}
        """#.utf8
    )

    static func all() throws -> [Benchmark] {
        guard call.count == 210 else { throw Failure("the call has \(call.count) bytes") }
        let result = Envelope.success(ListAnswer.data).result()
        let response = JSONRPCResponse(id: .number(JSONNumber(1_000_000_042)), result: result.json(.v2025_11_25))
        guard (8_500..<10_500).contains(response.bytes().count) else { throw Failure("the answer has \(response.bytes().count) bytes") }
        let answer = CloudResponse(status: 200, body: CloudAnswer.bytes)
        return [
            Benchmark("decode-tools-call") { keep(try JSONRPCDecoder.decode(call.span)) },
            Benchmark("encode-result-9-kb") { keep(response.bytes()) },
            Benchmark("parse-cloud-answer-20-servers") { keep(try answer.object()) },
            Benchmark("render-list-answer") { keep(Envelope.success(ListAnswer.data).result().json(.v2025_11_25)) },
        ]
    }
}
