/// A cloud server.
struct Server: Sendable, Hashable {
    /// UUID in lower case.
    let id: String
    var name: String
    var status: ServerStatus
    /// What is being done to it, for example `powering-off`; nil when nothing is.
    var taskState: String?
    var flavorID: String
    var created: Timestamp
    var updated: Timestamp
    var availabilityZone: String
    var imageID: String
    var imageName: String
    var keyName: String?
    var description: String?
    var enterpriseProjectID: String
    var locked: Bool
    var tags: [Tag]
    /// In order; `charging_mode` and `vpc_id` among them.
    var metadata: [Tag]
    var addresses: [NetworkAddress]
    var volumes: [AttachedVolume]
    var securityGroups: [SecurityGroup]
    /// Why the server is in `ERROR`.
    var fault: ServerFault?
    /// Cloud-init data, base64.
    var userData: String?
    /// Every job on this server ends with this failure; the data set's means to show failed jobs.
    var jobFailure: JobFailure?

    /// How the server is paid for: `0` on demand, `1` prepaid, `2` spot.
    var chargingMode: String { metadata.first { $0.key == "charging_mode" }?.value ?? "0" }

    /// Whether it must be unsubscribed instead of deleted.
    var isPrepaid: Bool { chargingMode == "1" }
}

/// A name with a value.
struct Tag: Sendable, Hashable {
    var key: String
    var value: String
}

/// An address of a server.
struct NetworkAddress: Sendable, Hashable {
    /// `OS-EXT-IPS:type`.
    enum Kind: String, Sendable, Hashable, CaseIterable {
        case fixed
        case floating
    }

    /// The identifier of the network, under which the API groups addresses: the VPC's.
    var network: String
    var address: String
    var kind: Kind
    /// 4 or 6.
    var version: Int
    var mac: String
}

/// A disk of a server.
struct AttachedVolume: Sendable, Hashable {
    var id: String
    /// For example `/dev/vda`.
    var device: String
    /// 0 is the system disk; nil or −1 a data disk.
    var bootIndex: Int?
    var deleteOnTermination: Bool

    /// Whether this is the system disk.
    var isSystemDisk: Bool { bootIndex == 0 }
}

/// A security group of a server.
struct SecurityGroup: Sendable, Hashable {
    var id: String
    var name: String
}

/// The reason why a server failed.
struct ServerFault: Sendable, Hashable {
    var code: Int
    var message: String
    var created: Timestamp
}

/// The reason why a job failed.
struct JobFailure: Sendable, Hashable {
    /// For example `Ecs.0219`.
    var code: String
    var reason: String
}
