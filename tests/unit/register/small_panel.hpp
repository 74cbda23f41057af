// SPDX-License-Identifier: Apache-2.0
// A panel over three states and death, made of text: files are written into a folder of the test.
#pragma once

#include "support/files.hpp"

#include <utvei/core/diagnostics.hpp>
#include <utvei/register/panel.hpp>

#include <string>
#include <string_view>

namespace utvei {

inline constexpr std::string_view panel_model = R"(utvei: model/1
name: small
states:
  a: {}
  b: {}
  c: {}
  dead: {absorbing: true}
traits:
  sex: [female, male]
  debt: number
transitions:
  - {from: a, to: b}
  - {from: b, to: a}
  - {from: b, to: c}
  - {from: c, to: dead}
)";
inline constexpr std::string_view panel_head = "utvei: study/1\nname: small\nmodel: model.yaml\ndata_class: open\n";
/// Looks in months, without a window.
inline constexpr std::string_view panel_study = R"(utvei: study/1
name: small
model: model.yaml
data_class: open
time: {unit: months}
sources:
  - {file: panel.csv, id: person, date: t, state_from: {column: state}, kind: panel, observed: {column: seen},
     exact_states: [dead], traits: [sex, debt]}
)";

class SmallPanel {
 public:
  explicit SmallPanel(std::string_view text = panel_study) {
    folder.write("model.yaml", panel_model);
    folder.write("study.yaml", text);
  }
  /// Columns: person,t,state,seen,sex,debt.
  SmallPanel& rows(std::string_view rows) {
    folder.write("panel.csv", "person,t,state,seen,sex,debt\n" + std::string{rows});
    return *this;
  }
  /// Throws what is wrong.
  Panel read() {
    study = read_study((folder / "study.yaml").string(), {}, {}, diagnostics);
    throw_if_errors(diagnostics);
    Panel panel = read_panel(study, diagnostics);
    throw_if_errors(diagnostics);
    return panel;
  }
  /// All that is said about the files.
  std::string messages() {
    study = read_study((folder / "study.yaml").string(), {}, {}, diagnostics);
    if (!diagnostics.has_errors()) {
      read_panel(study, diagnostics);
    }
    return render(diagnostics);
  }

  support::TempFolder folder;
  Diagnostics diagnostics;
  Study study;
};

}  // namespace utvei
