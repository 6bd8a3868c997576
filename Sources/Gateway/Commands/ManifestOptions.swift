import ArgumentParser

/// The options that say which manifest is meant and which of its services run.
struct ManifestOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The manifest (MCP_GATEWAY_MANIFEST, manifest.json).", valueName: "path"), completion: .file())
    var manifest: String?

    @Option(help: ArgumentHelp("Run only these services. May be repeated.", valueName: "list"))
    var enable: [String] = []

    @Option(help: ArgumentHelp("Do not run these services. May be repeated.", valueName: "list"))
    var disable: [String] = []

    /// The options as the configuration reads them.
    var options: GatewayOptions { GatewayOptions(manifest: manifest, enable: enable, disable: disable) }
}
