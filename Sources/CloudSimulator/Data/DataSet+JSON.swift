import JSONRPC

extension DataSet {
    /// The data set in the format that `--data` reads.
    var json: JSONValue {
        [
            "flavors": .array(flavors.map(\.record)),
            "servers": .array(servers.map(\.record)),
            "jobs": .array(jobs.map(\.record)),
            "pipelines": .array(pipelines.map(\.record)),
            "traces": .array(traces.map(\.record)),
        ]
    }
}

extension Flavor {
    /// The flavor as a record of a data set.
    fileprivate var record: JSONValue {
        var object: JSONObject = ["id": .string(id), "vcpus": .int(vcpus), "memory_mb": .int(memoryMB), "disk_gb": .int(diskGB)]
        object["generation"] = .string(generation)
        object.set("performance_type", performanceType.map(JSONValue.string))
        object.set("legacy_performance_type", legacyPerformanceType.map(JSONValue.string))
        object.set("status", status.map(JSONValue.string))
        object["architecture"] = .string(architecture)
        if !availabilityZones.isEmpty { object["availability_zones"] = .array(availabilityZones.map(JSONValue.string)) }
        return .object(object)
    }
}

extension Server {
    /// The server as a record of a data set.
    fileprivate var record: JSONValue {
        var object: JSONObject = ["id": .string(id), "name": .string(name), "status": .string(status.rawValue)]
        object.set("task_state", taskState.map(JSONValue.string))
        object["flavor"] = .string(flavorID)
        object["created"] = .string(created.iso8601)
        object["updated"] = .string(updated.iso8601)
        object["availability_zone"] = .string(availabilityZone)
        object["image_id"] = .string(imageID)
        object["image_name"] = .string(imageName)
        object.set("key_name", keyName.map(JSONValue.string))
        object.set("description", description.map(JSONValue.string))
        object["enterprise_project_id"] = .string(enterpriseProjectID)
        object["locked"] = .bool(locked)
        object["tags"] = Self.object(tags)
        object["metadata"] = Self.object(metadata)
        object["addresses"] = .array(addresses.map(\.record))
        object["volumes"] = .array(volumes.map(\.record))
        object["security_groups"] = .array(securityGroups.map { ["id": .string($0.id), "name": .string($0.name)] })
        object.set("fault", fault.map(\.record))
        object.set("user_data", userData.map(JSONValue.string))
        object.set("job_failure", jobFailure.map(\.record))
        return .object(object)
    }

    private static func object(_ tags: [Tag]) -> JSONValue {
        var object = JSONObject()
        for tag in tags { object[tag.key] = .string(tag.value) }
        return .object(object)
    }
}

extension NetworkAddress {
    fileprivate var record: JSONValue {
        [
            "network": .string(network), "address": .string(address), "type": .string(kind.rawValue), "version": .int(version),
            "mac": .string(mac),
        ]
    }
}

extension AttachedVolume {
    fileprivate var record: JSONValue {
        [
            "id": .string(id), "device": .string(device), "boot_index": .optional(bootIndex),
            "delete_on_termination": .bool(deleteOnTermination),
        ]
    }
}

extension ServerFault {
    fileprivate var record: JSONValue {
        ["code": .int(code), "message": .string(message), "created": .string(created.iso8601)]
    }
}

extension JobFailure {
    fileprivate var record: JSONValue { ["code": .string(code), "reason": .string(reason)] }
}

extension PastJob {
    /// The job as a record of a data set.
    fileprivate var record: JSONValue {
        var object: JSONObject = ["id": .string(id), "type": .string(type), "servers": .array(serverIDs.map(JSONValue.string))]
        object["status"] = .string(status.rawValue)
        object["age_seconds"] = .int(ageSeconds)
        object.set("failure", failure.map(\.record))
        return .object(object)
    }
}
