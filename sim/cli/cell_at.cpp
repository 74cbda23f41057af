// SPDX-License-Identifier: Apache-2.0
#include "cell_at.hpp"

#include <utvei/core/text.hpp>
#include <utvei/document/delimited.hpp>
#include <utvei/document/reader.hpp>

#include <algorithm>
#include <memory>
#include <set>
#include <string>

#include <fmt/format.h>

namespace utvei {
namespace {

/// One `key=value` of the text, and where it stands there.
struct Part {
  std::string_view key;
  std::string_view value;
  Place place;
};

std::string_view unquoted(std::string_view text) {
  bool const quoted = text.size() >= 2 && text.front() == text.back() && (text.front() == '"' || text.front() == '\'');
  return quoted ? text.substr(1, text.size() - 2) : text;
}

class CellReader {
 public:
  CellReader(std::string_view text, Model const& model)
      : model_{model}, source_{std::make_shared<SourceText const>(SourceText{"--at", std::string{text}})} {
    cell_.traits.resize(model.traits.size());
  }

  Cell read() {
    std::string_view const text = source_->text;
    for (std::size_t at = 0; at <= text.size();) {
      std::size_t const end = std::min(text.find(',', at), text.size());
      take(part(text.substr(at, end - at), at));
      at = end + 1;
    }
    throw_if_errors(diagnostics_);
    return cell_;
  }

 private:
  [[nodiscard]] Part part(std::string_view word, std::size_t at) const {
    std::size_t const equals = std::min(word.find('='), word.size());
    std::string_view const value = equals < word.size() ? word.substr(equals + 1) : "";
    return {trimmed(word.substr(0, equals)), unquoted(trimmed(value)),
            Place{source_, 1, static_cast<int>(at) + 1, std::max(1, static_cast<int>(word.size()))}};
  }

  void take(Part const& part) {
    if (!seen_.insert(std::string{part.key}).second) return refuse(part, "given twice", "say it once");
    if (part.key == "age") {
      take_age(part);
    } else if (part.key == "year") {
      take_year(part);
    } else if (part.key == "region") {
      take_region(part);
    } else if (part.key == "time_in_state") {
      take_time_in_state(part);
    } else {
      take_trait(part);
    }
  }

  void take_age(Part const& part) {
    auto const years = parse_number(part.value);
    if (!years || *years < 0) return refuse(part, "no age", "write years, as in age=25");
    cell_.age = duration_of_years(*years).minutes;
  }

  void take_year(Part const& part) {
    auto const when = parse_calendar_point(part.value);
    if (!when) return refuse(part, "no year or date", "write year=2025 or year=2025-06-30");
    cell_.calendar = when->minutes;
  }

  void take_region(Part const& part) {
    cell_.region = model_.regions.find(part.value);
    if (!cell_.region) refuse(part, "no region of the model", model_.regions.advice_for(part.value));
  }

  void take_time_in_state(Part const& part) {
    auto const time = parse_duration(part.value);
    if (!time) return refuse(part, "no duration", "write it with its unit, as in time_in_state=90 days");
    cell_.time_in_state = time->minutes;
  }

  void take_trait(Part const& part) {
    auto const trait = model_.trait(part.key);
    if (!trait) {
      auto known = model_.trait_names();
      known.insert(known.begin(), {"age", "region", "year", "time_in_state"});
      diagnostics_.add({Severity::error, Fault::usage, part.place, fmt::format("unknown key `{}`", part.key), "",
                        did_you_mean(part.key, known)});
      return;
    }
    auto const& levels = model_.traits[*trait].levels;
    auto const level = std::ranges::find(levels, part.value);
    if (level == levels.end()) return refuse(part, "no level of the trait", did_you_mean(part.value, levels));
    cell_.traits[trait->value()] = static_cast<std::uint32_t>(level - levels.begin());
  }

  void refuse(Part const& part, std::string_view what, std::string const& suggestion) {
    diagnostics_.add({Severity::error, Fault::usage, part.place,
                      fmt::format("{}: `{}` is {}", part.key, part.value, what), "", suggestion});
  }

  Model const& model_;
  std::shared_ptr<SourceText const> source_;
  Cell cell_;
  std::set<std::string> seen_;
  Diagnostics diagnostics_;
};

}  // namespace

Cell read_cell(std::string_view text, Model const& model) {
  if (text.empty()) return {};
  return CellReader{text, model}.read();
}

}  // namespace utvei
