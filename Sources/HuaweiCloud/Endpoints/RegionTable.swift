/// What the cloud offers in a region, as huaweicloud-http.md §3 lists it.
package struct RegionEntry: Sendable, Hashable {
    /// The region's id.
    let region: String
    /// Whether ECS is reached at `ecs.<region>.myhuaweicloud.com`.
    let hasECS: Bool
    /// The top-level domains of the CTS host, the fallbacks behind the first.
    let ctsDomains: [String]
    /// Whether the region has an IAM host of its own; else the global one serves it.
    let hasOwnIAM: Bool
    /// The first label of the Pipeline host; nil where the service is not offered.
    let pipelinePrefix: String?
}

/// The endpoint table of huaweicloud-http.md §3.
package enum RegionTable {
    /// All regions, sorted by id.
    static let entries: [RegionEntry] = [
        entry("ae-ad-1", [".com"], .own, nil),
        entry("af-north-1", [".com", ".africa"], .global, prefixC),
        entry("af-south-1", [".com", ".cn"], .own, prefixC),
        entry("ap-southeast-1", [".com", ".cn"], .own, nil),
        entry("ap-southeast-2", [".com", ".cn"], .own, nil),
        entry("ap-southeast-3", [".com", ".cn"], .own, prefixA),
        entry("ap-southeast-4", [".com", ".cn"], .own, nil),
        entry("ap-southeast-5", [".com", ".asia"], .global, nil),
        entry("cn-east-2", [".com", ".cn"], .own, prefixA),
        entry("cn-east-3", [".com", ".cn"], .own, prefixA),
        entry("cn-east-4", [".com", ".cn"], .own, nil),
        entry("cn-east-5", [".com", ".cn"], .own, nil),
        entry("cn-north-1", [".com", ".cn"], .own, prefixA),
        entry("cn-north-11", [".com", ".cn"], .global, nil),
        entry("cn-north-12", [".com", ".cn"], .own, nil),
        entry("cn-north-2", [".com", ".cn"], .own, nil),
        entry("cn-north-4", [".com", ".cn"], .own, prefixA),
        entry("cn-north-9", [".com", ".cn"], .own, nil),
        entry("cn-south-1", [".com", ".cn"], .own, prefixA),
        entry("cn-south-2", [".com", ".cn"], .own, prefixA),
        entry("cn-south-4", [".com", ".cn"], .global, nil),
        entry("cn-southwest-2", [".com", ".cn"], .own, prefixA),
        entry("cn-southwest-3", [".com", ".cn"], .global, nil),
        entry("eu-west-0", [".com"], .own, nil),
        entry("eu-west-101", [".eu"], .global, nil),
        entry("la-north-2", [".com", ".cn"], .own, prefixA),
        entry("la-south-2", [".com", ".cn"], .own, prefixB),
        entry("me-east-1", [".com"], .own, prefixC),
        entry("my-kualalumpur-1", [".com"], .own, nil),
        entry("na-mexico-1", [".com", ".cn"], .own, nil),
        entry("ru-moscow-1", [".com"], .own, nil),
        entry("ru-northwest-2", [".com", ".cn"], .global, nil, hasECS: false),
        entry("sa-brazil-1", [".com", ".cn"], .own, prefixA),
        entry("tr-west-1", [".com", ".cn"], .own, prefixB),
    ]

    private enum IAMHost { case own, global }

    private static let prefixA = "cloudpipeline-ext"
    private static let prefixB = "pipeline-external"
    private static let prefixC = "pipeline"

    private static func entry(
        _ region: String,
        _ ctsDomains: [String],
        _ iam: IAMHost,
        _ pipelinePrefix: String?,
        hasECS: Bool = true
    ) -> RegionEntry {
        RegionEntry(region: region, hasECS: hasECS, ctsDomains: ctsDomains, hasOwnIAM: iam == .own, pipelinePrefix: pipelinePrefix)
    }

    /// The hosts of a service in a region, in the order in which to try them; empty where it is not offered.
    static func hosts(for service: CloudService, region: String) -> [String] {
        guard let entry = entries.first(where: { $0.region.utf8.elementsEqual(region.utf8) }) else { return [] }
        switch service {
        case .ecs: return entry.hasECS ? ["ecs.\(region).myhuaweicloud.com"] : []
        case .cts: return entry.ctsDomains.map { "cts.\(region).myhuaweicloud\($0)" }
        case .iam: return [entry.hasOwnIAM ? "iam.\(region).myhuaweicloud.com" : "iam.myhuaweicloud.com"]
        case .pipeline: return entry.pipelinePrefix.map { ["\($0).\(region).myhuaweicloud.com"] } ?? []
        }
    }

    /// The regions in which a service is offered, sorted.
    package static func regions(offering service: CloudService) -> [String] {
        entries.map(\.region).filter { !hosts(for: service, region: $0).isEmpty }
    }
}
