public import AuthCommon
import JSONRPC
import MCP
public import ServiceLifecycle
import Synchronization

/// One client on stdin and stdout, one JSON-RPC message per line (stdio transport of all revisions).
///
/// Requests are served concurrently. The end of the input cancels what runs; a graceful shutdown lets it finish for the grace period.
public struct StdioTransport: Service, CustomStringConvertible {
    /// How many messages may be in work at a time; a client with more of them waits.
    ///
    /// Far more than a client has: one that waits cannot cancel or answer either.
    private static let window = 1024

    /// What a service group calls it: nothing of the server's contents.
    public var description: String { "MCP over stdio" }

    private let server: MCPServer
    private let legacy: LegacyDispatcher
    private let modern: ModernDispatcher
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
        self.server = server
        legacy = LegacyDispatcher(server: server)
        modern = ModernDispatcher(server: server)
        self.identity = identity
        self.input = input
        self.output = output
        self.grace = grace
    }

    /// Serves until the input ends, the task is cancelled or a graceful shutdown is over.
    public func run() async throws {
        let reader = LineReader(descriptor: input, limit: JSONLimits().maximumBytes, window: Self.window)
        let writer = LineWriter(descriptor: output)
        let session = LegacySession(id: "stdio", owner: nil, outlet: writer)
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
            server.changes?.shutDown()
            reader.stop()
        }
        await writer.flush(upTo: grace)
    }

    private func receive(_ frame: LineFramer.Frame, _ session: LegacySession, _ writer: LineWriter) -> Reply {
        let payload: JSONRPCPayload
        switch frame {
        case .tooLong: return .refusal(.invalidRequest("The message is larger than \(JSONLimits().maximumBytes) bytes"))
        case .line(let bytes):
            do {
                payload = try JSONRPCDecoder.decode(bytes)
            } catch {
                return .refusal(error.error, id: error.id)
            }
        }
        let origin = MessageOrigin(identity: identity(), transport: .stdio)
        if case .single(.request(let request)) = payload, RequestMetadata.isPresent(in: request.params) {
            return receive(request, session, origin, writer)
        }
        return legacy.receive(payload, in: session, from: origin, sink: writer)
    }

    /// A request of 2026-07-28: each message tells its era.
    ///
    /// It is registered beside the session's own, so that a cancellation finds it.
    private func receive(_ request: JSONRPCRequest, _ session: LegacySession, _ origin: MessageOrigin, _ writer: LineWriter) -> Reply {
        switch modern.receive(request, from: origin, headers: nil, sink: writer) {
        case .ready(let response), .malformed(let response): return .ready(response.json)
        case .running(let run):
            let task = Task { await run()?.json }
            switch session.begin(request.id, cancel: { task.cancel() }) {
            case .started: break
            case .closed, .duplicate:
                task.cancel()
                return .refusal(.invalidRequest("A request with this id is still running"), id: request.id)
            }
            return .pending {
                let value = await withTaskCancellationHandler {
                    await task.value
                } onCancel: {
                    task.cancel()
                }
                guard !session.end(request.id), let value else { return nil }
                guard request.method == SubscriptionFilter.method, value["result"] != nil else { return value }
                // The specification asks for the result in one place and for this notification in another (mcp.md §2.1).
                await writer.send(line: value.bytes())
                await writer.send(.notification(CancelledNotification.notification(for: request.id)))
                return nil
            }
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
