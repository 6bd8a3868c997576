extension GatewayPlan {
    /// One line that says what would run.
    var summary: String {
        let services = mounts.map { "\($0.service)=\($0.path)" }.joined(separator: " ")
        let skipped = selection.skipped.map { "\($0.name) (\($0.reason))" }.joined(separator: ", ")
        return "ok: \(manifest.path), mode \(settings.mode.rawValue), address \(settings.address), admin \(settings.adminPort.text), "
            + "services \(services.isEmpty ? "none" : services)" + (skipped.isEmpty ? "" : ", skipped \(skipped)")
    }
}

extension AdminPort {
    /// For the summary.
    var text: String {
        switch self {
        case .off: "off"
        case .required(let port), .preferred(let port): "127.0.0.1:\(port)"
        }
    }
}
