import JSONRPC

/// The pipelines of the demo.
enum BuiltInPipelines {
    /// The identifier of a pipeline of the demo.
    static func id(_ name: String) -> String { IdentifierDigest.hex(of: "pipeline \(name)", count: 32) }

    static func make() -> [PipelineRecord] {
        [
            shopWeb, shopAPI, shopMobile, shopRelease, infrastructure, payments, documentation, performance, dataSync, legacyImport,
            artifactPromotion, duplicateAliases, emptyDraft,
        ]
    }

    private static let shopWeb = PipelineBlueprint(
        name: "shop-web-deploy",
        description: "Builds, tests and deploys the shop's front end",
        sources: [.git("shop-web", "codehub", branch: "master", repository: "shop-web")],
        variables: [
            [
                "name": "IMAGE_TAG", "sequence": 1, "type": "string", "value": "latest", "is_secret": false,
                "description": "Tag of the image", "is_runtime": true, "limits": [], "is_reset": false, "latest_value": "latest",
                "runtime_value": .null,
            ],
            [
                "name": "BUILD_NUMBER", "sequence": 2, "type": "autoIncrement", "value": "118", "is_secret": false, "description": "",
                "is_runtime": false, "limits": [], "is_reset": false, "latest_value": "118", "runtime_value": .null,
            ],
        ],
        schedules: [
            [
                "uuid": "0b5d4a3c2e1f40718293a4b5c6d7e8f9", "type": "fixed", "name": "nightly", "enable": true,
                "days_of_week": [2, 3, 4, 5, 6], "time_zone": "China Standard Time", "start_time": "02:00:00", "end_time": "03:00:00",
                "interval_time": .null, "interval_unit": .null,
            ]
        ],
        triggers: [
            [
                "pipeline_id": .null, "git_url": "https://codehub.devcloud.example/demo/shop-web.git", "git_type": "codehub",
                "is_auto_commit": true, "events": [["type": "push", "enable": true], ["type": "merge_request", "enable": false]],
                "hook_id": "90211", "repo_id": "2111", "endpoint_id": "", "callback_url": "https://devcloud.example/hooks/90211",
                "security_token": "not-a-real-hook-token",
            ]
        ],
        definition: PipelineBlueprint.definition(["Build", "Test", "Deploy"]),
        lastRun: .init(
            status: .completed,
            number: 118,
            ageSeconds: 5_400,
            trigger: "Push",
            executorName: "anna",
            branch: "master",
            commit: "6f1c2d3e4b5a69788796a5b4c3d2e1f001122334"
        )
    ).record

    private static let shopAPI = PipelineBlueprint(
        name: "shop-api-deploy",
        description: "The shop's API; the last stage fails",
        sources: [.git("shop-api", "github", branch: "main", endpoint: "e0b7c2a19f4d48d3a6c15e7f90812345")],
        variables: [
            [
                "name": "DEPLOY_TOKEN", "sequence": 1, "type": "string", "value": "not-a-real-deploy-token", "is_secret": true,
                "description": "Token of the cluster", "is_runtime": false, "limits": [], "is_reset": false, "latest_value": "",
                "runtime_value": .null,
            ],
            [
                "name": "REPLICAS", "sequence": 2, "type": "enum", "value": "3", "is_secret": false, "description": "", "is_runtime": true,
                "limits": ["1", "3", "5"], "is_reset": false, "latest_value": "3", "runtime_value": .null,
            ],
        ],
        definition: PipelineBlueprint.definition(["Build", "Deploy"], spaced: true),
        lastRun: .init(
            status: .failed,
            number: 42,
            ageSeconds: 90_000,
            trigger: "Manual",
            executorName: "demo-admin",
            branch: "main",
            commit: "0a1b2c3d4e5f60718293a4b5c6d7e8f901234567"
        ),
        failsAt: "Deploy"
    ).record

    private static let shopMobile = PipelineBlueprint(
        name: "shop-mobile-build",
        description: "Waits for a person before it builds",
        sources: [.git("mobile", "gitlab", branch: "develop", endpoint: "7d1c0e52b6f94f2ab3d8c4e5f6071829")],
        definition: PipelineBlueprint.definition(["Build", "Publish"], trigger: "official_devcloud_manualTrigger"),
        lastRun: .init(
            status: .paused,
            number: 7,
            ageSeconds: 260_000,
            trigger: "Manual",
            executorName: "li",
            branch: "develop",
            commit: "1122334455667788990011223344556677889900"
        )
    ).record

    private static let shopRelease = PipelineBlueprint(
        name: "shop-release",
        description: "Releases front end, API and charts together",
        sources: [
            .git("web", "codehub", branch: "release", repository: "shop-web"),
            .git("api", "github", branch: "main", endpoint: "e0b7c2a19f4d48d3a6c15e7f90812345"),
            .artifact("charts"),
        ],
        definition: PipelineBlueprint.definition(["Gate", "Release"]),
        lastRun: .init(
            status: .completed,
            number: 12,
            ageSeconds: 400_000,
            trigger: "Manual",
            executorName: "anna",
            branch: "release",
            commit: "aabbccddeeff00112233445566778899aabbccdd"
        )
    ).record

    private static let infrastructure = PipelineBlueprint(
        name: "infra-terraform",
        description: "One run at a time",
        sources: [.git("infra", "gitcode", branch: "master", endpoint: "3c9a7b5d1e2f4a6b8c0d1e2f3a4b5c6d")],
        definition: PipelineBlueprint.definition(["Plan", "Apply"]),
        concurrency: [
            "pipeline_id": .null, "concurrency_number": 1, "exceed_action": "ABORT", "create_time": .null, "update_time": .null,
            "enable": true,
        ],
        lastRun: .init(
            status: .suspended,
            number: 31,
            ageSeconds: 20_000,
            trigger: "Manual",
            executorName: "li",
            branch: "master",
            commit: "ffeeddccbbaa99887766554433221100ffeeddcc"
        )
    ).record

    private static let payments = PipelineBlueprint(
        name: "payments-deploy",
        description: "The value of its secret variable is withheld",
        sources: [.git("payments", "gitee", branch: "master", endpoint: "5e4d3c2b1a0f49e8d7c6b5a493827160")],
        variables: [
            [
                "name": "GATEWAY_SECRET", "sequence": 1, "type": "string", "value": "******", "is_secret": true, "description": "",
                "is_runtime": false, "limits": [], "is_reset": false, "latest_value": "", "runtime_value": .null,
            ]
        ],
        definition: PipelineBlueprint.definition(["Build", "Deploy"])
    ).record

    private static let documentation = PipelineBlueprint(
        name: "docs-site",
        description: "Has never run; its first stage has no trigger task",
        sources: [.git("docs", "gitee", branch: "main", endpoint: "5e4d3c2b1a0f49e8d7c6b5a493827160")],
        definition: PipelineBlueprint.definition(["Build"], trigger: "official_devcloud_checkPoint")
    ).record

    private static let performance = PipelineBlueprint(
        name: "性能测试流水线",
        description: "压测商城接口",
        sources: [.git("perf", "codehub", branch: "master", repository: "shop-perf")],
        definition: PipelineBlueprint.definition(["准备", "压测", "清理"]),
        lastRun: .init(
            status: .canceled,
            number: 5,
            ageSeconds: 700_000,
            trigger: "Scheduler",
            executorName: "李雷",
            branch: "master",
            commit: "00112233445566778899aabbccddeeff00112233"
        )
    ).record

    private static let dataSync = PipelineBlueprint(
        name: "data-sync-nightly",
        description: "Disabled until the new warehouse is there",
        banned: true,
        sources: [.git("sync", "gitee", branch: "master", endpoint: "5e4d3c2b1a0f49e8d7c6b5a493827160")],
        definition: PipelineBlueprint.definition(["Extract", "Load"]),
        lastRun: .init(
            status: .ignored,
            number: 301,
            ageSeconds: 1_200_000,
            trigger: "Scheduler",
            executorName: "demo-admin",
            branch: "master",
            commit: "9988776655443322110099887766554433221100"
        )
    ).record

    private static let legacyImport = PipelineBlueprint(
        name: "legacy-import",
        description: "Its definition is YAML",
        manifestVersion: "2.0",
        sources: [.git("legacy", "codehub", branch: "trunk", repository: "legacy-erp")],
        definition: "stages:\n  - name: Build\n    jobs: []\n"
    ).record

    private static let artifactPromotion = PipelineBlueprint(
        name: "artifact-promotion",
        description: "Has no code source",
        sources: [.artifact("package")],
        definition: PipelineBlueprint.definition(["Promote"])
    ).record

    private static let duplicateAliases = PipelineBlueprint(
        name: "mono-split",
        description: "Two sources share an alias",
        sources: [
            .git("mono", "codehub", branch: "master", repository: "mono-a"),
            .git("mono", "codehub", branch: "master", repository: "mono-b"),
        ],
        definition: PipelineBlueprint.definition(["Split"])
    ).record

    private static let emptyDraft = PipelineBlueprint(name: "empty-draft", description: "", sources: [], definition: "").record
}
