extension BuiltInServers {
    /// Oldest first.
    static let rows: [BuiltInServerRow] = production + operations + staging + leftovers

    private static let production: [BuiltInServerRow] = [
        row("web-prod-01", "s6.large.2", "web", zone: "a") {
            $0.floating = "203.0.113.11"
            $0.dualStack = true
        },
        row("web-prod-02", "s6.large.2", "web", zone: "b") { $0.floating = "203.0.113.12" },
        row("web-prod-03", "s6.large.2", "web", zone: "c"),
        row("web-prod-04", "s6.large.2", "web", zone: "a", .shutOff) { $0.description = "Spare for the sales week" },
        row("api-prod-01", "c6.xlarge.2", "api", zone: "a"),
        row("api-prod-02", "c6.xlarge.2", "api", zone: "b"),
        row("api-prod-03", "c6.xlarge.2", "api", zone: "c", .rebooting) { $0.task = "rebooting" },
        row("db-prod-01", "m6.2xlarge.8", "db", zone: "a") {
            $0.locked = true
            $0.charging = "1"
            $0.dataDisks = 2
            $0.alsoInManagement = true
            $0.description = "PostgreSQL primary"
        },
        row("db-prod-02", "m6.2xlarge.8", "db", zone: "b") {
            $0.locked = true
            $0.dataDisks = 2
            $0.alsoInManagement = true
            $0.description = "PostgreSQL replica"
        },
        row("cache-prod-01", "m6.large.8", "cache", zone: "a"),
        row("cache-prod-02", "m6.large.8", "cache", zone: "b"),
        row("queue-prod-01", "s6.xlarge.2", "queue", zone: "a") { $0.dataDisks = 1 },
        row("search-prod-01", "m6.xlarge.8", "search", zone: "a") { $0.dataDisks = 1 },
        row("search-prod-02", "m6.xlarge.8", "search", zone: "b", .error) {
            $0.fault = "No valid host was found. There are not enough hosts available."
        },
    ]

    private static let operations: [BuiltInServerRow] = [
        row("bastion-01", "s6.small.1", "bastion", zone: "a") {
            $0.floating = "203.0.113.20"
            $0.locked = true
            $0.alsoInManagement = true
            $0.groups = ["sg-bastion"]
        },
        row("vpn-gateway-01", "c6.large.2", "vpn", zone: "a") {
            $0.floating = "203.0.113.21"
            $0.charging = "1"
            $0.groups = ["sg-vpn"]
        },
        row("monitor-01", "s6.xlarge.2", "monitoring", zone: "b") {
            $0.charging = "1"
            $0.dataDisks = 1
        },
        row("log-collector-01", "s6.large.2", "logging", zone: "a") { $0.dataDisks = 1 },
        row("log-collector-02", "s6.large.2", "logging", zone: "b", .hardRebooting) { $0.task = "rebooting_hard" },
        row("ci-runner-01", "c6.2xlarge.2", "ci", zone: "a") { $0.charging = "2" },
        row("ci-runner-02", "c6.2xlarge.2", "ci", zone: "b") { $0.charging = "2" },
        row("ci-runner-03", "c6.2xlarge.2", "ci", zone: "c", .shutOff) { $0.charging = "2" },
        row("ci-runner-04", "c6.2xlarge.2", "ci", zone: "a", .building) { $0.task = "spawning" },
        row("batch-worker-01", "c6.large.2", "batch", zone: "a", .shutOff),
        row("batch-worker-02", "c6.large.2", "batch", zone: "b", .shutOff),
        row("batch-worker-03", "c6.large.2", "batch", zone: "c", .shutOff) {
            $0.description = "Every job on this server fails"
            $0.jobFailure = JobFailure(code: "Ecs.0219", reason: "No valid host was found with enough resources.")
        },
        row("batch-worker-04", "c6.large.2", "batch", zone: "a"),
        row("arm-build-01", "kc1.xlarge.2", "ci", zone: "a"),
    ]

    private static let staging: [BuiltInServerRow] = [
        row("web-staging-01", "s6.medium.2", "web", zone: "a", in: .staging) { $0.floating = "198.51.100.31" },
        row("web-staging-02", "s6.medium.2", "web", zone: "b", .shutOff, in: .staging),
        row("api-staging-01", "s6.large.2", "api", zone: "a", .shutOff, in: .staging),
        row("db-staging-01", "m6.large.8", "db", zone: "a", .shutOff, in: .staging) {
            $0.dataDisks = 1
            $0.floating = "198.51.100.32"
        },
        row("resize-test-01", "s6.large.2", "test", zone: "a", .verifyingResize, in: .staging),
    ]

    private static let leftovers: [BuiltInServerRow] = [
        row("ml-train-01", "pi2.2xlarge.4", "ml", zone: "a", .shutOff, in: .dev) { $0.dataDisks = 3 },
        row("ml-infer-01", "pi2.2xlarge.4", "ml", zone: "a", .migrating, in: .dev) { $0.task = "migrating" },
        row("legacy-crm-01", "s3.large.2", "crm", zone: "a") {
            $0.image = "CentOS 7.6 64bit"
            $0.description = "To be replaced; do not touch before the migration"
            $0.metadata = [
                Tag(key: "admin_password", value: "Not-A-Real-Password-1"), Tag(key: "backup_token", value: "not-a-real-token"),
                Tag(key: "owner", value: "crm-team"),
            ]
            $0.userData = "I2Nsb3VkLWNvbmZpZwpwYXNzd29yZDogTm90LUEtUmVhbC1QYXNzd29yZC0xCg=="
        },
        row("legacy-erp-01", "m3.large.8", "erp", zone: "b", .shutOff) {
            $0.charging = "1"
            $0.image = "CentOS 7.6 64bit"
        },
        row("win-jump-01", "s6.large.2", "desktop", zone: "a", .suspended, in: .dev) { $0.image = "Windows Server 2022 Standard 64bit" },
        row("dev-anna-01", "t6.medium.2", "sandbox", zone: "a", in: .dev) { $0.tags.append(Tag(key: "owner", value: "anna")) },
        row("dev-old-01", "t6.small.1", "sandbox", zone: "b", .shelvedOffloaded, in: .dev),
        row("开发机-01", "t6.medium.2", "sandbox", zone: "a", .paused, in: .dev) { $0.tags.append(Tag(key: "负责人", value: "李雷")) },
    ]

    private static func row(
        _ name: String,
        _ flavor: String,
        _ tier: String,
        zone: String,
        _ status: ServerStatus = .active,
        in network: BuiltInServerRow.Network = .prod,
        _ change: (inout BuiltInServerRow) -> Void = { _ in }
    ) -> BuiltInServerRow {
        var row = BuiltInServerRow(name: name, status: status, flavor: flavor, zone: zone, network: network)
        let environment =
            switch network {
            case .prod: "prod"
            case .staging: "staging"
            case .dev: "dev"
            }
        row.tags = BuiltInServerRow.tags(environment, "shop", tier)
        row.groups = tier == "web" ? ["sg-default", "sg-web"] : ["sg-default"]
        change(&row)
        return row
    }
}
