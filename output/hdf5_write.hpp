// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hdf5_chunks.hpp"
#include "hdf5_handle.hpp"

#include <utvei/results/result.hpp>

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace utvei {

/// Creates an HDF5 file that holds no times of writing and tracks the order of creation, as netCDF-4 asks for; calls
/// `fill` with its root and gives it its final name. Nothing is left if anything fails. `mode`: permissions, narrowed
/// by the umask.
void write_hdf5_file(std::string const& path, std::function<void(hid_t root)> const& fill, unsigned mode = 0666);

/// The same, beginning with what the file `base` holds, which stays as it is.
void extend_hdf5_file(std::string const& base, std::string const& path, std::function<void(hid_t root)> const& fill,
                      unsigned mode = 0666);

/// A group, made new.
Handle make_group(hid_t parent, std::string const& name);

// Attributes.
void write_attribute(hid_t object, char const* name, std::string_view text);
void write_attribute(hid_t object, char const* name, std::vector<std::string> const& texts);
void write_attribute(hid_t object, char const* name, std::int64_t number);

/// A one-dimensional dataset of variable-length UTF-8 texts.
Handle write_texts(hid_t parent, std::string const& name, std::vector<std::string> const& texts);

/// Creates a dataset of numbers; chunked, shuffled and deflated when it is large. `maximum` unlimited along the first
/// axis makes it chunked in any case.
enum class Growth { fixed, unlimited };
Handle make_dataset(hid_t parent, std::string const& name, hid_t type, std::vector<hsize_t> const& lengths,
                    Growth growth = Growth::fixed);

/// Up to `threads` threads (0: all) make the chunks of a large dataset.
template <class T>
Handle write_numbers(hid_t parent, std::string const& name, std::vector<hsize_t> const& lengths,
                     std::span<T const> values, Growth growth = Growth::fixed, std::size_t threads = 1) {
  Handle dataset = make_dataset(parent, name, memory_type<T>(), lengths, growth);
  if (is_shuffled_and_deflated(dataset.get()))
    write_chunks(dataset.get(), {std::as_bytes(values), sizeof(T), lengths}, threads);
  else if (!values.empty())
    check_hdf5(H5Dwrite(dataset.get(), memory_type<T>(), H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()), name.c_str());
  return dataset;
}

/// A netCDF dimension without labels: a scale in `parent` that is never written and takes no room.
Handle make_bare_dimension(hid_t parent, std::string const& name, hsize_t length, Growth growth);

/// The dimension scales of a file: one dataset of labels in the root for each set of labels. The first set of a name
/// gets that name, a later one `NAME_2`, and tells its dimension in the attribute `dimension`.
class Scales {
 public:
  explicit Scales(hid_t root) : root_{root} {}
  /// Names that datasets need, which no scale may take.
  void reserve(std::string name) { taken_.push_back(std::move(name)); }
  /// The scale of these labels, made where it is new.
  hid_t find_or_make(Dimension const& dimension);
  /// Attaches the scale of each dimension to its axis.
  void attach(hid_t dataset, std::vector<Dimension> const& dimensions);
  /// By axis, what the scales that have been made are called in the file.
  [[nodiscard]] std::vector<std::string> names_of(std::vector<Dimension> const& dimensions) const;
  /// The labels that have the plain name; nullptr if none yet.
  [[nodiscard]] Dimension const* plain(std::string_view name) const;

 private:
  struct Scale {
    std::string name;
    Dimension dimension;
    Handle dataset;
  };
  [[nodiscard]] std::string free_name(std::string const& name) const;
  hid_t root_;
  std::vector<std::string> taken_;
  std::vector<Scale> scales_;
};

}  // namespace utvei
