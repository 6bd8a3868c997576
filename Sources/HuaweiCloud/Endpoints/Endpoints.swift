/// Finds the endpoints of a service in a region: override, then table, then `UNSUPPORTED_REGION` (huaweicloud-http.md §3).
package struct Endpoints: Sendable {
    /// An override that cannot be used: a startup problem.
    package struct Problem: Error, Sendable, Hashable {
        /// The variable.
        package let variable: String
        /// What is wrong, without the value; completes the sentence "<variable> …".
        package let message: String
    }

    private let lookup: @Sendable (String) -> String?

    /// - Parameter overrides: The value of a configuration variable by its name; nil or blank when it is not set.
    package init(overrides: @escaping @Sendable (String) -> String? = { _ in nil }) { lookup = overrides }

    /// The endpoints in the order in which to try them; never empty.
    ///
    /// The region is trimmed and case-sensitive.
    ///
    /// - Throws: `UNSUPPORTED_REGION` when neither an override nor the table names one, or the override is malformed.
    package func endpoints(for service: CloudService, region: String) throws(CloudError) -> [Endpoint] {
        let region = Self.trimmed(region)
        let overridden: [Endpoint]?
        do { overridden = try override(for: service, region: region) } catch {
            throw CloudError(
                code: CloudError.Code.unsupportedRegion,
                message: "The endpoint override for \(service.displayName) cannot be used: \(error.variable) \(error.message).",
                hint: "Correct or remove \(error.variable)."
            )
        }
        if let overridden { return overridden }
        let hosts = RegionTable.hosts(for: service, region: region)
        if hosts.isEmpty { throw unsupported(service, region: region) }
        return hosts.map { Endpoint(authority: $0) }
    }

    /// Whether calls to the service can be made in the region.
    ///
    /// Not a startup error when false; a warning tells.
    package func isKnown(_ region: String, for service: CloudService) -> Bool {
        let region = Self.trimmed(region)
        if !RegionTable.hosts(for: service, region: region).isEmpty { return true }
        return ((try? override(for: service, region: region)) ?? nil) != nil
    }

    /// Whether calls to any service can be made in the region.
    package func isKnown(_ region: String) -> Bool {
        [CloudService.ecs, .cts, .pipeline].contains { isKnown(region, for: $0) }
    }

    /// Every malformed override among those that these services would use in the region, for the report at startup.
    package func problems(for services: [CloudService], region: String) -> [Problem] {
        services.compactMap { service -> Problem? in
            do throws(Problem) {
                _ = try override(for: service, region: Self.trimmed(region))
                return nil
            } catch { return error }
        }
    }

    /// The variable that overrides the endpoint of a service in a region.
    package static func variable(for service: CloudService, region: String) -> String {
        if service == .iam { return "HUAWEICLOUD_SDK_IAM_ENDPOINT" }
        let suffix = trimmed(region).utf8.map { $0 == UInt8(ascii: "-") ? UInt8(ascii: "_") : ASCII.uppercased($0) }
        return "HUAWEICLOUD_SDK_REGION_\(service.rawValue)_\(String(decoding: suffix, as: UTF8.self))"
    }

    /// The endpoints of the override; nil when it is not set.
    private func override(for service: CloudService, region: String) throws(Problem) -> [Endpoint]? {
        let variable = Self.variable(for: service, region: region)
        guard let value = lookup(variable).map(Self.trimmed), !value.isEmpty else { return nil }
        do {
            var endpoints: [Endpoint] = []
            for item in value.split(separator: ",") {
                let item = Self.trimmed(String(item))
                if !item.isEmpty { endpoints.append(try Endpoint(parsing: item)) }
            }
            if endpoints.isEmpty { throw EndpointSyntaxError.noEndpoint }
            return endpoints
        } catch { throw Problem(variable: variable, message: "\(error)") }
    }

    private func unsupported(_ service: CloudService, region: String) -> CloudError {
        let variable = Self.variable(for: service, region: region)
        let regions = RegionTable.regions(offering: service).joined(separator: ", ")
        return CloudError(
            code: CloudError.Code.unsupportedRegion,
            message: MessageCleaner().clean("No \(service.displayName) endpoint is known for the region \"\(region)\"."),
            hint: "Supported regions: \(regions). For another region set \(variable)."
        )
    }

    /// Without white space and line ends around it.
    private static func trimmed(_ text: String) -> String {
        var text = Substring(text)
        while let first = text.first, first.isWhitespace { text.removeFirst() }
        while let last = text.last, last.isWhitespace { text.removeLast() }
        return String(text)
    }
}

extension CloudService {
    /// The name for people.
    package var displayName: String {
        switch self {
        case .ecs, .cts, .iam: rawValue
        case .pipeline: "CodeArts Pipeline"
        }
    }
}
