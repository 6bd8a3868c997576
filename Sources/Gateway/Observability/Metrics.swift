import ProcessSupport
import Synchronization

/// The gateway's figures, for `/metrics` in the text format of Prometheus.
///
/// All labels are bounded (gateway.md §13). Any thread.
final class Metrics: Sendable {
    private struct Requests: Hashable {
        let service: String
        let method: String
        let statusClass: String
    }

    private struct ToolCalls: Hashable {
        let service: String
        let tool: String
        let statusClass: String
    }

    /// How many tools of servers that are not this project's get a label of their own; the others share one.
    static let toolLabels = 100

    private struct Figures {
        var toolCalls: [ToolCalls: Int] = [:]
        var foreignTools: Set<String> = []
        var requests: [Requests: Int] = [:]
        var durations: [String: DurationHistogram] = [:]
        var bytesIn: [String: Int] = [:]
        var bytesOut: [String: Int] = [:]
        var refusals: [String: Int] = [:]
        var upstreamErrors: [String: Int] = [:]
        var childRestarts: [String: Int] = [:]
        var openStreams: [String: Int] = [:]
        var openConnections = 0
    }

    private let figures = Mutex(Figures())

    /// Nothing has happened yet.
    init() {}

    /// Counts a finished request.
    func request(service: String?, method: String, status: Int, duration: Duration, bytesIn: Int, bytesOut: Int, refusal: String?) {
        let service = service ?? ""
        let key = Requests(service: service, method: Self.bounded(method: method), statusClass: Self.statusClass(status))
        figures.withLock { figures in
            figures.requests[key, default: 0] += 1
            figures.durations[service, default: DurationHistogram()].record(duration)
            figures.bytesIn[service, default: 0] += bytesIn
            figures.bytesOut[service, default: 0] += bytesOut
            if let refusal { figures.refusals[refusal, default: 0] += 1 }
        }
    }

    /// Counts a call of a tool, as its client named it.
    func toolCall(service: String, tool: String, status: Int) {
        figures.withLock { figures in
            var label = tool
            if ToolRoles.minimumRole(of: tool) == nil, !figures.foreignTools.contains(tool) {
                // A name is worth a label only if the server knows it, and only so many are.
                if (200...299).contains(status), figures.foreignTools.count < Self.toolLabels {
                    figures.foreignTools.insert(tool)
                } else {
                    label = "other"
                }
            }
            figures.toolCalls[ToolCalls(service: service, tool: label, statusClass: Self.statusClass(status)), default: 0] += 1
        }
    }

    /// Counts a failure of an upstream.
    func upstreamError(service: String) { figures.withLock { $0.upstreamErrors[service, default: 0] += 1 } }

    /// Counts a restart of a managed server.
    func childRestart(service: String) { figures.withLock { $0.childRestarts[service, default: 0] += 1 } }

    /// Counts client connections up and down.
    func changeConnections(by change: Int) { figures.withLock { $0.openConnections += change } }

    /// Counts event streams up and down.
    func changeStreams(of service: String, by change: Int) { figures.withLock { $0.openStreams[service, default: 0] += change } }

    /// The open client connections and event streams at this moment.
    var open: (connections: Int, streams: Int) { figures.withLock { ($0.openConnections, $0.openStreams.values.reduce(0, +)) } }

    /// Everything in the text format of Prometheus.
    ///
    /// - Parameters:
    ///   - keySetAge: Seconds since the JWK set was fetched; nil where there is none.
    ///   - health: What else is shown.
    func text(keySetAge: Double?, health: HealthFigures = HealthFigures()) -> String {
        let figures = figures.withLock { $0 }
        var page = MetricsPage()
        page.family("mcp_gateway_requests_total", "counter", "Finished requests.")
        for (key, count) in figures.requests.sorted(by: {
            ($0.key.service, $0.key.method, $0.key.statusClass) < ($1.key.service, $1.key.method, $1.key.statusClass)
        }) {
            page.sample([("service", key.service), ("method", key.method), ("status", key.statusClass)], count)
        }
        page.family("mcp_gateway_tool_calls_total", "counter", "Calls of tools that clients named in Mcp-Name.")
        for (key, count) in figures.toolCalls.sorted(by: {
            ($0.key.service, $0.key.tool, $0.key.statusClass) < ($1.key.service, $1.key.tool, $1.key.statusClass)
        }) {
            page.sample([("service", key.service), ("tool", key.tool), ("status", key.statusClass)], count)
        }
        page.histograms("mcp_gateway_request_duration_seconds", "From the request's head to the end of the response.", figures.durations)
        page.counters("mcp_gateway_request_bytes_total", "Bytes of request bodies.", "service", figures.bytesIn)
        page.counters("mcp_gateway_response_bytes_total", "Bytes of response bodies.", "service", figures.bytesOut)
        page.counters("mcp_gateway_refusals_total", "Requests answered with an error of the gateway.", "reason", figures.refusals)
        page.counters("mcp_gateway_upstream_errors_total", "Failures of upstreams.", "service", figures.upstreamErrors)
        page.counters("mcp_gateway_child_restarts_total", "Restarts of managed servers.", "service", figures.childRestarts)
        page.counters("mcp_gateway_open_streams", "Open event streams.", "service", figures.openStreams, type: "gauge")
        page.family("mcp_gateway_open_connections", "gauge", "Open client connections.")
        page.sample([], figures.openConnections)
        if let keySetAge {
            page.family("mcp_gateway_jwks_age_seconds", "gauge", "Time since the JWK set was fetched.")
            page.sample([], max(Int(keySetAge), 0))
        }
        health.write(to: &page)
        return page.text
    }

    private static func bounded(method: String) -> String {
        ["GET", "POST", "DELETE", "OPTIONS", "HEAD"].first { ExactText.same($0, method) } ?? "other"
    }

    private static func statusClass(_ status: Int) -> String { (100...599).contains(status) ? "\(status / 100)xx" : "none" }
}
