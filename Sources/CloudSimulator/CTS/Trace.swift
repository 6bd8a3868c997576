import JSONRPC

/// One entry of the audit trail.
struct Trace: Sendable, Hashable {
    /// Which tracker records it.
    enum Kind: String, Sendable, Hashable, CaseIterable {
        /// Operations on resources.
        case system
        /// Operations on data in resources.
        case data
    }

    let id: String
    let kind: Kind
    let time: Timestamp
    /// What the API tells, member for member (`cts.md` §8).
    let members: JSONObject

    /// A trace of these members, to which identifier and times are added at their places.
    init(id: String, kind: Kind, time: Timestamp, members: JSONObject) {
        self.id = id
        self.kind = kind
        self.time = time
        var all: JSONObject = ["trace_id": .string(id)]
        for member in members where member.key != "trace_id" { all[member.key] = member.value }
        if !all.contains("time") { all["time"] = .int(Int(time.milliseconds)) }
        if !all.contains("record_time") { all["record_time"] = .int(Int(time.milliseconds)) }
        self.members = all
    }

    /// The text of a member.
    func text(_ name: String) -> String? { members[name]?.stringValue }
}
