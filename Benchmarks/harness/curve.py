#!/usr/bin/env python3
"""The gateway's cost against its load: CPU per request with more and more connections, and with more and more open sessions. See README.md."""
import argparse
import json
import os
import subprocess
import sys

import compare
import harness as h


def parse():
    numbers = lambda s: [int(n) for n in s.split(",")]
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--gateway", metavar="PATH", required=True)
    p.add_argument("--gateway-env", metavar="K=V", action="append", default=[])
    p.add_argument("--gateway-args", metavar="ARGS", default="")
    p.add_argument("--connections", type=numbers, default=[8, 16, 32, 64, 128, 256, 512])
    p.add_argument("--sessions", type=numbers, default=[100, 500, 1000, 2500, 5000, 10000])
    p.add_argument("--session-rate", type=float, default=1000, help="messages a second over all sessions")
    p.add_argument("--rounds", type=int, default=5)
    p.add_argument("--seconds", type=float, default=3)
    p.add_argument("--patience", type=float, default=120, help="seconds to spend, in all, on waiting for a quiet machine")
    p.add_argument("--proxy-cpus", type=compare.cpus, default={0})
    p.add_argument("--load-cpus", type=compare.cpus, default={1})
    p.add_argument("--upstream-port", type=int, default=9102)
    p.add_argument("--port", type=int, default=9130)
    p.add_argument("--json", metavar="FILE")
    args = p.parse_args()
    args.layout = {1: {"proxy": args.proxy_cpus, "load": args.load_cpus}}
    args.sessions = sorted({h.possible_sessions(n) for n in args.sessions})
    return args


def with_connections(gateway, count, args):
    """A closed loop: every connection has a request in flight."""
    args.patience.wait()
    meter = h.Meter(gateway.pid)
    r = h.loadgen("rpc", gateway.url("/mcp"), ["--token-file", args.token_file, "-c", count, "-d", args.seconds, "--warmup", 0.5], args.load_cpus)
    cost = meter.read(r.get("load_cpu_s", 0.0))
    return point(count, r, cost)


def with_sessions(gateway, count, args):
    """A fixed rate over all sessions. Opening them is not part of the cost: it is counted from when all are up."""
    args.patience.wait()
    p = subprocess.Popen([str(h.BIN / "loadgen"), "sse", "--json", "--announce", "--token-file", str(args.token_file), "-n", str(count),
                          "-r", str(args.session_rate), "-d", str(args.seconds), "--timeout", "15", gateway.url("/sse")],
                         stdout=subprocess.PIPE, text=True, preexec_fn=h.setup(args.load_cpus))
    ready = p.stdout.readline()
    meter = h.Meter(gateway.pid)
    line = p.stdout.readline()
    cost = meter.read()
    p.stdout.close()
    p.wait(60)
    try:
        r = json.loads(line)
    except ValueError:
        r = {"failed": (ready + line)[-300:] or "loadgen ended"}
    return point(count, r, cost)


def point(count, r, cost):
    found = {"load": count, "errors": r.get("errors_total", 0) + (1 if "failed" in r else 0), "problem": r.get("failed") or r.get("first_error") or "",
             "rps": r.get("rps"), "p50_us": compare.value(r, "latency_us", "p50"), "p99_us": compare.value(r, "latency_us", "p99"),
             "busy": cost["cpu_share"], "foreign": cost["foreign_share"], "steal": cost["steal_share"]}
    if r.get("sent"):
        found["cpu_us"] = cost["cpu_s"] / r["sent"] * 1e6
    if "sessions" in r:
        found["up"] = r["sessions"]["up"]
    return found


def knee(points):
    """How much dearer a request gets than it was at the cheapest smaller load, at worst. 1.0: it never gets dearer."""
    worst, cheapest = 1.0, None
    for p in points:
        cost = p.get("cpu_us")
        if cost:
            worst = max(worst, cost / cheapest) if cheapest else worst
            cheapest = min(cheapest, cost) if cheapest else cost
    return worst


def merged(rounds):
    """The medians over the rounds, load by load."""
    out = []
    for points in zip(*rounds):
        m = {k: h.median([p.get(k) for p in points]) for k in ("rps", "cpu_us", "p50_us", "p99_us", "busy", "foreign", "steal")}
        m.update(load=points[0]["load"], errors=sum(p["errors"] for p in points), problem=next((p["problem"] for p in points if p["problem"]), ""),
                 cpu_us_spread=h.spread([p.get("cpu_us") for p in points]))
        out.append(m)
    return out


def print_table(title, what, points):
    print(f"\n### {title}\n")
    rows = [[p["load"], h.show(p["cpu_us"], 1), "-".join(h.show(v, 1) for v in p["cpu_us_spread"] or ()), h.show(p["rps"]),
             h.show(p["p50_us"]), h.show(p["p99_us"]), p["errors"]] for p in points]
    print(h.table([what, "CPU us/req", "min-max", "req/s", "p50 us", "p99 us", "errors"], rows))
    print(f"\nKnee: {knee(points):.2f}")


def main():
    args = parse()
    h.build()
    args.token_file = h.make_tokens(1)
    host = h.machine()
    args.upstream = h.Process("curve-upstream", [str(h.BIN / "upstream"), "--port", str(args.upstream_port), "--body", "1024"], args.load_cpus)
    gateway = compare.gateway_subject(args, 1, args.port)
    found = {"connections": [], "sessions": []}
    try:
        h.wait_for_port(args.upstream_port, args.upstream)
        args.patience = h.Patience(args.patience, [args.upstream.pid])
        for n in range(args.rounds):
            for kind, loads, measure in (("connections", args.connections, with_connections), ("sessions", args.sessions, with_sessions)):
                points = []
                for load in loads:
                    gateway.start(args)  # a fresh process for each: no load pays for another
                    points.append(measure(gateway, load, args))
                    if not gateway.process.alive():
                        points[-1].update(errors=points[-1]["errors"] + 1, problem=f"the gateway ended: {gateway.process.tail()}")
                    gateway.stop()
                    h.note(f"round {n + 1} {load} {kind}: {h.show(points[-1].get('cpu_us'), 1)} us CPU {points[-1]['problem']}")
                found[kind].append(points)
    finally:
        gateway.stop()
        args.upstream.stop()
    host["load_after"] = os.getloadavg()
    summary = {kind: {"points": merged(rounds), "knee": knee(merged(rounds))} for kind, rounds in found.items()}
    print_table("Cost against connections (closed loop)", "connections", summary["connections"]["points"])
    print_table(f"Cost against open sessions ({args.session_rate:g} messages/s over all of them)", "sessions", summary["sessions"]["points"])
    if args.json:
        settings = {k: getattr(args, k) for k in ("connections", "sessions", "session_rate", "rounds", "seconds")}
        with open(args.json, "w") as f:
            json.dump({"machine": host, "settings": settings, "summary": summary, "rounds": found}, f, indent=1)
    return 1 if any(p["errors"] for s in summary.values() for p in s["points"]) else 0


if __name__ == "__main__":
    sys.exit(main())
