import AsyncHTTPClient
import Crypto
import JSONRPC
import NIOCore
import ProcessSupport

/// The running gateway: puts the parts together, starts them in order, reacts to signals, and ends them in order (gateway.md §12).
struct GatewayProcess: Sendable {
    private let plan: GatewayPlan
    private let options: GatewayOptions
    private let audit: AuditFile?
    private let console: Console

    /// A gateway with a validated plan, and its audit file where it has one.
    init(_ plan: GatewayPlan, options: GatewayOptions, audit: AuditFile?, console: Console) {
        self.plan = plan
        self.options = options
        self.audit = audit
        self.console = console
    }

    /// Runs until it is told to stop.
    func run() async -> ExitCode {
        let signals = ProcessSignals()
        let output = BackgroundLogOutput()
        defer { output.flush() }
        let parts = GatewayParts(plan, console: console, output: output.logOutput, audit: audit)
        let proxy: ProxyServer
        do {
            proxy = try await ProxyServer.start(on: plan.settings.address, services: parts.proxyServices)
        } catch {
            output.flush()
            console.error("error: cannot listen on \(plan.settings.address): \(ListenFailure.text(error))\n")
            await parts.stop()
            return .failure
        }
        guard let admin = await startAdmin(parts) else {
            output.flush()
            await proxy.drain(for: .zero)
            await parts.stop()
            return .failure
        }
        // Only now, so that an address in use gives one line and nothing else.
        for warning in plan.warnings { parts.log.event(warning.level, warning.event, warning.fields) }
        parts.openAudit(address: proxy.address)
        parts.start(plan)
        logReady(parts, proxy, admin.server)
        await react(to: signals, parts, proxy)
        await admin.server?.stop()
        await parts.stop()
        parts.closeAudit()
        return .success
    }

    /// Reacts to signals until the gateway has drained.
    private func react(to signals: ProcessSignals, _ parts: GatewayParts, _ proxy: ProxyServer) async {
        var reload = GatewayReload(options: options, host: console.host, plan: plan)
        var drain: Task<Void, Never>?
        await withDiscardingTaskGroup { group in
            let (drained, ended) = AsyncStream.makeStream(of: ProcessSignals.Event?.self)
            group.addTask { for await event in signals.events { ended.yield(event) } }
            group.addTask {
                for await _ in parts.revocations.changes {
                    let list = parts.revocations.current
                    await proxy.endStreams(as: .revoked) { _, caller in !list.revokes(caller) }
                }
            }
            for await event in drained {
                switch event {
                case .reload?:
                    if drain == nil { await reload.run(parts, proxy) }
                case .stop?:
                    // A second signal ends the running requests too.
                    if let drain { drain.cancel() }
                    guard drain == nil else { continue }
                    drain = Task {
                        await shutDown(parts, proxy, limits: parts.configuration.current.limits)
                        ended.yield(nil)
                    }
                case nil:
                    group.cancelAll()
                    return
                }
            }
        }
    }

    private func shutDown(_ parts: GatewayParts, _ proxy: ProxyServer, limits: Limits) async {
        parts.log.info("gateway-stopping", ["open_connections": .int(proxy.openConnections)])
        parts.directory.beginDraining()
        await proxy.drain(for: .seconds(limits.drainTimeout ?? 1_000_000_000))
        await parts.supervisor.stopAll()
        parts.log.info("gateway-stopped")
    }

    /// The admin listener, where there is one; nil when it must exist and cannot.
    private func startAdmin(_ parts: GatewayParts) async -> (server: AdminServer?, port: Int)? {
        let logger = parts.log.libraryLogger("mcp-gateway.admin", level: .warning)
        switch plan.settings.adminPort {
        case .off:
            return (nil, 0)
        case .required(let port):
            do {
                return (try await AdminServer.start(port: port, pages: parts.adminPages, logger: logger), port)
            } catch {
                console.error("error: the admin listener cannot listen on 127.0.0.1:\(port): \(ListenFailure.text(error))\n")
                return nil
            }
        case .preferred(let port):
            do {
                return (try await AdminServer.start(port: port, pages: parts.adminPages, logger: logger), port)
            } catch {
                parts.log.warning("admin-port-busy", ["port": .int(port), "error": .string(ListenFailure.text(error))])
                return (nil, 0)
            }
        }
    }

    private func logReady(_ parts: GatewayParts, _ proxy: ProxyServer, _ admin: AdminServer?) {
        for service in plan.selection.mounted {
            parts.log.info(
                "service-mounted",
                ["service": .string(service.name), "mount_path": .string(service.mountPath), "kind": .string(service.kind)]
            )
        }
        for service in plan.selection.skipped {
            parts.log.info("service-skipped", ["service": .string(service.name), "reason": .string(service.reason)])
        }
        parts.log.info(
            "gateway-ready",
            [
                "address": .string(proxy.address), "admin_address": .optional(admin.map { "127.0.0.1:\($0.port)" }),
                "auth_mode": .string(plan.settings.mode.rawValue),
                "mounted": .array(plan.mounts.map { .string("\($0.service)=\($0.path)") }),
                "skipped": .array(plan.selection.skipped.map { .string($0.name) }),
            ]
        )
    }
}
