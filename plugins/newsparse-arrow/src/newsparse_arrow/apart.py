"""Parsing in a process of its own, so that a text which ends it costs its own row alone.

Takes columns of texts, gives what `parse_column` gives. Engines answer a lost worker by doing its whole block again,
for ever or until they give up on every row of it; here the process is replaced, the text that was at work is tried
alone, and the others are parsed without it.
"""

import atexit
import os
import pickle
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import IO, Any

import pyarrow as pa

from newsparse import Parser
from newsparse_arrow.kernel import failed, parsed_array
from newsparse_arrow.schemas import PARSED

TRIES = 2
"""How often a text may end its process before it is set aside: the first time the machine may have been at fault."""

# So many texts are sent at once: what is sent is lost with the process and is done again.
_SENT = 256
_SIZE = 8
_READY = b"ready"
# What the process says before each text, and when all are done.
_BEGUN, _DONE = b".", b"="


class ProcessLostError(Exception):
    """The process ended; the message says how.

    Args:
        how: How it ended.
        begun: How many texts it had begun.
    """

    def __init__(self, how: str, begun: int):
        super().__init__(how)
        self.begun = begun


class Process:
    """A process that parses, started with the first text and replaced when it is lost.

    Args:
        settings: The pickled parser (or `None`) and the bytes that a text may have.
    """

    def __init__(self, settings: bytes):
        self._settings = settings
        self._child: subprocess.Popen[bytes] | None = None
        # Engines may call a kernel from several threads, and the pipe has room for one.
        self._lock = Lock()

    def parse(self, texts: Any) -> Any:
        """What `parse_column` gives for a column of texts."""
        is_chunked = isinstance(texts, pa.ChunkedArray)
        with self._lock:
            pieces = [piece for chunk in (texts.chunks if is_chunked else [texts]) for piece in self._chunk(chunk)]
        if is_chunked:
            return pa.chunked_array(pieces, PARSED)
        return pa.concat_arrays(pieces) if pieces else pa.array([], PARSED)

    @property
    def pid(self) -> int | None:
        """The number of the process, while there is one."""
        return self._child.pid if self._child else None

    def close(self) -> None:
        """End the process; the next text starts another one."""
        child: Any = self._child
        if child:
            self._child = None
            for pipe in (child.stdin, child.stdout):
                # What was not sent yet is lost with the process.
                with suppress(OSError):
                    pipe.close()
            child.wait()

    def _chunk(self, texts: Any) -> Iterator[Any]:
        """The pieces of some texts: whole, or parted at the text that was at work when the process was lost."""
        # What is still to do, the next one last, with how often it has ended a process.
        waiting = [(texts.slice(start, _SENT), 0) for start in range(0, len(texts), _SENT)][::-1]
        while waiting:
            part, ended = waiting.pop()
            try:
                yield self._sent(part)
            except ProcessLostError as error:
                at = max(error.begun - 1, 0)
                if len(part) > 1:
                    parts = [(part.slice(0, at), 0), (part.slice(at, 1), 1), (part.slice(at + 1), 0)]
                    waiting += [each for each in reversed(parts) if len(each[0])]
                elif ended + 1 < TRIES:
                    waiting.append((part, ended + 1))
                else:
                    yield pa.array([failed(f"the process that parsed it ended {TRIES} times: {error}")], PARSED)

    def _sent(self, texts: Any) -> Any:
        """What the process makes of some texts."""
        if self._child is None:
            self._start()
        child: Any = self._child
        begun = 0
        try:
            _send(child.stdin, _packed(pa.record_batch([texts], ["text"])))
            while _exactly(child.stdout, 1) == _BEGUN:
                begun += 1
            return _unpacked(_received(child.stdout)).column(0)
        except (OSError, EOFError) as error:
            self.close()
            raise ProcessLostError(_ending(child.returncode), begun) from error

    def _start(self) -> None:
        """Start the process and wait until it is ready to parse.

        Raises:
            RuntimeError: It does not come so far, which is the fault of no text.
        """
        command = [sys.executable, "-P", "-m", "newsparse_arrow.apart"]
        # The child finds what this process finds, as engines add folders that the environment does not name.
        paths = os.pathsep.join(path or str(Path.cwd()) for path in sys.path)
        environment = {**os.environ, "PYTHONPATH": paths}
        child: Any = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment)
        self._child = child
        try:
            _send(child.stdin, self._settings)
            _received(child.stdout)
        except (OSError, EOFError) as error:
            self.close()
            raise RuntimeError(f"the process that parses does not start: {_ending(child.returncode)}") from error


def process(parser: Parser | None, limit: int) -> Process:
    """The process that parses so for this one; it ends when this one does."""
    # An engine may send the same parser many times over: equal ones share a process. Where an engine forks, the pipes
    # are still those of the process that opened them.
    key = (os.getpid(), pickle.dumps((parser, limit)))
    return _PROCESSES.setdefault(key, Process(key[1]))


def end() -> None:
    """End the processes that parse for this one; the next text starts another one."""
    for owner, settings in list(_PROCESSES):
        if owner == os.getpid():
            _PROCESSES.pop((owner, settings)).close()


_PROCESSES: dict[tuple[int, bytes], Process] = {}
atexit.register(end)


def serve(requests: IO[bytes], answers: IO[bytes]) -> None:
    """Parse what comes until nothing comes any more."""
    parser, limit = pickle.loads(_received(requests))
    parser = parser or Parser()
    _send(answers, _READY)

    def begin() -> None:
        answers.write(_BEGUN)
        answers.flush()

    with suppress(EOFError):
        while True:
            texts = _unpacked(_received(requests)).column(0)
            parsed = parsed_array(texts, parser, limit, begin)
            answers.write(_DONE)
            _send(answers, _packed(pa.record_batch([parsed], ["parsed"])))


def _ending(code: int) -> str:
    return f"signal {-code}" if code < 0 else f"exit code {code}"


def _packed(batch: Any) -> Any:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, batch.schema) as writer:
        writer.write_batch(batch)
    return sink.getvalue()


def _unpacked(data: bytes) -> Any:
    with pa.ipc.open_stream(data) as reader:
        return reader.read_next_batch()


def _send(stream: Any, data: Any) -> None:
    stream.write(len(data).to_bytes(_SIZE, "little"))
    stream.write(data)
    stream.flush()


def _received(stream: Any) -> bytes:
    size = int.from_bytes(_exactly(stream, _SIZE), "little")
    return _exactly(stream, size)


def _exactly(stream: Any, size: int) -> bytes:
    data: bytes = stream.read(size)
    if len(data) < size:
        raise EOFError("the stream has ended")
    return data


if __name__ == "__main__":
    # What a plugin prints must not come between the answers.
    own = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    serve(sys.stdin.buffer, own)
