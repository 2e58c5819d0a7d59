"""Dovecot and an SMTP sink on loopback, with configuration, ports and folders of their own, for the benchmarks."""

import contextlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(port, seconds=10):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.05)
    raise RuntimeError(f"nothing listens on port {port}")


class MailServers:
    """One mailbox `office@example.test` behind IMAP over TLS, and a sink that takes every message."""

    password = "bench-only"
    user = "office@example.test"

    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix="formpost-bench-")
        os.chmod(self.folder, 0o755)
        self.imaps_port, self.imap_port, self.smtp_port = free_port(), free_port(), free_port()
        self.maildir = f"{self.folder}/mail/{self.user}"
        self._sink = None

    def __enter__(self):
        nobody = pwd.getpwnam("nobody")
        for name in ("", "cur", "new", "tmp"):
            os.makedirs(f"{self.maildir}/{name}", exist_ok=True)
        self.own_mail(nobody)
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
             "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-addext", "extendedKeyUsage=serverAuth",
             "-keyout", f"{self.folder}/key.pem", "-out", f"{self.folder}/cert.pem"],
            check=True, capture_output=True)
        with open(f"{self.folder}/dovecot.conf", "w") as conf:
            conf.write(f"""
base_dir = {self.folder}/run
state_dir = {self.folder}/state
log_path = {self.folder}/dovecot.log
listen = 127.0.0.1
protocols = imap
ssl = yes
ssl_cert = <{self.folder}/cert.pem
ssl_key = <{self.folder}/key.pem
disable_plaintext_auth = no
first_valid_uid = {nobody.pw_uid}
default_internal_user = {'dovecot'}
mail_location = maildir:{self.folder}/mail/%u
passdb {{
  driver = static
  args = password={self.password}
}}
userdb {{
  driver = static
  args = uid={nobody.pw_uid} gid={nobody.pw_gid} home={self.folder}/mail/%u
}}
service imap-login {{
  inet_listener imap {{
    port = {self.imap_port}
  }}
  inet_listener imaps {{
    port = {self.imaps_port}
    ssl = yes
  }}
}}
namespace inbox {{
  inbox = yes
}}
""")
        subprocess.run(["dovecot", "-c", f"{self.folder}/dovecot.conf"], check=True)
        self._sink = subprocess.Popen(
            ["smtp-sink", "-u", "nobody", "-c", f"127.0.0.1:{self.smtp_port}", "1000"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wait_for(self.imaps_port)
        wait_for(self.smtp_port)
        return self

    def __exit__(self, *_):
        with contextlib.suppress(OSError, ValueError):
            os.kill(int(open(f"{self.folder}/run/master.pid").read()), signal.SIGTERM)
        if self._sink:
            self._sink.terminate()
            self._sink.wait(10)
        time.sleep(0.2)
        shutil.rmtree(self.folder, ignore_errors=True)

    def own_mail(self, owner):
        for root, _, files in os.walk(f"{self.folder}/mail"):
            os.chown(root, owner.pw_uid, owner.pw_gid)
            for name in files:
                os.chown(f"{root}/{name}", owner.pw_uid, owner.pw_gid)

    def deliver(self, messages):
        """Puts messages (bytes) into the mailbox as new mail, replacing what was there, indexes included."""
        shutil.rmtree(self.maildir)
        for name in ("cur", "new", "tmp"):
            os.makedirs(f"{self.maildir}/{name}")
        for number, message in enumerate(messages):
            with open(f"{self.maildir}/new/{1576663200 + number}.M{number}.bench", "wb") as file:
                file.write(message)
        self.own_mail(pwd.getpwnam("nobody"))
