import Dispatch
import JSONRPC
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Writes one message per line to a file descriptor, in order, several in one system call when they come together.
///
/// The writing happens on a queue of its own: a client that does not read blocks that queue and nobody else. Senders wait while more than
/// `highWater` bytes are queued.
final class LineWriter: MessageSink {
    private struct State {
        var queued: [UInt8] = []
        var isDraining = false
        var isBroken = false
        var waiters: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())
    private let queue = DispatchQueue(label: "mcp.stdio.writer")
    private let descriptor: Int32
    private let highWater: Int

    init(descriptor: Int32, highWater: Int = 1 << 20) {
        self.descriptor = descriptor
        self.highWater = highWater
    }

    /// Queues a message.
    ///
    /// Waits while the reader is slow; does nothing when it is gone.
    func send(_ message: JSONRPCMessage) async { await send(line: message.bytes()) }

    /// Queues one line.
    func send(line: [UInt8]) async {
        let full = state.withLock { state in
            guard !state.isBroken else { return false }
            state.queued.append(contentsOf: line)
            state.queued.append(UInt8(ascii: "\n"))
            if !state.isDraining {
                state.isDraining = true
                queue.async { self.drain() }
            }
            return state.queued.count > highWater
        }
        guard full else { return }
        await withCheckedContinuation { continuation in
            let waits = state.withLock { state in
                guard state.isDraining, state.queued.count > highWater else { return false }
                state.waiters.append(continuation)
                return true
            }
            if !waits { continuation.resume() }
        }
    }

    /// Waits until everything that was queued has been written, but no longer than the limit: the client may have stopped reading.
    func flush(upTo limit: Duration) async {
        let (written, continuation) = AsyncStream<Never>.makeStream()
        queue.async { continuation.finish() }
        let seconds = Double(limit.components.seconds) + Double(limit.components.attoseconds) / 1e18
        DispatchQueue.global().asyncAfter(deadline: .now() + seconds) { continuation.finish() }
        for await _ in written {}
    }

    private func drain() {
        while true {
            let bytes: [UInt8]? = state.withLock { state in
                guard !state.queued.isEmpty, !state.isBroken else {
                    state.isDraining = false
                    return nil
                }
                defer { state.queued = [] }
                return state.queued
            }
            release()
            guard let bytes else { return }
            if !write(bytes) {
                state.withLock { state in
                    state.isBroken = true
                    state.queued = []
                }
            }
        }
    }

    private func release() {
        let waiters = state.withLock { state in
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { waiter.resume() }
    }

    private func write(_ bytes: [UInt8]) -> Bool {
        unsafe bytes.withUnsafeBytes { buffer in
            var offset = 0
            while offset < buffer.count {
                let rest = unsafe UnsafeRawBufferPointer(rebasing: buffer[offset...])
                #if canImport(Darwin)
                    let count = unsafe Darwin.write(descriptor, rest.baseAddress, rest.count)
                #elseif canImport(Musl)
                    let count = unsafe Musl.write(descriptor, rest.baseAddress, rest.count)
                #else
                    let count = unsafe Glibc.write(descriptor, rest.baseAddress, rest.count)
                #endif
                if count < 0 {
                    if errno == EINTR { continue }
                    if errno == EAGAIN {
                        var entry = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                        _ = unsafe poll(&entry, 1, -1)
                        continue
                    }
                    return false
                }
                offset += count
            }
            return true
        }
    }
}
