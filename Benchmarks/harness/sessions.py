#!/usr/bin/env python3
"""Thousands of event streams through the gateway: a round trip on each, and what memory does before, meanwhile and afterwards. See README.md."""
import argparse
import json
import os
import subprocess
import sys
import time

import compare
import harness as h


def parse():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--gateway", metavar="PATH", required=True)
    p.add_argument("--gateway-env", metavar="K=V", action="append", default=[])
    p.add_argument("--gateway-args", metavar="ARGS", default="")
    p.add_argument("--sessions", type=int, default=5000)
    p.add_argument("--rate", type=float, default=1000, help="round trips a second; each session makes one")
    p.add_argument("--settle", type=float, default=20, help="seconds to wait, at most, for the memory to come back")
    p.add_argument("--load-cpus", type=compare.cpus, default={1})
    p.add_argument("--proxy-cpus", type=compare.cpus, default={0})
    p.add_argument("--upstream-port", type=int, default=9103)
    p.add_argument("--port", type=int, default=9140)
    p.add_argument("--json", metavar="FILE")
    args = p.parse_args()
    args.layout = {1: {"proxy": args.proxy_cpus, "load": args.load_cpus}}
    args.sessions = h.possible_sessions(args.sessions)
    return args


def warm_up(gateway, args):
    h.loadgen("rpc", gateway.url("/mcp"), ["--token-file", args.token_file, "-c", 4, "-d", 0.3, "--warmup", 0], args.load_cpus)
    time.sleep(0.7)


def round_trips(gateway, args):
    """Every session sends one message and waits for its own answer: none may be lost, doubled, or on another's stream."""
    seconds = args.sessions / args.rate
    p = subprocess.Popen([str(h.BIN / "loadgen"), "sse", "--json", "--announce", "--token-file", str(args.token_file), "-n", str(args.sessions),
                          "-r", str(args.rate), "-d", str(seconds), "--timeout", "15", gateway.url("/sse")],
                         stdout=subprocess.PIPE, text=True, preexec_fn=h.setup(args.load_cpus))
    p.stdout.readline()
    time.sleep(seconds / 2)
    meanwhile = h.rss_kb(gateway.pid)
    out, _ = p.communicate(timeout=120)
    try:
        return json.loads(out.strip().splitlines()[-1]), meanwhile
    except (IndexError, ValueError):
        return {"failed": out[-300:] or "loadgen ended", "errors_total": 1}, meanwhile


def settle(gateway, goal_kb, seconds):
    """Waits until the memory is back; how much it is then, and after how long."""
    start = time.monotonic()
    while True:
        now, waited = h.rss_kb(gateway.pid), time.monotonic() - start
        if now <= goal_kb or waited > seconds:
            return now, waited
        time.sleep(0.5)


def print_tables(found):
    print(f"\n### {found['sessions']} sessions, a round trip each\n")
    print(h.table(["sessions", "round trips", "lost", "doubled or misplaced", "errors", "opened/s", "p50 us", "p99 us"],
                  [[found["sessions"], found["round_trips"], found["lost"], found["doubled_or_misplaced"], found["errors"],
                    h.show(found["opened_per_second"]), h.show(found["p50_us"]), h.show(found["p99_us"])]]))
    print("\n" + h.table(["RSS MB before", "meanwhile", "KB each", "after they closed", "after/before", "after s"],
                         [[h.show(found["rss_before_mb"], 1), h.show(found["rss_meanwhile_mb"], 1), h.show(found["kb_per_session"], 1),
                           h.show(found["rss_after_mb"], 1), f"{found['after_over_before']:.2f}", h.show(found["settled_s"], 1)]]))
    if found["problem"]:
        print(f"\nfirst problem: {found['problem']}")


def main():
    args = parse()
    h.build()
    args.token_file = h.make_tokens(1)
    host = h.machine()
    args.upstream = h.Process("sessions-upstream", [str(h.BIN / "upstream"), "--port", str(args.upstream_port), "--body", "1024"], args.load_cpus)
    gateway = compare.gateway_subject(args, 1, args.port)
    try:
        h.wait_for_port(args.upstream_port, args.upstream)
        gateway.start(args)
        warm_up(gateway, args)
        before = h.rss_kb(gateway.pid)
        r, meanwhile = round_trips(gateway, args)
        after, waited = settle(gateway, before * 1.1, args.settle)
    finally:
        gateway.stop()
        args.upstream.stop()
    errors = r.get("errors", {})
    found = {
        "sessions": args.sessions, "up": compare.value(r, "sessions", "up"), "round_trips": r.get("ok", 0), "lost": errors.get("lost", 0),
        "doubled_or_misplaced": errors.get("session", 0), "errors": r.get("errors_total", 0) + (1 if "failed" in r else 0),
        "problem": r.get("failed") or r.get("first_error") or "", "opened_per_second": compare.value(r, "sessions", "per_second"),
        "p50_us": compare.value(r, "latency_us", "p50"), "p99_us": compare.value(r, "latency_us", "p99"), "rss_before_mb": before / 1024,
        "rss_meanwhile_mb": meanwhile / 1024, "rss_after_mb": after / 1024, "kb_per_session": (meanwhile - before) / args.sessions,
        "after_over_before": after / before, "settled_s": waited,
    }
    print_tables(found)
    if args.json:
        with open(args.json, "w") as f:
            json.dump({"machine": {**host, "load_after": os.getloadavg()}, "summary": found, "run": r}, f, indent=1)
    return 1 if found["errors"] or found["round_trips"] != args.sessions else 0


if __name__ == "__main__":
    sys.exit(main())
