#!/usr/bin/env python3
"""Compares MCP servers on the same work: one tool that lists 20 cloud servers from a fake ECS API, and the list of tools. See README.md."""
import argparse
import json
import os
import shlex
import subprocess
import sys
import time

import harness as h

API_PORT, HTTP_PORT = 9151, 9160
EXPECT = "bench-server-07"  # must be in every right answer
KINDS = (("stdio_1", "stdio, one call at a time"), ("stdio_32", "stdio, 32 calls in flight"), ("http_1", "HTTP /mcp, 1 connection"),
         ("http_16", "HTTP /mcp, 16 connections"), ("http_32", "HTTP /mcp, 32 connections"), ("list_32", "HTTP /mcp, 32 connections, tools/list"))


def canned_servers(count=20):
    """What GET /v1/{project}/cloudservers/detail answers, with the members real rows have."""
    rows = []
    for i in range(count):
        uid = f"{i:08x}-1111-4222-8333-444444444444"
        rows.append({
            "id": uid, "name": f"bench-server-{i:02d}", "status": "ACTIVE", "created": "2025-01-02T03:04:05Z", "updated": "2025-01-02T03:05:06Z",
            "tenant_id": "0" * 32, "user_id": "1" * 32, "hostId": f"{i:056x}", "key_name": "bench-key", "description": "", "progress": 0,
            "locked": False, "host_status": "UP", "config_drive": "", "accessIPv4": "", "accessIPv6": "", "auto_terminate_time": "",
            "enterprise_project_id": "0", "tags": ["env=bench", f"n={i}"], "sys_tags": [{"key": "_sys_enterprise_project_id", "value": "0"}],
            "metadata": {"charging_mode": "0", "vpc_id": uid, "image_name": "Ubuntu 22.04 server 64bit", "os_bit": "64", "metering.order_id": ""},
            "flavor": {"id": "c7.large.2", "name": "c7.large.2", "vcpus": "2", "ram": "4096", "disk": "0", "gpus": [], "asic_accelerators": []},
            "image": {"id": uid}, "security_groups": [{"id": uid, "name": "default"}],
            "addresses": {uid: [{"version": "4", "addr": f"192.168.0.{i + 10}", "primary": True, "OS-EXT-IPS:type": "fixed",
                                 "OS-EXT-IPS-MAC:mac_addr": f"fa:16:3e:00:00:{i:02x}", "OS-EXT-IPS:port_id": uid},
                                {"version": "4", "addr": f"10.1.2.{i + 10}", "primary": False, "OS-EXT-IPS:type": "floating",
                                 "OS-EXT-IPS-MAC:mac_addr": f"fa:16:3e:00:00:{i:02x}", "OS-EXT-IPS:port_id": uid}]},
            "os-extended-volumes:volumes_attached": [{"id": uid, "device": "/dev/vda", "bootIndex": "0", "delete_on_termination": "true"}],
            "OS-EXT-STS:task_state": None, "OS-EXT-STS:vm_state": "active", "OS-EXT-STS:power_state": 1,
            "OS-EXT-AZ:availability_zone": "cn-north-4a", "OS-DCF:diskConfig": "MANUAL", "OS-SRV-USG:launched_at": "2025-01-02T03:04:30.000000",
            "OS-SRV-USG:terminated_at": None, "OS-EXT-SRV-ATTR:instance_name": f"instance-{i:08x}", "OS-EXT-SRV-ATTR:hostname": f"bench-{i}",
            "OS-EXT-SRV-ATTR:launch_index": 0, "OS-EXT-SRV-ATTR:root_device_name": "/dev/vda", "os:scheduler_hints": {},
            "hypervisor": {"hypervisor_type": "kvm", "csd_hypervisor": None}, "security_options": {"secure_boot_enabled": False, "tpm_enabled": False},
        })
    path = h.RUN / "ecs-servers.json"
    path.write_text(json.dumps({"count": count, "servers": rows}))
    return path


def environment(args, **more):
    env = {
        "HUAWEICLOUD_ACCESS_KEY_ID": "BENCHACCESSKEY", "HUAWEICLOUD_SECRET_ACCESS_KEY": "bench-secret-key", "HUAWEICLOUD_REGION": "cn-north-4",
        "HUAWEICLOUD_PROJECT_ID": "0" * 32, "HUAWEICLOUD_SDK_REGION_ECS_CN_NORTH_4": f"http://127.0.0.1:{API_PORT}",
        "ECS_MCP_LOG_LEVEL": "WARNING", "NO_PROXY": "*", "no_proxy": "*",
    }
    env.update(pair.split("=", 1) for pair in args.env)
    return {**env, **more}


class Stdio:
    """A server behind stdioload."""

    def __init__(self, name, command, args):
        self.p = subprocess.Popen(
            [str(h.BIN / "stdioload"), "--tool", args.tool, "--args", args.args, "--expect", args.expect, "--stderr", str(h.RUN / f"{name}-stdio.log"),
             "--timeout", "30", "--", *command], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            env={**os.environ, **environment(args, MCP_TRANSPORT="stdio")}, preexec_fn=h.setup())
        self.started = self.read()
        self.pid = self.started.get("pid")
        if not self.pid:
            raise RuntimeError(f"{name} does not start: {self.started}; see .run/{name}-stdio.log")

    def read(self):
        line = self.p.stdout.readline()
        return json.loads(line) if line else {"event": "failed", "reason": "stdioload ended"}

    def pin(self, server_cpus, load_cpus):
        h.pin(self.p.pid, load_cpus)
        for p in h.tree(self.pid):
            for task in os.listdir(f"/proc/{p}/task"):
                h.pin(int(task), server_cpus)

    def run(self, calls, depth, seconds):
        before = h.cpu_seconds(self.pid)
        self.p.stdin.write(f"run {calls} {depth} {seconds}\n")
        self.p.stdin.flush()
        r = self.read()
        if r.get("answered"):
            r["cpu_us_per_call"] = (h.cpu_seconds(self.pid) - before) / r["answered"] * 1e6
        return r

    def quit(self):
        self.p.stdin.write("quit\n")
        self.p.stdin.close()
        end = self.read()
        self.p.wait(10)
        return end


def measure_start(name, command, args, out):
    with h.Awake(not args.no_awake):
        s = Stdio(name, command, args)
    out.setdefault("startup_ms", []).append(s.started["startup_ms"])
    out.setdefault("shutdown", []).append(s.quit())


def measure_stdio(name, command, args, out):
    s = Stdio(name, command, args)
    s.pin(args.server_cpus, args.load_cpus)
    time.sleep(0.3)
    out.setdefault("rss_start_kb", []).append(h.rss_kb(s.pid))
    for depth in (1, 32):
        s.run(50, depth, 5)
        with h.Awake(depth == 1 and not args.no_awake):
            out.setdefault(f"stdio_{depth}", []).append(s.run(10_000_000, depth, args.seconds))
    s.quit()


def measure_growth(name, command, args, out):
    s = Stdio(name, command, args)
    s.pin(args.server_cpus, args.load_cpus)
    half = s.run(args.calls // 2, 32, args.growth_seconds / 2)
    half_kb = h.rss_kb(s.pid)
    r = s.run(args.calls - args.calls // 2, 32, args.growth_seconds / 2)
    out["growth"] = {"calls": half.get("answered", 0) + r.get("answered", 0), "rss_half_kb": half_kb, "rss_kb": h.rss_kb(s.pid),
                     "errors": (half.get("errors_total") or 0) + (r.get("errors_total") or 0)}
    s.quit()


def http_server(name, command, args, port):
    p = h.Process(f"{name}-http", command, args.server_cpus,
                  environment(args, MCP_TRANSPORT="streamable-http", MCP_HOST="127.0.0.1", MCP_PORT=str(port)), stdin=subprocess.DEVNULL)
    h.wait_for_port(port, p, 30)
    return p


def measure_http(process, port, args, out):
    call = ["--tool", args.tool, "--args", args.args, "--expect", args.expect]
    for kind, conns, what in (("http_1", 1, call), ("http_16", 16, call), ("http_32", 32, call),
                              ("list_32", 32, ["--method", "tools/list", "--expect", args.tool])):
        with h.Awake(conns == 1 and not args.no_awake):
            meter = h.Meter(process.pid)
            r = h.loadgen("rpc", f"http://127.0.0.1:{port}/mcp", ["-c", conns, "-d", args.seconds, "--warmup", 0.5, "--init", "--timeout", 30, *what],
                          args.load_cpus)
            r["cost"] = meter.read()
        if r.get("sent"):
            r["cpu_us_per_call"] = r["cost"]["cpu_s"] / r["sent"] * 1e6
        out.setdefault(kind, []).append(r)


def summarize(found):
    pick = lambda runs, *keys: h.median([_dig(r, keys) for r in runs])
    out = {}
    for name, d in found.items():
        f = {"start_ms": h.median(d.get("startup_ms", [])), "start_spread": h.spread(d.get("startup_ms", [])),
             "rss_start_mb": h.median([v / 1024 for v in d.get("rss_start_kb", [])]), "growth_calls": d.get("growth", {}).get("calls"),
             "rss_half_mb": d["growth"]["rss_half_kb"] / 1024 if "growth" in d else None,
             "rss_after_mb": d["growth"]["rss_kb"] / 1024 if "growth" in d else None, "errors": d.get("growth", {}).get("errors") or 0}
        for kind, _ in KINDS:
            runs = d.get(kind, [])
            f[kind] = {"rps": pick(runs, "rps"), "cpu_us": pick(runs, "cpu_us_per_call"), "p50_us": pick(runs, "latency_us", "p50"),
                       "p99_us": pick(runs, "latency_us", "p99")}
            f["errors"] += sum((r.get("errors_total") or 0) + (1 if "failed" in r else 0) for r in runs)
        out[name] = f
    return out


def _dig(r, keys):
    for k in keys:
        r = r.get(k) if isinstance(r, dict) else None
    return r


def print_tables(summary):
    show, first = h.show, next(iter(summary.values()))
    x = lambda a, b: "-" if not a or not b else f"{a / b:.2f}"
    print("\n### Start and memory\n")
    print(h.table(["server", "start ms", "min-max", "RSS MB after start", "after half the calls", "after all calls", "calls", "errors"],
                  [[n, show(f["start_ms"], 1), "-".join(show(v, 0) for v in f["start_spread"] or ()), show(f["rss_start_mb"], 1), show(f["rss_half_mb"], 1), show(f["rss_after_mb"], 1),
                    show(f["growth_calls"]), f["errors"]] for n, f in summary.items()]))
    for kind, title in KINDS:
        print(f"\n### {title}\n")
        print(h.table(["server", "calls/s", "CPU us/call", "p50 us", "p99 us", "calls/s vs first", "CPU vs first"],
                      [[n, show(f[kind]["rps"]), show(f[kind]["cpu_us"]), show(f[kind]["p50_us"]), show(f[kind]["p99_us"]),
                        x(f[kind]["rps"], first[kind]["rps"]), x(f[kind]["cpu_us"], first[kind]["cpu_us"])] for n, f in summary.items()]))


def parse():
    cpus = lambda s: {int(c) for c in s.split(",")}
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--server", metavar="PATH", help="the project's ecs-mcp-server")
    p.add_argument("--peer", metavar="NAME=COMMAND", action="append", default=[])
    p.add_argument("--env", metavar="K=V", action="append", default=[], help="added to the environment of every server")
    p.add_argument("--tool", default="ecs_list_servers")
    p.add_argument("--args", default='{"limit":20}')
    p.add_argument("--expect", default=EXPECT, help="text every answer must contain")
    p.add_argument("--starts", type=int, default=20)
    p.add_argument("--rounds", type=int, default=5)
    p.add_argument("--seconds", type=float, default=3)
    p.add_argument("--calls", type=int, default=10000, help="for the memory growth")
    p.add_argument("--growth-seconds", type=float, default=180)
    p.add_argument("--no-stdio", action="store_true")
    p.add_argument("--no-http", action="store_true")
    p.add_argument("--no-awake", action="store_true")
    p.add_argument("--patience", type=float, default=120, help="seconds to spend, in all, on waiting for a quiet machine")
    p.add_argument("--server-cpus", type=cpus, default={0})
    p.add_argument("--load-cpus", type=cpus, default={1})
    p.add_argument("--json", metavar="FILE")
    args = p.parse_args()
    args.servers = {"ecs-mcp-server": [os.path.abspath(args.server)]} if args.server else {}
    for spec in args.peer:
        name, _, command = spec.partition("=")
        args.servers[name] = shlex.split(command)
    if not args.servers:
        p.error("give --server or --peer")
    return args


def main():
    args = parse()
    h.build()
    host = h.machine()
    found = {name: {} for name in args.servers}
    api = h.Process("fake-ecs-api", [str(h.BIN / "upstream"), "--port", str(API_PORT), "--canned", str(canned_servers())], args.load_cpus)
    http = {}
    try:
        h.wait_for_port(API_PORT, api)
        patience = h.Patience(args.patience, [api.pid])
        if not args.no_stdio:
            for n in range(args.starts):
                for name, command in args.servers.items():
                    patience.wait()
                    measure_start(name, command, args, found[name])
            h.note("start-up measured")
            for n in range(args.rounds):
                for name, command in args.servers.items():
                    patience.wait()
                    measure_stdio(name, command, args, found[name])
                    h.note(f"round {n + 1} {name}: stdio {h.show(found[name]['stdio_1'][-1].get('rps'))} and {h.show(found[name]['stdio_32'][-1].get('rps'))} calls/s")
            for name, command in args.servers.items():
                measure_growth(name, command, args, found[name])
        if not args.no_http:
            for i, (name, command) in enumerate(args.servers.items()):
                http[name] = (http_server(name, command, args, HTTP_PORT + i), HTTP_PORT + i)
            for n in range(args.rounds):
                for name, (process, port) in http.items():
                    patience.wait()
                    measure_http(process, port, args, found[name])
                    h.note(f"round {n + 1} {name}: http {h.show(found[name]['http_1'][-1].get('rps'))} and {h.show(found[name]['http_32'][-1].get('rps'))} calls/s"
                           f" {found[name]['http_32'][-1].get('first_error') or found[name]['http_32'][-1].get('failed') or ''}")
    finally:
        for process, _ in http.values():
            process.stop()
        api.stop()
    host["load_after"], host["waited_s"] = os.getloadavg(), patience.waited
    summary = summarize(found)
    settings = {k: getattr(args, k) for k in ("tool", "args", "starts", "rounds", "seconds", "calls")}
    print(f"{host['cpu']}, {host['cores']} processors, kernel {host['kernel']}, {host['time']}; load average before {host['load_before'][0]:.2f}, "
          f"after {host['load_after'][0]:.2f}\n{settings}")
    print_tables(summary)
    if args.json:
        with open(args.json, "w") as f:
            json.dump({"machine": host, "settings": settings, "summary": summary, "runs": found}, f, indent=1)
    return 1 if any(f["errors"] for f in summary.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
