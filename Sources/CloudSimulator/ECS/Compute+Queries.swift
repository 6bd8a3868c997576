import JSONRPC

extension Compute {
    /// `GET …/cloudservers/detail`.
    ///
    /// With `server_id` every other filter is ignored and an unknown id gives a row with only `id` and `fault`; else `offset` is a page
    /// number.
    func list(_ parameters: QueryParameters, account: Account, projectID: String, now: Timestamp) throws(ServiceError) -> ServiceAnswer {
        let limit = try integer(parameters, "limit", default: 25, in: 0...1_000)
        if let ids = parameters["server_id"] {
            let wanted = ids.utf8.split(separator: UInt8(ascii: ",")).map { String(decoding: $0, as: UTF8.self) }
            let rows = wanted.map { id in
                server(id).map { describe($0, account, projectID) } ?? missing(id, now)
            }
            return ServiceAnswer(["count": .int(rows.count), "servers": .array(Array(rows.prefix(limit)))])
        }
        let filter = try ServerFilter(parameters)
        let page = max(1, try integer(parameters, "offset", default: 1, in: 0...1_000_000))
        let found = servers.filter(filter.admits)
        let rows = found.dropFirst((page - 1) * limit).prefix(limit).map { describe($0, account, projectID) }
        return ServiceAnswer(["count": .int(found.count), "servers": .array(Array(rows))])
    }

    /// `GET …/cloudservers/{id}`.
    func get(_ id: String, account: Account, projectID: String) throws(ServiceError) -> ServiceAnswer {
        guard let server = server(id) else { throw ECSError.itemNotFound(id) }
        return ServiceAnswer(["server": describe(server, account, projectID)])
    }

    /// `GET …/cloudservers/flavors`.
    func listFlavors(_ parameters: QueryParameters) -> ServiceAnswer {
        let zone = parameters["availability_zone"]
        let found = flavors.filter { flavor in zone.map(flavor.exists(in:)) ?? true }
        return ServiceAnswer(["flavors": .array(found.map(\.json))])
    }

    /// `GET …/jobs/{id}`.
    func job(_ id: String) throws(ServiceError) -> ServiceAnswer {
        for job in activeJobs + finishedJobs.reversed() {
            if job.id.utf8.elementsEqual(id.utf8) { return ServiceAnswer(job.json) }
            if let part = job.parts.first(where: { $0.id.utf8.elementsEqual(id.utf8) }) { return ServiceAnswer(part.json) }
        }
        throw ECSError.unknownJob(id)
    }

    private func describe(_ server: Server, _ account: Account, _ projectID: String) -> JSONValue {
        server.detail(flavor: flavor(server.flavorID), account: account, projectID: projectID)
    }

    private func missing(_ id: String, _ now: Timestamp) -> JSONValue {
        [
            "id": .string(id),
            "fault": [
                "code": 404, "created": .string(now.iso8601), "message": .string("Instance[\(id)] could not be found."), "details": "",
            ],
        ]
    }

    private func integer(
        _ parameters: QueryParameters,
        _ name: String,
        default value: Int,
        in range: ClosedRange<Int>
    ) throws(ServiceError) -> Int {
        guard let text = parameters[name] else { return value }
        guard let number = Int(text), range.contains(number) else { throw ECSError.invalidParameter("\(name) is invalid.") }
        return number
    }
}
