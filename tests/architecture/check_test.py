# SPDX-License-Identifier: Apache-2.0
"""check.py must see what it is there to see: each test plants one violation in a small tree."""
import shutil
import tempfile
import unittest
from pathlib import Path

import check

HERE = Path(__file__).parent
SPDX = "// SPDX-License-Identifier: Apache-2.0\n"


class PlantedViolations(unittest.TestCase):
    def setUp(self):
        self.root = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.root)
        rooms = (HERE / "rooms.txt").read_text(encoding="utf-8")
        self.write("tests/architecture/rooms.txt", rooms.split("[long files]")[0] + "[long files]\n")
        self.write("sim/engine/simulate.cpp", SPDX + "#include <utvei/core/time.hpp>\n#include <fmt/format.h>\n#include <vector>\n")
        self.write("sim/engine/CMakeLists.txt", "utvei_module(engine\n  USES scenario population results model\n  PRIVATE fmt::fmt)\n")

    def write(self, path, text):
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).write_text(text, encoding="utf-8")

    def found(self):
        return [f"{path}:{line}: {message}" for path, line, message in check.violations(self.root)]

    def assert_finds(self, expected):
        self.assertIn(expected, self.found())

    def test_a_clean_tree_has_none(self):
        self.assertEqual(self.found(), [])

    def test_upward_include(self):
        self.write("sim/model/graph.cpp", SPDX + "#include <utvei/engine/simulate.hpp>\n")
        self.assert_finds("sim/model/graph.cpp:2: model may not use engine (<utvei/engine/simulate.hpp>)")

    def test_upward_include_in_a_public_header(self):
        self.write("include/utvei/core/id.hpp", SPDX + "#pragma once\n#include <utvei/document/value.hpp>\n")
        self.assert_finds("include/utvei/core/id.hpp:3: core may not use document (<utvei/document/value.hpp>)")

    def test_sideways_include_in_a_unit_test(self):
        self.write("tests/unit/register/read.cpp", SPDX + "#include <utvei/scenario/scenario.hpp>\n")
        self.assert_finds("tests/unit/register/read.cpp:2: register may not use scenario (<utvei/scenario/scenario.hpp>)")

    def test_library_out_of_its_room(self):
        self.write("sim/engine/save.cpp", SPDX + "#include <hdf5.h>\n")
        self.assert_finds("sim/engine/save.cpp:2: HDF5 belongs to output, not to engine (<hdf5.h>)")

    def test_unknown_library(self):
        self.write("sim/engine/lanes.cpp", SPDX + "#include <xsimd/xsimd.hpp>\n")
        self.assert_finds("sim/engine/lanes.cpp:2: <xsimd/xsimd.hpp> belongs to no library of rooms.txt")

    def test_private_header_of_another_room(self):
        self.write("sim/engine/peek.cpp", SPDX + '#include "../model/graph.hpp"\n')
        self.assert_finds('sim/engine/peek.cpp:2: "../model/graph.hpp": private headers stay in their own folder')

    def test_upward_link(self):
        self.write("sim/model/CMakeLists.txt", "utvei_module(model\n  USES document engine\n  PRIVATE fmt::fmt)\n")
        self.assert_finds("sim/model/CMakeLists.txt:1: model may not link engine")

    def test_upward_link_beside_the_module_line(self):
        self.write("sim/model/CMakeLists.txt", "utvei_module(model USES document)\ntarget_link_libraries(utvei_model PUBLIC utvei_engine)\n")
        self.assert_finds("sim/model/CMakeLists.txt:1: model may not link engine")

    def test_library_linked_out_of_its_room(self):
        self.write("sim/model/CMakeLists.txt", "utvei_module(model\n  USES document\n  PRIVATE TBB::tbb)\n")
        self.assert_finds("sim/model/CMakeLists.txt:1: TBB belongs to core, not to model (TBB::tbb)")

    def test_room_that_is_not_in_the_table(self):
        self.write("sim/cellar/wine.cpp", SPDX)
        self.assert_finds("sim/cellar/wine.cpp:1: the room cellar is not in rooms.txt")

    def test_two_types_of_one_name(self):
        self.write("include/utvei/model/axes.hpp", SPDX + "namespace utvei {\nstruct Bands {\n};\n}  // namespace utvei\n")
        self.write("sim/scenario/grid.cpp", SPDX + "namespace utvei {\nclass Bands : public Grid {\n};\n}  // namespace utvei\n")
        self.assert_finds("sim/scenario/grid.cpp:3: Bands is a type of include/utvei/model/axes.hpp already")

    def test_two_types_of_one_name_in_unnamed_namespaces(self):
        unnamed = "namespace utvei {\nnamespace {\nstruct Row {\n};\n}  // namespace\n}  // namespace utvei\n"
        self.write("sim/scenario/grid.cpp", SPDX + unnamed)
        self.write("sim/model/graph.cpp", SPDX + unnamed)
        self.assertEqual(self.found(), [])

    def test_missing_licence_line(self):
        self.write("sim/model/graph.cpp", "#include <vector>\n")
        self.assert_finds("sim/model/graph.cpp:1: the line SPDX-License-Identifier: Apache-2.0 is missing")

    def test_file_names(self):
        self.write("sim/model/Graph.cpp", SPDX)
        self.write("sim/model/utvei_graph.cpp", SPDX)
        self.assert_finds("sim/model/Graph.cpp:1: file names are lower case words joined by _")
        self.assert_finds("sim/model/utvei_graph.cpp:1: everything here is utvei; the file name need not say it")

    def test_long_file(self):
        self.write("sim/model/graph.cpp", SPDX + "\n" * 400)
        self.assert_finds("sim/model/graph.cpp:401: 401 lines; cut it, or name the reason under [long files] in rooms.txt")

    def test_an_exit_that_nobody_knows(self):
        self.write("sim/cli/leak.cpp", SPDX + "void leak() { session.console.data(table); }\n")
        self.assert_finds("sim/cli/leak.cpp:1: writes or prints, and is not under [exits] in rooms.txt with the gate that its numbers pass")

    def test_an_exit_without_its_gate(self):
        self.write("sim/cli/lifeline.cpp", SPDX + "void lifeline() { session.console.data(life); }  // require_disclosure_cleared\n")
        self.assert_finds("sim/cli/lifeline.cpp:1: does not call require_disclosure_cleared, which rooms.txt says its numbers pass")

    def test_circle_in_the_table(self):
        rooms = (HERE / "rooms.txt").read_text(encoding="utf-8")
        self.write("tests/architecture/rooms.txt", rooms.replace("core       :", "core       : engine"))
        self.assert_finds("tests/architecture/rooms.txt:1: core uses itself in a circle")


if __name__ == "__main__":
    unittest.main()
