"""What is too much: the limits of data/limits.csv, and a child process that keeps to those of time and memory."""

import ctypes
import gc
import math
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
DIES_WITH_PARENT = 1  # PR_SET_PDEATHSIG
GARBAGE = 50_000  # new objects after which a child looks for those that nothing holds
RENEWED = 100 * MB  # bytes that a child may hold more than at its start before another takes its place


class Death(BadInput):
    """A text took more time or memory than a file may have."""


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
    (answer,) = each([path], lambda _: work(*args))
    if isinstance(answer, Exception):
        raise answer
    return answer


def each(paths, work):
    """For each path, in order, what work(path) gives, or the exception that it raised.

    One child process does them all, with the time and memory for each that a file may take; where it needs more or
    dies, the path has a Death, and another child goes on with the next.
    """
    paths = list(paths)
    while paths:
        answers = _answers(tuple(paths), work)
        for kind, value in answers:
            paths.pop(0)
            yield value
            if kind == "last":
                break
        answers.close()


def quiet():
    """Leaves it to the parent of a process to say that it was interrupted, and ends with it where Linux tells."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(DIES_WITH_PARENT, signal.SIGKILL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)


def _answers(paths, work):
    """("gave", value) of each path from one child, the last as ("last", value) where that ends before all are done."""
    sys.stdout.flush()
    sys.stderr.flush()
    gc.freeze()  # so that the child's collections leave shared pages alone
    read, write = os.pipe()
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})  # until the child can take it without a word
    child = os.fork()
    if not child:
        os.close(read)
        _child(write, paths, work)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    os.close(write)
    done, state = 0, None
    try:
        with os.fdopen(read, "rb") as answers:
            for path in paths:
                try:
                    answer = pickle.load(answers)
                except (EOFError, pickle.UnpicklingError):
                    _, state = os.waitpid(child, 0)
                    answer = "last", Death(f"{path}: {_death(state, _seconds(path))}; expected a text that takes less")
                done += answer[0] == "gave"
                yield answer
                if answer[0] == "last":
                    return
    finally:
        if state is None:
            if done < len(paths):
                os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)


def _child(write, paths, work):
    """Works, writes what came out for each path and ends this process, whatever happens."""
    try:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        gc.set_threshold(GARBAGE)
        begun = _held()
        with os.fdopen(write, "wb") as out:
            for path in paths:
                used = resource.getrusage(resource.RUSAGE_SELF)
                _allow(resource.RLIMIT_CPU, math.ceil(used.ru_utime + used.ru_stime) + _seconds(path))
                _allow(resource.RLIMIT_DATA, _held() + limit("memory"))
                value = _answer(path, work)
                full = isinstance(value, Death) or _held() - begun > RENEWED
                out.write(pickle.dumps(("last" if full else "gave", value)))
                out.flush()
                if full:
                    break
    finally:
        sys.stderr.flush()
        os._exit(0)


def _allow(kind, most):
    """Sets the soft limit of a kind for this process, so that the next text may have another."""
    hard = resource.getrlimit(kind)[1]
    resource.setrlimit(kind, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def _answer(path, work):
    try:
        return work(path)
    except MemoryError:
        return Death(f"{path}: needs more than {limit('memory') // MB} MB of memory; expected less")
    except BadInput as e:
        return e
    except Exception as e:
        return RuntimeError(f"{type(e).__name__}: {e}")


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
