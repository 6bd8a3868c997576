/// A service that does not run, and which layer of gateway.md §2 switched it off.
struct SkippedService: Sendable, Hashable {
    let name: String
    let reason: String
}
