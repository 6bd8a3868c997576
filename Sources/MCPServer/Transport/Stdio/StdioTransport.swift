public import AuthCommon
import JSONRPC
import MCP
public import ServiceLifecycle
import Synchronization

/// One client on stdin and stdout, one JSON-RPC message per line (stdio transport of all revisions).
///
/// Requests are served concurrently. The end of the input cancels what runs; a graceful shutdown lets it finish for the grace period.
public struct StdioTransport: Service {
    private let dispatcher: LegacyDispatcher
    private let identity: @Sendable () -> Identity?
    private let input: Int32
    private let output: Int32
    private let grace: Duration

    /// A transport.
    ///
    /// - Parameters:
    ///   - identity: who the client is, asked for every message.
    ///   - grace: how long running requests may go on after a graceful shutdown began.
    public init(
        server: MCPServer,
        identity: @escaping @Sendable () -> Identity?,
        input: Int32 = 0,
        output: Int32 = 1,
        grace: Duration = .seconds(4)
    ) {
        dispatcher = LegacyDispatcher(server: server)
        self.identity = identity
        self.input = input
        self.output = output
        self.grace = grace
    }

    /// Serves until the input ends, the task is cancelled or a graceful shutdown is over.
    public func run() async throws {
        let session = LegacySession(id: "stdio", owner: nil)
        let reader = LineReader(descriptor: input, limit: JSONLimits().maximumBytes, window: 64)
        let writer = LineWriter(descriptor: output)
        let draining = Atomic<Bool>(false)
        reader.start()
        await withTaskCancellationOrGracefulShutdownHandler {
            await withDiscardingTaskGroup { group in
                for await frame in reader.frames {
                    let reply = receive(frame, session, writer)
                    if case .pending(let wait) = reply {
                        group.addTask {
                            if let value = await wait() { await writer.send(line: value.bytes()) }
                            reader.done()
                        }
                    } else {
                        if let value = await reply.value() { await writer.send(line: value.bytes()) }
                        reader.done()
                    }
                }
                if draining.load(ordering: .relaxed) {
                    await Self.wait(upTo: grace) { !session.isBusy }
                }
                session.close()
            }
        } onCancelOrGracefulShutdown: {
            draining.store(true, ordering: .relaxed)
            reader.stop()
        }
        await writer.flush(upTo: grace)
    }

    private func receive(_ frame: LineFramer.Frame, _ session: LegacySession, _ writer: LineWriter) -> Reply {
        switch frame {
        case .line(let bytes):
            return dispatcher.receive(bytes, in: session, from: MessageOrigin(identity: identity(), transport: .stdio), sink: writer)
        case .tooLong:
            return .refusal(.invalidRequest("The message is larger than \(JSONLimits().maximumBytes) bytes"))
        }
    }

    /// Polls coarsely: this runs once in the life of a process.
    private static func wait(upTo limit: Duration, until condition: () -> Bool) async {
        let deadline = ContinuousClock.now + limit
        while !condition(), ContinuousClock.now < deadline, !Task.isCancelled {
            try? await Task.sleep(for: .milliseconds(20))
        }
    }
}
