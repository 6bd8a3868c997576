/// What distinguishes a server of the demo from the others.
struct BuiltInServerRow: Sendable {
    /// The VPC, and the first three numbers of the addresses in it.
    enum Network: String, Sendable {
        case prod = "10.10.0"
        case staging = "10.20.0"
        case dev = "10.30.0"
    }

    var name: String
    var status: ServerStatus = .active
    var task: String?
    var flavor: String
    var zone = "a"
    var network: Network = .prod
    /// The elastic IP.
    var floating: String?
    var dualStack = false
    var alsoInManagement = false
    var dataDisks = 0
    var groups = ["sg-default"]
    var tags: [Tag] = []
    /// `0` on demand, `1` prepaid, `2` spot.
    var charging = "0"
    var locked = false
    var image = "Debian 12 64bit"
    var description: String?
    var metadata: [Tag] = []
    var fault: String?
    var userData: String?
    var jobFailure: JobFailure?

    /// The tags of a server that belongs to an application.
    static func tags(_ environment: String, _ application: String, _ tier: String) -> [Tag] {
        [Tag(key: "env", value: environment), Tag(key: "app", value: application), Tag(key: "tier", value: tier)]
    }
}
