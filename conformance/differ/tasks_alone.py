"""Ansible's modules that have a half in the controller, without a playbook's run: task by task, each in a fork of one process.

Of what a task of copy costs, two seconds of processor time on a busy machine, nearly all is the start of an interpreter for
each module it calls, and the packing of that module. Here the controller's own half of the task runs (conditions, the action,
its templates, its shell commands), and a module that it calls is called in a fork, with the arguments as they would be sent.
"""

PROGRAM = "/play/tasks_alone.py"
MODULES = ("copy", "template", "unarchive")

TEXT = '''
import os, sys
import ansible.module_utils.basic as basic
from ansible import constants, context
from ansible.errors import AnsibleError
from ansible.executor.task_executor import TaskExecutor
from ansible.inventory.manager import InventoryManager
from ansible.parsing.dataloader import DataLoader
from ansible.playbook import Playbook
from ansible.playbook.play_context import PlayContext
from ansible.plugins import loader as plugins
from ansible.plugins.action import ActionBase
from ansible.utils.collection_loader._collection_finder import _AnsibleCollectionFinder
from ansible.utils.context_objects import CLIArgs
from ansible.vars.clean import module_response_deepcopy, strip_internal_keys
from ansible.vars.manager import VariableManager

def start(check, forked, call):
    """Gives what runs the case of a task's name. forked: runs a function in a fork, and gives what it prints. call: calls a module."""
    context.CLIARGS = CLIArgs({"check": check, "diff": False, "connection": "local", "forks": 1, "verbosity": 0, "become": False,
                               "become_method": "sudo", "become_user": None, "start_at_task": None, "tags": ["all"], "skip_tags": []})
    plugins.init_plugin_loader() if hasattr(plugins, "init_plugin_loader") else None
    ready(call, forked)
    loader = DataLoader()
    loader.set_basedir("/play")
    inventory = InventoryManager(loader=loader, sources="localhost,")
    variables = VariableManager(loader=loader, inventory=inventory)
    variables._extra_vars = {"ansible_python_interpreter": "/usr/bin/python3"}
    host = inventory.get_host("localhost")
    play = Playbook.load("/play/play.yml", variable_manager=variables, loader=loader).get_plays()[0]
    tasks = {task.get_name(): task for block in play.compile() for task in block.block if task.action != "meta"}

    def run(name):
        task = tasks[name]
        shared = PlayContext(play=play)
        try:
            result = TaskExecutor(host, task, variables.get_vars(play=play, host=host, task=task), shared, None, loader, plugins, None).run()
        except AnsibleError as error:
            result = {"failed": True, "msg": str(error)}
        result = strip_internal_keys(module_response_deepcopy(result))
        result.pop("invocation", None)
        return result
    return run

def ready(call, forked):
    """A module is not packed for another interpreter, but called."""
    low, asked = ActionBase._low_level_execute_command, {}

    def configure(self, module_name, module_args, task_vars):
        asked.update(name=module_name.split(".")[-1], args=module_args)
        return "new", "#!/usr/bin/python3", b"(called)", "/play/" + asked["name"] + ".py"

    def execute(self, cmd, sudoable=True, in_data=None, **more):
        if in_data != b"(called)":
            return low(self, cmd, sudoable=sudoable, in_data=in_data, **more)
        text = forked(lambda: call(asked["name"], asked["args"]))
        return {"rc": 0, "stdout": text, "stdout_lines": text.splitlines(), "stderr": "", "stderr_lines": []}

    ActionBase._configure_module, ActionBase._low_level_execute_command = configure, execute
'''
