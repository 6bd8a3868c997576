import JSONRPC

/// What `GET /v1/{project}/cloudservers/detail` answers for twenty servers, with the members that real rows have.
enum CloudAnswer {
    /// The bytes of the answer.
    static let bytes = Array("{\"count\":20,\"servers\":[\((0..<20).map(row).joined(separator: ","))]}".utf8)

    private static func row(_ number: Int) -> String {
        let digits = number < 10 ? "0\(number)" : "\(number)"
        let id = "000000\(digits)-1111-4222-8333-444444444444"
        return """
            {"id":"\(id)","name":"bench-server-\(digits)","status":"ACTIVE","created":"2025-01-02T03:04:05Z","updated":"2025-01-02T03:05:06Z",\
            "tenant_id":"00000000000000000000000000000000","user_id":"11111111111111111111111111111111",\
            "hostId":"000000000000000000000000000000000000000000000000000000\(digits)","key_name":"bench-key","description":"","progress":0,\
            "locked":false,"host_status":"UP","config_drive":"","accessIPv4":"","accessIPv6":"","auto_terminate_time":"",\
            "enterprise_project_id":"0","tags":["env=bench","n=\(number)"],"sys_tags":[{"key":"_sys_enterprise_project_id","value":"0"}],\
            "metadata":{"charging_mode":"0","vpc_id":"\(id)","image_name":"Ubuntu 22.04 server 64bit","os_bit":"64"},\
            "flavor":{"id":"c7.large.2","name":"c7.large.2","vcpus":"2","ram":"4096","disk":"0","gpus":[],"asic_accelerators":[]},\
            "image":{"id":"\(id)"},"security_groups":[{"id":"\(id)","name":"default"}],\
            "addresses":{"\(id)":[{"version":"4","addr":"192.168.0.\(number + 10)","primary":true,"OS-EXT-IPS:type":"fixed",\
            "OS-EXT-IPS-MAC:mac_addr":"fa:16:3e:00:00:\(digits)","OS-EXT-IPS:port_id":"\(id)"},{"version":"4","addr":"10.1.2.\(number + 10)",\
            "primary":false,"OS-EXT-IPS:type":"floating","OS-EXT-IPS-MAC:mac_addr":"fa:16:3e:00:00:\(digits)","OS-EXT-IPS:port_id":"\(id)"}]},\
            "os-extended-volumes:volumes_attached":[{"id":"\(id)","device":"/dev/vda","bootIndex":"0","delete_on_termination":"true"}],\
            "OS-EXT-STS:task_state":null,"OS-EXT-STS:vm_state":"active","OS-EXT-STS:power_state":1,\
            "OS-EXT-AZ:availability_zone":"cn-north-4a","OS-DCF:diskConfig":"MANUAL","OS-SRV-USG:launched_at":"2025-01-02T03:04:30.000000",\
            "OS-SRV-USG:terminated_at":null,"OS-EXT-SRV-ATTR:hostname":"bench-\(number)","OS-EXT-SRV-ATTR:launch_index":0,\
            "OS-EXT-SRV-ATTR:root_device_name":"/dev/vda","os:scheduler_hints":{},\
            "hypervisor":{"hypervisor_type":"kvm","csd_hypervisor":null}}
            """
    }
}
