import AuthCommon
import Foundation
import TestSupport

@testable import CTSServer

/// The server's tools on a fake cloud, at a fixed moment.
struct Bench: ServerBench {
    static let usualRole = Role.readonly

    /// The project that paths name.
    static let project = "0123456789abcdef0123456789abcdef"
    /// 2026-01-15T08:15:30.250Z.
    static let now = 1_768_464_930_250

    let served: ServedTools

    init(
        _ answers: FakeCloud.Answer...,
        region: String = "af-south-1",
        project: String? = Self.project,
        zone: Result<TimeZoneRules, ZoneProblem> = .success(Fixtures.shanghai)
    ) throws {
        served = try ServedTools(
            of: CloudTraceServer.self,
            on: FakeCloud(answers),
            region: region,
            project: project,
            date: Date(timeIntervalSince1970: Double(Self.now) / 1_000)
        ) { access in
            let traces = CTSClient(access)
            return [SearchTraces.tool(traces, zone: zone), GetTraceDetail.tool(traces, zone: zone)]
        }
    }

    /// A request for traces as it goes on the wire.
    static func request(_ query: String) -> FakeCloud.Sent { FakeCloud.Sent("GET", "/v3/\(project)/traces?\(query)") }
}
