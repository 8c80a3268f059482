"""The tree against RFC 6962's own definition, which is written down here once more, and against the vectors with which the
implementations of Certificate Transparency are tried.
"""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alur.evidence.tree import EMPTY, Tree, leaf_hash, node_hash, root_from, root_of

LEAVES = [
    bytes.fromhex(data)
    for data in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
PATHS = {
    (0, 1): [],
    (0, 8): [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
    (5, 8): [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 3): ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"],
    (1, 5): [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
}
MOST = 70  # leaves: six levels and a rest

some_leaves = st.lists(st.binary(max_size=40), min_size=1, max_size=MOST)


def half(size):
    """The largest power of two below the size."""
    return 1 << (size - 1).bit_length() - 1


def mth(data):
    """Merkle Tree Hash: RFC 6962, section 2.1."""
    if not data:
        return sha256(b"").digest()
    if len(data) == 1:
        return sha256(b"\x00" + data[0]).digest()
    k = half(len(data))
    return sha256(b"\x01" + mth(data[:k]) + mth(data[k:])).digest()


def path(index, data):
    """Merkle Audit Path: section 2.1.1."""
    if len(data) == 1:
        return []
    k = half(len(data))
    if index < k:
        return [*path(index, data[:k]), mth(data[k:])]
    return [*path(index - k, data[k:]), mth(data[:k])]


@pytest.mark.parametrize("size", range(9))
def test_the_roots_are_those_of_certificate_transparency(size):
    assert Tree(LEAVES[:size]).root.hex() == root_of(LEAVES[:size]).hex() == ROOTS[size]
    assert Tree(LEAVES).root_at(size).hex() == ROOTS[size]


@pytest.mark.parametrize(("place", "expected"), PATHS.items())
def test_the_paths_are_those_of_certificate_transparency(place, expected):
    index, size = place
    tree = Tree(LEAVES[:size])

    assert [item.hex() for item in tree.inclusion(index)] == expected


def test_a_tree_without_leaves_has_the_root_of_nothing():
    assert Tree([]).size == 0
    assert Tree([]).root == Tree(LEAVES).root_at(0) == EMPTY == sha256().digest()


def test_leaves_are_taken_from_an_iterator_once():
    assert Tree(iter(LEAVES)).root == Tree(LEAVES).root


@given(data=some_leaves)
def test_the_root_is_what_the_definition_says(data):
    assert Tree(data).root == root_of(iter(data)) == mth(data)
    assert Tree(data).size == len(data)


@given(data=some_leaves, draw=st.data())
def test_a_tree_knows_every_root_that_it_had(data, draw):
    size = draw.draw(st.integers(0, len(data)))

    assert Tree(data).root_at(size) == mth(data[:size])


@given(data=some_leaves, draw=st.data())
def test_each_leaf_has_the_path_of_the_definition_and_it_leads_to_the_root(data, draw):
    index = draw.draw(st.integers(0, len(data) - 1))
    proof = Tree(data).inclusion(index)

    assert list(proof) == path(index, data)
    assert root_from(data[index], index, len(data), proof) == mth(data)


@given(data=st.lists(st.binary(max_size=40), min_size=1, max_size=MOST, unique=True), draw=st.data())
def test_a_leaf_leads_to_the_root_from_no_other_place_and_no_other_path(data, draw):
    tree = Tree(data)
    index = draw.draw(st.integers(0, len(data) - 1))
    proof = list(tree.inclusion(index))

    assert root_from(data[index] + b"x", index, len(data), proof) != tree.root
    for other in range(-1, len(data) + 2):
        if other != index:
            assert root_from(data[index], other, len(data), proof) != tree.root
    assert root_from(data[index], index, len(data), [*proof, tree.root]) is None
    if not proof:
        return
    at = draw.draw(st.integers(0, len(proof) - 1))
    changed = bytes([proof[at][0] ^ 1]) + proof[at][1:]
    assert root_from(data[index], index, len(data), [*proof[:at], changed, *proof[at + 1 :]]) != tree.root
    assert root_from(data[index], index, len(data), proof[:at] + proof[at + 1 :]) != tree.root
    for cut in (proof[at][:-1], proof[at] + b"\0", b""):
        assert root_from(data[index], index, len(data), [*proof[:at], cut, *proof[at + 1 :]]) is None


@pytest.mark.parametrize("size", range(1, 40))
def test_a_path_is_of_one_length_alone(size):
    """RFC 9162 has the reader find the length from place and size; a longer or shorter one is of another tree."""
    tree = Tree(bytes([number]) for number in range(size))
    for index in range(size):
        proof = tree.inclusion(index)
        for length in range(9):
            long_enough = (proof + (EMPTY,) * 9)[:length]
            found = root_from(bytes([index]), index, size, long_enough)
            assert (found == tree.root) == (length == len(proof))
            assert (found is None) == (length != len(proof))


def test_a_node_cannot_be_passed_off_as_a_leaf():
    """Two leaves' hashes, joined, are the data of no leaf with the same root: leaves and nodes are hashed apart."""
    both = leaf_hash(LEAVES[0]) + leaf_hash(LEAVES[1])

    assert Tree([both]).root != Tree(LEAVES[:2]).root
    assert node_hash(leaf_hash(LEAVES[0]), leaf_hash(LEAVES[1])) == Tree(LEAVES[:2]).root


@pytest.mark.parametrize("size", [-1, 9, 100])
def test_a_size_that_the_tree_never_had_is_refused(size):
    with pytest.raises(ValueError, match=str(size)):
        Tree(LEAVES).root_at(size)


@pytest.mark.parametrize("index", [-1, 8, 100])
def test_a_leaf_that_is_not_there_has_no_path(index):
    with pytest.raises(IndexError):
        Tree(LEAVES).inclusion(index)
    assert root_from(LEAVES[0], index, 8, Tree(LEAVES).inclusion(0)) is None


@pytest.mark.parametrize("index", [-1, 0, 1])
def test_a_tree_without_leaves_has_no_paths(index):
    assert root_from(b"", index, 0, ()) is None
