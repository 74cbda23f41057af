// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hdf5_handle.hpp"

#include <utvei/results/result.hpp>

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace utvei {

/// What a file of ours says it is.
struct FileFormat {
  std::string_view name;      ///< root attribute `format`
  std::int64_t version;       ///< the newest that this program reads
  std::string_view in_words;  ///< for messages: "a result of `utvei run`"
};

/// Opens a file, checks what it is and calls `read` with its root. Whatever is wrong becomes an InputError (data).
void read_hdf5_file(std::string const& path, FileFormat const& format, std::function<void(hid_t root)> const& read);

[[nodiscard]] bool has_link(hid_t group, std::string const& name);
[[nodiscard]] bool has_attribute(hid_t object, char const* name);
/// Names of the links of a group in the order of creation.
std::vector<std::string> link_names(hid_t group);
/// Whether the link leads to a dataset.
[[nodiscard]] bool is_dataset(hid_t group, std::string const& name);

Handle open_group(hid_t parent, std::string const& name);
Handle open_dataset(hid_t parent, std::string const& name);

std::string text_attribute(hid_t object, char const* name);
std::vector<std::string> texts_attribute(hid_t object, char const* name);
std::int64_t integer_attribute(hid_t object, char const* name);

std::vector<hsize_t> lengths_of(hid_t dataset);
std::vector<std::string> read_texts(hid_t dataset);

template <class T>
std::vector<T> read_numbers(hid_t dataset) {
  std::size_t size = 1;
  for (hsize_t const length : lengths_of(dataset)) size *= length;
  std::vector<T> values(size);
  if (!values.empty())
    check_hdf5(H5Dread(dataset, memory_type<T>(), H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()), "reading numbers");
  return values;
}

/// Selects one place along the first axis of a dataset; where its numbers lie in memory.
struct OnePlace {
  Handle file, memory;
  std::size_t size;
};
OnePlace select_place(hid_t dataset, std::size_t place);

/// The numbers at one place along the first axis.
template <class T>
std::vector<T> read_numbers_at(hid_t dataset, std::size_t place) {
  OnePlace const one = select_place(dataset, place);
  std::vector<T> values(one.size);
  if (!values.empty())
    check_hdf5(H5Dread(dataset, memory_type<T>(), one.memory.get(), one.file.get(), H5P_DEFAULT, values.data()),
               "reading numbers");
  return values;
}

/// The dimensions of datasets, from the scales that are attached to them. Each scale is read once.
class ScaleReader {
 public:
  std::vector<Dimension> dimensions_of(hid_t dataset);

 private:
  std::map<std::string, Dimension> read_;
};

}  // namespace utvei
