import Foundation
import JSONRPC
import TestSupport
import Testing

@testable import ECSServer

/// Ids, rows and JSON for the tests.
enum Fixtures {
    static let web = "11111111-2222-3333-4444-555555555555"
    static let db = "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee"
    static let ghost = "99999999-9999-9999-9999-999999999999"

    /// A server as the API describes it, with everything that a tool reads and things that no tool may return.
    static let webRow = """
        {"id":"\(web)","name":"web-1","status":"ACTIVE","created":"2026-01-10T08:00:00Z","updated":"2026-01-11T09:30:00Z",
         "tenant_id":"t","user_id":"u","hostId":"h-1","key_name":"ops-key","description":"front end","progress":0,"locked":false,
         "enterprise_project_id":"0","tags":["env=prod","team=web"],
         "metadata":{"charging_mode":"0","vpc_id":"v-1","admin_pass":"hunter2","os_bit":64,"nested":{"a":1}},
         "flavor":{"id":"s6.large.2","name":"s6.large.2","vcpus":"2","ram":"4096","disk":"0"},"image":{"id":"img-1"},
         "addresses":{"net-1":[
            {"version":"4","addr":"192.168.0.10","OS-EXT-IPS:type":"fixed","OS-EXT-IPS-MAC:mac_addr":"fa:16:3e:00:00:01","OS-EXT-IPS:port_id":"p"},
            {"version":"4","addr":"203.0.113.7","OS-EXT-IPS:type":"floating","OS-EXT-IPS-MAC:mac_addr":"fa:16:3e:00:00:01"}]},
         "security_groups":[{"id":"sg-1","name":"default"}],
         "os-extended-volumes:volumes_attached":[
            {"id":"vol-0","device":"/dev/vda","bootIndex":"0","delete_on_termination":"true"},
            {"id":"vol-1","device":"/dev/vdb","bootIndex":null,"delete_on_termination":"false"}],
         "OS-EXT-STS:task_state":null,"OS-EXT-STS:vm_state":"active","OS-EXT-STS:power_state":1,
         "OS-EXT-AZ:availability_zone":"af-south-1a","OS-EXT-SRV-ATTR:user_data":"c2VjcmV0LXVzZXItZGF0YQ==","unknown":{"x":[1]}}
        """

    /// A server that is stopped and has nothing optional.
    static let dbRow = """
        {"id":"\(db)","name":"db-1","status":"SHUTOFF","flavor":{"id":"s6.xlarge.4"}}
        """

    /// What the API answers for an id that it does not know.
    static let ghostRow = """
        {"id":"\(ghost)","fault":{"message":"no such server","code":404}}
        """

    /// A page of the detail list.
    static func page(_ rows: [String], count: Int? = nil) -> String {
        let total = count.map { "\"count\":\($0)," } ?? ""
        return "{\(total)\"servers\":[\(rows.joined(separator: ","))]}"
    }

    /// `count` distinct ids.
    static func ids(_ count: Int) -> [String] {
        (0..<count).map {
            "00000000-0000-0000-0000-" + String(repeating: "0", count: 12 - String($0, radix: 16).count) + String($0, radix: 16)
        }
    }

    /// A row with an id, a name and a status.
    static func row(id: String, name: String = "srv", status: String = "ACTIVE", more: String = "") -> String {
        "{\"id\":\"\(id)\",\"name\":\"\(name)\",\"status\":\"\(status)\"\(more)}"
    }
}

/// A server from the text of its row.
func server(_ text: String) -> ServerDetail { ServerDetail(object(text)) }
