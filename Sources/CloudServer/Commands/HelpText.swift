import HuaweiCloud

/// What `--help` says beside the list of options.
enum HelpText {
    /// What the server does, what it needs, examples, exit codes.
    static func discussion<Definition: CloudServerDefinition>(_: Definition.Type) -> String {
        """
        An MCP server for Huawei Cloud. It speaks MCP on stdin and stdout unless --transport says otherwise, and logs to stderr. What destroys \
        or interrupts something is executed only after the user was asked, or was previewed first and confirmed by a second call.

        REQUIRED VARIABLES
        \(table(required(Definition.self)))

        OPTIONAL VARIABLES
        \(table(optional(Definition.self)))

        The command line beats the environment, the environment beats --env-file.

        EXAMPLES
          \(Definition.executable) --env-file .env
          \(Definition.executable) --env-file .env --transport streamable-http --port 8000
          \(Definition.executable) --list-tools --format json

        EXIT CODES
          0  a clean end: end of input on stdio, SIGTERM, SIGINT
          1  a failure at run time, for example an address in use
          2  a wrong command line or configuration; every problem is told on stderr
        """
    }

    private static func required<Definition: CloudServerDefinition>(_: Definition.Type) -> [(String, String)] {
        [
            ("HUAWEICLOUD_ACCESS_KEY_ID", "access key"),
            ("HUAWEICLOUD_SECRET_ACCESS_KEY", "secret key"),
            (Definition.regionVariables.joined(separator: " or "), "region, e.g. af-south-1"),
        ]
    }

    private static func optional<Definition: CloudServerDefinition>(_: Definition.Type) -> [(String, String)] {
        let projectID =
            switch Definition.projectIDUse {
            case .required: "cloud project id; looked up at IAM when it is not set"
            case .optional: "cloud project id, sent along when it is set"
            }
        let own = Definition.variables.map { variable in
            (variable.name, variable.help + (variable.defaultValue.map { " (\($0))" } ?? ""))
        }
        return [("HUAWEICLOUD_SECURITY_TOKEN", "of temporary credentials"), ("HUAWEICLOUD_PROJECT_ID", projectID)] + own + [
            ("MCP_TRANSPORT, MCP_HOST, MCP_PORT", "as --transport (stdio), --host (127.0.0.1), --port (8000)"),
            ("MCP_INCLUDE_TOOLS, MCP_EXCLUDE_TOOLS", "globs over tool names, comma-separated; include first"),
            ("MCP_GATEWAY_IDENTITY_PUBLIC_KEY", "file:PATH, env:NAME or PEM; callers need the gateway"),
            ("MCP_GATEWAY_IDENTITY_AUDIENCE", "the service's name at the gateway (\(Definition.service))"),
            ("MCP_DEV_SUBJECT, MCP_DEV_ROLES", "who callers are without that key (dev-local, admin)"),
            ("MCP_APPROVAL_POLICY", "as --approval-policy (auto)"),
            ("MCP_STATE_KEYS", "32-byte keys in base64, comma-separated, newest first; replicas share them (one is generated)"),
            ("MCP_MAX_TEXT_BYTES", "longest text of a result, 1024…16777216 (61440); structured content stays whole"),
            ("MCP_MAX_SESSIONS_PER_SUBJECT", "HTTP sessions of one subject, 1…100000 (200; no limit without an identity key)"),
            ("MCP_EXIT_ON_STDIN_CLOSE", "1: a listener ends when stdin closes"),
            ("HUAWEICLOUD_MCP_LOG_LEVEL, HUAWEICLOUD_MCP_LOG_FILE", "as --log-level (info), --log-file"),
            ("MCP_AUDIT_FILE", "as --audit-file; may be shared, check it with mcp-gateway audit verify"),
            ("HUAWEICLOUD_MCP_HTTP_TIMEOUT", "seconds of one attempt, 1…600 (30)"),
            ("HUAWEICLOUD_MCP_NETWORK_RETRIES", "further attempts, 0…5 (2)"),
            ("HUAWEICLOUD_SDK_REGION_\(Definition.cloudService.rawValue)_<REGION>", "endpoint instead of the one in the built-in table"),
            ("HUAWEICLOUD_SDK_IAM_ENDPOINT", "endpoint of IAM"),
        ]
    }

    /// Each variable on a line of its own, its meaning indented below: the names are too long for columns.
    private static func table(_ rows: [(String, String)]) -> String {
        rows.map { "  \($0.0)\n      \($0.1)" }.joined(separator: "\n")
    }
}
