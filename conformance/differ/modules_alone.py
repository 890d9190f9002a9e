"""Ansible's modules without its controller: each is called as the controller would call it, in a fork of one process.

A playbook's task costs Ansible half a second of processor time, of which the module needs a hundredth. What the
controller adds (templates, conditions, the recap, the exit code) is the same for all modules, and is compared in whole
runs of fewer cases; copy, template and unarchive have a half in the controller and are always run whole.
"""

PROGRAM = "/play/alone.py"
ASKED, ANSWERED = "/play/asked.json", "/out/results.json"
WHOLE = ("copy", "template", "unarchive")  # these have a half in the controller

TEXT = '''
import importlib, json, os, sys
import ansible.module_utils.basic as basic
import ansible.module_utils.urls

asked = json.load(open("@ASKED@", encoding="utf-8", errors="surrogateescape"))
sys.path[:0] = asked["path"]
settings = {"check_mode": asked["check"], "no_log": False, "debug": False, "diff": False, "verbosity": 0, "version": "2.14",
            "syslog_facility": "LOG_USER", "selinux_special_fs": [], "string_conversion_action": "warn", "socket": None,
            "shell_executable": "/bin/sh", "keep_remote_files": False, "remote_tmp": "/tmp", "tmpdir": None}
places = {"sysctl": "ansible_collections.ansible.posix.plugins.modules.sysctl"}
modules = {name: importlib.import_module(places.get(name, "ansible.modules." + name)) for name in {c["module"] for c in asked["cases"]}}

def child(case, out):
    os.dup2(out, 1)
    os.dup2(os.open("/dev/null", os.O_RDWR), 0)
    settings["module_name"] = case["module"]
    basic._ANSIBLE_ARGS = json.dumps({"ANSIBLE_MODULE_ARGS": {**case["args"], **{"_ansible_" + key: value for key, value in settings.items()}}}).encode()
    code = 0
    try:
        modules[case["module"]].main()
    except SystemExit as end:
        code = end.code or 0
    except BaseException:
        code = hooked()
    sys.stdout.flush()
    os._exit(code)

def hooked():
    """Some modules tell a failure by Python's hook for exceptions."""
    try:
        sys.excepthook(*sys.exc_info())
    except SystemExit as end:
        return end.code or 0
    return 1

results = {}
os.chdir("/root")
for case in asked["cases"]:
    read, write = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(read)
        child(case, write)
    os.close(write)
    with os.fdopen(read, encoding="utf-8", errors="replace") as stream:
        text = stream.read()
    os.waitpid(pid, 0)
    lines = [line for line in text.splitlines() if line.startswith("{")]
    result = json.loads(lines[-1]) if lines else {"failed": True, "msg": "no answer: " + text}
    result.pop("invocation", None)
    results[case["id"]] = {"changed": False, "failed": False, **result}
json.dump(results, open("@ANSWERED@", "w"))
'''


def text():
    return TEXT.replace("@ASKED@", ASKED).replace("@ANSWERED@", ANSWERED)
