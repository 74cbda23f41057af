# SPDX-License-Identifier: Apache-2.0
"""What linear programming tells of hidden numbers: the least and the most that each can be, for all that is shown."""
import itertools
import re
import subprocess


class Puzzle:
    """Numbers by key; those that are shown, and sums that tie them. A hidden number is at least 1: 0 is never hidden."""

    def __init__(self, folder):
        self.folder, self.shown, self.names, self.rows, self.maybe_none = folder, {}, {}, [], set()

    def may_be_none(self, key):
        """A number that is made of others, and may be 0 though it is not shown."""
        self.maybe_none.add(self.names.setdefault(key, f"x{len(self.names)}"))

    def show(self, key, value):
        self.shown[key] = value

    def tie(self, terms, total=0.0):
        """The sum of factor times number is the total."""
        unknown = {}
        for factor, key in terms:
            if key in self.shown:
                total -= factor * self.shown[key]
            else:
                name = self.names.setdefault(key, f"x{len(self.names)}")
                unknown[name] = unknown.get(name, 0) + factor
        unknown = {name: factor for name, factor in unknown.items() if factor}
        if unknown:
            self.rows.append((unknown, total))

    def bounds(self, key):
        if key not in self.names:
            return 1.0, float("inf")
        return self._solve("Minimize", self.names[key]), self._solve("Maximize", self.names[key])

    def _near(self, name):
        """The rows that a number hangs together with."""
        if not hasattr(self, "_of"):
            self._of = {}
            for i, (unknown, _) in enumerate(self.rows):
                for each in unknown:
                    self._of.setdefault(each, []).append(i)
        names, rows, ahead = {name}, set(), [name]
        while ahead:
            for row in self._of.get(ahead.pop(), []):
                if row not in rows:
                    rows.add(row)
                    fresh = set(self.rows[row][0]) - names
                    names |= fresh
                    ahead.extend(fresh)
        return sorted(names), sorted(rows)

    def _solve(self, sense, name):
        names, rows = self._near(name)
        text = [sense, f" goal: {name}", "Subject To", f" own: {name} >= 0"]
        for i in rows:
            unknown, total = self.rows[i]
            text.append(f" r{i}: " + " ".join(f"{'+' if f > 0 else '-'} {abs(f):g} {n}" for n, f in unknown.items()) + f" = {total:.9g}")
        text += ["Bounds"] + [f" {n} >= {0 if n in self.maybe_none else 1}" for n in names] + ["End"]
        (self.folder / "attack.lp").write_text("\n".join(text) + "\n")
        out = subprocess.run(["glpsol", "--lp", "attack.lp", "-o", "attack.out"], cwd=self.folder, capture_output=True, text=True)
        if "UNBOUNDED" in out.stdout or "NO DUAL FEASIBLE" in out.stdout:
            return float("inf")
        if "OPTIMAL" not in out.stdout:
            raise RuntimeError(out.stdout)
        return float(re.search(r"Objective: +goal = (\S+)", (self.folder / "attack.out").read_text())[1])


def subsets(names):
    return itertools.chain.from_iterable(itertools.combinations(names, n) for n in range(len(names) + 1))
