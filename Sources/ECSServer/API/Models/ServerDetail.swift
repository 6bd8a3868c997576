import HuaweiCloud
import JSONRPC

/// What the tools use of one server as the API describes it (ecs.md §4.1).
///
/// Everything may be missing.
///
/// `OS-EXT-SRV-ATTR:user_data` is deliberately not read: no tool returns it.
struct ServerDetail: Sendable {
    /// One network of a server.
    struct Network: Sendable {
        /// The network's id.
        var id: String
        /// Its addresses in the API's order.
        var addresses: [ServerAddress]
    }

    var id: String?
    var name: String?
    var status: String?
    var created: String?
    var updated: String?
    var hostID: String?
    var keyName: String?
    var description: String?
    var enterpriseProjectID: String?
    var availabilityZone: String?
    var taskState: String?
    /// 0 none, 1 running, 4 shut down.
    var powerState: Int?
    var locked: Bool?
    var flavor: ServerFlavor?
    var imageID: String?
    var networks: [Network]
    var volumes: [AttachedVolume]
    var securityGroups: [SecurityGroup]
    /// Texts of the form `key=value`.
    var tags: [String]
    /// Texts only, in the API's order; other values are left out.
    var metadata: [(name: String, value: String)]

    /// What is read of a row.
    static let members = JSONSelection(
        "id",
        "name",
        "status",
        "created",
        "updated",
        "hostId",
        "key_name",
        "description",
        "enterprise_project_id",
        "OS-EXT-AZ:availability_zone",
        "OS-EXT-STS:task_state",
        "OS-EXT-STS:power_state",
        "locked",
        "flavor",
        "image",
        "addresses",
        "os-extended-volumes:volumes_attached",
        "security_groups",
        "tags",
        "metadata"
    )

    init(_ row: JSONObject) {
        id = row.lenientText("id")
        name = row.lenientText("name")
        status = row.lenientText("status")
        created = row.lenientText("created")
        updated = row.lenientText("updated")
        hostID = row.lenientText("hostId")
        keyName = row.lenientText("key_name")
        description = row.lenientText("description")
        enterpriseProjectID = row.lenientText("enterprise_project_id")
        availabilityZone = row.lenientText("OS-EXT-AZ:availability_zone")
        taskState = row.lenientText("OS-EXT-STS:task_state")
        powerState = row.lenientInt("OS-EXT-STS:power_state")
        locked = row.lenientBool("locked")
        flavor = row.lenientObject("flavor").map(ServerFlavor.init)
        imageID = row.lenientObject("image")?.lenientText("id")
        let addresses = row.lenientObject("addresses") ?? [:]
        networks = addresses.members.map { Network(id: $0.key, addresses: addresses.rows($0.key).map(ServerAddress.init)) }
        volumes = row.rows("os-extended-volumes:volumes_attached").map(AttachedVolume.init)
        securityGroups = row.rows("security_groups").map(SecurityGroup.init)
        tags = row.lenientArray("tags").compactMap(\.lenientText)
        let pairs = row.lenientObject("metadata") ?? [:]
        metadata = pairs.members.compactMap { member in member.value.lenientText.map { (member.key, $0) } }
    }

    /// Whether the server is prepaid; nil when the API did not say how it is charged.
    var isPrepaid: Bool? {
        guard let mode = metadata.first(where: { $0.name.utf8.elementsEqual("charging_mode".utf8) })?.value else { return nil }
        return mode == "1"
    }

    /// Whether the row describes a server at all.
    ///
    /// For an unknown id the API answers a row with only `id` and `fault`.
    var exists: Bool { status != nil }

    /// The tags as JSON.
    var tagsJSON: JSONValue { .array(tags.map(JSONValue.string)) }
}
