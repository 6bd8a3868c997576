import JSONRPC

/// The resize of one server.
struct Resize: Sendable, Hashable {
    /// The server's id.
    var id: String
    /// The id of the flavor that it gets.
    var flavorRef: String
    /// `withStopServer`: a running server is stopped first.
    var mode: String?
    /// The dedicated host that it moves to.
    var dedicatedHostID: String?

    /// The body of the request.
    ///
    /// `flavorRef` is camel case, its neighbours are not.
    var body: JSONObject {
        var resize: JSONObject = ["flavorRef": .string(flavorRef)]
        resize.set("mode", mode.map(JSONValue.string))
        resize.set("dedicated_host_id", dedicatedHostID.map(JSONValue.string))
        return ["resize": .object(resize)]
    }
}
