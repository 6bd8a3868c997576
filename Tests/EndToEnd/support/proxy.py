"""A real nginx with the configuration of deploy/nginx, on free loopback ports and with a certificate of its own."""

from __future__ import annotations

import os
import re
import shutil
import socket
import ssl
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from .processes import ROOT, Process

EXAMPLE = ROOT / "deploy" / "nginx" / "mcp-gateway.conf"
PUBLIC_NAME = "mcp.example.com"


def find_nginx() -> str:
    """The executable; system programs are not in everybody's PATH."""
    found = shutil.which("nginx", path=os.environ.get("PATH", "") + ":/usr/sbin:/usr/local/sbin")
    assert found, "nginx is missing: scripts/setup.sh --tests installs it"
    return found


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def certificate(folder: Path) -> tuple[Path, Path]:
    """A self-signed certificate for the public name, and its key."""
    chain, key = folder / "fullchain.pem", folder / "privkey.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={PUBLIC_NAME}",
         "-addext", f"subjectAltName=DNS:{PUBLIC_NAME}", "-keyout", str(key), "-out", str(chain)],
        check=True, capture_output=True, timeout=60,
    )
    return chain, key


def derived(text: str, *, gateway_port: int, http_port: int, https_port: int, chain: Path, key: Path, log: Path) -> str:
    """The example with other ports and paths, and nothing else changed. Each of them must be in it exactly once."""
    replacements = {
        "server 127.0.0.1:8080;": f"server 127.0.0.1:{gateway_port};",
        "listen 80;": f"listen 127.0.0.1:{http_port};",
        "listen 443 ssl http2;": f"listen 127.0.0.1:{https_port} ssl http2;",
        # The machine may have no IPv6: these two are left out.
        "listen [::]:80;": "",
        "listen [::]:443 ssl http2;": "",
        "/etc/ssl/mcp.example.com/fullchain.pem": str(chain),
        "/etc/ssl/mcp.example.com/privkey.pem": str(key),
        "/var/log/nginx/mcp-gateway.log": str(log),
    }
    for old, new in replacements.items():
        assert text.count(old) == 1, f"{old!r} must be exactly once in {EXAMPLE.name}"
        text = text.replace(old, new)
    settings = re.sub(r"(?m)#.*$", "", text)
    assert not re.search(r"/etc/|/var/|8080", settings), "a path or port that the test does not replace"
    return text


@dataclass
class Nginx:
    """A running nginx."""

    process: Process
    http_port: int
    https_port: int
    chain: Path
    access_log: Path

    @property
    def public_url(self) -> str:
        return f"https://{PUBLIC_NAME}:{self.https_port}"

    def tls(self) -> ssl.SSLContext:
        """Trusts this certificate and no other."""
        return ssl.create_default_context(cafile=str(self.chain))

    def connect(self, context: ssl.SSLContext | None = None) -> ssl.SSLSocket:
        """A TLS connection under the public name."""
        plain = socket.create_connection(("127.0.0.1", self.https_port), timeout=15)
        try:
            return (context or self.tls()).wrap_socket(plain, server_hostname=PUBLIC_NAME)
        except BaseException:
            plain.close()
            raise


def start_nginx(folder: Path, gateway_port: int, *, http_port: int, https_port: int) -> Nginx:
    """Starts it with a prefix and temporary folders of its own; nothing of the system's nginx is read or written."""
    chain, key = certificate(folder)
    log = folder / "access.log"
    site = folder / "site.conf"
    site.write_text(derived(
        EXAMPLE.read_text(), gateway_port=gateway_port, http_port=http_port, https_port=https_port, chain=chain, key=key, log=log
    ))
    temporary = "\n".join(
        f"    {name}_temp_path {folder / name};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    main = folder / "nginx.conf"
    # Workers of root's nginx would be someone else and could not use the folder.
    user = "user root;\n" if os.geteuid() == 0 else ""
    main.write_text(
        f"{user}daemon off;\nworker_processes 1;\npid {folder / 'nginx.pid'};\nerror_log stderr notice;\n"
        f"events {{ worker_connections 512; }}\nhttp {{\n{temporary}\n    include {site};\n}}\n"
    )
    command = [find_nginx(), "-p", str(folder), "-e", "stderr", "-c", str(main)]
    check = subprocess.run([*command, "-t"], capture_output=True, text=True, timeout=30)
    assert check.returncode == 0, check.stderr
    process = Process(command)
    deadline = time.monotonic() + 15
    while True:
        try:
            socket.create_connection(("127.0.0.1", https_port), timeout=5).close()
            return Nginx(process, http_port, https_port, chain, log)
        except OSError:
            if time.monotonic() > deadline or process.process.poll() is not None:
                process.stop()
                raise AssertionError(f"nginx did not start:\n{process.stderr}") from None
            time.sleep(0.02)
