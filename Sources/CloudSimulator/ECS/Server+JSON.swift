import JSONRPC

extension Server {
    /// The server as the API describes it (`ecs.md` §4.1).
    ///
    /// Numbers stand as text and the other way round just as in the vendor's answers.
    func detail(flavor: Flavor?, account: Account, projectID: String) -> JSONValue {
        var object = JSONObject()
        object["id"] = .string(id)
        object["name"] = .string(name)
        object["status"] = .string(status.rawValue)
        object["addresses"] = addressesJSON
        object["flavor"] = [
            "id": .string(flavorID),
            "name": .string(flavorID),
            "vcpus": .string(String(flavor?.vcpus ?? 0)),
            "ram": .string(String(flavor?.memoryMB ?? 0)),
            "disk": .string(String(flavor?.diskGB ?? 0)),
            "gpus": [],
            "asic_accelerators": [],
        ]
        object["image"] = ["id": .string(imageID)]
        object["metadata"] = .object(metadataJSON)
        object["created"] = .string(created.iso8601)
        object["updated"] = .string(updated.iso8601)
        object["tenant_id"] = .string(projectID)
        object["user_id"] = .string(account.userID)
        object["key_name"] = .optional(keyName)
        object["description"] = .optional(description)
        object["locked"] = .bool(locked)
        object["host_status"] = status == .unknown ? "UNKNOWN" : "UP"
        object["hostId"] = .string(hostID)
        object["config_drive"] = ""
        object["accessIPv4"] = ""
        object["accessIPv6"] = ""
        object["auto_terminate_time"] = ""
        object["progress"] = status == .building ? 35 : 0
        object["enterprise_project_id"] = .string(enterpriseProjectID)
        object["tags"] = .array(tags.map { .string("\($0.key)=\($0.value)") })
        object["sys_tags"] = [["key": "_sys_enterprise_project_id", "value": .string(enterpriseProjectID)]]
        object.set("fault", faultJSON)
        object["security_groups"] = .array(securityGroups.map { ["id": .string($0.id), "name": .string($0.name)] })
        object["os-extended-volumes:volumes_attached"] = .array(volumes.map(volumeJSON))
        object["OS-EXT-STS:task_state"] = .optional(taskState)
        object["OS-EXT-STS:vm_state"] = .string(status.vmState)
        object["OS-EXT-STS:power_state"] = .int(status.powerState)
        object["OS-EXT-AZ:availability_zone"] = .string(availabilityZone)
        object["OS-DCF:diskConfig"] = "MANUAL"
        object["OS-SRV-USG:launched_at"] =
            status == .building ? .null : .string(String(created.adding(seconds: 42).iso8601Milliseconds.dropLast()))
        object["OS-SRV-USG:terminated_at"] = .null
        for (name, value) in attributes { object["OS-EXT-SRV-ATTR:\(name)"] = value }
        object["os:scheduler_hints"] = [:]
        object["cpu_options"] = ["hw:cpu_threads": .null]
        object["security_options"] = [:]
        object["hypervisor"] = ["hypervisor_type": "QEMU", "csd_hypervisor": .null]
        return .object(object)
    }

    private var hostID: String { IdentifierDigest.hex(of: "host \(availabilityZone) \(flavorID)", count: 56) }

    private var attributes: [(String, JSONValue)] {
        let instance = "instance-" + IdentifierDigest.hex(of: id, count: 8)
        return [
            ("host", .string("pod01.\(availabilityZone)")), ("instance_name", .string(instance)),
            ("hypervisor_hostname", .string("nova004@\(hostID.prefix(6))")), ("hostname", .string(ASCIIText.lowercased(name))),
            ("reservation_id", .string("r-" + IdentifierDigest.hex(of: "reservation \(id)", count: 8))), ("launch_index", 0),
            ("kernel_id", ""),
            ("ramdisk_id", ""), ("root_device_name", "/dev/vda"), ("user_data", .optional(userData)),
        ]
    }

    private var addressesJSON: JSONValue {
        var networks = JSONObject()
        var primary = true
        for address in addresses {
            let row: JSONValue = [
                "version": .string(String(address.version)),
                "primary": .bool(primary && address.kind == .fixed),
                "addr": .string(address.address),
                "OS-EXT-IPS:type": .string(address.kind.rawValue),
                "OS-EXT-IPS-MAC:mac_addr": .string(address.mac),
                "OS-EXT-IPS:port_id": .string(IdentifierDigest.uuid(of: "port \(id) \(address.mac)")),
            ]
            if address.kind == .fixed { primary = false }
            networks[address.network] = .array((networks[address.network]?.arrayValue ?? []) + [row])
        }
        return .object(networks)
    }

    private var metadataJSON: JSONObject {
        var object = JSONObject()
        for entry in metadata { object[entry.key] = .string(entry.value) }
        object["metering.image_id"] = .string(imageID)
        object["metering.imagetype"] = "gold"
        object["metering.resourcespeccode"] = .string("\(flavorID).linux")
        object["metering.cloudServiceType"] = "hws.service.type.ec2"
        object["metering.resourcetype"] = "1"
        object["image_name"] = .string(imageName)
        object["os_bit"] = "64"
        object["os_type"] = imageName.hasPrefix("Windows") ? "Windows" : "Linux"
        return object
    }

    private var faultJSON: JSONValue? {
        guard let fault else { return nil }
        return ["code": .int(fault.code), "message": .string(fault.message), "created": .string(fault.created.iso8601), "details": ""]
    }

    private func volumeJSON(_ volume: AttachedVolume) -> JSONValue {
        [
            "id": .string(volume.id),
            "device": .string(volume.device),
            "bootIndex": volume.bootIndex.map { .string(String($0)) } ?? .null,
            "delete_on_termination": .string(volume.deleteOnTermination ? "true" : "false"),
        ]
    }
}
