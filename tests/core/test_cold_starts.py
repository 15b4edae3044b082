"""What a cold start leaves out: garbage is not looked for while a door is imported."""

import json
import os
import subprocess
import sys

from expertgate.settings import COLLECT_AFTER
from tests.tree.house import ROOT

_ENVIRONMENT = os.environ | {"PYTHONPATH": os.pathsep.join((str(ROOT), str(ROOT / "layers/common")))}

_IMPORT = """
import gc, json
import expertgate
searched = []
gc.callbacks.append(lambda phase, _: searched.append(phase))
import functions.recovery.submit_unit_appeal
print(json.dumps([len(searched), gc.isenabled(), gc.get_threshold()[0]]))
"""


def test_no_garbage_is_looked_for_while_importing() -> None:
    told = subprocess.run([sys.executable, "-c", _IMPORT], capture_output=True, text=True, check=True, cwd=ROOT, env=_ENVIRONMENT)
    assert json.loads(told.stdout) == [0, True, COLLECT_AFTER]
