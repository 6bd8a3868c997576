import JSONRPC

/// Everything that is wrong with a data set.
struct DataSetError: Error, Sendable, Hashable {
    /// One sentence each, with its place.
    let problems: [String]
}

extension DataSet {
    /// Reads the format that `--help` describes.
    ///
    /// A section that is left out is that of `base`.
    ///
    /// - Throws: ``DataSetError`` with every problem.
    init(_ bytes: [UInt8], base: DataSet) throws(DataSetError) {
        let value: JSONValue
        do throws(JSONParseError) {
            value = try JSONParser.parse(bytes, limits: JSONLimits(maximumBytes: DataSet.maximumBytes))
        } catch {
            throw DataSetError(problems: ["not JSON: \(error)"])
        }
        guard let object = value.objectValue else { throw DataSetError(problems: ["must be a JSON object, not \(value.kind)"]) }
        var reader = DataSetReader()
        reader.allow(DataSetReader.Record(object: object, path: "data"), ["flavors", "servers", "jobs", "pipelines", "traces"])
        flavors = base.flavors
        servers = base.servers
        jobs = base.jobs
        pipelines = base.pipelines
        traces = base.traces
        if object.contains("flavors") { flavors = reader.records(object, "flavors", at: "").map { reader.flavor($0) } }
        if object.contains("servers") { servers = reader.records(object, "servers", at: "").map { reader.server($0) } }
        if object.contains("jobs") { jobs = reader.records(object, "jobs", at: "").map { reader.job($0) } }
        if object.contains("pipelines") { pipelines = reader.records(object, "pipelines", at: "").map { reader.pipeline($0) } }
        if object.contains("traces") { traces = reader.records(object, "traces", at: "").map { reader.trace($0) } }
        reader.checkReferences(self)
        guard reader.problems.isEmpty else { throw DataSetError(problems: reader.problems) }
    }

    /// The most that a data set may have.
    static let maximumBytes = 32 << 20
}

extension DataSetReader {
    /// Identifiers are distinct and every server has a flavor that exists.
    mutating func checkReferences(_ dataSet: DataSet) {
        var seen: Set<String> = []
        for flavor in dataSet.flavors where !seen.insert(flavor.id).inserted { report("flavors", "\(flavor.id) appears twice") }
        let flavors = seen
        seen = []
        for server in dataSet.servers {
            if !seen.insert(server.id).inserted { report("servers", "id \(server.id) appears twice") }
            if !server.flavorID.isEmpty, !flavors.contains(server.flavorID) {
                report("servers", "\(server.name) has the flavor \(server.flavorID), which is not among the flavors")
            }
        }
        seen = []
        for job in dataSet.jobs where !seen.insert(job.id).inserted { report("jobs", "id \(job.id) appears twice") }
        seen = []
        for pipeline in dataSet.pipelines where !seen.insert(pipeline.id).inserted {
            report("pipelines", "id \(pipeline.id) appears twice")
        }
        seen = []
        for id in dataSet.traces.compactMap({ $0.members["trace_id"]?.stringValue }) where !seen.insert(id).inserted {
            report("traces", "trace_id \(id) appears twice")
        }
    }
}
