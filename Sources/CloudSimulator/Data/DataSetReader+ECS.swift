import JSONRPC

extension DataSetReader {
    /// A flavor.
    mutating func flavor(_ record: Record) -> Flavor {
        allow(
            record,
            [
                "id", "vcpus", "memory_mb", "disk_gb", "generation", "performance_type", "legacy_performance_type", "status",
                "architecture",
                "availability_zones",
            ]
        )
        return Flavor(
            id: text(record, "id"),
            vcpus: integer(record, "vcpus", in: 1...1_024),
            memoryMB: integer(record, "memory_mb", in: 1...16_777_216),
            diskGB: integer(record, "disk_gb", default: 0, in: 0...1_000_000),
            generation: optionalText(record, "generation") ?? "",
            performanceType: optionalText(record, "performance_type"),
            legacyPerformanceType: optionalText(record, "legacy_performance_type"),
            status: optionalText(record, "status"),
            architecture: optionalText(record, "architecture") ?? "x86_64",
            availabilityZones: texts(record, "availability_zones")
        )
    }

    /// A server.
    mutating func server(_ record: Record) -> Server {
        allow(
            record,
            [
                "id", "name", "status", "task_state", "flavor", "created", "updated", "availability_zone", "image_id", "image_name",
                "key_name",
                "description", "enterprise_project_id", "locked", "tags", "metadata", "addresses", "volumes", "security_groups", "fault",
                "user_data", "job_failure",
            ]
        )
        let id = ASCIIText.lowercased(text(record, "id"))
        if !id.isEmpty, !Self.isUUID(id) { report("\(record.path).id", "must be a UUID") }
        let created = moment(record, "created")
        return Server(
            id: id,
            name: text(record, "name"),
            status: choice(record, "status", default: ServerStatus.active),
            taskState: optionalText(record, "task_state"),
            flavorID: text(record, "flavor"),
            created: created,
            updated: moment(record, "updated", default: created),
            availabilityZone: text(record, "availability_zone"),
            imageID: optionalText(record, "image_id") ?? IdentifierDigest.uuid(of: "image"),
            imageName: optionalText(record, "image_name") ?? "Debian 12 64bit",
            keyName: optionalText(record, "key_name"),
            description: optionalText(record, "description"),
            enterpriseProjectID: optionalText(record, "enterprise_project_id") ?? "0",
            locked: flag(record, "locked"),
            tags: tags(record, "tags"),
            metadata: tags(record, "metadata"),
            addresses: records(record.object, "addresses", at: record.path).map { address($0) },
            volumes: records(record.object, "volumes", at: record.path).map { volume($0) },
            securityGroups: records(record.object, "security_groups", at: record.path).map { securityGroup($0) },
            fault: part(record, "fault").map { fault($0, created) },
            userData: optionalText(record, "user_data"),
            jobFailure: part(record, "job_failure").map { failure($0) }
        )
    }

    /// A job that is over.
    mutating func job(_ record: Record) -> PastJob {
        allow(record, ["id", "type", "servers", "status", "age_seconds", "failure"])
        let status = choice(record, "status", default: Job.Status.success)
        if !status.isFinal { report("\(record.path).status", "must be SUCCESS, FAIL or PENDING_PAYMENT: the job is over") }
        let servers = texts(record, "servers")
        if servers.isEmpty { report("\(record.path).servers", "must name at least one server") }
        return PastJob(
            id: text(record, "id"),
            type: text(record, "type"),
            serverIDs: servers,
            status: status,
            ageSeconds: integer(record, "age_seconds", in: 0...315_360_000),
            failure: part(record, "failure").map { failure($0) }
        )
    }

    private mutating func address(_ record: Record) -> NetworkAddress {
        allow(record, ["network", "address", "type", "version", "mac"])
        return NetworkAddress(
            network: text(record, "network"),
            address: text(record, "address"),
            kind: choice(record, "type", default: .fixed),
            version: integer(record, "version", default: 4, in: 4...6),
            mac: optionalText(record, "mac") ?? "fa:16:3e:00:00:01"
        )
    }

    private mutating func volume(_ record: Record) -> AttachedVolume {
        allow(record, ["id", "device", "boot_index", "delete_on_termination"])
        let index = record.object["boot_index"].map { !$0.isNull } ?? false
        return AttachedVolume(
            id: text(record, "id"),
            device: text(record, "device"),
            bootIndex: index ? integer(record, "boot_index", in: -1...1_000) : nil,
            deleteOnTermination: flag(record, "delete_on_termination")
        )
    }

    private mutating func securityGroup(_ record: Record) -> SecurityGroup {
        allow(record, ["id", "name"])
        return SecurityGroup(id: text(record, "id"), name: text(record, "name"))
    }

    private mutating func fault(_ record: Record, _ created: Timestamp) -> ServerFault {
        allow(record, ["code", "message", "created"])
        return ServerFault(
            code: integer(record, "code", default: 500, in: 0...999),
            message: text(record, "message"),
            created: moment(record, "created", default: created)
        )
    }

    private mutating func failure(_ record: Record) -> JobFailure {
        allow(record, ["code", "reason"])
        return JobFailure(code: text(record, "code"), reason: text(record, "reason"))
    }

    /// An optional object within a record.
    mutating func part(_ record: Record, _ name: String) -> Record? {
        guard let value = record.object[name], !value.isNull else { return nil }
        guard let object = value.objectValue else {
            report("\(record.path).\(name)", "must be an object")
            return nil
        }
        return Record(object: object, path: "\(record.path).\(name)")
    }

    /// 8-4-4-4-12 lower-case hexadecimal digits.
    private static func isUUID(_ text: String) -> Bool {
        let pieces = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        return pieces.map(\.count) == [8, 4, 4, 4, 12]
            && pieces.allSatisfy { $0.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) } }
    }
}
