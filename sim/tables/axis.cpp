// SPDX-License-Identifier: Apache-2.0
#include "axis.hpp"

#include "region_words.hpp"
#include "unplaced.hpp"
#include "words.hpp"

#include <utvei/document/reader.hpp>

#include <algorithm>
#include <unordered_map>

#include <fmt/format.h>

namespace utvei {
namespace {

MappedWord const* find_called(std::vector<MappedWord> const& words, Category const& category) {
  auto const found =
      std::ranges::find_if(words, [&](MappedWord const& word) { return is_called(category, word.text); });
  return found == words.end() ? nullptr : &*found;
}

/// The value that the mapping gives to a category.
MappedWord const* find_value(ColumnMapping const& mapped, Category const& category) {
  for (auto const& name : {category.code, category.label})
    if (auto const found = mapped.values.find(name); found != mapped.values.end()) return &found->second;
  auto const found =
      std::ranges::find_if(mapped.values, [&](auto const& each) { return is_called(category, each.first); });
  return found == mapped.values.end() ? nullptr : &found->second;
}

TableColumn::Kind kind_named(std::string_view name) {
  if (name == "region") return TableColumn::Kind::region;
  if (name == "age") return TableColumn::Kind::age;
  if (name == "year") return TableColumn::Kind::period;
  return TableColumn::Kind::other;
}

/// The words that a model has for a column; none if it is not the model's.
std::vector<std::string> words_of_model(std::string_view column, Model const* model) {
  if (model == nullptr) return {};
  if (column == "state" || column == "from" || column == "to") return model->state_names();
  auto const trait = model->trait(column);
  return trait ? model->traits[*trait].levels : std::vector<std::string>{};
}

/// Whether a label is what the table has, or what the mapping makes of it.
enum class Meant { as_written, on_purpose };

class AxisReader {
 public:
  AxisReader(CubeDimension const& dimension, ColumnMapping const& mapped, Vocabulary const& vocabulary,
             Diagnostics& diagnostics)
      : dimension_{dimension},
        mapped_{mapped},
        vocabulary_{vocabulary},
        diagnostics_{diagnostics},
        regions_{vocabulary.regions(), vocabulary.crosswalk, mapped.level ? mapped.level->text : std::string{}} {
    if (!mapped.as) return;
    axis_.column = TableColumn{mapped.as->text, kind_named(mapped.as->text), {}, {}, {}};
    words_ = words_of_model(mapped.as->text, vocabulary.model);
  }

  TableAxis read() {
    check_level();
    for (auto const& word : mapped_.keep) check_is_there(word, "keep");
    axis_.fates.assign(dimension_.categories.size(), Fate::dropped);
    axis_.labels.assign(dimension_.categories.size(), 0);
    for (std::size_t i = 0; i < dimension_.categories.size(); ++i) place(i);
    report_unplaced(unplaced_, dimension_, mapped_, diagnostics_);
    return std::move(axis_);
  }

 private:
  void check_level() {
    if (!mapped_.level) return;
    auto const* regions = vocabulary_.regions();
    if (regions == nullptr) {
      diagnostics_.error(mapped_.level->place, "`level` needs the regions of a model",
                         "a code alone does not say whether it is a county", "read the table with a model");
      return;
    }
    std::vector<std::string> levels;
    for (auto const& code : regions->codes()) {
      auto const& level = (*regions)[*regions->find(code)].level;
      if (!level.empty() && std::ranges::find(levels, level) == levels.end()) levels.push_back(level);
    }
    if (std::ranges::find(levels, mapped_.level->text) == levels.end())
      diagnostics_.error(mapped_.level->place, fmt::format("no region is of level `{}`", mapped_.level->text), "",
                         did_you_mean(mapped_.level->text, levels));
  }

  void check_is_there(MappedWord const& word, std::string_view key) {
    auto const& categories = dimension_.categories;
    if (std::ranges::any_of(categories, [&](Category const& each) { return is_called(each, word.text); })) return;
    std::vector<std::string> known;
    for (auto const& category : categories) known.push_back(category.code);
    diagnostics_.error(word.place, fmt::format("`{}` has no value `{}`", dimension_.name, word.text),
                       fmt::format("`{}` names values that the table has", key), did_you_mean(word.text, known));
  }

  void place(std::size_t at) {
    auto const& category = dimension_.categories[at];
    if (find_called(mapped_.drop, category) != nullptr) return;
    if (find_called(mapped_.total, category) != nullptr) {
      axis_.fates[at] = Fate::total;
      return;
    }
    if (!mapped_.keep.empty() && find_called(mapped_.keep, category) == nullptr) return;
    if (!axis_.column) {
      axis_.fates[at] = Fate::kept;
      return;
    }
    interpret(at, category);
  }

  void interpret(std::size_t at, Category const& category) {
    auto const* value = find_value(mapped_, category);
    Category const meant = value == nullptr ? category : Category{value->text, value->text, value->place};
    switch (axis_.column->kind) {
      case TableColumn::Kind::region:
        place_region(at, category, meant, value);
        break;
      case TableColumn::Kind::age:
        place_age(at, category, meant, value);
        break;
      case TableColumn::Kind::period:
        place_period(at, category, meant, value);
        break;
      case TableColumn::Kind::other:
        place_word(at, category, value);
    }
  }

  void place_region(std::size_t at, Category const& category, Category const& meant, MappedWord const* value) {
    auto found = regions_.find(meant);
    if (!found.problem.empty()) {
      leave(category, std::move(found.problem), std::move(found.advice));
      return;
    }
    auto const* regions = vocabulary_.regions();
    if (mapped_.level && regions != nullptr && (*regions)[*regions->find(found.code)].level != mapped_.level->text)
      return;
    keep(at, found.code, value != nullptr || found.is_recoded ? Meant::on_purpose : Meant::as_written);
  }

  /// A label such as `0-17 år` says more than a code, which may count groups.
  void place_age(std::size_t at, Category const& category, Category const& meant, MappedWord const* value) {
    auto const by_label = parse_age(meant.label);
    auto const span = by_label ? by_label : parse_age(meant.code);
    if (!span) {
      leave(category, fmt::format("{} is no age", shown(meant)), "`values` says what it means: \"16-19\", \"67+\"");
      return;
    }
    if (keep(at, text_of(*span), meant_by(value))) axis_.column->ages.push_back(*span);
  }

  void place_period(std::size_t at, Category const& category, Category const& meant, MappedWord const* value) {
    auto const by_code = parse_period(meant.code);
    auto const period = by_code ? by_code : parse_period(meant.label);
    if (!period) {
      leave(category, fmt::format("{} is no year, quarter or month", shown(meant)),
            "`values` says what it means: \"2024\", \"2024K1\", \"2024M11\"");
      return;
    }
    if (keep(at, by_code ? meant.code : meant.label, meant_by(value))) axis_.column->periods.push_back(*period);
  }

  void place_word(std::size_t at, Category const& category, MappedWord const* value) {
    if (value == nullptr && !mapped_.values.empty()) {
      std::vector<std::string> known;
      for (auto const& [code, to] : mapped_.values) known.push_back(code);
      auto const near = nearest(category.code, known);
      leave(category, "`values` does not say what they mean",
            near.empty() ? std::string{} : fmt::format("did you mean `{}`?", near));
      return;
    }
    auto const& word = value == nullptr ? category.code : value->text;
    if (words_.empty() || std::ranges::find(words_, word) != words_.end()) {
      keep(at, word, meant_by(value));
    } else if (value == nullptr) {
      leave(category, fmt::format("the model has no such {}", mapped_.as->text), did_you_mean(word, words_));
    } else if (complained_.emplace(word, true).second) {
      diagnostics_.error(value->place, fmt::format("the model has no {} `{}`", mapped_.as->text, word), "",
                         did_you_mean(word, words_));
    }
  }

  static Meant meant_by(MappedWord const* value) { return value == nullptr ? Meant::as_written : Meant::on_purpose; }

  /// Whether the label is new. Values become one if the mapping says so, not because they look alike: `39` and `F-39`.
  bool keep(std::size_t at, std::string const& label, Meant meant) {
    auto const [found, is_new] = known_.try_emplace(label, Known{axis_.column->labels.size(), nullptr});
    auto& known = found->second;
    if (is_new) axis_.column->labels.push_back(label);
    axis_.labels[at] = static_cast<std::uint32_t>(known.position);
    axis_.fates[at] = Fate::kept;
    if (meant == Meant::on_purpose) return is_new;
    auto const& category = dimension_.categories[at];
    if (known.as_written != nullptr)
      diagnostics_.error(
          mapped_.place,
          fmt::format("{} and {} are both read as `{}`", shown(*known.as_written), shown(category), label),
          "the same people would be counted twice",
          fmt::format("`drop: [\"{}\"]`, or `values` if they are to be added up", category.code));
    known.as_written = &category;
    return is_new;
  }

  void leave(Category const& category, std::string reason, std::string advice) {
    if (mapped_.others == OtherValues::dropped) return;
    unplaced_.push_back({&category, std::move(reason), std::move(advice)});
  }

  struct Known {
    std::size_t position;
    Category const* as_written;  ///< the category that has this label by itself
  };

  CubeDimension const& dimension_;
  ColumnMapping const& mapped_;
  Vocabulary const& vocabulary_;
  Diagnostics& diagnostics_;
  RegionWords regions_;
  std::vector<std::string> words_;
  TableAxis axis_;
  std::unordered_map<std::string, Known> known_;
  std::unordered_map<std::string, bool> complained_;
  std::vector<Unplaced> unplaced_;
};

/// A dimension that the mapping does not name disappears if it has one value.
TableAxis axis_without_mapping(CubeDimension const& dimension, Mapping const& mapping, Diagnostics& diagnostics) {
  TableAxis axis;
  axis.fates.assign(dimension.categories.size(), Fate::kept);
  axis.labels.assign(dimension.categories.size(), 0);
  if (dimension.categories.size() > 1)
    diagnostics.error(mapping.place, fmt::format("the mapping says nothing of `{}`", dimension.name),
                      fmt::format("it takes {} values: {}", dimension.categories.size(), list_of(dimension)),
                      fmt::format("`{0}: {{as: …}}` keeps it, `{0}: {{keep: \"{1}\"}}` takes one value", dimension.name,
                                  dimension.categories.front().code));
  return axis;
}

}  // namespace

TableAxis read_axis(CubeDimension const& dimension, ColumnMapping const* mapped, Mapping const& mapping,
                    Vocabulary const& vocabulary, Diagnostics& diagnostics) {
  if (mapped == nullptr) return axis_without_mapping(dimension, mapping, diagnostics);
  auto axis = AxisReader{dimension, *mapped, vocabulary, diagnostics}.read();
  auto const kept = std::ranges::count(axis.fates, Fate::kept);
  if (!axis.column && kept > 1 && dimension.measured == Measured::contents)
    diagnostics.error(mapped->place, fmt::format("{} values of `{}` would be added up", kept, dimension.name),
                      "they are different quantities", "keep one of them");
  check_overlaps(axis, *mapped, vocabulary, diagnostics);
  return axis;
}

}  // namespace utvei
