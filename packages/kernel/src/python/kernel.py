"""The loop of the kernel."""
import builtins
import signal

NO_INPUT = "input() cannot be used here, because nobody can answer. Put the value into the code."


class Kernel:
    def __init__(self, channel):
        self._channel = channel
        self._is_running = False
        self._main = types.ModuleType("__main__")
        sys.modules["__main__"] = self._main
        self._displays = Displays(channel)
        self._cells = Cells(self._displays, self._main)
        self._output = FrameStreams(channel) if IS_WASI else CapturedDescriptors(channel)
        self._offer()

    def loop(self):
        self._allow_interrupts()
        self._channel.send_json("R", {"version": sys.version.split()[0], "pid": os.getpid()})
        while True:
            try:
                frame = self._channel.receive()
            except KeyboardInterrupt:
                continue
            if frame is None:
                return
            letter, request = frame
            if letter == "x":
                self._execute(request)

    def _offer(self):
        sys.meta_path[:0] = [FigureBackend(self._displays), ShellMaker(self._displays, self._main)]
        os.environ.setdefault("MPLBACKEND", f"module://{BACKEND}")
        os.environ.setdefault("PLOTLY_RENDERER", "plotly_mimetype")
        builtins.display = globals()["display"] = self._display
        builtins.input = refuse_input

    def _display(self, *values, display_id=None, update=False, raw=False, metadata=None, **_):
        if display_id is True:
            display_id = os.urandom(8).hex()
        for value in values:
            data, details = (value, {}) if raw else self._displays._format(value)
            self._displays.publish(data, {**details, **(metadata or {})}, display_id=display_id, update=update)
        return None if display_id is None else DisplayHandle(display_id)

    def _execute(self, request):
        self._allow_interrupts()
        error = None
        before = {}
        try:
            try:
                self._is_running = True
                enter(request, before)
                self._cells.run(request["code"])
            finally:
                self._is_running = False
        except SystemExit as exit:
            error = None if exit.code in (None, 0) else exit
        except BaseException as raised:
            error = raised
        if os.getpid() != OWNER:
            sys.stdout.flush()
            os._exit(1 if error else 0)
        leave(before)
        self._finish(request, error)

    def _finish(self, request, error):
        try:
            show_figures(self._displays)
        except Exception as raised:
            error = error or raised
        self._output.drain()
        if error is not None:
            self._channel.send_json("x", describe_error(error))
        self._channel.send_json("F", {"id": request["id"], "count": self._cells.count, "ok": error is None})

    def _allow_interrupts(self):
        if not IS_WASI:
            signal.signal(signal.SIGINT, self._interrupt)

    def _interrupt(self, *_):
        if self._channel.is_writing:
            self._channel.is_interrupted = self._is_running
        elif self._is_running:
            raise KeyboardInterrupt


def refuse_input(prompt=""):
    raise EOFError(NO_INPUT)


def enter(request, before):
    env = request.get("env") or {}
    before.update({name: os.environ.get(name) for name in env})
    os.environ.update(env)
    if request.get("cwd") is not None:
        os.chdir(request["cwd"])


def leave(before):
    for name, value in before.items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value


def take_descriptors():
    """Moves the protocol away from the descriptors that programs use."""
    if IS_WASI:
        return Channel(0, 1)
    channel = Channel(os.dup(0), os.dup(1))
    null = os.open(os.devnull, os.O_RDONLY)
    os.dup2(null, 0)
    os.close(null)
    return channel


Kernel(take_descriptors()).loop()
