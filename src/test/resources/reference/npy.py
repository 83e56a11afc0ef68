"""Writes npy.json: arrays as numpy.save writes them, and their rows as numbers. Run with Debian's python3-numpy."""
import base64
import io
import json
import os

import numpy
from numpy.lib import format as npy

numpy.random.seed(1)
cases = []


def add(name, array, version=None):
    data = io.BytesIO()
    npy.write_array(data, array, version=version, allow_pickle=False)
    rows = array.reshape(array.shape[0], -1).astype(numpy.float64)
    cases.append({"name": name, "file": base64.b64encode(data.getvalue()).decode(), "rows": rows.tolist()})


for kind in ["f4", "f8", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8"]:
    for order in "<>":
        if kind[0] == "f":
            array = numpy.random.randn(5, 3).astype(order + kind)
        else:
            info = numpy.iinfo(kind)
            array = numpy.random.randint(info.min, info.max, (5, 3), dtype=kind).astype(order + kind)
            array[0, 0], array[0, 1] = info.min, info.max
        add(order + kind, array)
        add(order + kind + " Fortran", numpy.asfortranarray(array))
add("b1", numpy.array([[True, False], [False, False]]))
add("one dimension", numpy.arange(4.0))
add("four dimensions", numpy.arange(48, dtype="<i2").reshape(2, 3, 4, 2))
add("version 2", numpy.arange(6, dtype="u1").reshape(2, 3), (2, 0))
add("version 3", numpy.arange(6, dtype="u1").reshape(2, 3), (3, 0))
with open(os.path.join(os.path.dirname(__file__), "npy.json"), "w") as file:
    json.dump(cases, file, indent=1)
