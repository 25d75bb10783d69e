"""Lists what CPython's readers of pickles would look up, call and set in streams, with inert stand-ins for everything.

Reads from stdin: four bytes of length and a stream, again and again. Writes a line of JSON for each. `find_class` records
the name and returns a class that does nothing; no module is imported, nothing of the stream is run.
"""
import functools
import io
import json
import pickle
import pickletools
import resource
import struct
import sys
import warnings

import _pickle

warnings.simplefilter('ignore')
# A huge index in the memo would take as much memory as it names.
resource.setrlimit(resource.RLIMIT_AS, (96 << 20, 96 << 20))
seen = {'imports': set(), 'calls': set(), 'sets': set()}


@functools.lru_cache(maxsize=4096)
def stub(module, name):
    """A class that stands for a global: whatever is done to it is written down and has no effect."""

    class Stub:
        def __new__(cls, *args, **keywords):
            seen['calls'].add((module, name))
            return object.__new__(cls)

        def __init__(self, *args, **keywords):
            pass

        def __call__(self, *args, **keywords):
            seen['calls'].add((module, name + '()'))
            return self

        def __setstate__(self, state):
            seen['sets'].add((module, name))

        def __setitem__(self, key, value):
            seen['sets'].add((module, name))

        def append(self, value):
            seen['sets'].add((module, name))

        def extend(self, values):
            seen['sets'].add((module, name))

        def add(self, value):
            seen['sets'].add((module, name))

        def __hash__(self):
            return 1

        def __eq__(self, other):
            return self is other

    return Stub


class Reader:
    def find_class(self, module, name):
        seen['imports'].add((module, name))
        return stub(module, name)

    def persistent_load(self, pid):
        return stub('', 'persistent')()


class FastReader(Reader, _pickle.Unpickler):
    pass


class SlowReader(Reader, pickle._Unpickler):
    pass


class Peeked(io.BytesIO):
    """A file that can be looked ahead in, as opened files can: C reads it another way."""

    def peek(self, size=-1):
        return self.getvalue()[self.tell() : self.tell() + 16]


def FastMemory(file, **how):
    return FastReader(Peeked(file.getvalue()), **how)


def read(reader, data, encoding):
    """How far a reader comes: the place behind STOP, or None."""
    file = io.BytesIO(data)
    try:
        reader(file, encoding=encoding, errors='strict', buffers=[b'x'] * 8).load()
    except Exception:
        return None
    return file.tell()


def named(data):
    """Globals that pickletools lists."""
    found = set()
    try:
        for opcode, argument, _ in pickletools.genops(data):
            if opcode.name in ('GLOBAL', 'INST'):
                found.add(argument)
    except Exception:
        pass
    return found


def main():
    source, out = sys.stdin.buffer, sys.stdout
    tools = '--tools' in sys.argv
    while True:
        head = source.read(4)
        if len(head) < 4:
            break
        data = source.read(struct.unpack('<I', head)[0])
        for known in seen.values():
            known.clear()
        fast = read(FastReader, data, 'latin1')
        slow = read(SlowReader, data, 'latin1')
        read(FastMemory, data, 'utf-8')
        if not data.isascii():
            read(FastReader, data, 'ASCII')
            read(FastReader, data, 'utf-8')
            read(SlowReader, data, 'bytes')
        answer = {kind: sorted(known) for kind, known in seen.items()}
        answer['fast'], answer['slow'] = fast, slow
        if tools:
            answer['named'] = sorted(named(data))
        out.write(json.dumps(answer))
        out.write('\n')
    out.flush()


main()
