import HuaweiCloud
import JSONRPC

/// The control endpoints under `/_simulator/`. They are not signed; the listener is on loopback only.
extension World {
    /// Answers a control request.
    mutating func control(_ request: APIRequest, now: Timestamp) -> APIReply {
        do throws(ControlError) {
            try refuseBrowsers(request)
            return APIReply(status: 200, json: try perform(request, now: now))
        } catch {
            return APIReply(status: error.status, json: ["error": .string(error.message)])
        }
    }

    /// A page in somebody's browser must not be able to steer the simulator through a name that leads to loopback.
    private func refuseBrowsers(_ request: APIRequest) throws(ControlError) {
        guard !request.headers.contains("Origin") else { throw ControlError("control requests from browsers are refused", status: 403) }
        let host = request.headers["Host"] ?? ""
        let name = host.hasPrefix("[") ? host.prefix { $0 != "]" }.dropFirst() : host.prefix { $0 != ":" }
        guard name == "localhost" || name == "::1" || name.hasPrefix("127.") else {
            throw ControlError("control requests must name a loopback host", status: 403)
        }
    }

    private mutating func perform(_ request: APIRequest, now: Timestamp) throws(ControlError) -> JSONValue {
        switch (request.method, request.path) {
        case ("GET", "/_simulator/state"):
            settle(now)
            return state(now)
        case ("GET", "/_simulator/requests"):
            return requests.json
        case ("GET", "/_simulator/faults"):
            return ["faults": .array(faults.faults.map(\.json))]
        case ("POST", "/_simulator/faults"):
            guard faults.add(try Fault(try object(request.body))) else {
                throw ControlError("\(FaultTable.capacity) faults are pending already", status: 409)
            }
            return ["faults": .array(faults.faults.map(\.json))]
        case ("DELETE", "/_simulator/faults"):
            faults.clear()
            return ["faults": []]
        case ("POST", "/_simulator/clock"):
            try setClock(try object(request.body), now: now)
            return state(now)
        case ("POST", "/_simulator/reset"):
            reset(now: now)
            return state(now)
        default:
            throw ControlError("no such control request; see huaweicloud-simulator --help", status: 404)
        }
    }

    private mutating func setClock(_ object: JSONObject, now: Timestamp) throws(ControlError) {
        try ControlError.requireKnown(object, ["advance_seconds", "skew_seconds"], at: "")
        let advance = try ControlError.integer(object, "advance_seconds", in: 0...31_536_000)
        let skew = try ControlError.integer(object, "skew_seconds", in: -31_536_000...31_536_000)
        guard advance != nil || skew != nil else { throw ControlError("give advance_seconds or skew_seconds") }
        if let skew {
            let difference = Int64(skew) * 1_000 - self.skew
            clock.wallClockWasSet(milliseconds: difference)
            self.skew += difference
        }
        if let advance {
            // What was due before the jump happens at its own time, not at the jump.
            settle(now)
            clock.advance(milliseconds: Int64(advance) * 1_000, now: time(now))
            settle(now)
        }
    }

    private func state(_ now: Timestamp) -> JSONValue {
        var statuses = JSONObject()
        for server in compute.servers { statuses[server.status.rawValue] = .int((statuses[server.status.rawValue]?.intValue ?? 0) + 1) }
        return [
            "time": .string(time(now).iso8601Milliseconds),
            "skew_seconds": .int(Int(skew / 1_000)),
            "servers": ["total": .int(compute.servers.count), "by_status": .object(statuses)],
            "flavors": .int(compute.flavors.count),
            "jobs": ["active": .int(compute.activeJobs.count), "finished": .int(compute.finishedJobs.count)],
            "pipelines": [
                "total": .int(pipelines.pipelines.count),
                "banned": .int(pipelines.pipelines.count { $0.isBanned }),
                "active_runs": .int(pipelines.pipelines.reduce(0) { $0 + $1.activeRuns }),
            ],
            "traces": .int(trail.traces.count),
            "detached_volumes": .int(compute.detachedVolumes.count),
            "unbound_addresses": .int(compute.unboundAddresses.count),
            "requests": .int(requests.total),
            "faults": .int(faults.faults.count),
        ]
    }

    private func object(_ body: [UInt8]) throws(ControlError) -> JSONObject {
        let value: JSONValue
        do throws(JSONParseError) {
            value = try JSONParser.parse(body)
        } catch {
            throw ControlError("the body is not JSON: \(error)")
        }
        guard let object = value.objectValue else { throw ControlError("the body must be a JSON object") }
        return object
    }
}
