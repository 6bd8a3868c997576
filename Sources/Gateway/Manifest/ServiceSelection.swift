import ProcessSupport

/// Which services run (gateway.md §2): four layers, each of which may switch a service on or off.
struct ServiceSelection: Sendable, Hashable {
    /// A service and why it is off.
    struct Choice: Sendable, Hashable {
        let service: ServiceEntry
        /// Nil when it runs.
        let skipReason: String?
    }

    /// Every service, in the manifest's order.
    let choices: [Choice]
    /// Names that were asked for and do not exist, each once, in the order of asking.
    let unknownNames: [String]

    /// Applies the layers.
    ///
    /// - Parameters:
    ///   - services: The manifest's.
    ///   - environment: `MCP_GATEWAY_ENABLED_SERVICES` exactly as it is set; nil when it is not.
    ///   - enable: All values of `--enable`.
    ///   - disable: All values of `--disable`.
    init(_ services: [ServiceEntry], environment: String?, enable: [String], disable: [String]) {
        let listed = environment.flatMap { $0.isEmpty ? nil : $0.commaList }
        let enabled = enable.flatMap(\.commaList)
        let disabled = disable.flatMap(\.commaList)
        choices = services.map { service in
            var reason = service.isEnabled ? nil : "manifest:disabled"
            if let listed { reason = Self.contains(listed, service.name) ? nil : "env:MCP_GATEWAY_ENABLED_SERVICES" }
            if !enabled.isEmpty { reason = Self.contains(enabled, service.name) ? nil : "cli:--enable" }
            if Self.contains(disabled, service.name) { reason = "cli:--disable" }
            return Choice(service: service, skipReason: reason)
        }
        var unknown: [String] = []
        for name in (listed ?? []) + enabled + disabled
        where !services.contains(where: { ExactText.same($0.name, name) }) && !Self.contains(unknown, name) {
            unknown.append(name)
        }
        unknownNames = unknown
    }

    /// The services that run.
    var mounted: [ServiceEntry] { choices.compactMap { $0.skipReason == nil ? $0.service : nil } }

    /// The services that do not.
    var skipped: [SkippedService] {
        choices.compactMap { choice in choice.skipReason.map { SkippedService(name: choice.service.name, reason: $0) } }
    }

    private static func contains(_ names: [String], _ name: String) -> Bool { names.contains { ExactText.same($0, name) } }
}
