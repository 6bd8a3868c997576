/// How the benchmarks were compiled: an unoptimised build allocates more, so each kind has budgets of its own.
package enum BuildKind: String, Sendable, Hashable, CaseIterable {
    case debug
    case release

    /// How this program was compiled.
    package static var current: BuildKind {
        #if DEBUG
            .debug
        #else
            .release
        #endif
    }
}
