"""The names by which the cells of a table in a PDF call their headers.

Chromium numbers header cells by a counter that other work of the browser moves on as well, so the same
page gives other numbers from one run to the next. Here they are numbered in reading order.
"""

from __future__ import annotations

from collections.abc import Iterator

from pypdf.generic import ArrayObject, DictionaryObject, NameObject, PdfObject, TextStringObject

ID, CHILDREN, ATTRIBUTES, HEADERS = "/ID", "/K", "/A", "/Headers"
KIDS, NAMES, LIMITS = "/Kids", "/Names", "/Limits"


def name_header_cells(root: DictionaryObject) -> None:
    """Give the header cells below the root of a PDF new names, wherever these stand, in place.

    The tree of names (ISO 32000-1, 7.9.6) keeps its shape; its leaves are filled in order again.
    """
    structure = root.get("/StructTreeRoot")
    if structure is None:
        return
    structure = structure.get_object()
    elements = list(_elements(structure))
    named = [element for element in elements if ID in element]
    names = {
        str(element[ID]): TextStringObject(f"header{number:08d}")
        for number, element in enumerate(named)
    }
    for element in elements:
        if ID in element:
            element[NameObject(ID)] = names[str(element[ID])]
        for attributes in _listed(element.get(ATTRIBUTES)):
            if isinstance(attributes, DictionaryObject) and HEADERS in attributes:
                called = [names.get(str(each), each) for each in attributes[HEADERS]]
                attributes[NameObject(HEADERS)] = ArrayObject(called)
    if "/IDTree" in structure:
        tree = structure["/IDTree"].get_object()
        where = {names[name]: place for name, place in _pairs(tree) if name in names}
        _fill(tree, iter(sorted(where.items())))


def _elements(parent: DictionaryObject) -> Iterator[DictionaryObject]:
    """Yield the elements below one in reading order (without recursion, for books nest deeply)."""
    waiting = _listed(parent.get(CHILDREN))[::-1]
    while waiting:
        element = waiting.pop()
        if isinstance(element, DictionaryObject):
            yield element
            waiting += _listed(element.get(CHILDREN))[::-1]


def _listed(value: PdfObject | None) -> list[PdfObject]:
    """Return what may be one thing, a list of things or nothing as a list of things."""
    if value is None:
        return []
    value = value.get_object()
    return [each.get_object() for each in value] if isinstance(value, ArrayObject) else [value]


def _pairs(node: DictionaryObject) -> Iterator[tuple[str, PdfObject]]:
    names = list(node.get(NAMES, []))
    yield from zip(map(str, names[::2]), names[1::2], strict=True)
    for kid in _listed(node.get(KIDS)):
        yield from _pairs(kid)


def _fill(node: DictionaryObject, pairs: Iterator[tuple[str, PdfObject]]) -> list[str]:
    """Fill the leaves below a node from pairs in order; return the names that stand there now."""
    here = [next(pairs) for _ in range(len(node.get(NAMES, [])) // 2)]
    if here:
        node[NameObject(NAMES)] = ArrayObject([each for pair in here for each in pair])
    names = [name for name, _ in here]
    for kid in _listed(node.get(KIDS)):
        names += _fill(kid, pairs)
    if LIMITS in node and names:
        node[NameObject(LIMITS)] = ArrayObject(map(TextStringObject, (names[0], names[-1])))
    return names
