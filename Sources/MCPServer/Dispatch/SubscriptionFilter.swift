import JSONRPC
import MCP

/// Which changes a `subscriptions/listen` of 2026-07-28 wants to hear of.
struct SubscriptionFilter: Sendable {
    static let method = "subscriptions/listen"

    /// How many resources one subscription may name.
    static let maximumResources = 1_000

    private var tools = false
    private var prompts = false
    private var resources = false
    private var uris: [String] = []

    /// Reads `params.notifications`.
    ///
    /// What this server does not know or does not have is left out of what is honoured.
    ///
    /// - Throws: `-32602` for a filter that is missing or mistyped.
    init(params: JSONObject?, honouring capabilities: ServerCapabilities) throws(JSONRPCError) {
        guard let filter = params?["notifications"]?.objectValue else { throw .invalidParams("params.notifications must be an object") }
        tools = try Self.flag(filter, "toolsListChanged") && capabilities.tools
        prompts = try Self.flag(filter, "promptsListChanged") && capabilities.prompts
        resources = try Self.flag(filter, "resourcesListChanged") && capabilities.resources
        guard let named = filter["resourceSubscriptions"] else { return }
        guard let values = named.arrayValue, values.count <= Self.maximumResources else {
            throw .invalidParams("params.notifications.resourceSubscriptions must be an array of at most \(Self.maximumResources) URIs")
        }
        for value in values {
            guard let uri = value.stringValue else {
                throw .invalidParams("params.notifications.resourceSubscriptions must be an array of strings")
            }
            if capabilities.resources { uris.append(uri) }
        }
    }

    /// The first message of the stream: what is honoured.
    func acknowledgement(for id: RequestID) -> JSONRPCNotification {
        var honoured: JSONObject = [:]
        if tools { honoured["toolsListChanged"] = true }
        if prompts { honoured["promptsListChanged"] = true }
        if resources { honoured["resourcesListChanged"] = true }
        if !uris.isEmpty { honoured["resourceSubscriptions"] = .array(uris.map(JSONValue.string)) }
        let notification = JSONRPCNotification(
            method: "notifications/subscriptions/acknowledged",
            params: ["notifications": .object(honoured)]
        )
        return Self.tagged(notification, id)
    }

    /// The notification of a change; nil when it is not wanted.
    func notification(_ change: ServerChange, for id: RequestID) -> JSONRPCNotification? {
        let wanted =
            switch change {
            case .toolsListChanged: tools
            case .promptsListChanged: prompts
            case .resourcesListChanged: resources
            case .resourceUpdated(let uri): uris.contains(uri)
            }
        return wanted ? Self.tagged(change.notification, id) : nil
    }

    /// Every message carries the id of its subscription, with its JSON type.
    private static func tagged(_ notification: JSONRPCNotification, _ id: RequestID) -> JSONRPCNotification {
        var params = notification.params ?? [:]
        params["_meta"] = .object([RequestMetadata.subscriptionIDKey: id.json])
        return JSONRPCNotification(method: notification.method, params: params)
    }

    private static func flag(_ filter: JSONObject, _ name: String) throws(JSONRPCError) -> Bool {
        guard let value = filter[name] else { return false }
        guard let flag = value.boolValue else { throw .invalidParams("params.notifications.\(name) must be a boolean") }
        return flag
    }
}
