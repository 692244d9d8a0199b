"""What is too much: the limits of data/limits.csv, and a child process that keeps to those of time and memory."""

import gc
import os
import pickle
import resource
import signal
import sys
from functools import cache
from pathlib import Path

from lib import paths
from lib.lexicon import BadInput, table

MB = 1_000_000


@cache
def limit(name: str) -> int:
    """The limit of a name in data/limits.csv; BadInput where a limit is no whole number."""
    path = paths.DATA / "limits.csv"
    row = next((r for r in table(path, ("name", "limit", "what")) if r["name"] == name), None)
    if row is None or not row["limit"].isdecimal():
        raise BadInput(f"{path}:{row['line'] if row else 1}: no limit of {name}; expected its row with a whole number")
    return int(row["limit"])


def within(path, work, *args):
    """What work(*args) gives or raises, done in a child process with the time and memory that a file may take.

    BadInput, naming the file, where the child needed more or died.
    """
    sys.stdout.flush()
    sys.stderr.flush()
    gc.freeze()  # so that the child's collections leave shared pages alone
    read, write = os.pipe()
    child = os.fork()
    if not child:
        os.close(read)
        _child(write, _seconds(path), work, args)
    os.close(write)
    try:
        with os.fdopen(read, "rb") as answer:
            told = answer.read()
    except BaseException:
        os.kill(child, signal.SIGKILL)
        raise
    finally:
        _, state = os.waitpid(child, 0)
    if not told:
        raise BadInput(f"{path}: {_death(state, _seconds(path))}; expected a text that takes less")
    kind, value = pickle.loads(told)
    if kind == "raised":
        raise value
    return value


def _child(write, seconds, work, args):
    """Works, writes (how it ended, what came out) and ends this process, whatever happens."""
    try:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
        resource.setrlimit(resource.RLIMIT_DATA, (_held() + limit("memory"),) * 2)
        data = pickle.dumps(_answer(work, args))
        with os.fdopen(write, "wb") as out:
            out.write(data)
    finally:
        sys.stderr.flush()
        os._exit(0)


def _answer(work, args):
    try:
        return "gave", work(*args)
    except MemoryError:
        return "raised", BadInput(f"{args[0]}: needs more than {limit('memory') // MB} MB of memory; expected less")
    except BadInput as e:
        return "raised", e
    except Exception as e:
        return "raised", RuntimeError(f"{type(e).__name__}: {e}")


def _seconds(path):
    size = Path(path).stat().st_size if Path(path).exists() else 0
    return limit("seconds") + max(0, size - MB) * limit("seconds_mb") // MB


def _held():
    """Bytes of data that this process holds already, 0 where the system does not tell."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[5]) * resource.getpagesize()
    except (OSError, IndexError):
        return 1 << 40


def _death(state, seconds):
    if os.WIFSIGNALED(state) and os.WTERMSIG(state) in (signal.SIGXCPU, signal.SIGKILL):
        return f"took more than {seconds} s or more memory than there is"
    return f"needs more than {limit('memory') // MB} MB of memory, or ended its reader"
