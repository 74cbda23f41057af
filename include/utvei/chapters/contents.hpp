// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/chapters/saying.hpp>
#include <utvei/chapters/write_report.hpp>
#include <utvei/results/outcome_rows.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace utvei {

/// A region of the results, or one above it, with the labels that are added up for it.
struct ReportArea {
  std::string code, name, level, parent;
  std::vector<std::string> regions;
};

/// The material of a report under the names that its parts use.
class Contents {
 public:
  explicit Contents(ReportMaterial const& material);

  [[nodiscard]] ReportMaterial const& material() const { return material_; }
  [[nodiscard]] Comparison const& comparison() const { return material_.comparison; }
  [[nodiscard]] RunResult const& baseline() const { return material_.results.front(); }
  [[nodiscard]] std::size_t scenarios() const { return material_.results.size() - 1; }
  [[nodiscard]] RunResult const& scenario(std::size_t i) const { return material_.results[i + 1]; }
  [[nodiscard]] std::string const& name(std::size_t i) const { return comparison().scenarios[i]; }
  /// What readers call a scenario, and the zero alternative.
  [[nodiscard]] ReportText title(std::size_t i) const;
  [[nodiscard]] ReportText baseline_title() const;
  /// Of either, by name.
  [[nodiscard]] ReportText labelled(std::string const& name) const;
  /// Of people of a register no numbers but those that its gate lets pass.
  [[nodiscard]] bool shows_all() const { return material_.gate == nullptr; }
  [[nodiscard]] bool is_assumed(std::size_t scenario) const;
  [[nodiscard]] bool has_draws() const { return comparison().draws > 1; }

  /// Of a quantity, in all or by year; of the last day on which heads are counted in it.
  [[nodiscard]] std::vector<ComparisonRow const*> rows(std::size_t scenario, std::string_view quantity, bool by_year,
                                                       bool by_region = false) const;
  [[nodiscard]] std::vector<ReportArea> const& areas() const { return areas_; }
  [[nodiscard]] ReportArea const* area(std::string const& code) const;

  [[nodiscard]] ReportText state(std::string const& name) const;
  /// `AAP → Work`
  [[nodiscard]] ReportText transition(std::string const& name) const;
  [[nodiscard]] ReportText measure(std::string const& name) const;
  /// A region by its name; the code where it has none.
  [[nodiscard]] std::string place_name(std::string const& code) const;
  /// A trait inside a sentence: models give traits no labels.
  [[nodiscard]] ReportText trait(std::string const& name) const;
  [[nodiscard]] std::string group_of(std::string const& state) const;
  [[nodiscard]] bool has_group(std::string_view group) const;
  /// `2025–2034`
  [[nodiscard]] std::string period() const;
  /// Of the run's years those that it covers a part of alone.
  [[nodiscard]] std::vector<int> partial_years() const;
  /// How long the run is.
  [[nodiscard]] double years() const;
  /// Where the numbers come from.
  [[nodiscard]] ReportText source() const;
  /// What bands and limits hold; empty where no difference has any.
  [[nodiscard]] ReportText interval_words() const;
  /// Of people who share places: that luck is estimated from too few replicates for its intervals to be held for true.
  [[nodiscard]] ReportText few_replicates() const;
  /// The outcome that the first screen is about: a group of states.
  [[nodiscard]] std::string main_group() const;
  /// Names of scenarios, the baseline among them.
  [[nodiscard]] std::map<std::string, ReportText> scenario_labels() const;
  [[nodiscard]] std::map<std::string, ReportText> state_labels() const;
  [[nodiscard]] std::map<std::string, ReportText> region_labels() const;

 private:
  [[nodiscard]] bool baseline_is_called(std::string const& title) const;

  ReportMaterial const& material_;
  std::vector<ReportArea> areas_;
  std::string last_date_;
};

/// A path of a file without the ways there and back that `extends` leaves in it.
std::string readable_path(std::string const& path);

/// Marks them for the script, and says so.
void mark_partial_years(Contents const& contents, ReportFigure& figure);

/// `16. november`, of a month and a day as files write them (`11-16`, with commas between several).
ReportText days_in_words(std::string const& dates);
/// `Telemark:`
ReportText of_place(Contents const& contents, std::string const& region);

/// `én gjentakelse`, `4 gjentakelser`: one and many in each language, with a gap for the number in the second.
ReportText counted(std::size_t number, Saying const& one, Saying const& many);

/// `outside` as it stands after "people": utenfor arbeid og utdanning.
ReportText people_in(std::string_view group);
/// In the middle of a sentence.
ReportText inside(ReportText const& label);
/// Whole from a hundred on, below that with a decimal.
ReportText amount(double number);
/// Two numbers that differ by a third, `amount(|row.difference|)`: with a decimal each where whole ones would hide or
/// change it.
struct TwoAmounts {
  ReportText value, baseline;
  ReportText rounded;  ///< `, avrundet hver for seg` where a reader who subtracts gets another number; else empty
};
TwoAmounts amounts_of(ComparisonRow const& row);
/// That a difference or a sum may be off by one in its last digit, for tables that have both it and its terms.
ReportText rounding_note();
/// `30 til 54`
ReportText interval(std::pair<double, double> const& limits);
/// `1,2 millioner kroner`, without a sign.
ReportText kroner(double amount);

/// `−12,3 til 4,0 millioner kroner`
ReportText kroner_interval(std::pair<double, double> const& limits);

ReportCell cell_of(std::optional<double> const& number);
/// Cells of the limits of 50, 80 and 95 %, or of 80 and 95.
void add_limits(std::vector<ReportCell>& cells, ComparisonRow const& row, bool with_50);
void add_limit_columns(std::vector<ReportColumn>& columns, ReportUnit unit, int decimals, bool with_50);

/// Years that a row's label names.
double year_of(std::string const& label);

/// What a reader must know of all numbers before the first: the class of the data, and numbers that nobody has
/// verified.
std::vector<ReportNotice> notices(Contents const& contents, std::string const& data_class);

// Columns that several figures have.
ReportColumn scenario_column();
ReportColumn region_column();
ReportColumn year_column();
ReportColumn state_column();

}  // namespace utvei
