import Synchronization

/// The one simulated cloud of a process: a ``World`` behind a lock, and the clock that it is asked by.
final class Simulator: Sendable {
    private let world: Mutex<World>
    private let clock: @Sendable () -> Timestamp
    private let observe: @Sendable (APIRequest, Delivery) -> Void

    /// A simulator of this world.
    ///
    /// - Parameters:
    ///   - clock: The machine's time.
    ///   - observe: Called after each request, outside the lock.
    init(
        _ world: World,
        clock: @escaping @Sendable () -> Timestamp,
        observe: @escaping @Sendable (APIRequest, Delivery) -> Void = { _, _ in }
    ) {
        self.world = Mutex(world)
        self.clock = clock
        self.observe = observe
    }

    /// Answers a request.
    ///
    /// Takes microseconds and never waits; a delay is for the listener to keep.
    func receive(_ request: APIRequest) -> Delivery {
        let now = clock()
        let delivery = world.withLock { $0.receive(request, now: now) }
        observe(request, delivery)
        return delivery
    }

    /// The refusal of a body that is too large to be looked at.
    func refuseBody() -> APIReply {
        let now = clock()
        return world.withLock { $0.refuseBody(now: now) }
    }
}
