"""The append-only Merkle tree of RFC 6962, section 2.1, with SHA-256: of its leaves' data the root, and the proof that a leaf
is in it. Whoever holds the root of some size can tell whether anything before it was changed, taken out or put in.
"""

from collections.abc import Iterable, Sequence
from hashlib import sha256

DIGEST = 32  # bytes
EMPTY = sha256().digest()  # the root of no leaves

Level = bytearray  # digests, one after the other


class Tree:
    """All its levels in memory: 64 bytes a leaf. `leaves` are the data, in order."""

    def __init__(self, leaves: Iterable[bytes]) -> None:
        lowest = bytearray()
        for data in leaves:
            lowest += leaf_hash(data)
        self._levels = [lowest]
        while len(self._levels[-1]) > DIGEST:
            self._levels.append(_above(self._levels[-1]))

    @property
    def size(self) -> int:
        return len(self._levels[0]) // DIGEST

    @property
    def root(self) -> bytes:
        return bytes(self._levels[-1]) or EMPTY

    def root_at(self, size: int) -> bytes:
        """The root that the tree had when it was of that size. ValueError where it never was."""
        if not 0 <= size <= self.size:
            raise ValueError(size)
        if size == 0:
            return EMPTY
        root, rest = b"", size
        for height, level in enumerate(self._levels):  # the perfect subtrees of that size, the lowest first
            if rest >> height & 1:
                start = ((rest >> height) - 1) * DIGEST
                peak = bytes(level[start : start + DIGEST])
                root = node_hash(peak, root) if root else peak
        return root

    def inclusion(self, index: int) -> tuple[bytes, ...]:
        """The audit path of the leaf, nearest first: 2.1.1 of the RFC. IndexError where there is no such leaf."""
        if not 0 <= index < self.size:
            raise IndexError(index)
        path = []
        for level in self._levels[:-1]:
            start = (index ^ 1) * DIGEST
            if start < len(level):  # the last of an odd number has no sibling and moves up as it is
                path.append(bytes(level[start : start + DIGEST]))
            index //= 2
        return tuple(path)


class Growing:
    """A tree that is only to be asked for its root, at each size that it comes to: in memory for a few dozen digests."""

    def __init__(self) -> None:
        self.size = 0
        self._peaks: list[tuple[int, bytes]] = []  # the perfect subtrees so far: height and root, the highest first

    def add(self, data: bytes) -> None:
        height, digest = 0, leaf_hash(data)
        while self._peaks and self._peaks[-1][0] == height:
            digest = node_hash(self._peaks.pop()[1], digest)
            height += 1
        self._peaks.append((height, digest))
        self.size += 1

    @property
    def root(self) -> bytes:
        if not self._peaks:
            return EMPTY
        *higher, (_, root) = self._peaks
        for _, peak in reversed(higher):
            root = node_hash(peak, root)
        return root


def leaf_hash(data: bytes) -> bytes:
    return sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()


def root_of(leaves: Iterable[bytes]) -> bytes:
    """The same as `Tree(leaves).root`, in memory for a few dozen digests however many leaves there are."""
    tree = Growing()
    for data in leaves:
        tree.add(data)
    return tree.root


def root_from(data: bytes, index: int, size: int, path: Sequence[bytes]) -> bytes | None:
    """The root that the leaf's path leads to: RFC 9162, section 2.1.3.2. None where no leaf of such a tree has such a path."""
    if not 0 <= index < size:
        return None
    digest, last = leaf_hash(data), size - 1
    for sibling in path:
        if last == 0 or len(sibling) != DIGEST:
            return None
        if index & 1 or index == last:
            digest = node_hash(sibling, digest)
            while not index & 1 and index:
                index, last = index >> 1, last >> 1
        else:
            digest = node_hash(digest, sibling)
        index, last = index >> 1, last >> 1
    return digest if last == 0 else None


def _above(level: Level) -> Level:
    pairs = len(level) // (2 * DIGEST) * 2 * DIGEST
    found = bytearray()
    for start in range(0, pairs, 2 * DIGEST):
        found += sha256(b"\x01" + level[start : start + 2 * DIGEST]).digest()
    return found + level[pairs:]
