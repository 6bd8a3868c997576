extension DataSet {
    /// The cloud of the demo: a small company's shop with its staging, CI and leftovers.
    ///
    /// Identifiers follow from names, so that they are the same at every start and in every region.
    static func builtIn(region: String) -> DataSet {
        DataSet(
            flavors: BuiltInFlavors.make(region: region),
            servers: BuiltInServers.make(region: region),
            jobs: BuiltInJobs.make(),
            pipelines: BuiltInPipelines.make(),
            traces: BuiltInTraces.make()
        )
    }
}

/// The flavors of the demo.
enum BuiltInFlavors {
    static func make(region: String) -> [Flavor] {
        let general = rows.map { row in
            Flavor(
                id: row.id,
                vcpus: row.vcpus,
                memoryMB: row.gigabytes * 1_024,
                diskGB: 0,
                generation: String(row.id.prefix { $0 != "." }),
                performanceType: row.type,
                legacyPerformanceType: row.legacy,
                status: row.status,
                architecture: row.id.hasPrefix("k") ? "arm64" : "x86_64",
                availabilityZones: row.zones.map { "\(region)\($0)" }
            )
        }
        return general
    }

    private struct Row {
        var id: String
        var vcpus: Int
        var gigabytes: Int
        var type: String?
        var legacy: String?
        var status: String?
        var zones = ["a", "b", "c"]
    }

    private static let rows: [Row] = [
        Row(id: "t6.small.1", vcpus: 1, gigabytes: 1, type: "normal", status: "normal"),
        Row(id: "t6.medium.2", vcpus: 1, gigabytes: 2, type: "normal", status: "normal"),
        Row(id: "s6.small.1", vcpus: 1, gigabytes: 1, type: "normal", status: "normal"),
        Row(id: "s6.medium.2", vcpus: 1, gigabytes: 2, type: "normal", status: "normal"),
        Row(id: "s6.large.2", vcpus: 2, gigabytes: 4, type: "normal", status: "normal"),
        Row(id: "s6.xlarge.2", vcpus: 4, gigabytes: 8, type: "normal", status: "normal"),
        Row(id: "s6.2xlarge.2", vcpus: 8, gigabytes: 16, type: "normal", status: "normal"),
        Row(id: "s7.large.2", vcpus: 2, gigabytes: 4, type: "normal", status: "obt", zones: ["a"]),
        Row(id: "c6.large.2", vcpus: 2, gigabytes: 4, type: "computingv3", status: "normal"),
        Row(id: "c6.xlarge.2", vcpus: 4, gigabytes: 8, type: "computingv3", status: "normal"),
        Row(id: "c6.2xlarge.2", vcpus: 8, gigabytes: 16, type: "computingv3", status: "normal"),
        Row(id: "c6.4xlarge.2", vcpus: 16, gigabytes: 32, type: "computingv3", status: "normal"),
        Row(id: "c7.large.2", vcpus: 2, gigabytes: 4, type: "computingv3", status: "promotion", zones: ["a", "b"]),
        Row(id: "c7.xlarge.2", vcpus: 4, gigabytes: 8, type: "computingv3", status: "sellout", zones: ["a", "b"]),
        Row(id: "m6.large.8", vcpus: 2, gigabytes: 16, type: "highmem", status: "normal"),
        Row(id: "m6.xlarge.8", vcpus: 4, gigabytes: 32, type: "highmem", status: "normal"),
        Row(id: "m6.2xlarge.8", vcpus: 8, gigabytes: 64, type: "highmem", status: "normal"),
        Row(id: "m6.4xlarge.8", vcpus: 16, gigabytes: 128, type: "highmem", status: "normal", zones: ["a", "b"]),
        Row(id: "kc1.large.2", vcpus: 2, gigabytes: 4, type: "kunpeng_computing", status: "normal", zones: ["a"]),
        Row(id: "kc1.xlarge.2", vcpus: 4, gigabytes: 8, type: "kunpeng_computing", status: "normal", zones: ["a"]),
        Row(id: "i3.2xlarge.8", vcpus: 8, gigabytes: 64, type: "highio", status: "normal", zones: ["b"]),
        Row(id: "p2s.2xlarge.8", vcpus: 8, gigabytes: 64, type: "gpu", status: "sellout", zones: ["a"]),
        Row(id: "pi2.2xlarge.4", vcpus: 8, gigabytes: 32, type: "gpu", status: "normal", zones: ["a"]),
        Row(id: "s3.small.1", vcpus: 1, gigabytes: 1, legacy: "normal", status: "abandon"),
        Row(id: "s3.large.2", vcpus: 2, gigabytes: 4, legacy: "normal", status: "abandon"),
        Row(id: "s3.xlarge.2", vcpus: 4, gigabytes: 8, legacy: "normal", status: "abandon"),
        Row(id: "c3.large.2", vcpus: 2, gigabytes: 4, legacy: "computingv3", status: "abandon"),
        Row(id: "m3.large.8", vcpus: 2, gigabytes: 16, legacy: "highmem"),
    ]
}
