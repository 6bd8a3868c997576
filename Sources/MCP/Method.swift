/// Method names that have no parameters worth a type of their own.
public enum Method {
    /// `ping`, both directions, up to 2025-11-25.
    public static let ping = "ping"
    /// `notifications/initialized`, the client's last word of the handshake.
    public static let initialized = "notifications/initialized"
}
