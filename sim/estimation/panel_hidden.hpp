// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "panel_design.hpp"

namespace utvei {

/// What happens between snapshots and leaves no trace, by the state that was seen at the start.
Column<StateId, HiddenMoves> hidden_moves(PanelDesign const& design, Eigen::VectorXd const& coefficients);

/// Whether the transition matrix between looks of the commonest length has a logarithm that is a matrix of intensities.
Embedding embedding_of(Panel const& panel, Model const& model);

}  // namespace utvei
