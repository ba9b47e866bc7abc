"""Output of the program. On a real system it is read from the descriptors, so that child processes and C code are heard too."""
import io
import select

LETTERS = ("o", "e")
PIECE = 1 << 16
WRITE = os.write


class CapturedDescriptors:
    """Replaces descriptors 1 and 2 with pipes. A thread sends what arrives."""

    def __init__(self, channel):
        self._channel = channel
        self._lock = threading.Lock()
        self._letters = {}
        for fd, letter in zip((1, 2), LETTERS):
            read_fd, write_fd = os.pipe()
            os.dup2(write_fd, fd)
            os.close(write_fd)
            os.set_blocking(read_fd, False)
            self._letters[read_fd] = letter
        sys.stdout = open(1, "w", encoding="utf-8", errors="backslashreplace", buffering=1, closefd=False)
        sys.stderr = open(2, "w", encoding="utf-8", errors="backslashreplace", buffering=1, closefd=False)
        self._originals = {1: os.dup(1), 2: os.dup(2)}
        threading.Thread(target=self._watch, daemon=True, name="sandpod output").start()

    def drain(self):
        """Sends everything that was written so far. Repairs descriptors that the program closed or replaced."""
        for stream in (sys.stdout, sys.stderr):
            try:
                stream.flush()
            except Exception:
                pass
        for fd, original in self._originals.items():
            try:
                is_same = os.path.sameopenfile(fd, original)
            except OSError:
                is_same = False
            if not is_same:
                os.dup2(original, fd)
        self._read_all()

    def _watch(self):
        poll = select.poll()
        for fd in self._letters:
            poll.register(fd, select.POLLIN)
        while True:
            poll.poll()
            self._read_all()

    def _read_all(self):
        with self._lock:
            for fd, letter in self._letters.items():
                while True:
                    try:
                        data = os.read(fd, PIECE)
                    except BlockingIOError:
                        break
                    if not data:
                        break
                    self._channel.send(letter, data)


class FrameStream(io.TextIOBase):
    """A text stream for systems without pipes."""

    encoding = "utf-8"
    errors = "backslashreplace"

    def __init__(self, channel, letter, fd):
        self._channel = channel
        self._letter = letter
        self._fd = fd
        self.buffer = FrameBuffer(self)

    def write(self, text):
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        self.send(text.encode("utf-8", "backslashreplace"))
        return len(text)

    def send(self, data):
        for start in range(0, len(data), PIECE):
            self._channel.send(self._letter, bytes(data[start : start + PIECE]))

    def writable(self):
        return True

    def fileno(self):
        return self._fd


class FrameBuffer(io.RawIOBase):
    def __init__(self, stream):
        self._stream = stream

    def writable(self):
        return True

    def write(self, data):
        self._stream.send(memoryview(data).cast("B"))
        return len(data)


class FrameStreams:
    def __init__(self, channel):
        self._streams = [FrameStream(channel, letter, fd) for fd, letter in zip((1, 2), LETTERS)]
        self._restore()

    def drain(self):
        self._restore()

    def _restore(self):
        sys.stdout, sys.stderr = self._streams
        os.write = self._write

    def _write(self, fd, data):
        """Descriptor 1 belongs to the protocol, because this system cannot move it."""
        if fd not in (1, 2):
            return WRITE(fd, data)
        self._streams[fd - 1].send(memoryview(data).cast("B"))
        return len(data)
