import Dispatch
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Reads frames from a file descriptor on a thread of its own, because stdin may be a file, a pipe or a terminal.
///
/// At most `window` frames are out at a time: ``LineReader/done()`` makes room for another. So a client that sends faster than it is served
/// waits in the pipe, not in memory.
final class LineReader: Sendable {
    let frames: AsyncStream<LineFramer.Frame>
    private let continuation: AsyncStream<LineFramer.Frame>.Continuation
    private let window: DispatchSemaphore
    private let descriptor: Int32
    private let limit: Int
    private let stopped = Atomic<Bool>(false)

    init(descriptor: Int32, limit: Int, window: Int) {
        self.descriptor = descriptor
        self.limit = limit
        self.window = DispatchSemaphore(value: window)
        (frames, continuation) = AsyncStream.makeStream()
    }

    /// Starts the reading thread.
    func start() {
        DispatchQueue(label: "mcp.stdio.reader").async { self.read() }
    }

    /// A frame has been dealt with.
    func done() { window.signal() }

    /// Hands out nothing more.
    ///
    /// The thread itself ends with the process or the input.
    func stop() {
        stopped.store(true, ordering: .relaxed)
        continuation.finish()
    }

    private func read() {
        var framer = LineFramer(limit: limit)
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 << 10, alignment: 16)
        defer { unsafe buffer.deallocate() }
        while !stopped.load(ordering: .relaxed) {
            #if canImport(Darwin)
                let count = unsafe Darwin.read(descriptor, buffer.baseAddress, buffer.count)
            #elseif canImport(Musl)
                let count = unsafe Musl.read(descriptor, buffer.baseAddress, buffer.count)
            #else
                let count = unsafe Glibc.read(descriptor, buffer.baseAddress, buffer.count)
            #endif
            if count < 0 {
                if errno == EINTR { continue }
                if errno == EAGAIN {
                    waitUntilReadable()
                    continue
                }
                break
            }
            if count == 0 { break }
            for frame in unsafe framer.append(UnsafeRawBufferPointer(rebasing: buffer[..<count])) { yield(frame) }
        }
        for frame in framer.end() { yield(frame) }
        continuation.finish()
    }

    private func yield(_ frame: LineFramer.Frame) {
        window.wait()
        continuation.yield(frame)
    }

    /// Whoever shares the descriptor may have made it non-blocking.
    private func waitUntilReadable() {
        var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        _ = unsafe poll(&entry, 1, -1)
    }
}
