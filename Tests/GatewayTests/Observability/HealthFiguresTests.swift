import JSONRPC
import ProcessSupport
import Testing

@testable import Gateway

@Suite struct HealthFiguresTests {
    private static let gate = UpstreamGate.Figures(
        circuit: .halfOpen,
        openings: 2,
        circuitRejections: 3,
        connections: 4,
        connectionLimit: 5,
        limitRejections: 6,
        lastFailure: "upstream-timeout"
    )

    private static var load: LoadHealth {
        var load = LoadHealth(loaded: 1_000.7)
        load.failed(at: 2_000, "not found")
        return load
    }

    private static let full = HealthFigures(
        services: [
            .init(name: "ecs", state: .ready, gate: gate),
            .init(name: "cts", state: .restarting, gate: UpstreamGate.Figures()),
        ],
        audit: AuditHealth(isHealthy: false, written: 7, waiting: 8, lost: 9, failedWrites: 10, lastError: "audit: no space left"),
        revocations: .init(tokens: 11, subjects: 12, load: load),
        keySet: .init(keys: 13, load: LoadHealth(loaded: 3_000))
    )

    private func page(_ figures: HealthFigures) -> [String] {
        var page = MetricsPage()
        figures.write(to: &page)
        return page.text.split(separator: "\n").map(String.init)
    }

    @Test("every figure is in /metrics") func samples() {
        let lines = page(Self.full)
        for line in [
            #"mcp_gateway_service_ready{service="ecs"} 1"#, #"mcp_gateway_service_ready{service="cts"} 0"#,
            #"mcp_gateway_circuit_state{service="ecs",state="half-open"} 1"#,
            #"mcp_gateway_circuit_state{service="ecs",state="open"} 0"#,
            #"mcp_gateway_circuit_state{service="ecs",state="closed"} 0"#,
            #"mcp_gateway_circuit_state{service="cts",state="closed"} 1"#,
            #"mcp_gateway_circuit_openings_total{service="ecs"} 2"#,
            #"mcp_gateway_circuit_rejections_total{service="ecs"} 3"#,
            #"mcp_gateway_upstream_connections{service="ecs"} 4"#,
            #"mcp_gateway_upstream_connections_limit{service="ecs"} 5"#,
            #"mcp_gateway_upstream_limit_rejections_total{service="ecs"} 6"#,
            "mcp_gateway_audit_enabled 1", "mcp_gateway_audit_healthy 0", "mcp_gateway_audit_records_total 7",
            "mcp_gateway_audit_records_waiting 8", "mcp_gateway_audit_records_lost_total 9", "mcp_gateway_audit_write_failures_total 10",
            #"mcp_gateway_revocations{kind="jti"} 11"#, #"mcp_gateway_revocations{kind="sub"} 12"#,
            "mcp_gateway_revocations_healthy 0", "mcp_gateway_revocations_load_failures_total 1",
            "mcp_gateway_revocations_loaded_timestamp_seconds 1000", "mcp_gateway_revocations_failed_timestamp_seconds 2000",
            "mcp_gateway_jwks_keys 13", "mcp_gateway_jwks_healthy 1", "mcp_gateway_jwks_load_failures_total 0",
            "mcp_gateway_jwks_loaded_timestamp_seconds 3000",
        ] { #expect(lines.contains(line), "\(line)") }
        #expect(!lines.contains { $0.hasPrefix("mcp_gateway_upstream_connections_limit{service=\"cts\"}") })
        #expect(!lines.contains { $0.hasPrefix("mcp_gateway_jwks_failed_timestamp_seconds") })
    }

    @Test("every family has one HELP and one TYPE before its samples, and counters are called _total") func format() {
        var types: [String: String] = [:]
        var helped: Set<String> = []
        for line in page(Self.full) {
            let words = line.split(separator: " ", maxSplits: 3).map(String.init)
            if line.hasPrefix("# HELP ") {
                #expect(helped.insert(words[2]).inserted)
                #expect(words.count == 4)
            } else if line.hasPrefix("# TYPE ") {
                #expect(types[words[2]] == nil)
                types[words[2]] = words[3]
                #expect((words[3] == "counter") == words[2].hasSuffix("_total"))
            } else {
                let name = String(line.prefix { $0 != "{" && $0 != " " })
                #expect(types[name] != nil, "\(line)")
                #expect(helped.contains(name), "\(line)")
            }
        }
        #expect(Set(types.keys) == helped)
    }

    @Test("what does not exist has no figures, and the audit says that it does not") func absent() {
        let lines = page(HealthFigures()).filter { !$0.hasPrefix("#") }
        #expect(lines == ["mcp_gateway_audit_enabled 0"])
        #expect(HealthFigures().auditJSON == .null)
        #expect(HealthFigures().revocationsJSON == .null)
        #expect(HealthFigures().keySetJSON == .null)
    }

    @Test("the same in /status") func status() {
        #expect(
            JSONValue.object(Self.full.services[0].json).text()
                == """
                {"circuit":"half-open","circuit_openings":2,"circuit_rejections":3,"upstream_connections":4,\
                "upstream_connections_limit":5,"limit_rejections":6,"last_failure":"upstream-timeout"}
                """
        )
        #expect(
            Self.full.auditJSON.text()
                == """
                {"healthy":false,"records":7,"waiting":8,"lost":9,"write_failures":10,"last_error":"audit: no space left"}
                """
        )
        #expect(
            Self.full.revocationsJSON.text()
                == """
                {"jti":11,"sub":12,"healthy":false,"loaded":"1970-01-01T00:16:40Z","failed":"1970-01-01T00:33:20Z","failures":1,\
                "last_error":"not found"}
                """
        )
        #expect(
            Self.full.keySetJSON.text()
                == #"{"keys":13,"healthy":true,"loaded":"1970-01-01T00:50:00Z","failed":null,"failures":0,"last_error":null}"#
        )
    }
}
