package import FoundationEssentials
package import ProcessSupport

/// What a request is signed with (huaweicloud-http.md §2).
///
/// None of it prints itself.
package struct Credentials: Sendable, Hashable {
    /// The access key, which is sent with every request.
    package let accessKeyID: Secret
    /// The secret key, which never leaves the process.
    package let secretAccessKey: Secret
    /// The token of temporary credentials, which is sent as `X-Security-Token`; nil for permanent ones.
    package let securityToken: Secret?
    /// When they end; nil for permanent ones and where the source does not tell.
    package let expiry: Date?

    /// Credentials of these parts.
    package init(accessKeyID: Secret, secretAccessKey: Secret, securityToken: Secret? = nil, expiry: Date? = nil) {
        self.accessKeyID = accessKeyID
        self.secretAccessKey = secretAccessKey
        self.securityToken = securityToken
        self.expiry = expiry
    }

    /// Whether they expire: a 401 may then mean just that.
    package var areTemporary: Bool { securityToken != nil }

    /// Everything that must not appear in a message or a log.
    package var secrets: [Secret] { [accessKeyID, secretAccessKey] + (securityToken.map { [$0] } ?? []) }
}
