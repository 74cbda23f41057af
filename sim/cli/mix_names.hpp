// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/analysis/mix.hpp>

#include <string>
#include <string_view>

namespace utvei {

/// Names and numbers as readers of a mix see them, in nb, nn or en.
class MixNames {
 public:
  MixNames(MixDesign const& design, Scenario const& scenario, std::string_view language)
      : design_{design}, scenario_{scenario}, language_{language} {}
  [[nodiscard]] std::string choice(MixCell const& cell) const;
  /// Of the region; everywhere.
  [[nodiscard]] std::string area(MixCell const& cell) const;
  /// `Course, Skien`
  [[nodiscard]] std::string cell(MixCell const& cell) const;
  /// Whether all that is chosen are resources: then it is staff, and no places.
  [[nodiscard]] bool are_staff() const;
  /// `places`, or `staff`
  [[nodiscard]] std::string_view places() const;
  /// `measure`, or `resource`: what stands above choice().
  [[nodiscard]] std::string_view kind() const;
  /// `work`, by the labels of states and groups.
  [[nodiscard]] std::string outcome() const;
  [[nodiscard]] std::string number(double number, int decimals) const;
  /// `5 000 000`
  [[nodiscard]] std::string whole(double number) const;
  /// With as many decimals as the error leaves: `1.3 ± 0.4`.
  [[nodiscard]] std::string gain(MixGain const& gain) const;
  [[nodiscard]] std::string per_cent(double share, int decimals = 0) const;
  [[nodiscard]] std::string duration(Duration time) const;
  [[nodiscard]] std::string_view pick(std::string_view nb, std::string_view nn, std::string_view en) const {
    return language_ == "en" ? en : language_ == "nn" ? nn : nb;
  }

 private:
  MixDesign const& design_;
  Scenario const& scenario_;
  std::string_view language_;
};

/// Lines on what the effects of the measures rest on.
std::string notes_on_evidence(MixDesign const& design, Scenario const& scenario, std::string_view language);
/// Lines on what the numbers leave out, and on where they may go.
std::string notes_on_source(MixNames const& names, std::size_t draws, std::string_view data_class);

}  // namespace utvei
