"""What ends make report at some moment loses nothing: kills, Ctrl-C, two makes at once, a full disk. Run by hand:

python3 tests/interrupted.py FOLDER TEXTS [SECONDS]   # a clone with its .venv; SECONDS within which to kill
"""

import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

OUT = ("build/report.html", "build/report.pdf", "build/tables.xlsx")
NEW = "青澜市公安局在柏川县建成12个警务站。\n" * 9


def start(folder, texts, *before):
    """make report in a process group of its own, which Ctrl-C reaches as from a terminal."""
    return subprocess.Popen(
        [*before, "make", "report", f"TEXTS={texts}", "ONLY=1"],
        cwd=folder,
        start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )


def made(folder):
    """The hashes of all that a report consists of."""
    paths = [Path(folder, p) for p in OUT] + sorted(Path(folder, "build/evidence").glob("*.*"))
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in paths}


def clean(folder):
    subprocess.run(["make", "clean"], cwd=folder, check=True, capture_output=True)


def check(name, ok, said=""):
    """Prints how a step ended, and the end of what was said."""
    print(f"{'ok' if ok else 'WRONG'}: {name}", *said.strip().splitlines()[-4:], sep="\n   | ", flush=True)


def ended(folder, texts, after, how):
    """What make said that was ended after some seconds, and its status."""
    run = start(folder, texts)
    time.sleep(after)
    os.killpg(run.pid, how)
    return run.communicate()[0], run.returncode


def main(folder, texts, seconds=100.0):
    """Does all of it in a folder and says what differs."""
    dice, first = random.Random(7), {}
    clean(folder)
    for step in ("first run", "run after ten kills", "run after Ctrl-C"):
        run = start(folder, texts)
        said = run.communicate()[0]
        first = first or made(folder)
        check(step, run.returncode == 0 and made(folder) == first, said)
        clean(folder)
        for after in (dice.uniform(1, float(seconds)) for _ in range(10 if step == "first run" else 0)):
            ended(folder, texts, after, signal.SIGKILL)
        for after in (3, 20, 60) if step == "run after ten kills" else ():
            said, status = ended(folder, texts, after, signal.SIGINT)
            check(f"Ctrl-C after {after} s (ended with {status})", "Traceback" not in said, said)
    runs = [start(folder, texts), start(folder, texts)]
    said = "".join(run.communicate()[0] for run in runs)
    whole = made(folder) == first and not any(run.returncode for run in runs)
    check("two makes at once", whole and "waiting" in said, said)
    new = Path(folder, texts, "new.txt")
    for blocks in (1, 200, 4000):
        new.write_text(NEW, "utf-8")
        run = start(folder, texts, "sh", "-c", f'ulimit -f {blocks}; exec "$@"', "sh")
        said = run.communicate()[0]
        new.unlink()
        check(f"no file of more than {blocks} blocks", run.returncode and "Traceback" not in said, said)


if __name__ == "__main__":
    clone, given, *within = sys.argv[1:]
    with tempfile.TemporaryDirectory() as own:  # a text is added below
        main(clone, shutil.copytree(given, Path(own, "texts")), *within)
