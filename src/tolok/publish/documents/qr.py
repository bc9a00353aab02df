"""QR codes: a text as a matrix of dark and light modules, at error correction level M.

Source: ISO/IEC 18004:2015; byte mode with UTF-8, versions 1 to 20.
"""

from collections.abc import Callable, Iterator

Matrix = list[list[bool]]
"""Rows of modules; true is dark."""

MOST_BYTES = 666
"""What version 20 holds at level M."""
_CHECK_BYTES = (
    10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26,
)  # fmt: skip
"""Bytes of error correction in each block of versions 1 to 20 (table 9)."""
_BLOCKS = (1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16)
"""Blocks of versions 1 to 20 (table 9)."""
_LEVEL_M = 0b00
_FIELD = 0x11D
"""The polynomial of GF(256)."""
_FORMAT, _FORMAT_MASK = 0x537, 0x5412
_VERSION = 0x1F25
_FINDER = (True, False, True, True, True, False, True)

_MASKS: tuple[Callable[[int, int], bool], ...] = (
    lambda row, column: (row + column) % 2 == 0,
    lambda row, _: row % 2 == 0,
    lambda _, column: column % 3 == 0,
    lambda row, column: (row + column) % 3 == 0,
    lambda row, column: (row // 2 + column // 3) % 2 == 0,
    lambda row, column: row * column % 2 + row * column % 3 == 0,
    lambda row, column: (row * column % 2 + row * column % 3) % 2 == 0,
    lambda row, column: ((row + column) % 2 + row * column % 3) % 2 == 0,
)


def qr_matrix(text: str) -> Matrix:
    """The smallest code that holds the text, without the light border it needs around it.

    Raises: ValueError for a text of more than MOST_BYTES bytes.
    """
    data = text.encode()
    version = next((v for v in range(1, 21) if len(data) <= _room(v)), 0)
    if not version:
        raise ValueError(f"{len(data)} bytes are more than the {MOST_BYTES} of a code.")
    bits = _bits(_codewords(data, version))
    drawn = [_masked(version, bits, mask) for mask in range(len(_MASKS))]
    return min(drawn, key=_penalty)


def _size(version: int) -> int:
    return 17 + 4 * version


def _capacity(version: int) -> int:
    """The bytes of a code, data and error correction together."""
    count = (16 * version + 128) * version + 64
    if version >= 2:
        around = version // 7 + 2
        count -= (25 * around - 10) * around - 55
        count -= 36 if version >= 7 else 0
    return count // 8


def _data_bytes(version: int) -> int:
    return _capacity(version) - _CHECK_BYTES[version - 1] * _BLOCKS[version - 1]


def _room(version: int) -> int:
    """The bytes of text that a version holds, after its mode and length."""
    return _data_bytes(version) - (2 if version < 10 else 3)


def _codewords(data: bytes, version: int) -> bytes:
    """The text with its head and padding, in blocks with error correction, interleaved."""
    width = 8 if version < 10 else 16
    bits = f"{0b0100:04b}{len(data):0{width}b}" + "".join(f"{byte:08b}" for byte in data) + "0000"
    bits += "0" * (-len(bits) % 8)
    filled = [int(bits[at : at + 8], 2) for at in range(0, len(bits), 8)][: _data_bytes(version)]
    filled += [(0xEC, 0x11)[at % 2] for at in range(_data_bytes(version) - len(filled))]
    count, check = _BLOCKS[version - 1], _CHECK_BYTES[version - 1]
    short, longer = divmod(len(filled), count)
    blocks, start = [], 0
    for at in range(count):
        end = start + short + (at >= count - longer)
        blocks.append(filled[start:end])
        start = end
    checks = [_remainder(block, check) for block in blocks]
    return bytes([*_interleaved(blocks), *_interleaved(checks)])


def _interleaved(blocks: list[list[int]]) -> Iterator[int]:
    for at in range(max(len(block) for block in blocks)):
        yield from (block[at] for block in blocks if at < len(block))


def _product(one: int, other: int) -> int:
    """The product of two bytes in GF(256)."""
    product = 0
    for bit in range(7, -1, -1):
        product = product << 1 ^ (product >> 7) * _FIELD
        product ^= (other >> bit & 1) * one
    return product


def _remainder(block: list[int], length: int) -> list[int]:
    """The bytes of error correction of a block, by Reed and Solomon's code."""
    divisor, root = [0] * (length - 1) + [1], 1
    for _ in range(length):
        divisor = [
            _product(term, root) ^ following
            for term, following in zip(divisor, [*divisor[1:], 0], strict=True)
        ]
        root = _product(root, 2)
    rest = [0] * length
    for byte in block:
        factor = byte ^ rest[0]
        rest = [
            term ^ _product(part, factor)
            for term, part in zip([*rest[1:], 0], divisor, strict=True)
        ]
    return rest


def _bits(codewords: bytes) -> list[bool]:
    return [bool(byte >> bit & 1) for byte in codewords for bit in range(7, -1, -1)]


def _masked(version: int, bits: list[bool], mask: int) -> Matrix:
    """The whole code under one of the eight masks."""
    fixed = _fixed(version, mask)
    size = _size(version)
    matrix = [[fixed.get((row, column), False) for column in range(size)] for row in range(size)]
    places = (place for place in _zigzag(size) if place not in fixed)
    for at, (row, column) in enumerate(places):  # the last few modules carry nothing
        bit = bits[at] if at < len(bits) else False
        matrix[row][column] = bit ^ _MASKS[mask](row, column)
    return matrix


def _zigzag(size: int) -> Iterator[tuple[int, int]]:
    """The places in the order in which data fill them: pairs of columns, upwards and downwards."""
    upward = True
    for right in range(size - 1, 0, -2):
        column = right if right > 6 else right - 1
        for step in range(size):
            row = size - 1 - step if upward else step
            yield row, column
            yield row, column - 1
        upward = not upward


def _fixed(version: int, mask: int) -> dict[tuple[int, int], bool]:
    """The modules that are no data: timing, finders, alignment, format and version."""
    size = _size(version)
    fixed = {place: at % 2 == 0 for at in range(size) for place in ((6, at), (at, 6))}
    corners = ((3, 3), (3, size - 4), (size - 4, 3))
    for row, column in corners:
        for down in range(-4, 5):
            for across in range(-4, 5):
                place = row + down, column + across
                if 0 <= place[0] < size and 0 <= place[1] < size:
                    ring = max(abs(down), abs(across))
                    fixed[place] = ring not in (2, 4)
    for row, column in _alignments(version):
        for down in range(-2, 3):
            for across in range(-2, 3):
                fixed[row + down, column + across] = max(abs(down), abs(across)) != 1
    fixed |= _format_modules(size, mask)
    return fixed | (_version_modules(version) if version >= 7 else {})


def _alignments(version: int) -> Iterator[tuple[int, int]]:
    """The centres of the alignment patterns, none where a finder is (annex E)."""
    if version == 1:
        return
    count = version // 7 + 2
    last = _size(version) - 7
    step = (version * 8 + count * 3 + 5) // (count * 4 - 4) * 2
    line = [6, *(last - step * at for at in range(count - 2, -1, -1))]
    for row in line:
        for column in line:
            if (row, column) not in ((6, 6), (6, last), (last, 6)):
                yield row, column


def _coded(value: int, divisor: int, length: int) -> int:
    """A value followed by the remainder of its division, as BCH codes are made."""
    rest = value
    for _ in range(length):
        rest = rest << 1 ^ (rest >> length - 1) * divisor
    return value << length | rest


def _format_modules(size: int, mask: int) -> dict[tuple[int, int], bool]:
    """Level and mask, twice, and the one module that is always dark."""
    value = _coded(_LEVEL_M << 3 | mask, _FORMAT, 10) ^ _FORMAT_MASK
    first = [
        *((at, 8) for at in (0, 1, 2, 3, 4, 5, 7, 8)),
        *((8, at) for at in (7, 5, 4, 3, 2, 1, 0)),
    ]
    second = [
        *((8, size - 1 - at) for at in range(8)),
        *((size - 15 + at, 8) for at in range(8, 15)),
    ]
    modules = {
        place: bool(value >> bit & 1)
        for places in (first, second)
        for bit, place in enumerate(places)
    }
    return modules | {(size - 8, 8): True}


def _version_modules(version: int) -> dict[tuple[int, int], bool]:
    value, edge = _coded(version, _VERSION, 12), _size(version) - 11
    places = {bit: (edge + bit % 3, bit // 3) for bit in range(18)}
    upper = {(column, row): bool(value >> bit & 1) for bit, (row, column) in places.items()}
    return upper | {place: bool(value >> bit & 1) for bit, place in places.items()}


def _penalty(matrix: Matrix) -> int:
    """How hard a code is to read: the mask with the least is taken (clause 7.8.3)."""
    lines = [*matrix, *(list(column) for column in zip(*matrix, strict=True))]
    points = sum(_line_penalty(line) for line in lines)
    size = len(matrix)
    for row in range(size - 1):
        for at in range(size - 1):
            square = (*matrix[row][at : at + 2], *matrix[row + 1][at : at + 2])
            points += 3 * (sum(square) in (0, 4))
    dark = sum(sum(row) for row in matrix)
    return points + 10 * (abs(20 * dark - 10 * size * size) // (size * size))


def _line_penalty(line: list[bool]) -> int:
    points, length = 0, 0
    for at, module in enumerate(line):
        length = length + 1 if at and module == line[at - 1] else 1
        points += 3 if length == 5 else length > 5
    quiet = [False] * 4
    padded = [*quiet, *line, *quiet]
    for pattern in ([*quiet, *_FINDER], [*_FINDER, *quiet]):
        points += 40 * sum(
            padded[at : at + 11] == pattern for at in range(len(padded) - len(pattern) + 1)
        )
    return points
