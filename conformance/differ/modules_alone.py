"""Ansible's modules without its controller: each is called as the controller would call it, in a fork of one process.

A playbook's task costs Ansible half a second of processor time and more, of which the module needs a hundredth. What the
controller adds (the order of tasks, the recap, the exit code) is the same for all modules, and is compared in whole runs of
fewer cases. Modules that have a half in the controller are called by it: tasks_alone.py.
"""

from . import tasks_alone

PROGRAM = "/play/alone.py"
ASKED, ANSWERED = "/play/asked.json", "/out/results.json"

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
modules = {}

def ready(name):
    if name not in modules:
        modules[name] = importlib.import_module(places.get(name, "ansible.modules." + name))
    return modules[name]

def call(name, given):
    """Does not come back."""
    basic._ANSIBLE_ARGS = json.dumps({"ANSIBLE_MODULE_ARGS": given}).encode()
    code = 0
    try:
        ready(name).main()
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

def forked(deed):
    """What a deed prints, in a process of its own."""
    read, write = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(read)
        os.dup2(write, 1)
        os.dup2(os.open("/dev/null", os.O_RDWR), 0)
        try:
            deed()
        finally:
            sys.stdout.flush()
            os._exit(0)
    os.close(write)
    with os.fdopen(read, encoding="utf-8", errors="replace") as stream:
        text = stream.read()
    os.waitpid(pid, 0)
    return text

def as_module(case):
    call(case["module"], {**case["args"], **{"_ansible_" + key: value for key, value in {**settings, "module_name": case["module"]}.items()}})

def as_task(case):
    print("\\n" + json.dumps(run(case["id"]), default=str))

alone = {case["module"] for case in asked["cases"]} - set(asked["tasks"])
for name in alone:
    ready(name)
if {case["module"] for case in asked["cases"]} & set(asked["tasks"]):
    sys.path.insert(0, "/play")
    import tasks_alone
    for name in asked["tasks"] + ["stat", "file", "slurp"]:
        ready(name)
    run = tasks_alone.start(asked["check"], forked, call)

results = {}
os.chdir("/root")
for case in asked["cases"]:
    text = forked(lambda: (as_module if case["module"] in alone else as_task)(case))
    lines = [line for line in text.splitlines() if line.startswith("{")]
    result = json.loads(lines[-1]) if lines else {"failed": True, "msg": "no answer: " + text}
    result.pop("invocation", None)
    results[case["id"]] = {"changed": False, "failed": False, **result}
json.dump(results, open("@ANSWERED@", "w"))
'''


def texts():
    """Path to program."""
    return {PROGRAM: TEXT.replace("@ASKED@", ASKED).replace("@ANSWERED@", ANSWERED), tasks_alone.PROGRAM: tasks_alone.TEXT}
