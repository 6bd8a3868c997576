import JSONRPC

/// What distinguishes a pipeline of the demo from the others.
struct PipelineBlueprint {
    var name: String
    var description: String
    var banned = false
    var manifestVersion = "3.0"
    var sources: [Source]
    var variables: [JSONValue] = []
    var schedules: [JSONValue] = []
    var triggers: [JSONValue] = []
    var definition: String
    var concurrency: JSONValue = [
        "pipeline_id": .null, "concurrency_number": 3, "exceed_action": "QUEUE", "create_time": .null, "update_time": .null,
        "enable": false,
    ]
    var lastRun: PastRun?
    var failsAt: String?

    /// A source of a pipeline.
    enum Source {
        case git(String, String, branch: String, repository: String? = nil, endpoint: String = "")
        case artifact(String)
    }

    /// The pipeline with every member that the API tells (`pipeline.md` §7.1).
    var record: PipelineRecord {
        let id = BuiltInPipelines.id(name)
        let created = 1_746_000_000_000 + IdentifierDigest.number(of: name, below: 20_000_000) * 1_000
        let detail: JSONObject = [
            "id": .string(id), "name": .string(name), "description": .string(description), "manifest_version": .string(manifestVersion),
            "region": .null, "domain_id": .null, "project_id": .null, "component_id": .null, "is_publish": false,
            "creator_id": .string(Account.demo.userID), "creator_name": .string(Account.demo.userName),
            "updater_id": .string(Account.demo.userID), "create_time": .int(created), "update_time": .int(created + 86_400_000),
            "is_collect": false, "sources": .array(sources.map(Self.json)), "variables": .array(variables),
            "schedules": .array(schedules), "triggers": .array(triggers), "group_id": .null, "definition": .string(definition),
            "security_level": .null, "origin_id": .null, "disable_release_branch_management": false, "deleted": false,
            "banned": .bool(banned), "from_git_code": false, "from_git_code_repo": .null, "git_code_repo_id": .null,
            "yaml_definition": .null, "pac_repo_relation": .null, "yaml_content": .null, "agency_name": .null, "execution_plans": [],
            "from_source": .null, "project_name": "demo-shop", "group_name": .null, "concurrency_control": concurrency,
            "cancel_strategy": .null, "tag_ids": [], "variable_groups": [], "security_level_code": .null, "permissions": .null,
            "subject_id": .null, "detail_url": .string("https://devcloud.example/cicd/pipelines/\(id)"),
            "modify_url": .string("https://devcloud.example/cicd/pipelines/\(id)/edit"), "tags": [], "is_cr_model": false,
            "archive_source": .null, "yaml_repo_properties": .null, "variable_group_ids": [],
        ]
        return PipelineRecord(detail: detail, lastRun: lastRun, failsAt: failsAt)
    }

    /// A definition of these stages, each with one job; the text of a JSON object.
    static func definition(
        _ stages: [String],
        trigger: String = "official_devcloud_autoTrigger",
        spaced: Bool = false
    ) -> String {
        let rows = stages.enumerated().map { stage($1, number: $0, trigger: $0 == 0 ? trigger : "official_devcloud_autoTrigger") }
        return JSONValue.object(["stages": .array(rows)]).text(spaced ? .spaced : .compact)
    }

    private static func stage(_ name: String, number: Int, trigger: String) -> JSONValue {
        [
            "name": .string(name), "sequence": .string(String(number)), "parallel": .null, "depends_on": [], "run_always": false,
            "pre": [
                [
                    "runtime_attribution": .null, "multi_step_editable": 0, "official_task_version": .null, "name": .null,
                    "task": .string(trigger), "business_type": .null, "inputs": .null, "env": .null, "sequence": 0, "identifier": .null,
                    "endpoint_ids": .null,
                ]
            ],
            "post": .null,
            "jobs": [
                [
                    "id": "", "identifier": .string("JOB_\(number)"), "name": .string(name), "depends_on": [], "timeout": "",
                    "steps": [
                        [
                            "name": .string(name), "task": "official_shell_plugin", "sequence": 0, "business_type": "Normal",
                            "inputs": [
                                ["key": "OFFICIAL_SHELL_SCRIPT_INPUT", "value": "make ci"],
                                ["key": "registry_password", "value": "Not-A-Real-Password-2"],
                            ],
                        ]
                    ],
                    "resource": #"{"type":"system","arch":"x86"}"#, "condition": "${{ completed() }}", "exec_type": "OCTOPUS_JOB",
                    "sequence": 0,
                ]
            ],
            "identifier": .string("STAGE_\(number)"),
        ]
    }

    private static func json(_ source: Source) -> JSONValue {
        switch source {
        case .git(let alias, let type, let branch, let repository, let endpoint):
            let host =
                switch type {
                case "codehub": "codehub.devcloud.example"
                case "github": "github.example"
                case "gitlab": "gitlab.example"
                case "gitcode": "gitcode.example"
                default: "gitee.example"
                }
            let path = "demo/\(repository ?? alias)"
            return [
                "type": "code",
                "params": [
                    "alias": .string(alias), "git_type": .string(type),
                    "codehub_id": .string(repository.map { String(2_000 + IdentifierDigest.number(of: $0, below: 900)) } ?? ""),
                    "endpoint_id": .string(endpoint), "default_branch": .string(branch), "git_url": .string("https://\(host)/\(path).git"),
                    "ssh_git_url": .string("git@\(host):\(path).git"), "web_url": .string("https://\(host)/\(path)"),
                    "repo_name": .string(repository ?? alias),
                ],
            ]
        case .artifact(let alias):
            return [
                "type": "artifact",
                "params": [
                    "alias": .string(alias), "artifact_type": "generic", "artifact_type_name": "Generic", "package_name": .string(alias),
                    "version": "1.4.2", "version_strategy": "latest", "organization": "demo", "source_system": "CloudArtifact",
                ],
            ]
        }
    }
}
