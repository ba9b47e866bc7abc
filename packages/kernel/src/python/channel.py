"""The frames between this program and the host: one letter, the length of the payload in 4 bytes, the payload."""
import json
import os
import sys
import threading

IS_WASI = sys.platform == "wasi"
OWNER = os.getpid()


class Channel:
    def __init__(self, read_fd, write_fd):
        self._read_fd = read_fd
        self._write_fd = write_fd
        self._lock = threading.RLock() if not IS_WASI else NoLock()
        # True while the main thread writes a frame. An interrupt in the middle of a frame would destroy the protocol.
        self.is_writing = False
        self.is_interrupted = False

    def receive(self):
        """Returns the next frame as a letter and an object, or None at the end of the input."""
        head = self._read(5)
        body = head and self._read(int.from_bytes(head[1:], "big"))
        return body and (head[:1].decode(), json.loads(body))

    def send(self, letter, payload):
        # A copy of this process that `os.fork()` made has nothing to report.
        if os.getpid() != OWNER:
            return
        is_main = IS_WASI or threading.current_thread() is threading.main_thread()
        with self._lock:
            if is_main:
                self.is_writing = True
            try:
                self._write(letter.encode() + len(payload).to_bytes(4, "big") + payload)
            finally:
                if is_main:
                    self.is_writing = False
        if is_main and self.is_interrupted:
            self.is_interrupted = False
            raise KeyboardInterrupt

    def send_json(self, letter, value):
        self.send(letter, json.dumps(value).encode())

    def _read(self, count):
        pieces = []
        while count > 0:
            piece = os.read(self._read_fd, min(count, 1 << 20))
            if not piece:
                return None
            pieces.append(piece)
            count -= len(piece)
        return b"".join(pieces)

    def _write(self, data):
        view = memoryview(data)
        while view:
            view = view[WRITE(self._write_fd, view[: 1 << 20]) :]


class NoLock:
    def __enter__(self):
        return self

    def __exit__(self, *_):
        return None
