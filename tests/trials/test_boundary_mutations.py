"""Seeded mutations of made-up boundaries: each is refused, or reads the same."""

import copy
import json
import random
from collections import Counter

import pytest
from importers.conftest import FORCES, made_up_country  # noqa: F401

from peelbook.errors import PeelbookError
from peelbook.importers.boundaries import read_boundaries
from trials.running import names_its_file, number_of

pytestmark = pytest.mark.trials
TRIALS = number_of(60, 300)


def square(west, code, name):
    """Return an area with corners on its borders, as neighbours share them."""
    south, across, up = 51.0, 0.5, 0.25
    ring = [[west + across * step, south] for step in range(2)]
    ring += [[west + across, south + up * step] for step in range(1, 4)]
    ring += [[west, south + up * step] for step in range(3, -1, -1)]
    return {
        "type": "Feature",
        "properties": {"PFA22CD": code, "PFA22NM": name},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


def four_areas():
    published = FORCES.replace("Lower and Test", "Test, Lower")[["pfa_code", "area_name"]]
    named = published.itertuples(index=False)
    features = [square(0.5 * at - 3, *each) for at, each in enumerate(named)]
    return {"type": "FeatureCollection", "features": features}


def corners(feature):
    return feature["geometry"]["coordinates"][0]


def swap(features, dice, name):
    one, other = (feature["properties"] for feature in dice.sample(features, 2))
    one[name], other[name] = other[name], one[name]


def corner_moved(features, dice):
    ring = corners(dice.choice(features[1:3]))
    # one within a border that two areas share: at its end, a corner that gives way to the sea
    # makes another coast, which nothing in the file contradicts
    ring[dice.choice([2, 3, 6, 7])][0] += dice.choice([0.05, -0.05, 0.2, 60, -60])


def area_moved(features, dice):
    place = dice.randrange(len(features))
    for corner in corners(features[place]):
        corner[0] += 0.5 if place == 0 else -0.5


def converted(change):
    def convert(features, dice):
        for feature in features:
            feature["geometry"]["coordinates"] = [[change(*corner) for corner in corners(feature)]]

    return convert


def replaced(key, values):
    def replace(features, dice):
        feature = dice.choice(features)
        if key == "geometry":
            feature["geometry"] = dice.choice(values)
        else:
            feature["properties"][key] = dice.choice(values)

    return replace


NO_AREAS = [
    None,
    {},
    {"type": "Point", "coordinates": [-1.0, 51.0]},
    {"type": "LineString", "coordinates": [[-1.0, 51.0], [-1.0, 52.0]]},
    {"type": "Polygon", "coordinates": []},
    {"type": "Polygon", "coordinates": [[[-1, 51], [0, 52], [0, 51], [-1, 52], [-1, 51]]]},
    {"type": "Polygon", "coordinates": [[["-1", "51"], ["x", "52"], [0, 51], ["-1", "51"]]]},
    {"type": "GeometryCollection", "geometries": []},
    {"type": "Square", "coordinates": [1, 2]},
]
MUTATIONS = {
    "names swapped": lambda features, dice: swap(features, dice, "PFA22NM"),
    "codes swapped": lambda features, dice: swap(features, dice, "PFA22CD"),
    "area gone": lambda features, dice: features.pop(dice.randrange(len(features))),
    "area twice": lambda features, dice: features.append(dice.choice(features)),
    "axes swapped": converted(lambda east, north: [north, east]),
    "metres": converted(lambda east, north: [east * 70_000 + 530_000, north * 111_000 - 5_500_000]),
    "no number": converted(lambda east, north: [east, float("nan")]),
    "corner moved": corner_moved,
    "area moved": area_moved,
    "name": replaced("PFA22NM", [None, 7, "", "Nowhere", ["Upper Test"], True, "Upper Test "]),
    "code": replaced("PFA22CD", ["E23999009", "W15999002", "E12999001"]),
    "shape": replaced("geometry", NO_AREAS),
    "shuffled": lambda features, dice: dice.shuffle(features),
    "another property": replaced("LONG", [1.5, None, "east"]),
}


def bytes_damaged(text, dice):
    raw = bytearray(text.encode())
    kind = dice.choice(["cut", "byte", "another file"])
    if kind == "cut":
        del raw[dice.randrange(len(raw) - 1) :]
    elif kind == "byte":
        # outside the numbers, in which a digit is as good as another to a reader
        places = [at for at, byte in enumerate(raw) if chr(byte) in '{}[]:,"']
        raw[dice.choice(places)] = dice.choice([0, 10, 92, 255])
    else:
        raw = bytearray(dice.choice([b"", b"[]", b"{}", b"null", b"<html>", b'{"features": 3}']))
    return kind, bytes(raw)


def test_mutated_boundaries_are_refused_or_read_the_same(tmp_path):
    path = tmp_path / "pfa_made_up.geojson"
    path.write_text(json.dumps(four_areas()))
    meant = read_boundaries(path)
    dice = random.Random("boundaries")
    counts, misread = Counter(), []
    for trial in range(TRIALS):
        kind, collection = dice.choice([*MUTATIONS, "bytes", "bytes"]), copy.deepcopy(four_areas())
        if kind == "bytes":
            kind, content = bytes_damaged(json.dumps(collection), dice)
        else:
            MUTATIONS[kind](collection["features"], dice)
            content = json.dumps(collection).encode()
        path.write_bytes(content)
        try:
            found = read_boundaries(path)
        except PeelbookError as error:
            names_its_file(error, path)
            counts["refused"] += 1
            continue
        same = found["force"].equals(meant["force"]) and all(
            one.equals(other)
            for one, other in zip(found["geometry"], meant["geometry"], strict=True)
        )
        counts["same" if same else "misread"] += 1
        if not same:
            misread.append((trial, kind))
    print(f"boundaries: {TRIALS} mutations, {dict(counts)}")
    assert misread == []
    assert counts["refused"] > TRIALS / 2
