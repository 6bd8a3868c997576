import Synchronization

/// Something that happens once, whoever asks for it first.
final class OneTimeAction: Sendable {
    private let action: Mutex<(@Sendable () -> Void)?>

    init(_ action: @escaping @Sendable () -> Void) { self.action = Mutex(action) }

    /// Does it, unless it was done.
    func perform() {
        let action = action.withLock { action in
            defer { action = nil }
            return action
        }
        action?()
    }
}
