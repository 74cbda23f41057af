// SPDX-License-Identifier: Apache-2.0
#include "provenance.hpp"
#include "rate_format.hpp"
#include "rate_limits.hpp"

#include <utvei/core/text.hpp>
#include <utvei/core/time.hpp>
#include <utvei/document/reader.hpp>
#include <utvei/output/rate_file.hpp>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <numeric>
#include <ostream>
#include <utility>

#include <fmt/format.h>

namespace utvei {
namespace {

/// A column of the table: its name, and its field by row.
struct CsvColumn {
  std::string name;
  std::function<std::string(std::size_t row)> field;
};

std::string number(double value) {
  return std::isnan(value) ? std::string{} : fmt::format("{}", value);
}

/// A date where one begins, else a decimal year: what rate tables read back as the same minute.
std::string calendar_point(std::int64_t minutes) {
  Instant const at{minutes};
  std::string text = format(at);
  if (text.size() == 10) return text;
  int const year = std::stoi(text.substr(0, 4));
  auto const begun = static_cast<double>((at - start_of_year(year)).minutes);
  auto const length = static_cast<double>((start_of_year(year + 1) - start_of_year(year)).minutes);
  return text.substr(0, 4) + fmt::format("{:.10f}", begun / length).substr(1);
}

std::string years(std::int64_t minutes) {
  return number(in_years(Duration{minutes}));
}
std::string days(std::int64_t minutes) {
  return number(static_cast<double>(minutes) / static_cast<double>(minutes_per_day));
}

class RateTable {
 public:
  explicit RateTable(hid_t root) : root_{root} {
    rows_ = static_cast<std::size_t>(lengths_of(open_dataset(root, "rate_per_year").get()).at(0));
    add_labels(root_, "from", "labels/state");
    add_labels(root_, "to", "labels/state");
    add_numbers("rate_per_year");
    add_where_used(root_, "region", "labels/region");
    Handle const traits = open_group(root_, "traits");
    for (auto const& name : link_names(traits.get())) add_where_used(traits.get(), name, "labels/traits/" + name);
    add_bands("age", "age_from", "age_to", years);
    add_bands("time_in_state", "days_from", "days_to", days);
    add_bands("calendar", "year_from", "year_to", calendar_point);
    for (char const* name : {"log_se", "se", "low_95", "high_95"}) add_numbers(name);
    columns_.push_back({"data_class", [text = read_provenance(root_).data_class](std::size_t) { return text; }});
  }

  void write(std::ostream& out) const {
    for (std::size_t i = 0; i < columns_.size(); ++i) out << (i == 0 ? "" : ";") << csv_field(columns_[i].name, ";");
    for (std::size_t row = 0; row < rows_; ++row) {
      for (std::size_t i = 0; i < columns_.size(); ++i) out << (i == 0 ? '\n' : ';') << columns_[i].field(row);
    }
    out << '\n';
  }

 private:
  template <class T>
  std::vector<T> read(hid_t parent, std::string const& name) {
    auto values = read_numbers<T>(open_dataset(parent, name).get());
    if (values.size() != rows_) throw Hdf5Failure{fmt::format("`{}` has {} rows of {}", name, values.size(), rows_)};
    return values;
  }

  void add_labels(hid_t parent, std::string const& name, std::string const& labels) {
    auto numbers = read<std::uint32_t>(parent, name);
    auto texts = read_texts(open_dataset(root_, labels).get());
    for (auto& text : texts) text = csv_field(text, ";");
    for (std::uint32_t const each : numbers) {
      if (each >= texts.size()) throw Hdf5Failure{fmt::format("`{}` holds {}, which has no label", name, each)};
    }
    columns_.push_back({name, [numbers = std::move(numbers), texts = std::move(texts)](std::size_t row) {
                          return texts[numbers[row]];
                        }});
  }

  /// Number 0 is everywhere, or anybody: a column of nothing else is left out.
  void add_where_used(hid_t parent, std::string const& name, std::string const& labels) {
    for (std::uint32_t const each : read<std::uint32_t>(parent, name)) {
      if (each != 0) return add_labels(parent, name, labels);
    }
  }

  void add_numbers(std::string const& name) {
    columns_.push_back({name, [values = read<double>(root_, name)](std::size_t row) { return number(values[row]); }});
  }

  void add_bands(std::string const& dataset, char const* from, char const* to, std::string (*text)(std::int64_t)) {
    auto const starts = read<std::int64_t>(root_, dataset + "_from");
    auto const ends = read<std::int64_t>(root_, dataset + "_to");
    bool used = false;
    for (std::size_t row = 0; row < rows_; ++row) used = used || Span{starts[row], ends[row]} != everything;
    if (!used) return;
    columns_.push_back({from, [starts, text](std::size_t row) {
                          return starts[row] == everything.from ? std::string{} : text(starts[row]);
                        }});
    columns_.push_back(
        {to, [ends, text](std::size_t row) { return ends[row] == everything.to ? std::string{} : text(ends[row]); }});
  }

  hid_t root_;
  std::size_t rows_{0};
  std::vector<CsvColumn> columns_;
};

/// The limit that `STATE` or `STATE:N` names, N counting the limits of the state.
NamedLimit const& limit_named(std::string const& name, std::vector<NamedLimit> const& limits) {
  std::vector<std::string> known;
  for (std::size_t i = 0; i < limits.size(); ++i) {
    auto const before = std::count_if(limits.begin(), limits.begin() + static_cast<std::ptrdiff_t>(i),
                                      [&](NamedLimit const& each) { return each.state == limits[i].state; });
    known.push_back(before == 0 ? limits[i].state : fmt::format("{}:{}", limits[i].state, before + 1));
    if (known.back() == name) return limits[i];
  }
  throw InputError{Fault::usage, Place{}, fmt::format("the rate file has no estimate of the limit of `{}`", name),
                   known.empty() ? "it says of no limit where people go" : "",
                   known.empty() ? "write `limits: [STATE]` under `estimate` of the study" : did_you_mean(name, known)};
}

void write_limit(NamedLimit const& limit, std::string const& data_class, std::ostream& out) {
  bool const by_region =
      std::any_of(limit.regions.begin(), limit.regions.end(), [](std::string const& code) { return !code.empty(); });
  out << (by_region ? "region;" : "") << "to;share;data_class\n";
  for (std::size_t row = 0; row < limit.regions.size(); ++row) {
    auto const first = limit.alpha.begin() + static_cast<std::ptrdiff_t>(row * limit.to.size());
    double const sum = std::accumulate(first, first + static_cast<std::ptrdiff_t>(limit.to.size()), 0.0);
    for (std::size_t k = 0; k < limit.to.size(); ++k) {
      if (by_region) out << csv_field(limit.regions[row], ";") << ';';
      out << csv_field(limit.to[k], ";") << ';' << number(limit.alpha[row * limit.to.size() + k] / sum) << ';'
          << data_class << '\n';
    }
  }
}

}  // namespace

bool is_rate_file(std::string const& path) {
  try {
    read_hdf5_file(path, rate_format, [](hid_t) {});
    return true;
  } catch (InputError const&) {
    return false;
  }
}

RateFileContent rate_file_content(std::string const& path) {
  RateFileContent content;
  read_hdf5_file(path, rate_format, [&](hid_t root) {
    content.data_class = read_provenance(root).data_class;
    content.has_models = text_attribute(root, "method") != "raw";
  });
  return content;
}

void write_rates_csv(std::string const& path, std::ostream& out) {
  read_hdf5_file(path, rate_format, [&](hid_t root) { RateTable{root}.write(out); });
}

void write_limit_csv(std::string const& path, std::string const& limit, std::ostream& out) {
  read_hdf5_file(path, rate_format, [&](hid_t root) {
    write_limit(limit_named(limit, read_limits(root)), read_provenance(root).data_class, out);
  });
}

}  // namespace utvei
