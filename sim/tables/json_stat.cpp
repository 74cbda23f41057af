// SPDX-License-Identifier: Apache-2.0
// JSON-stat: a cube whose numbers stand in one row, the last dimension running fastest. json-stat.org/full says what is
// optional: the index of a dimension with one category, labels, a list or an object of values, and of statuses.
#include "cube.hpp"
#include "json_dataset.hpp"

#include <utvei/document/reader.hpp>

#include <algorithm>
#include <charconv>
#include <unordered_map>

#include <fmt/format.h>

namespace utvei {
namespace {

/// The position that a key of an object stands for.
std::optional<std::size_t> position_of(std::string_view key, std::size_t size) {
  std::size_t position = 0;
  auto const [end, error] = std::from_chars(key.data(), key.data() + key.size(), position);
  if (error != std::errc{} || end != key.data() + key.size() || position >= size) return std::nullopt;
  return position;
}

class JsonStatReader {
 public:
  JsonStatReader(Value const& dataset, Mapping const& mapping, Fault fault, Diagnostics& diagnostics)
      : dataset_{dataset}, mapping_{mapping}, fault_{fault}, diagnostics_{diagnostics} {}

  std::optional<Cube> read() {
    if (auto const* label = dataset_.find("label"); label != nullptr) cube_.title = label->scalar;
    if (!read_dimensions() || !read_cells()) return std::nullopt;
    return std::move(cube_);
  }

 private:
  /// Version 1 has `id` and `size` within `dimension`.
  Value const* find_beside(std::string_view key) const {
    auto const* found = dataset_.find(key);
    auto const* dimension = dataset_.find("dimension");
    return found == nullptr && dimension != nullptr ? dimension->find(key) : found;
  }

  bool refuse(Place place, std::string problem, std::string why = {}, std::string suggestion = {}) {
    if (suggestion.empty()) suggestion = "save the table once more, as JSON-stat2";
    diagnostics_.add(
        {Severity::error, fault_, std::move(place), std::move(problem), std::move(why), std::move(suggestion)});
    return false;
  }

  bool read_dimensions() {
    auto const* ids = find_beside("id");
    auto const* sizes = find_beside("size");
    auto const* dimension = dataset_.find("dimension");
    for (auto const& [key, value] : {std::pair{"id", ids}, std::pair{"size", sizes}})
      if (value == nullptr || !value->is_list())
        return refuse(dataset_.place, fmt::format("the dataset has no list `{}`", key),
                      "it says which dimensions there are, and how many values each takes");
    if (dimension == nullptr || !dimension->is_map())
      return refuse(dataset_.place, "the dataset has no `dimension`", "it holds the codes and names of each");
    if (ids->items.size() != sizes->items.size())
      return refuse(sizes->place, fmt::format("{} dimensions, but {} sizes", ids->items.size(), sizes->items.size()),
                    "`id` and `size` go together");
    for (std::size_t i = 0; i < ids->items.size(); ++i) {
      auto const& id = ids->items[i];
      auto const* found = dimension->find(id.scalar);
      if (found == nullptr || !found->is_map())
        return refuse(id.place, fmt::format("`dimension` has no `{}`", id.scalar));
      auto const size = position_of(sizes->items[i].scalar, most_cells + 1);
      if (!size || !sizes->items[i].is_scalar())
        return refuse(sizes->items[i].place, fmt::format("the size of `{}` is not a number of values", id.scalar));
      if (!read_dimension(id, *found, *size)) return false;
      if (*size > 0 && cells_ > most_cells / *size)
        return refuse(sizes->place, fmt::format("the table has more than {} cells", most_cells), "",
                      "save fewer regions or years");
      cells_ *= *size;
    }
    find_contents();
    return true;
  }

  bool read_dimension(Value const& id, Value const& value, std::size_t size) {
    auto const* category = value.find("category");
    if (category == nullptr || !category->is_map())
      return refuse(value.place, fmt::format("dimension `{}` has no `category`", id.scalar));
    auto const* index = category->find("index");
    auto const* labels = category->find("label");
    CubeDimension dimension;
    dimension.name = id.scalar;
    dimension.place = id.place;
    if (auto const* label = value.find("label"); label != nullptr) dimension.label = label->scalar;
    // A dimension of one category may do without an index.
    if (index == nullptr && size == 1) index = labels;
    auto const found = index == nullptr ? 0 : index->is_map() ? index->members.size() : index->items.size();
    if (found != size)
      return refuse(index == nullptr ? category->place : index->place,
                    fmt::format("dimension `{}` has {} values, but its size is {}", id.scalar, found, size));
    dimension.categories.resize(size);
    if (!(index->is_map() ? read_index(*index, index == labels, dimension) : read_list(*index, dimension)))
      return false;
    name_categories(labels, dimension);
    cube_.dimensions.push_back(std::move(dimension));
    return true;
  }

  /// `index: {"1": 0, "2": 1}`: each position once.
  bool read_index(Value const& index, bool is_label, CubeDimension& dimension) {
    std::vector<bool> taken(dimension.categories.size());
    for (auto const& member : index.members) {
      auto const position = is_label ? std::optional<std::size_t>{0} : position_of(member.value.scalar, taken.size());
      if (!position || taken[*position])
        return refuse(member.value.place,
                      fmt::format("`{}` of dimension `{}` has no position of its own", member.key, dimension.name),
                      fmt::format("positions are the numbers from 0 to {}, each once", taken.size() - 1));
      taken[*position] = true;
      dimension.categories[*position] = {member.key, {}, member.key_place};
    }
    return true;
  }

  bool read_list(Value const& index, CubeDimension& dimension) {
    std::unordered_map<std::string_view, std::size_t> seen;
    for (std::size_t i = 0; i < index.items.size(); ++i) {
      auto const& item = index.items[i];
      if (!item.is_scalar() || !seen.emplace(item.scalar, i).second)
        return refuse(item.place, fmt::format("dimension `{}` has the value `{}` twice", dimension.name, item.scalar));
      dimension.categories[i] = {item.scalar, {}, item.place};
    }
    return true;
  }

  static void name_categories(Value const* labels, CubeDimension& dimension) {
    std::unordered_map<std::string_view, std::string_view> names;
    if (labels != nullptr)
      for (auto const& member : labels->members) names.emplace(member.key, member.value.scalar);
    for (auto& category : dimension.categories) {
      auto const found = names.find(category.code);
      category.label = found == names.end() ? category.code : std::string{found->second};
    }
  }

  /// `role: {metric: [ContentsCode]}`.
  void find_contents() {
    auto const* role = find_beside("role");
    auto const* metric = role == nullptr ? nullptr : role->find("metric");
    if (metric == nullptr) return;
    for (auto& dimension : cube_.dimensions)
      if (std::ranges::find(metric->items, dimension.name, &Value::scalar) != metric->items.end())
        dimension.measured = Measured::contents;
  }

  bool read_cells() {
    auto const* value = dataset_.find("value");
    if (value == nullptr || !(value->is_list() || value->is_map()))
      return refuse(value == nullptr ? dataset_.place : value->place, "the dataset has no list or map `value`",
                    "it holds the numbers");
    if (value->is_list() && value->items.size() != cells_)
      return refuse(value->place, fmt::format("{} values for {} cells", value->items.size(), cells_),
                    fmt::format("the sizes {} say how many there are", sizes_text()));
    // What no value says is missing.
    CubeCell empty;
    empty.sign = Sign::missing;
    empty.place = value->place;
    cube_.cells.assign(cells_, empty);
    for (std::size_t i = 0; i < value->items.size(); ++i)
      if (!take(value->items[i], i)) return false;
    for (auto const& member : value->members) {
      auto const at = position_of(member.key, cells_);
      if (!at)
        return refuse(member.key_place, fmt::format("`{}` is no position of a cell", member.key),
                      fmt::format("there are {} cells, counted from 0", cells_));
      if (!take(member.value, *at)) return false;
    }
    if (auto const* status = dataset_.find("status"); status != nullptr && !read_status(*status)) return false;
    fill_positions();
    return true;
  }

  [[nodiscard]] std::string sizes_text() const {
    std::string text;
    for (auto const& dimension : cube_.dimensions)
      text += fmt::format("{}{}", text.empty() ? "" : " × ", dimension.categories.size());
    return text;
  }

  bool take(Value const& value, std::size_t at) {
    auto& cell = cube_.cells[at];
    cell.place = value.place;
    if (value.is_null()) return true;
    double number = 0;
    auto const& text = value.scalar;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (!value.is_scalar() || value.quoted || error != std::errc{} || end != text.data() + text.size())
      return refuse(value.place, fmt::format("cell {} of `value` is not a number", at), "",
                    "numbers stand without quotes");
    cell.number = number;
    cell.sign = Sign::none;
    return true;
  }

  /// One sign for all, a list of them, or a map by position.
  bool read_status(Value const& status) {
    if (status.is_scalar()) {
      for (auto& cell : cube_.cells)
        if (!set_sign(cell, status)) return false;
      return true;
    }
    if (status.is_list() && status.items.size() != cells_ && status.items.size() != 1)
      return refuse(status.place, fmt::format("{} statuses for {} cells", status.items.size(), cells_));
    for (std::size_t i = 0; i < (status.is_list() ? cells_ : 0); ++i)
      if (!set_sign(cube_.cells[i], status.items[status.items.size() == 1 ? 0 : i])) return false;
    for (auto const& member : status.members) {
      auto const at = position_of(member.key, cells_);
      if (!at)
        return refuse(member.key_place, fmt::format("`{}` is no position of a cell", member.key),
                      fmt::format("there are {} cells, counted from 0", cells_));
      if (!set_sign(cube_.cells[*at], member.value)) return false;
    }
    return true;
  }

  /// A word beside a number is a footnote (`*` preliminary); where there is no number it must be known.
  bool set_sign(CubeCell& cell, Value const& status) {
    if (status.is_null() || status.scalar.empty()) return true;
    auto const known = mapping_.signs.find(status.scalar);
    if (known == mapping_.signs.end()) {
      if (cell.sign == Sign::none) return true;
      return refuse(status.place, fmt::format("`{}` stands in place of a number", status.scalar),
                    "the mapping does not say what it means",
                    fmt::format("`signs: {{\"{}\": missing}}`, or hidden, not_possible, zero", status.scalar));
    }
    cell.sign = known->second;
    if (cell.sign != Sign::none) cell.number = 0;
    return true;
  }

  /// The last dimension runs fastest.
  void fill_positions() {
    auto const count = cube_.dimensions.size();
    cube_.positions.resize(cells_ * count);
    std::vector<std::uint32_t> at(count);
    for (std::size_t cell = 0; cell < cells_; ++cell) {
      std::ranges::copy(at, cube_.positions.begin() + static_cast<std::ptrdiff_t>(cell * count));
      for (auto d = count; d-- > 0;) {
        if (++at[d] < cube_.dimensions[d].categories.size()) break;
        at[d] = 0;
      }
    }
  }

  Value const& dataset_;
  Mapping const& mapping_;
  Fault fault_;
  Diagnostics& diagnostics_;
  Cube cube_;
  std::size_t cells_{1};
};

}  // namespace

std::optional<Cube> read_json_stat(Value const& root, Mapping const& mapping, Fault fault, Diagnostics& diagnostics) {
  auto const* dataset = find_dataset(root, mapping, fault, diagnostics);
  if (dataset == nullptr) return std::nullopt;
  return JsonStatReader{*dataset, mapping, fault, diagnostics}.read();
}

}  // namespace utvei
