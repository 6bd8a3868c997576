/// The servers of the demo.
enum BuiltInServers {
    /// The identifier of a server of the demo.
    static func id(_ name: String) -> String { IdentifierDigest.uuid(of: "server \(name)") }

    static func make(region: String) -> [Server] { rows.enumerated().map { server($1, number: $0, region: region) } }

    private static func server(_ row: BuiltInServerRow, number: Int, region: String) -> Server {
        let image = row.flavor.hasPrefix("k") ? "Huawei Cloud EulerOS 2.0 ARM 64bit" : row.image
        let created = CreationCalendar.moment(number)
        var metadata = [
            Tag(key: "charging_mode", value: row.charging), Tag(key: "vpc_id", value: network(row.network)),
            Tag(key: "agency_name", value: ""),
        ]
        if row.charging == "1" { metadata.append(Tag(key: "metering.order_id", value: "CS2509241123\(1_000 + number)")) }
        return Server(
            id: id(row.name),
            name: row.name,
            status: row.status,
            taskState: row.task,
            flavorID: row.flavor,
            created: created,
            updated: created.adding(seconds: Int64(3_600 * (number + 5))),
            availabilityZone: "\(region)\(row.zone)",
            imageID: IdentifierDigest.uuid(of: "image \(image)"),
            imageName: image,
            keyName: row.network == .dev ? "kp-dev" : "kp-ops",
            description: row.description,
            enterpriseProjectID: row.network == .prod ? "0" : IdentifierDigest.uuid(of: "enterprise project \(row.network)"),
            locked: row.locked,
            tags: row.tags,
            metadata: metadata + row.metadata,
            addresses: addresses(row, number),
            volumes: volumes(row),
            securityGroups: row.groups.map { SecurityGroup(id: IdentifierDigest.uuid(of: "security group \($0)"), name: $0) },
            fault: row.fault.map { ServerFault(code: 500, message: $0, created: created.adding(seconds: 95)) },
            userData: row.userData,
            jobFailure: row.jobFailure
        )
    }

    private static func network(_ network: BuiltInServerRow.Network) -> String { IdentifierDigest.uuid(of: "vpc \(network)") }

    private static func addresses(_ row: BuiltInServerRow, _ number: Int) -> [NetworkAddress] {
        let mac = "fa:16:3e:5d:\(IdentifierDigest.hex(of: "mac 1 \(row.name)", count: 2)):\(IdentifierDigest.hex(of: row.name, count: 2))"
        let vpc = network(row.network)
        var addresses = [
            NetworkAddress(network: vpc, address: "\(row.network.rawValue).\(11 + number)", kind: .fixed, version: 4, mac: mac)
        ]
        if row.dualStack {
            addresses.append(NetworkAddress(network: vpc, address: "2001:db8:10::\(11 + number)", kind: .fixed, version: 6, mac: mac))
        }
        if let floating = row.floating {
            addresses.append(NetworkAddress(network: vpc, address: floating, kind: .floating, version: 4, mac: mac))
        }
        if row.alsoInManagement {
            let second = "fa:16:3e:7a:00:" + IdentifierDigest.hex(of: "mac 2 \(row.name)", count: 2)
            addresses.append(
                NetworkAddress(
                    network: IdentifierDigest.uuid(of: "vpc management"),
                    address: "172.16.0.\(11 + number)",
                    kind: .fixed,
                    version: 4,
                    mac: second
                )
            )
        }
        return addresses
    }

    private static func volumes(_ row: BuiltInServerRow) -> [AttachedVolume] {
        let letters = ["a", "b", "c", "d"]
        return (0...min(row.dataDisks, 3)).map { index in
            AttachedVolume(
                id: IdentifierDigest.uuid(of: "volume \(index) of \(row.name)"),
                device: "/dev/vd\(letters[index])",
                bootIndex: index,
                deleteOnTermination: index == 0
            )
        }
    }
}

/// When the servers of the demo were made: one every nine days, a few hours apart.
private enum CreationCalendar {
    static func moment(_ number: Int) -> Timestamp {
        let first = Timestamp(iso8601: "2024-10-07T08:12:40Z") ?? Timestamp(milliseconds: 0)
        return first.adding(seconds: Int64(number) * (9 * 86_400 + 4_117))
    }
}
