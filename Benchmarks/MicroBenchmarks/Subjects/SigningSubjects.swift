import BenchmarkKit
import FoundationEssentials
import HuaweiCloud
import ProcessSupport

/// Signing requests to the cloud (huaweicloud-http.md §1).
enum SigningSubjects {
    static func all() throws -> [Benchmark] {
        let secret = Secret("bench-secret-key-0123456789abcdef")
        let signer = Signer(credentials: Credentials(accessKeyID: Secret("BENCHACCESSKEY"), secretAccessKey: secret))
        let endpoint = try Endpoint(parsing: "ecs.cn-north-4.myhuaweicloud.com")
        let project = "0123456789abcdef0123456789abcdef"
        let date = Date(timeIntervalSince1970: 1_768_464_930)
        let body = Array(#"{"os-stop":{"type":"SOFT","servers":[{"id":"00000007-1111-4222-8333-444444444444"}]}}"#.utf8)

        func sign(_ method: String, _ path: String, _ query: [(String, QueryValue)], _ body: [UInt8]) throws {
            var request = SignedRequest(
                method: method,
                endpoint: endpoint,
                path: "/v1/\(project)/cloudservers/\(path)",
                query: CanonicalQuery.make(query),
                headers: ["User-Agent": "ecs-mcp-server/0.1.0", "Content-Type": "application/json"],
                body: body
            )
            try signer.sign(&request, at: date, projectID: project)
            keep(request)
        }
        return [
            Benchmark("sign-list-request") {
                try sign("GET", "detail", [("status", "ACTIVE"), ("limit", 20), ("offset", 1)], [])
            },
            Benchmark("sign-action-request") { try sign("POST", "action", [], body) },
        ]
    }
}
