// SPDX-License-Identifier: Apache-2.0
#include "hdf5_read.hpp"

#include "write_failure.hpp"

#include <filesystem>
#include <system_error>

#include <fmt/format.h>
#include <hdf5_hl.h>

namespace utvei {
namespace {

constexpr auto again = "name another file, or make this one again";

void expect_regular_file(std::string const& path) {
  std::error_code error;
  auto const status = std::filesystem::status(path, error);
  if (status.type() == std::filesystem::file_type::not_found)
    throw file_failure(path, "does not exist", {}, "check the path and the spelling");
  if (error) throw file_failure(path, fmt::format("cannot be read: {}", error.message()));
  if (std::filesystem::is_directory(status))
    throw file_failure(path, "is a folder, not a file", {}, "name a file in it");
}

Handle open_file(std::string const& path, FileFormat const& format) {
  expect_regular_file(path);
  auto const wanted = fmt::format("expected {}", format.in_words);
  htri_t const is_hdf5 = H5Fis_hdf5(path.c_str());
  // Whoever names what a result is made from has forgotten a step.
  std::string const extension = std::filesystem::path{path}.extension().string();
  bool const is_yaml = extension == ".yaml" || extension == ".yml";
  if (is_hdf5 == 0 && is_yaml)
    throw file_failure(path, "is a YAML file, not an HDF5 file", wanted,
                       "make it first: `utvei run` of a scenario writes NAME.h5, `utvei estimate` of a study rates, "
                       "`utvei populate` people; then name that file");
  if (is_hdf5 == 0) throw file_failure(path, "is not an HDF5 file, or was cut short", wanted, again);
  Handle const access{H5Pcreate(H5P_FILE_ACCESS), H5Pclose, "making a property list"};
  // Files appear complete under their names, so readers need no lock, which some shared disks refuse.
  check_hdf5(H5Pset_file_locking(access.get(), false, true), "leaving out locks");
  try {
    return {H5Fopen(path.c_str(), H5F_ACC_RDONLY, access.get()), H5Fclose, "opening"};
  } catch (Hdf5Failure const&) {
    // What the library says of it names places inside the file, which help nobody.
    throw file_failure(path, "cannot be opened", "it was cut short, is damaged or may not be read", again);
  }
}

void expect_format(hid_t root, std::string const& path, FileFormat const& format) {
  auto const wanted = fmt::format("expected {}", format.in_words);
  if (!has_attribute(root, "format") || !has_attribute(root, "format_version"))
    throw file_failure(path, "is an HDF5 file, but not one of utvei", wanted, "name another file");
  std::string const found = text_attribute(root, "format");
  if (found != format.name)
    throw file_failure(path, fmt::format("has the format `{}`, not `{}`", found, format.name), wanted,
                       "name another file");
  auto const version = integer_attribute(root, "format_version");
  if (version > format.version)
    throw file_failure(path, fmt::format("has version {} of its format; this utvei reads {}", version, format.version),
                       "it was written by a newer version of the program", "update utvei");
}

/// Copies texts that the library allocated, and gives their memory back.
std::vector<std::string> take_texts(std::vector<char*>& pointers, hid_t type, hid_t space) {
  std::vector<std::string> texts;
  texts.reserve(pointers.size());
  for (char const* text : pointers) texts.emplace_back(text == nullptr ? "" : text);
  H5Dvlen_reclaim(type, space, H5P_DEFAULT, static_cast<void*>(pointers.data()));
  return texts;
}

std::size_t points_in(hid_t space) {
  auto const points = H5Sget_simple_extent_npoints(space);
  check_hdf5(points, "reading a length");
  return static_cast<std::size_t>(points);
}

void expect_text(hid_t type, char const* what) {
  if (H5Tget_class(type) != H5T_STRING || H5Tis_variable_str(type) <= 0)
    throw Hdf5Failure{fmt::format("`{}` should be variable-length text", what)};
}

}  // namespace

void read_hdf5_file(std::string const& path, FileFormat const& format, std::function<void(hid_t root)> const& read) {
  QuietHdf5 const quiet;
  try {
    Handle const root = open_file(path, format);
    expect_format(root.get(), path, format);
    read(root.get());
  } catch (Hdf5Failure const& failure) {
    throw file_failure(path, "is damaged or lacks what it should hold", failure.what());
  }
}

bool has_link(hid_t group, std::string const& name) {
  return H5Lexists(group, name.c_str(), H5P_DEFAULT) > 0;
}

bool has_attribute(hid_t object, char const* name) {
  return H5Aexists(object, name) > 0;
}

std::vector<std::string> link_names(hid_t group) {
  std::vector<std::string> names;
  auto const collect = [](hid_t, char const* name, H5L_info_t const*, void* out) -> herr_t {
    static_cast<std::vector<std::string>*>(out)->emplace_back(name);
    return 0;
  };
  hsize_t at = 0;
  check_hdf5(H5Literate(group, H5_INDEX_CRT_ORDER, H5_ITER_INC, &at, collect, &names), "listing datasets");
  return names;
}

bool is_dataset(hid_t group, std::string const& name) {
  Handle const object{H5Oopen(group, name.c_str(), H5P_DEFAULT), H5Oclose, name.c_str()};
  return H5Iget_type(object.get()) == H5I_DATASET;
}

Handle open_group(hid_t parent, std::string const& name) {
  return {H5Gopen2(parent, name.c_str(), H5P_DEFAULT), H5Gclose, name.c_str()};
}

Handle open_dataset(hid_t parent, std::string const& name) {
  return {H5Dopen2(parent, name.c_str(), H5P_DEFAULT), H5Dclose, name.c_str()};
}

std::vector<std::string> texts_attribute(hid_t object, char const* name) {
  Handle const attribute{H5Aopen(object, name, H5P_DEFAULT), H5Aclose, name};
  Handle const stored{H5Aget_type(attribute.get()), H5Tclose, name};
  expect_text(stored.get(), name);
  Handle const space{H5Aget_space(attribute.get()), H5Sclose, name};
  Handle const type = text_type();
  std::vector<char*> pointers(points_in(space.get()), nullptr);
  check_hdf5(H5Aread(attribute.get(), type.get(), static_cast<void*>(pointers.data())), name);
  return take_texts(pointers, type.get(), space.get());
}

std::string text_attribute(hid_t object, char const* name) {
  auto texts = texts_attribute(object, name);
  if (texts.size() != 1) throw Hdf5Failure{fmt::format("`{}` should be one text", name)};
  return std::move(texts.front());
}

std::int64_t integer_attribute(hid_t object, char const* name) {
  Handle const attribute{H5Aopen(object, name, H5P_DEFAULT), H5Aclose, name};
  Handle const space{H5Aget_space(attribute.get()), H5Sclose, name};
  if (points_in(space.get()) != 1) throw Hdf5Failure{fmt::format("`{}` should be one number", name)};
  std::int64_t value = 0;
  check_hdf5(H5Aread(attribute.get(), H5T_NATIVE_INT64, &value), name);
  return value;
}

std::vector<hsize_t> lengths_of(hid_t dataset) {
  Handle const space{H5Dget_space(dataset), H5Sclose, "reading lengths"};
  int const rank = H5Sget_simple_extent_ndims(space.get());
  check_hdf5(rank, "reading lengths");
  std::vector<hsize_t> lengths(static_cast<std::size_t>(rank));
  check_hdf5(H5Sget_simple_extent_dims(space.get(), lengths.data(), nullptr), "reading lengths");
  return lengths;
}

OnePlace select_place(hid_t dataset, std::size_t place) {
  std::vector<hsize_t> count = lengths_of(dataset);
  std::vector<hsize_t> start(count.size(), 0);
  start.front() = place;
  count.front() = 1;
  hsize_t size = 1;
  for (hsize_t const length : count) size *= length;
  OnePlace one{{H5Dget_space(dataset), H5Sclose, "reading a part"},
               {H5Screate_simple(1, &size, nullptr), H5Sclose, "reading a part"},
               static_cast<std::size_t>(size)};
  check_hdf5(H5Sselect_hyperslab(one.file.get(), H5S_SELECT_SET, start.data(), nullptr, count.data(), nullptr),
             "reading a part");
  return one;
}

std::vector<std::string> read_texts(hid_t dataset) {
  Handle const stored{H5Dget_type(dataset), H5Tclose, "reading texts"};
  expect_text(stored.get(), "labels");
  Handle const space{H5Dget_space(dataset), H5Sclose, "reading texts"};
  Handle const type = text_type();
  std::vector<char*> pointers(points_in(space.get()), nullptr);
  if (pointers.empty()) return {};
  check_hdf5(H5Dread(dataset, type.get(), H5S_ALL, H5S_ALL, H5P_DEFAULT, static_cast<void*>(pointers.data())),
             "reading texts");
  return take_texts(pointers, type.get(), space.get());
}

namespace {

/// A scale as found on an axis: its place in the file and its labels.
struct Found {
  std::map<std::string, Dimension>* read;
  Dimension dimension;
  std::string failure;
};

std::string path_of(hid_t object) {
  auto const length = H5Iget_name(object, nullptr, 0);
  check_hdf5(length, "reading a name");
  std::string name(static_cast<std::size_t>(length), '\0');
  check_hdf5(H5Iget_name(object, name.data(), name.size() + 1), "reading a name");
  return name;
}

Dimension read_scale(hid_t scale, std::string const& path) {
  Dimension dimension;
  dimension.name =
      has_attribute(scale, "dimension") ? text_attribute(scale, "dimension") : path.substr(path.rfind('/') + 1);
  dimension.labels = read_texts(scale);
  return dimension;
}

/// Called by the library: nothing may be thrown through it. Stops at the first scale.
herr_t take_scale(hid_t, unsigned, hid_t scale, void* out) {
  auto& found = *static_cast<Found*>(out);
  try {
    std::string const path = path_of(scale);
    auto known = found.read->find(path);
    if (known == found.read->end()) known = found.read->emplace(path, read_scale(scale, path)).first;
    found.dimension = known->second;
  } catch (Hdf5Failure const& failure) {
    found.failure = failure.what();
    return -1;
  }
  return 1;
}

}  // namespace

std::vector<Dimension> ScaleReader::dimensions_of(hid_t dataset) {
  std::vector<Dimension> dimensions;
  auto const lengths = lengths_of(dataset);
  for (unsigned axis = 0; axis < lengths.size(); ++axis) {
    Found found{&read_, {}, {}};
    herr_t const status = H5DSiterate_scales(dataset, axis, nullptr, take_scale, &found);
    if (!found.failure.empty()) throw Hdf5Failure{found.failure};
    check_hdf5(status, "reading a dimension");
    if (status == 0) throw Hdf5Failure{fmt::format("axis {} of `{}` has no labels", axis, path_of(dataset))};
    if (found.dimension.labels.size() != lengths[axis])
      throw Hdf5Failure{fmt::format("`{}` of `{}` has {} labels for {} cells", found.dimension.name, path_of(dataset),
                                    found.dimension.labels.size(), lengths[axis])};
    dimensions.push_back(std::move(found.dimension));
  }
  return dimensions;
}

}  // namespace utvei
