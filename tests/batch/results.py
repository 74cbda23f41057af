# SPDX-License-Identifier: Apache-2.0
"""What tells two results apart: everything but what the run says of itself at the root."""
import h5py
import numpy


def differences(a, b):
    """In words; empty where every dataset and attribute is the same."""
    found = []
    with h5py.File(a, "r") as one, h5py.File(b, "r") as other:
        names_a, names_b = set(), set()
        one.visit(names_a.add)
        other.visit(names_b.add)
        found += [f"only in one: {name}" for name in sorted(names_a ^ names_b)]
        for name in sorted(names_a & names_b):
            found += _differences_of(name, one[name], other[name])
    return found


def _differences_of(name, x, y):
    if isinstance(x, h5py.Dataset) != isinstance(y, h5py.Dataset):
        return [f"{name}: a dataset and a group"]
    found = [f"{name}: attribute {key}" for key in sorted(set(x.attrs) | set(y.attrs))
             if not _has_same(x.attrs, y.attrs, key)]
    if isinstance(x, h5py.Dataset):
        if x.shape != y.shape or x.dtype != y.dtype:
            found.append(f"{name}: {x.shape} {x.dtype} and {y.shape} {y.dtype}")
        elif not _same(x[()], y[()]):
            found.append(f"{name}: values")
    return found


def _has_same(x, y, key):
    if key not in x or key not in y:
        return False
    if key in ("DIMENSION_LIST", "REFERENCE_LIST"):  # addresses inside the file
        return x.get_id(key).shape == y.get_id(key).shape
    return _same(x[key], y[key])


def _same(x, y):
    x, y = numpy.asarray(x), numpy.asarray(y)
    if x.dtype != y.dtype or x.shape != y.shape:
        return False
    if x.dtype.kind == "O":
        return x.tolist() == y.tolist()
    return x.tobytes() == y.tobytes()
