import CloudServer
import HuaweiCloud
import JSONRPC

/// A disk that is attached to a server.
struct AttachedVolume: Sendable {
    var id: String?
    /// The device's path in the server.
    var device: String?
    /// `0` for the system disk.
    var bootIndex: String?
    /// Whether the disk is deleted with the server, as text.
    var deleteOnTermination: String?

    init(_ row: JSONObject) {
        id = row.lenientText("id")
        device = row.lenientText("device")
        bootIndex = row.lenientText("bootIndex")
        deleteOnTermination = row.lenientText("delete_on_termination")
    }

    /// Whether this is not the system disk.
    ///
    /// A disk without a boot index is a data disk.
    var isDataDisk: Bool { bootIndex != "0" }

    /// All four members (ecs.md §2.2).
    var json: JSONValue {
        [
            "id": .optional(id), "device": .optional(device), "boot_index": .optional(bootIndex),
            "delete_on_termination": .optional(deleteOnTermination),
        ]
    }

    /// The schema of ``json``.
    static let schema = Shape.object(
        [
            "id": Shape.textOrNull(), "device": Shape.textOrNull(), "boot_index": Shape.textOrNull("0: system disk."),
            "delete_on_termination": Shape.textOrNull(),
        ],
        required: []
    )
}
