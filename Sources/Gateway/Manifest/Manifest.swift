/// The manifest of gateway.md §1, validated.
struct Manifest: Sendable, Hashable {
    /// The file that it was read from, as it was named.
    var path = "manifest.json"
    /// `public_url`.
    var publicURL: PublicURL?
    /// `hosts`.
    var hosts: [String] = []
    /// `origins`.
    var origins: [String] = []
    /// `trusted_proxies`.
    var trustedProxies = TrustedProxies()
    /// `jwt`.
    var jwt = TokenSettings()
    /// `limits`.
    var limits = Limits()
    /// `services`, in their order, disabled ones too.
    var services: [ServiceEntry] = []

    /// The folder of the file; relative paths within the manifest start there.
    var folder: String { PathText.folder(of: path) }
}
