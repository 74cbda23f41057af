// SPDX-License-Identifier: Apache-2.0
#include "public_counts.hpp"
#include "state_groups.hpp"

#include <utvei/core/data_class.hpp>
#include <utvei/document/reader.hpp>
#include <utvei/population/recipe.hpp>
#include <utvei/tables/read_table.hpp>
#include <utvei/tables/table_part.hpp>

#include <algorithm>
#include <string_view>
#include <utility>

#include <fmt/format.h>

namespace utvei {
namespace {

constexpr double usual_oldest = 105;
constexpr double most_oldest = 150;
constexpr double usual_adults_from = 18;

class RecipeReader {
 public:
  RecipeReader(MapReader& reader, PopulationRecipe& recipe, Diagnostics& diagnostics)
      : reader_{reader}, recipe_{recipe}, diagnostics_{diagnostics} {}

  void read() {
    read_head();
    // Without a model the labels of the tables mean nothing.
    bool const has_model = !recipe_.model.states.empty();
    read_source();
    Value const* margins = recipe_.source ? reader_.optional("margins") : reader_.required("margins");
    if (margins) read_margins(*margins, has_model);
    if (Value const* seed = reader_.optional("seed_table"))
      recipe_.seed_table = read_table(*seed, "the seed table", "count", {oldest_}, has_model);
    if (Value const* zeros = reader_.optional("structural_zeros")) read_zeros(*zeros, has_model);
    if (Value const* households = reader_.optional("households")) read_households(*households, has_model);
    if (Value const* times = reader_.optional("time_in_state")) {
      recipe_.time_in_state =
          read_table(*times, "`time_in_state`", "share",
                     {oldest_, Blank::is_an_error, Overlap::is_an_error, {"from", "to"}}, has_model);
    }
  }

 private:
  void read_head() {
    if (Value const* name = reader_.required("name")) recipe_.name = as_text(*name, "name", diagnostics_).value_or("");
    if (Value const* model = reader_.required("model")) {
      if (as_text(*model, "model", diagnostics_)) {
        recipe_.model = read_model(path_beside(*model), {}, Request{model->place}, diagnostics_);
        for (std::string const& input : recipe_.model.inputs) note_input(input);
      }
    }
    if (Value const* date = reader_.required("date"))
      recipe_.date = as_date(*date, "date", diagnostics_).value_or(Instant{});
    if (Value const* data_class = reader_.optional("data_class")) {
      auto const choice = as_choice(*data_class, data_classes(), "data_class", diagnostics_);
      if (choice) recipe_.data_class = data_classes()[*choice];
    }
    if (Value const* seed = reader_.optional("seed")) {
      constexpr std::int64_t most = 0xffffffff;
      recipe_.seed = static_cast<std::uint32_t>(as_integer(*seed, 0, most, "seed", diagnostics_).value_or(0));
    }
    if (Value const* oldest = reader_.optional("oldest")) oldest_ = read_years(*oldest, "oldest", usual_oldest);
  }

  Duration read_years(Value const& value, std::string_view key, double usual) {
    auto const years = as_number_at_least(value, 1, key, diagnostics_);
    if (years && *years > most_oldest)
      diagnostics_.error(value.place, fmt::format("`{}` is more than 150 years", key), {}, "write an age in years");
    return duration_of_years(std::min(years.value_or(usual), most_oldest));
  }

  void read_source() {
    Value const* value = reader_.optional("register");
    if (!value) return;
    CrossSectionSource source{{}, value->place, recipe_.date};
    MapReader reader{*value, "`register`", diagnostics_};
    if (!value->is_map()) return;
    if (Value const* file = reader.required("file")) {
      if (as_text(*file, "file", diagnostics_)) source.file = path_beside(*file);
      source.place = file->place;
    }
    if (Value const* date = reader.optional("date"))
      source.date = as_date(*date, "date", diagnostics_).value_or(recipe_.date);
    reader.finish();
    if (!source.file.empty()) note_input(source.file);
    recipe_.source = std::move(source);
  }

  void read_margins(Value const& value, bool has_model) {
    recipe_.place = value.place;
    recipe_.margins = read_list(value, {oldest_}, has_model);
  }

  std::vector<MarginTable> read_list(Value const& value, GroupRules const& rules, bool has_model) {
    std::vector<MarginTable> margins;
    if (!value.is_list() || value.items.empty()) {
      diagnostics_.error(value.place, "`margins` must be a list of tables", {},
                         "write - {file: age.csv, count: persons}, one line a table");
      return margins;
    }
    for (Value const& item : value.items) {
      auto table = read_table(item, "the margin", "count", rules, has_model);
      if (!table) continue;
      Value const* name = item.find("name");
      std::string named = name ? name->scalar : table->table.file.substr(table->table.file.find_last_of('/') + 1);
      bool const is_taken = std::ranges::any_of(margins, [&](MarginTable const& other) { return other.name == named; });
      if (is_taken)
        diagnostics_.error(name ? name->place : item.place, fmt::format("two margins are named `{}`", named),
                           "reports tell them apart by their names", "give one a `name` of its own");
      margins.push_back({std::move(named), std::move(*table)});
    }
    return margins;
  }

  void read_households(Value const& value, bool has_model) {
    MapReader reader{value, "`households`", diagnostics_};
    if (!value.is_map()) return;
    HouseholdRecipe households{{}, duration_of_years(usual_adults_from), value.place};
    if (Value const* margins = reader.required("margins"))
      for (MarginTable& margin :
           read_list(*margins, {oldest_, Blank::is_an_error, Overlap::is_an_error, {"adults", "children"}}, has_model))
        households.margins.push_back({std::move(margin.name), std::move(margin.groups)});
    if (Value const* from = reader.optional("adults_from"))
      households.adults_from = read_years(*from, "adults_from", usual_adults_from);
    reader.finish();
    recipe_.households = std::move(households);
  }

  std::optional<GroupTable> read_table(Value const& value, std::string const& what, std::string const& usual_count,
                                       GroupRules const& rules, bool has_model) {
    MapReader reader{value, what, diagnostics_};
    if (!value.is_map()) return std::nullopt;
    CountRequest request;
    request.count = usual_count;
    request.count_place = value.place;
    if (what == "the margin")
      if (Value const* name = reader.optional("name")) as_text(*name, "name", diagnostics_);
    Value const* file = reader.required("file");
    if (Value const* count = reader.optional("count")) {
      if (auto const text = as_text(*count, "count", diagnostics_)) request.count = *text;
      request.count_place = count->place;
    }
    if (Value const* where = reader.optional("where")) request.where = read_where(*where, diagnostics_);
    GroupRules with_states = rules;
    bool const is_of_people = what == "the margin" && rules.other_columns.empty();
    if (is_of_people)
      if (Value const* groups = reader.optional("state_groups"))
        with_states.state_groups = read_state_groups(*groups, recipe_.model, diagnostics_);
    reader.finish();
    if (!file || !as_text(*file, "file", diagnostics_)) return std::nullopt;
    auto table = read_file(*file, request, with_states, has_model);
    if (table && with_states.state_groups && table->table.column(with_states.state_groups->column) == nullptr)
      diagnostics_.error(with_states.state_groups->place,
                         fmt::format("the table has no `{}`", with_states.state_groups->column), {},
                         "name the column whose labels are groups of states");
    return table;
  }

  std::optional<GroupTable> read_file(Value const& file, CountRequest const& request, GroupRules const& rules,
                                      bool has_model) {
    std::string const path = path_beside(file);
    bool const is_mapping = path.ends_with(".yaml") || path.ends_with(".yml");
    auto table =
        is_mapping ? read_public(path, request, file.place) : read_count_table(path, request, file.place, diagnostics_);
    if (!table || !has_model) return std::nullopt;
    note_input(path);
    return read_groups(std::move(*table), recipe_.model, rules, diagnostics_);
  }

  /// A table as an agency publishes it, through its mapping.
  std::optional<CountTable> read_public(std::string const& mapping, CountRequest const& request, Place const& place) {
    Model const* model = recipe_.model.states.empty() ? nullptr : &recipe_.model;
    auto const table = read_table_file(mapping, {}, model, Request{place}, diagnostics_);
    if (!table) return std::nullopt;
    for (std::string const& input : table->inputs) {
      if (input != mapping) note_input(input);
    }
    return counts_of(*table, request, place, diagnostics_);
  }

  /// `structural_zeros: impossible.csv`
  void read_zeros(Value const& value, bool has_model) {
    if (!as_text(value, "structural_zeros", diagnostics_)) return;
    recipe_.zeros = read_file(value, {}, {oldest_, Blank::is_anybody, Overlap::may_be, {}}, has_model);
  }

  void note_input(std::string const& path) { recipe_.inputs.push_back(path); }

  MapReader& reader_;
  PopulationRecipe& recipe_;
  Diagnostics& diagnostics_;
  Duration oldest_{duration_of_years(usual_oldest)};
};

/// The files that a document's values come from, beside that of the command line.
void note_sources(Value const& value, std::vector<std::string>& files) {
  if (value.place.source && value.place.source->name != "--set" &&
      std::ranges::find(files, value.place.source->name) == files.end())
    files.push_back(value.place.source->name);
  for (Value const& item : value.items) note_sources(item, files);
  for (Member const& member : value.members) note_sources(member.value, files);
}

}  // namespace

PopulationRecipe read_recipe(std::string const& path, std::vector<Override> const& overrides, Request const& request,
                             Diagnostics& diagnostics) {
  PopulationRecipe recipe;
  recipe.path = path;
  Value const document = read_document(path, overrides, request, diagnostics);
  if (document.is_null()) return recipe;
  recipe.place = document.place;
  recipe.inputs.push_back(path);
  note_sources(document, recipe.inputs);
  MapReader reader{document, "the population", diagnostics};
  if (!document.is_map() || !check_format(reader, "population", diagnostics)) return recipe;
  RecipeReader{reader, recipe, diagnostics}.read();
  reader.finish();
  return recipe;
}

}  // namespace utvei
