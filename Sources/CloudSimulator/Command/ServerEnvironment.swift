import HuaweiCloud
import ProcessSupport

/// The variables that point the servers to a simulator (`huaweicloud-http.md` §3, `servers.md` §7.1).
enum ServerEnvironment {
    /// The variables in the format of an env file.
    static func text(_ configuration: SimulatorConfiguration, url: String) -> String {
        let region = String(decoding: configuration.region.utf8.map(variableByte), as: UTF8.self)
        var lines = [
            "# Points the servers to huaweicloud-simulator. The keys are good for nothing else.",
            "HUAWEICLOUD_ACCESS_KEY_ID=\(configuration.credentials.accessKeyID.reveal())",
            "HUAWEICLOUD_SECRET_ACCESS_KEY=\(configuration.credentials.secretAccessKey.reveal())",
        ]
        if let token = configuration.credentials.securityToken { lines.append("HUAWEICLOUD_SECURITY_TOKEN=\(token.reveal())") }
        lines += [
            "HUAWEICLOUD_REGION=\(configuration.region)",
            "HUAWEICLOUD_PROJECT_ID=\(configuration.projectID)",
            "CODEARTS_DEFAULT_PROJECT_ID=\(configuration.codeArtsProjectID)",
            "HUAWEICLOUD_SDK_IAM_ENDPOINT=\(url)",
        ]
        for service in ["ECS", "CTS", "CODEARTSPIPELINE"] { lines.append("HUAWEICLOUD_SDK_REGION_\(service)_\(region)=\(url)") }
        return lines.joined(separator: "\n") + "\n"
    }

    /// Upper case, `-` as `_`.
    private static func variableByte(_ byte: UInt8) -> UInt8 {
        if byte == UInt8(ascii: "-") { return UInt8(ascii: "_") }
        return byte.isASCIILowercase ? byte & 0xDF : byte
    }
}
