import ProcessSupport

/// The figures in the text format of Prometheus; every label is a mounted service or one of a few words.
extension HealthFigures {
    /// Writes everything.
    func write(to page: inout MetricsPage) {
        writeServices(to: &page)
        writeAudit(to: &page)
        writeRevocations(to: &page)
        writeKeySet(to: &page)
    }

    private func writeServices(to page: inout MetricsPage) {
        gauge("mcp_gateway_service_ready", "Whether a service's server is ready.", &page) { $0.state == .ready ? 1 : 0 }
        page.family("mcp_gateway_circuit_state", "gauge", "Whether requests go to a service's server: 1 for the state of its circuit.")
        for service in services {
            for state in CircuitState.allCases {
                page.sample([("service", service.name), ("state", state.rawValue)], service.gate.circuit == state ? 1 : 0)
            }
        }
        counter("mcp_gateway_circuit_openings_total", "How often a circuit opened.", &page) { $0.gate.openings }
        counter("mcp_gateway_circuit_rejections_total", "Requests refused because a circuit was open.", &page) {
            $0.gate.circuitRejections
        }
        gauge("mcp_gateway_upstream_connections", "Requests and streams that are with a service's server.", &page) {
            $0.gate.connections
        }
        page.family("mcp_gateway_upstream_connections_limit", "gauge", "How many may be.")
        for service in services {
            if let limit = service.gate.connectionLimit { page.sample([("service", service.name)], limit) }
        }
        counter("mcp_gateway_upstream_limit_rejections_total", "Requests refused because so many were.", &page) {
            $0.gate.limitRejections
        }
    }

    private func writeAudit(to page: inout MetricsPage) {
        page.value("mcp_gateway_audit_enabled", "gauge", "Whether there is an audit file.", audit == nil ? 0 : 1)
        guard let audit else { return }
        page.value("mcp_gateway_audit_healthy", "gauge", "Whether records reach the audit file.", audit.isHealthy ? 1 : 0)
        page.value("mcp_gateway_audit_records_total", "counter", "Audit records written.", audit.written)
        page.value("mcp_gateway_audit_write_failures_total", "counter", "Attempts to write audit records that failed.", audit.failedWrites)
        page.value("mcp_gateway_audit_records_lost_total", "counter", "Audit records for which there was no room.", audit.lost)
        page.value("mcp_gateway_audit_records_waiting", "gauge", "Audit records that wait to be written.", audit.waiting)
    }

    private func writeRevocations(to page: inout MetricsPage) {
        guard let revocations else { return }
        page.family("mcp_gateway_revocations", "gauge", "Revoked tokens and subjects in force.")
        page.sample([("kind", "jti")], revocations.tokens)
        page.sample([("kind", "sub")], revocations.subjects)
        page.loading("mcp_gateway_revocations", "the list of revocations", revocations.load)
    }

    private func writeKeySet(to page: inout MetricsPage) {
        guard let keySet else { return }
        page.value("mcp_gateway_jwks_keys", "gauge", "Keys of the JWK set in force.", keySet.keys)
        page.loading("mcp_gateway_jwks", "the JWK set", keySet.load)
    }

    private func gauge(_ name: String, _ help: String, _ page: inout MetricsPage, _ value: (Service) -> Int) {
        family(name, "gauge", help, &page, value)
    }

    private func counter(_ name: String, _ help: String, _ page: inout MetricsPage, _ value: (Service) -> Int) {
        family(name, "counter", help, &page, value)
    }

    private func family(_ name: String, _ type: String, _ help: String, _ page: inout MetricsPage, _ value: (Service) -> Int) {
        page.family(name, type, help)
        for service in services { page.sample([("service", service.name)], value(service)) }
    }
}

extension MetricsPage {
    /// Writes a family of one sample without labels.
    mutating func value(_ name: String, _ type: String, _ help: String, _ value: Int) {
        family(name, type, help)
        sample([], value)
    }

    /// Writes how the loading of something goes.
    fileprivate mutating func loading(_ name: String, _ what: String, _ load: LoadHealth) {
        value("\(name)_healthy", "gauge", "Whether \(what) was loaded at the last attempt.", load.isHealthy ? 1 : 0)
        value("\(name)_load_failures_total", "counter", "Attempts to load \(what) that failed.", load.failures)
        if let moment = load.lastSuccess {
            value("\(name)_loaded_timestamp_seconds", "gauge", "When \(what) was loaded last, since 1970.", Int(moment))
        }
        if let moment = load.lastFailure {
            value("\(name)_failed_timestamp_seconds", "gauge", "When \(what) could not be loaded last, since 1970.", Int(moment))
        }
    }
}
