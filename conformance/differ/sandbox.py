"""One engine and one batch in a throw-away sandbox: namespaces of its own, an overlay over the machine's files."""

import json
import os
import re
import subprocess
import sys
import tempfile
import time

from . import modules_alone, tasks_alone
from .prepare import prepare
from .snapshot import snapshot
from .web import serve

PHASES = (("check", ["--check"]), ("run", []), ("again", []))
ENV = {
    "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
    "HOME": "/root", "USER": "root", "LOGNAME": "root", "SHELL": "/bin/sh", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8",
    "TERM": "dumb", "DEBIAN_FRONTEND": "noninteractive",
    "ANSIBLE_NOCOLOR": "1", "ANSIBLE_PIPELINING": "1", "ANSIBLE_LOCALHOST_WARNING": "0", "ANSIBLE_DEPRECATION_WARNINGS": "0",
    "ANSIBLE_RETRY_FILES_ENABLED": "0", "ANSIBLE_GATHERING": "explicit", "ANSIBLE_DISPLAY_ARGS_TO_STDOUT": "0",
}
LIMIT_SECONDS = 1500
REFUSED = re.compile(r"play\.yml:(\d+):\d+: (.*)")


def enter(batch, engine, out):
    """Runs inside() in new namespaces; gives what it wrote."""
    top = tempfile.mkdtemp(prefix="differ.")
    command = ["unshare", "--mount", "--pid", "--fork", "--net", "--uts", "--ipc", "--kill-child",
               sys.executable, "-B", os.path.abspath(sys.argv[0]), "--inside", batch, json.dumps(engine), out, top]
    try:
        done = subprocess.run(command, timeout=LIMIT_SECONDS * 3, capture_output=True, text=True)
    finally:
        os.rmdir(top)
    if done.returncode != 0:
        raise RuntimeError(f"sandbox for {engine}: {done.stdout[-2000:]}{done.stderr[-4000:]}")
    with open(out, encoding="utf-8") as file:
        return json.load(file)


def inside(batch_file, engine, out, top):
    start = time.time()
    with open(batch_file, encoding="utf-8") as file:
        cases = json.load(file)
    box = Box(top)
    box.layer("prepared", "/", lambda: prepare(box.top + "/prepared", cases, box.chroot))
    box.mount("upper", box.top + "/prepared:/")
    serve({path: answer for case in cases for path, answer in case["web"].items()})
    result = {"phases": {}, "refused": {}}
    result["seconds"] = {"prepared": time.time() - start}
    for name, flags in PHASES:
        start = time.time()
        result["phases"][name] = _phase(box, cases, engine, flags, result["refused"])
        result["seconds"][name] = time.time() - start
    with open(out, "w", encoding="utf-8") as file:
        json.dump(result, file)


class Box:
    """Layers of files under a tmpfs that goes with the namespace."""

    def __init__(self, top):
        self.top = top
        _sh(f"mount --make-rprivate / && mount -t tmpfs -o size=4g,mode=755 tmpfs {top}"
            f" && cd {top} && mkdir prepared upper w1 w2 root lower && ip link set lo up")
        self.root = self.top + "/root"
        self.works = 0

    def layer(self, name, lower, fill):
        """A layer that is filled and closed."""
        self.mount(name, lower)
        fill()
        _sh(f"umount --lazy {self.root}")

    def mount(self, upper, lower):
        self.works += 1
        r = self.root
        if upper == "upper":  # what was there before, to compare with
            _sh(f"mount -t overlay overlay -o lowerdir={lower} {self.top}/lower")
        _sh(f"mount -t overlay overlay -o lowerdir={lower},upperdir={self.top}/{upper},workdir={self.top}/w{self.works} {r}"
            f" && mount -t proc proc {r}/proc && mount --bind {r}/proc/sys/net {r}/proc/sys/net && mount --rbind {r}/proc/sys {r}/proc/sys"
            f" && mount -o remount,bind,ro {r}/proc/sys && mount --rbind /dev {r}/dev && mount -t tmpfs tmpfs {r}/run"
            f" && mkdir -p {r}/out {r}/play {r}/run/lock")

    def chroot(self, command, **more):
        env = {**ENV, **more.pop("env", {})}
        return subprocess.run(["chroot", self.root, *command], env=env, stdin=subprocess.DEVNULL, capture_output=True,
                              text=True, errors="replace", timeout=LIMIT_SECONDS, **more)


def _sh(script):
    done = subprocess.run(["sh", "-c", script], capture_output=True, text=True)
    if done.returncode != 0:
        raise RuntimeError(f"{script}: {done.stderr}")


def _phase(box, cases, engine, flags, refused):
    if engine["name"] == "modules":
        done = _modules(box, cases, engine, flags)
    else:
        done = _whole(box, cases, engine, flags, refused)
    results, told = _results(box.root + "/out")
    return {"exit": done.returncode, "results": results, "told": told, "recap": _recap(done.stdout), "log": (done.stdout + done.stderr)[-200000:],
            "files": snapshot(box.top + "/upper", box.root, box.top + "/lower")}


def _modules(box, cases, engine, flags):
    asked = {"path": engine["path"], "check": "--check" in flags, "cases": cases, "tasks": tasks_alone.MODULES}
    _playbook(box.root + "/play/play.yml", cases, True, False)
    for path, text in {**modules_alone.texts(), modules_alone.ASKED: json.dumps(asked)}.items():
        with open(box.root + path, "w", encoding="utf-8") as file:
            file.write(text)
    return box.chroot(["/usr/bin/python3", modules_alone.PROGRAM])


def _whole(box, cases, engine, flags, refused):
    """Runs the cases as one playbook; without those that the engine refuses to start with."""
    while True:
        left = [case for case in cases if case["id"] not in refused]
        silent = "events" in engine and "--check" in flags
        lines = _playbook(box.root + "/play/play.yml", left, silent, engine["fail"])
        command = [*engine["command"], "/play/play.yml", "-i", "localhost,", "-c", "local", "-e",
                   "ansible_python_interpreter=/usr/bin/python3", *flags, *(["--json", engine["events"]] if "events" in engine else [])]
        done = box.chroot(command, env=engine.get("env", {}))
        found = [(int(line), why) for line, why in REFUSED.findall(done.stderr + done.stdout)] if done.returncode == 1 else []
        if not [1 for line, _ in found if line in lines]:
            return done
        for line, why in found:
            refused[lines[line]] = why


def _results(folder):
    """What was registered, and how many tasks told it. Of a check by Belay, which registers nothing where it knows nothing, only its events tell."""
    results, told = {}, 0
    for name in sorted(os.listdir(folder), key="events".__ne__):
        with open(os.path.join(folder, name), encoding="utf-8") as file:
            if name == "events":
                results = {event["task"]: _told(event) for event in map(json.loads, file) if event["event"] == "task"}
            else:
                for case, registered in json.load(file).items():
                    results[case] = {**registered, **results.get(case, {})}
                told += 1
        os.remove(os.path.join(folder, name))
    return results, told


def _told(event):
    status = event["status"]
    return {**({"msg": event.get("msg", "")} if status == "failed" else {}), "changed": status in ("changed", "would change"), "failed": status == "failed",
            **({status: True} if status in ("skipped", "unknown", "unsupported", "unverifiable") else {})}


def _playbook(path, cases, silent, fail):
    """One task a line: an engine that refuses a task names its line. Behind them one that writes all results, unless silent."""
    lines, text = {}, ["- hosts: all", "  gather_facts: false", "  tasks:"]
    for case in cases:
        text.append("  - " + json.dumps(case["task"], ensure_ascii=False))
        lines[len(text)] = case["id"]
    registers = ", ".join(f"'{case['id']}': {case['register']}" for case in cases)
    if not silent:
        text += ["  - name: results", "    copy:", "      content: \"{{ {" + registers + "} | to_json }}\"", "      dest: /out/results.json", "    check_mode: false"]
    text += ["  - name: the end", "    fail:", "      msg: on purpose", f"    when: {str(fail).lower()}"]
    with open(path, "w", encoding="utf-8", errors="surrogateescape") as file:
        file.write("\n".join(text) + "\n")
    return lines


def _recap(text):
    found = re.search(r"^localhost +: (ok=.*)$", text, re.M)
    return {key: int(value) for key, value in re.findall(r"(\w+)=(\d+)", found.group(1))} if found else {}
