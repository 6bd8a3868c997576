#!/usr/bin/env python3
"""Puts the parts of a run of scripts/bench.sh together, and prints its tables and goals as Markdown."""
import argparse
import contextlib
import io
import json
import os
import re
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import compare
import curve
import harness as h
import servers
import sessions

PARTS = ("micro", "proxies", "tokens", "rotation", "curve", "sessions", "servers")
BEGIN, END = "<!-- figures: begin (scripts/bench.sh --document) -->", "<!-- figures: end -->"
GATEWAY, SERVER = ("summary", "gateway-1"), ("summary", "ecs-mcp-server")


def path(*keys):
    return lambda d: compare.value(d, *keys)


def micro(name):
    """Microseconds of one micro-benchmark; only an optimised build counts."""
    def read(d):
        found = next((b.get("ns") for b in d.get("benchmarks", []) if b["name"] == name), None)
        return found / 1000 if found and d.get("build") == "release" else None
    return read


def added_against_haproxy(d):
    ours, theirs = (compare.value(d, "summary", name, "added_p50_us") for name in ("gateway-1", "haproxy-1"))
    return ours / theirs if ours is not None and theirs else None


def growth(d):
    half, whole = (compare.value(d, *SERVER, key) for key in ("rss_half_mb", "rss_after_mb"))
    return whole / half if half and whole else None


# What, at most or at least, how much, unit, digits, part of the run, how to read it there.
GOALS = (
    ("gateway CPU per request, one token ÷ HAProxy with `jwt_verify`", "≤", 0.5, "×", 2, "proxies", path(*GATEWAY, "cpu_vs_haproxy")),
    ("… ÷ Envoy with `jwt_authn` and `rbac`", "≤", 0.2, "×", 2, "proxies", path(*GATEWAY, "cpu_vs_envoy")),
    ("… ÷ nginx without authentication", "≤", 1.8, "×", 2, "proxies", path(*GATEWAY, "cpu_vs_nginx")),
    ("gateway CPU per request, every token new ÷ HAProxy", "≤", 1.1, "×", 2, "tokens", path(*GATEWAY, "cpu_vs_haproxy")),
    ("… 5,000 tokens in turn ÷ HAProxy", "≤", 1.1, "×", 2, "rotation", path(*GATEWAY, "cpu_vs_haproxy")),
    ("gateway requests/s, 32 connections, one core ÷ HAProxy", "≥", 2, "×", 2, "proxies", path(*GATEWAY, "rps_vs_haproxy")),
    ("… ÷ Envoy", "≥", 5, "×", 2, "proxies", path(*GATEWAY, "rps_vs_envoy")),
    ("… ÷ nginx without authentication", "≥", 0.56, "×", 2, "proxies", path(*GATEWAY, "rps_vs_nginx")),
    ("gateway, added median latency at 1,000 requests/s ÷ HAProxy's", "≤", 0.7, "×", 2, "proxies", added_against_haproxy),
    ("gateway, resident memory idle", "≤", 25, "MB", 1, "proxies", path(*GATEWAY, "rss_idle_mb")),
    ("… more per idle SSE session, at 5,000", "≤", 12, "KB", 1, "proxies", path(*GATEWAY, "sessions", "5000", "kb_per_session")),
    ("… after the sessions have closed ÷ before", "≤", 1.1, "×", 2, "sessions", path("summary", "after_over_before")),
    ("5,000 SSE sessions, a round trip each: answers lost", "≤", 0, "", 0, "sessions", path("summary", "lost")),
    ("… answers doubled or on another's stream", "≤", 0, "", 0, "sessions", path("summary", "doubled_or_misplaced")),
    ("`ecs-mcp-server`: start to the answer to `initialize` over stdio", "≤", 20, "ms", 1, "servers", path(*SERVER, "start_ms")),
    ("… resident memory after 10,000 calls", "≤", 20, "MB", 1, "servers", path(*SERVER, "rss_after_mb")),
    ("… the same ÷ after half of them", "≤", 1.1, "×", 2, "servers", growth),
    ("… tools/call over stdio, 32 in flight, 20 servers an answer", "≥", 3000, "/s", 0, "servers", path(*SERVER, "stdio_32", "rps")),
    ("… `tools/list` on `/mcp`, one core", "≥", 15000, "/s", 0, "servers", path(*SERVER, "list_32", "rps")),
    ("sign a request", "≤", 15, "µs", 1, "micro", micro("sign-list-request")),
    ("decode a call of 210 bytes", "≤", 5, "µs", 1, "micro", micro("decode-tools-call")),
    ("encode a result of 9 KB", "≤", 60, "µs", 1, "micro", micro("encode-result-9-kb")),
    ("gateway CPU per request, dearest ÷ cheapest smaller load, to 512 connections", "≤", 1.3, "×", 2, "curve", path("summary", "connections", "knee")),
    ("… to 10,000 open sessions, or as many as the table shows", "≤", 1.3, "×", 2, "curve", path("summary", "sessions", "knee")),
)


def goals(run):
    """The table of goals; they are judged by a whole run of an optimised build only."""
    rows, counts = [], run["build"] == "release" and not run["quick"]
    for text, sign, limit, unit, digits, part, read in GOALS:
        found = read(run["parts"].get(part) or {})
        figure = lambda v: f"{v:,.{digits}f} {unit}".strip()
        verdict = "–" if found is None or not counts else "met" if (found <= limit if sign == "≤" else found >= limit) else "missed"
        rows.append([text, f"{sign} {figure(limit)}", "not measured" if found is None else figure(found), verdict])
    return rows


# ---- tables --------------------------------------------------------------------------------------

def captured(print_tables, *args):
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        print_tables(*args)
    return out.getvalue()


def proxies(d):
    names = list(d["summary"])
    subjects = [SimpleNamespace(name=n, workers=2 if n.endswith("-2") else 1, command=None if n.startswith("direct") else n) for n in names]
    settings = SimpleNamespace(**d["settings"], no_memory=not d["memory"])
    wrong = [f"{name}: {check} token gives {status}" for name, checks in d["checks"].items() for check, status in checks.items()
             if status != (403 if check == "role" else 401)]
    return captured(compare.print_tables, subjects, d["summary"], settings) + "".join(f"\n{w}\n" for w in wrong)


def load_curve(d):
    text = captured(curve.print_table, "Cost against connections (closed loop)", "connections", d["summary"]["connections"]["points"])
    rate = d["settings"]["session_rate"]
    return text + captured(curve.print_table, f"Cost against open sessions ({rate:g} messages/s over all of them)", "sessions",
                           d["summary"]["sessions"]["points"])


def operations(d):
    rows = [[f"`{b['name']}`", f"{b['allocations']:g}", h.show(b["ns"] / 1000, 2) if "ns" in b else "-"] for b in d["benchmarks"]]
    return f"\n### Single operations ({d['build']} build)\n\n" + h.table(["operation", "allocations", "µs"], rows) + "\n"


SECTIONS = (("proxies", "Beside other proxies, one token", proxies), ("tokens", "Beside other proxies, every token new", proxies),
            ("rotation", "Beside other proxies, 5,000 tokens in turn", proxies),
            ("sessions", "Many sessions", lambda d: captured(sessions.print_tables, d["summary"])),
            ("curve", "Cost against load", load_curve), ("servers", "Server", lambda d: captured(servers.print_tables, d["summary"])),
            ("micro", "Operations", operations))


def markdown(run):
    m = run["machine"]
    text = (f"Measured {m['time']} on {m['cpu']}, {m['cores']} processors, kernel {m['kernel']}, with {run['build']} executables of version "
            f"{run['version']} (commit {run['commit']}){', a short run' if run['quick'] else ''}; load average before {m['load_before'][0]:.2f}.\n")
    versions = compare.value(run, "parts", "proxies", "machine", "versions")
    if versions:
        text += f"\nCompared with {', '.join(versions.values())}.\n"
    if run["build"] != "release":
        text += "\n**Not an optimised build: these figures say nothing about speed.**\n"
    for part, why in run["failed"].items():
        text += f"\n**Part `{part}` failed: {why}.**\n"
    text += "\n## Goals\n\n" + h.table(["what", "goal", "measured", ""], goals(run)) + "\n"
    for part, title, print_part in SECTIONS:
        if run["parts"].get(part):
            text += f"\n## {title}\n{print_part(run['parts'][part])}"
    return text


# ---- commands ------------------------------------------------------------------------------------

def merge(args):
    parts, failed = {}, dict(pair.split("=", 1) for pair in args.failed)
    for part in PARTS:
        file = Path(args.folder) / f"{part}.json"
        if file.exists():
            parts[part] = json.loads(file.read_text())
    measured = [p["machine"] for p in parts.values() if "machine" in p]
    machine = measured[0] if measured else {**h.machine(), "time": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())}
    run = {"machine": machine, "version": args.version, "commit": args.commit, "build": args.build, "quick": args.quick, "failed": failed, "parts": parts}
    run["goals"] = [dict(zip(("what", "goal", "measured", "verdict"), row)) for row in goals(run)]
    Path(args.output).write_text(json.dumps(run, indent=1) + "\n")
    print(h.table(["what", "goal", "measured", ""], goals(run)))


def document(args):
    file = Path(args.document)
    text = file.read_text()
    head, begin, rest = text.partition(BEGIN)
    _, end, tail = rest.partition(END)
    if not begin or not end:
        sys.exit(f"{file} has no place for the figures: it needs the lines {BEGIN} and {END}")
    fresh = file.with_name(file.name + ".new")
    # There the tables are part of a section: their headings go one level down.
    figures = re.sub(r"(?m)^#(?=#* )", "##", markdown(read(args.run)))
    fresh.write_text(f"{head}{BEGIN}\n\n{figures}\n{END}{tail}")
    os.replace(fresh, file)


def read(file):
    try:
        run = json.loads(Path(file).read_text())
        return run if run["parts"] or run["failed"] else sys.exit(f"{file} is empty")
    except (OSError, ValueError, KeyError, TypeError) as e:
        sys.exit(f"{file} is no result of scripts/bench.sh: {e}")


def main():
    p = argparse.ArgumentParser(description=__doc__)
    commands = p.add_subparsers(dest="command", required=True)
    c = commands.add_parser("merge", help="one file of the parts' files in FOLDER")
    c.add_argument("folder")
    c.add_argument("output")
    c.add_argument("--version", default="unknown")
    c.add_argument("--commit", default="unknown")
    c.add_argument("--build", default="unknown")
    c.add_argument("--quick", action="store_true")
    c.add_argument("--failed", metavar="PART=WHY", action="append", default=[])
    c = commands.add_parser("operations", help="print the table of the micro-benchmarks' JSON in FILE")
    c.add_argument("file")
    c = commands.add_parser("markdown", help="print the tables of a run")
    c.add_argument("run")
    c = commands.add_parser("document", help="write the tables of a run into a document, between its marks")
    c.add_argument("run")
    c.add_argument("document")
    args = p.parse_args()
    if args.command == "merge":
        merge(args)
    elif args.command == "operations":
        print(operations(json.loads(Path(args.file).read_text())), end="")
    elif args.command == "markdown":
        print(markdown(read(args.run)), end="")
    else:
        document(args)
    return 0


if __name__ == "__main__":
    sys.exit(main())
