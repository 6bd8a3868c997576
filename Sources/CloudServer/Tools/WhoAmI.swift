import AuthCommon
import FoundationEssentials
import HuaweiCloud
import JSONRPC
import MCPServer
import ProcessSupport

/// `<service>_whoami`: who the caller is here, what it may do, and with which account the server works.
///
/// One declaration for all servers. It asks nobody and tells no secret.
package enum WhoAmI {
    /// The tool of a server.
    ///
    /// - Parameters:
    ///   - definition: The server.
    ///   - access: What its tools reach the cloud with.
    ///   - policy: How consent is obtained.
    package static func tool<Definition: CloudServerDefinition>(
        _ definition: Definition.Type,
        _ access: CloudAccess,
        policy: ApprovalPolicy
    ) -> CloudTool {
        CloudTool(
            name: "\(Definition.service)_whoami",
            title: "Show identity, account and permissions",
            description: """
                Shows who you act as (subject, tenant, roles), the account, region and project that this server works in, how destructive \
                operations are approved, and the tools allowed now. Use it first when something is refused or the place is in doubt. It \
                contacts nobody: project_id is null until it has been looked up.
                """,
            role: .fixed(.readonly),
            effect: .reads,
            input: ObjectSchema([]),
            output: schema,
            body: .immediate { _, context in
                let credentials = try? await access.client.credentials.credentials()
                let source: String =
                    switch Definition.projectIDUse {
                    case .required: access.projectID.source.rawValue
                    case .optional: access.configuredProjectID == nil ? "none" : "configured"
                    }
                let projectID: String? =
                    switch Definition.projectIDUse {
                    case .required: await access.projectID.knownProjectID()
                    case .optional: access.configuredProjectID
                    }
                let settings = Definition.variables.compactMap { variable in
                    access.variables[variable.name].map { JSONObject.Member(key: variable.name, value: .string($0)) }
                }
                let identity = context.identity
                return [
                    "subject": .string(identity.subject),
                    "tenant": .string(identity.tenant),
                    "roles": .array(identity.roles.map(JSONValue.string)),
                    "token_expires_at": .optional(identity.tokenExpiry.flatMap { time(Double($0)) }),
                    "region": .string(access.region),
                    "project_id": .optional(projectID),
                    "project_id_source": .string(source),
                    "credentials": [
                        "access_key": .optional(credentials?.accessKeyID.abbreviated),
                        "temporary": .optional(credentials?.areTemporary),
                        "source": .string(access.client.credentials.source),
                        "expires_at": .optional((credentials?.expiry).flatMap { time($0.timeIntervalSince1970) }),
                    ],
                    "approval_policy": .string(policy.rawValue),
                    "settings": .object(JSONObject(members: settings)),
                    "tools": .array(context.allowedTools().map(JSONValue.string)),
                ]
            }
        )
    }

    private static let schema = OutputSchema.object(
        [
            "subject": Shape.text(),
            "tenant": Shape.text(),
            "roles": Shape.array(of: Shape.text()),
            "token_expires_at": Shape.textOrNull(),
            "region": Shape.text(),
            "project_id": Shape.textOrNull(),
            "project_id_source": Shape.text("configured, lookup or none."),
            "credentials": Shape.object(
                [
                    "access_key": Shape.textOrNull("First and last 4 characters."), "temporary": Shape.flagOrNull(), "source": Shape.text(),
                    "expires_at": Shape.textOrNull("null: never or unknown."),
                ],
                required: []
            ),
            "approval_policy": Shape.text(),
            "settings": Shape.map(to: Shape.text()),
            "tools": Shape.array(of: Shape.text(), "Allowed now."),
        ],
        required: ["subject", "roles", "tools"]
    )

    /// A time in UTC; nil for one that no calendar has.
    private static func time(_ seconds: Double) -> String? {
        guard (0...253_402_300_799).contains(seconds) else { return nil }
        return Date(timeIntervalSince1970: seconds).formatted(.iso8601)
    }
}
