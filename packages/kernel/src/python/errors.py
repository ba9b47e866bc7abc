"""Exceptions, as the program's author wants to read them."""
import traceback

MAX_TRACEBACK = 100_000
KERNEL_FILE = "<sandpod kernel>"


def describe_error(error):
    lines = [line.rstrip("\n") for line in traceback_of(error)]
    return {"name": type(error).__name__, "value": cut(value_of(error)), "traceback": [cut(line) for line in lines][-400:]}


def traceback_of(error):
    try:
        described = traceback.TracebackException.from_exception(error)
        remove_own_frames(described, set())
        return list(described.format())
    except BaseException:
        return [f"{type(error).__name__}"]


def remove_own_frames(described, seen):
    """Removes the frames of sandpod from a description, and from those of its causes."""
    if described is None or id(described) in seen:
        return
    seen.add(id(described))
    described.stack[:] = [frame for frame in described.stack if not is_own(frame.filename)]
    for other in (described.__cause__, described.__context__, *(getattr(described, "exceptions", None) or ())):
        remove_own_frames(other, seen)


def is_own(filename):
    return filename == KERNEL_FILE or "/_sandpod_" in filename


def value_of(error):
    try:
        return str(error)
    except BaseException:
        return ""


def cut(text):
    return text if len(text) <= MAX_TRACEBACK else text[:MAX_TRACEBACK] + f"... [{len(text) - MAX_TRACEBACK} more characters]"
