import HuaweiCloud
import JSONRPC

/// One address of a server.
struct ServerAddress: Sendable {
    /// The address itself.
    var addr: String?
    /// `fixed` or `floating`.
    var type: String?
    /// `4` or `6`.
    var version: String?
    /// The MAC address of the network interface.
    var mac: String?

    init(_ row: JSONObject) {
        addr = row.lenientText("addr")
        type = row.lenientText("OS-EXT-IPS:type")
        version = row.lenientText("version")
        mac = row.lenientText("OS-EXT-IPS-MAC:mac_addr")
    }
}
