extension Limits {
    /// One member of `limits`.
    struct Member: Sendable {
        /// Its name in the manifest.
        let name: String
        /// Its value.
        let value: any WritableKeyPath<Limits, Int?> & Sendable
        /// The largest value that makes sense: of times, what an event loop can still schedule.
        let maximum: Int
        /// Whether a service may have its own.
        var isPerService = false
        /// Whether null means no limit.
        var isNullable = true
    }

    /// All members, in the order of gateway.md §11, and those that it does not have.
    static let members: [Member] = [
        Member(name: "body_bytes", value: \.bodyBytes, maximum: counts),
        Member(name: "header_bytes", value: \.headerBytes, maximum: counts),
        Member(name: "requests_per_second", value: \.requestsPerSecond, maximum: counts),
        Member(name: "burst", value: \.burst, maximum: counts),
        Member(name: "requests_per_second_per_address", value: \.requestsPerSecondPerAddress, maximum: counts),
        Member(name: "burst_per_address", value: \.burstPerAddress, maximum: counts),
        Member(name: "failed_auth_per_minute", value: \.failedAuthPerMinute, maximum: counts),
        Member(name: "streams_per_subject", value: \.streamsPerSubject, maximum: counts),
        Member(name: "connections", value: \.connections, maximum: counts),
        Member(name: "connect_timeout", value: \.connectTimeout, maximum: seconds),
        Member(name: "response_timeout", value: \.responseTimeout, maximum: seconds),
        Member(name: "idle_timeout", value: \.idleTimeout, maximum: seconds),
        Member(name: "total_timeout", value: \.totalTimeout, maximum: seconds),
        Member(name: "header_timeout", value: \.headerTimeout, maximum: seconds),
        Member(name: "body_timeout", value: \.bodyTimeout, maximum: seconds),
        Member(name: "drain_timeout", value: \.drainTimeout, maximum: seconds),
        Member(name: "upstream_connections", value: \.upstream.connections, maximum: counts, isPerService: true),
        Member(name: "circuit_failures", value: \.upstream.circuitFailures, maximum: counts, isPerService: true),
        Member(
            name: "circuit_cooldown",
            value: \.upstream.circuitCooldown,
            maximum: 3_600,
            isPerService: true,
            isNullable: false
        ),
    ]

    private static let counts = 1_000_000_000_000_000
    private static let seconds = 1_000_000_000
}
