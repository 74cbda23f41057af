// SPDX-License-Identifier: Apache-2.0
#include "hdf5_write.hpp"

#include "write_failure.hpp"

#include <utvei/output/atomic_file.hpp>

#include <algorithm>
#include <fstream>
#include <iterator>

#include <fmt/format.h>
#include <hdf5_hl.h>

namespace utvei {
namespace {

constexpr std::size_t chunk_bytes = 1U << 20U;
constexpr std::size_t small_bytes = 1U << 16U;
constexpr std::size_t memory_growth = 1U << 20U;
constexpr std::size_t text_buffer = 1U << 14U;

Handle creation_order(hid_t list_class) {
  Handle list{H5Pcreate(list_class), H5Pclose, "making a property list"};
  unsigned const tracked = H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED;
  check_hdf5(H5Pset_link_creation_order(list.get(), tracked), "tracking the order of creation");
  check_hdf5(H5Pset_attr_creation_order(list.get(), tracked), "tracking the order of creation");
  check_hdf5(H5Pset_obj_track_times(list.get(), false), "leaving out times");
  return list;
}

Handle simple_space(std::vector<hsize_t> const& lengths, Growth growth) {
  if (lengths.empty()) return {H5Screate(H5S_SCALAR), H5Sclose, "making a space"};
  std::vector<hsize_t> maximum = lengths;
  if (growth == Growth::unlimited) maximum[0] = H5S_UNLIMITED;
  return {H5Screate_simple(static_cast<int>(lengths.size()), lengths.data(), maximum.data()), H5Sclose,
          "making a space"};
}

/// Whole lines from the last axis on, about a megabyte; the axis that does not fit is cut into even pieces.
std::vector<hsize_t> chunk_of(std::vector<hsize_t> const& lengths, std::size_t element_bytes) {
  std::vector<hsize_t> chunk(lengths.size(), 1);
  hsize_t fit = chunk_bytes / element_bytes;
  for (std::size_t axis = lengths.size(); axis-- > 0 && fit > 1;) {
    hsize_t const length = std::max<hsize_t>(lengths[axis], 1);
    hsize_t const pieces = (length + fit - 1) / fit;
    chunk[axis] = (length + pieces - 1) / pieces;
    if (pieces > 1) break;
    fit /= length;
  }
  return chunk;
}

Handle dataset_properties(std::vector<hsize_t> const& lengths, std::size_t element_bytes, Growth growth) {
  Handle list{H5Pcreate(H5P_DATASET_CREATE), H5Pclose, "making a property list"};
  check_hdf5(H5Pset_obj_track_times(list.get(), false), "leaving out times");
  check_hdf5(H5Pset_attr_creation_order(list.get(), H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED),
             "tracking the order of creation");
  std::size_t bytes = element_bytes;
  for (hsize_t const length : lengths) bytes *= length;
  bool const large = bytes > small_bytes;
  if (lengths.empty() || (!large && growth == Growth::fixed)) return list;
  auto const chunk = chunk_of(lengths, element_bytes);
  check_hdf5(H5Pset_chunk(list.get(), static_cast<int>(chunk.size()), chunk.data()), "choosing chunks");
  if (!large) return list;
  check_hdf5(H5Pset_shuffle(list.get()), "choosing filters");
  check_hdf5(H5Pset_deflate(list.get(), 1), "choosing filters");
  return list;
}

Handle attribute(hid_t object, char const* name, hid_t type, hid_t space) {
  return {H5Acreate2(object, name, type, space, H5P_DEFAULT, H5P_DEFAULT), H5Aclose, name};
}

std::vector<char const*> pointers(std::vector<std::string> const& texts) {
  std::vector<char const*> result;
  std::ranges::transform(texts, std::back_inserter(result), [](std::string const& text) { return text.c_str(); });
  return result;
}

/// The bytes of a file in memory, without a copy; as long as it is open and untouched.
std::string_view image_of(hid_t file) {
  // Not H5Fget_filesize, which counts what memory was taken ahead.
  auto const size = H5Fget_file_image(file, nullptr, 0);
  check_hdf5(size, "finding the size of the file");
  void* handle = nullptr;
  check_hdf5(H5Fget_vfd_handle(file, H5P_DEFAULT, &handle), "finding the file in memory");
  return {*static_cast<char const* const*>(handle), static_cast<std::size_t>(size)};
}

}  // namespace

// The file is made in memory and written in one go. Were the library to meet a full disk, it could not close the file:
// it would keep what it has not written and crash on it when the program ends.
void write_hdf5_file(std::string const& path, std::function<void(hid_t root)> const& fill, unsigned mode) {
  QuietHdf5 const quiet;
  try {
    Handle const access{H5Pcreate(H5P_FILE_ACCESS), H5Pclose, "making a property list"};
    check_hdf5(H5Pset_libver_bounds(access.get(), H5F_LIBVER_V18, H5F_LIBVER_V18), "choosing a version of HDF5");
    check_hdf5(H5Pset_fapl_core(access.get(), memory_growth, false), "making a file in memory");
    Handle const creation = creation_order(H5P_FILE_CREATE);
    // The library looks for an old file of the name first, and would read it; this one cannot exist.
    Handle const root{H5Fcreate("/dev/null/in-memory", H5F_ACC_TRUNC, creation.get(), access.get()), H5Fclose,
                      "creating the file"};
    fill(root.get());
    check_hdf5(H5Fflush(root.get(), H5F_SCOPE_LOCAL), "flushing");
    write_file_atomically(path, image_of(root.get()), mode);
  } catch (Hdf5Failure const& failure) {
    throw file_failure(path, "cannot be written", failure.what());
  }
}

void extend_hdf5_file(std::string const& base, std::string const& path, std::function<void(hid_t root)> const& fill,
                      unsigned mode) {
  QuietHdf5 const quiet;
  try {
    std::ifstream file{base, std::ios::binary};
    std::string image{std::istreambuf_iterator<char>{file}, std::istreambuf_iterator<char>{}};
    if (!file || image.empty()) throw file_failure(base, "cannot be read", {}, "look at the path and its permissions");
    Handle const access{H5Pcreate(H5P_FILE_ACCESS), H5Pclose, "making a property list"};
    check_hdf5(H5Pset_libver_bounds(access.get(), H5F_LIBVER_V18, H5F_LIBVER_V18), "choosing a version of HDF5");
    check_hdf5(H5Pset_fapl_core(access.get(), memory_growth, false), "making a file in memory");
    check_hdf5(H5Pset_file_image(access.get(), image.data(), image.size()), "taking the file into memory");
    Handle const root{H5Fopen("/dev/null/in-memory", H5F_ACC_RDWR, access.get()), H5Fclose, "opening the file"};
    fill(root.get());
    check_hdf5(H5Fflush(root.get(), H5F_SCOPE_LOCAL), "flushing");
    write_file_atomically(path, image_of(root.get()), mode);
  } catch (Hdf5Failure const& failure) {
    throw file_failure(path, "cannot be written", failure.what());
  }
}

Handle make_group(hid_t parent, std::string const& name) {
  Handle const list = creation_order(H5P_GROUP_CREATE);
  return {H5Gcreate2(parent, name.c_str(), H5P_DEFAULT, list.get(), H5P_DEFAULT), H5Gclose, name.c_str()};
}

void write_attribute(hid_t object, char const* name, std::string_view text) {
  Handle const type = text_type();
  Handle const space{H5Screate(H5S_SCALAR), H5Sclose, name};
  Handle const target = attribute(object, name, type.get(), space.get());
  std::string const copy{text};
  char const* const pointer = copy.c_str();
  check_hdf5(H5Awrite(target.get(), type.get(), static_cast<void const*>(&pointer)), name);
}

void write_attribute(hid_t object, char const* name, std::vector<std::string> const& texts) {
  Handle const type = text_type();
  Handle const space = simple_space({texts.size()}, Growth::fixed);
  Handle const target = attribute(object, name, type.get(), space.get());
  auto const all = pointers(texts);
  check_hdf5(H5Awrite(target.get(), type.get(), static_cast<void const*>(all.data())), name);
}

void write_attribute(hid_t object, char const* name, std::int64_t number) {
  Handle const space{H5Screate(H5S_SCALAR), H5Sclose, name};
  Handle const target = attribute(object, name, H5T_NATIVE_INT64, space.get());
  check_hdf5(H5Awrite(target.get(), H5T_NATIVE_INT64, &number), name);
}

Handle write_texts(hid_t parent, std::string const& name, std::vector<std::string> const& texts) {
  Handle const type = text_type();
  Handle dataset = make_dataset(parent, name, type.get(), {texts.size()});
  auto const all = pointers(texts);
  // The library clears two buffers of a megabyte for each handful of labels unless it is told otherwise.
  Handle const transfer{H5Pcreate(H5P_DATASET_XFER), H5Pclose, "making a property list"};
  check_hdf5(H5Pset_buffer(transfer.get(), text_buffer, nullptr, nullptr), "choosing a buffer");
  if (!all.empty())
    check_hdf5(
        H5Dwrite(dataset.get(), type.get(), H5S_ALL, H5S_ALL, transfer.get(), static_cast<void const*>(all.data())),
        name.c_str());
  return dataset;
}

Handle make_dataset(hid_t parent, std::string const& name, hid_t type, std::vector<hsize_t> const& lengths,
                    Growth growth) {
  Handle const space = simple_space(lengths, growth);
  bool const is_text = H5Tget_class(type) == H5T_STRING;
  // Texts lie in the file's heap, where chunks and filters do not reach them.
  Handle const list = dataset_properties(is_text ? std::vector<hsize_t>{} : lengths, H5Tget_size(type), growth);
  return {H5Dcreate2(parent, name.c_str(), type, space.get(), H5P_DEFAULT, list.get(), H5P_DEFAULT), H5Dclose,
          name.c_str()};
}

Handle make_bare_dimension(hid_t parent, std::string const& name, hsize_t length, Growth growth) {
  Handle dataset = make_dataset(parent, name, H5T_IEEE_F32BE, {length}, growth);
  // By this name the netCDF library tells a dimension from a variable.
  auto const mark = fmt::format("This is a netCDF dimension but not a netCDF variable. {:>9}", length);
  check_hdf5(H5DSset_scale(dataset.get(), mark.c_str()), name.c_str());
  return dataset;
}

std::string Scales::free_name(std::string const& name) const {
  for (int number = 1;; ++number) {
    std::string candidate = number == 1 ? name : fmt::format("{}_{}", name, number);
    if (std::ranges::find(taken_, candidate) == taken_.end()) return candidate;
  }
}

hid_t Scales::find_or_make(Dimension const& dimension) {
  auto const found = std::ranges::find(scales_, dimension, &Scale::dimension);
  if (found != scales_.end()) return found->dataset.get();
  std::string const name = free_name(dimension.name);
  Handle dataset = write_texts(root_, name, dimension.labels);
  check_hdf5(H5DSset_scale(dataset.get(), name.c_str()), name.c_str());
  if (name != dimension.name) write_attribute(dataset.get(), "dimension", dimension.name);
  taken_.push_back(name);
  scales_.push_back({name, dimension, std::move(dataset)});
  return scales_.back().dataset.get();
}

void Scales::attach(hid_t dataset, std::vector<Dimension> const& dimensions) {
  for (std::size_t axis = 0; axis < dimensions.size(); ++axis)
    check_hdf5(H5DSattach_scale(dataset, find_or_make(dimensions[axis]), static_cast<unsigned>(axis)),
               dimensions[axis].name.c_str());
}

std::vector<std::string> Scales::names_of(std::vector<Dimension> const& dimensions) const {
  std::vector<std::string> names;
  for (Dimension const& dimension : dimensions)
    names.push_back(std::ranges::find(scales_, dimension, &Scale::dimension)->name);
  return names;
}

Dimension const* Scales::plain(std::string_view name) const {
  auto const found = std::ranges::find(scales_, name, [](Scale const& scale) { return scale.dimension.name; });
  return found == scales_.end() ? nullptr : &found->dimension;
}

}  // namespace utvei
