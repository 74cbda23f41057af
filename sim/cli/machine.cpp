// SPDX-License-Identifier: Apache-2.0
#include "machine.hpp"

#include "subprocess.hpp"

#include <utvei/core/parallel.hpp>

#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <system_error>

#include <fmt/format.h>
#include <unistd.h>

namespace utvei {
namespace {

using Status = Finding::Status;

std::string in_gigabytes(double bytes) {
  return fmt::format("{:.1f} GB", bytes / 1e9);
}

/// The nearest folder above a path that is there.
std::filesystem::path existing_part(std::string const& folder) {
  std::filesystem::path path = std::filesystem::absolute(folder).lexically_normal();
  while (!std::filesystem::exists(path) && path.has_relative_path()) path = path.parent_path();
  return path;
}

/// Without what programs put after their version: the `$` that closes a keyword of version control.
std::string first_line(std::string const& text) {
  std::string const line = text.substr(0, text.find('\n'));
  return line.substr(0, line.find_last_not_of(" $\r") + 1);
}

/// A program that says its version when asked.
Finding find_program(std::string const& name, std::vector<std::string> const& question, std::string const& use,
                     std::string const& package) {
  std::optional<Reply> const answer = ask(question);
  if (answer && answer->exit_code == 0)
    return {name, Status::there, first_line(answer->out.empty() ? answer->err : answer->out), ""};
  return {name, Status::lacking, use, fmt::format("apt-get install {}", package)};
}

/// ncdump tells its version, and that it wants a file.
Finding find_ncdump() {
  if (std::optional<Reply> const answer = ask({"ncdump"})) {
    std::size_t const at = answer->err.find("netcdf library version");
    return {"ncdump", Status::there, at == std::string::npos ? "" : first_line(answer->err.substr(at)), ""};
  }
  return {"ncdump", Status::lacking, "shows result files as text", "apt-get install netcdf-bin"};
}

/// A Python package, in the python3 of PATH or in the system's. (Debian's xarray calls itself 999.)
Finding find_python_package(std::string const& package, std::string const& use) {
  std::string const program = fmt::format("import {0}; print({0}.__version__)", package);
  for (std::string const python : {"python3", "/usr/bin/python3"}) {
    std::optional<Reply> const answer = ask({python, "-c", program});
    if (answer && answer->exit_code == 0)
      return {package, Status::there, fmt::format("{} ({})", first_line(answer->out), python), ""};
  }
  return {package, Status::lacking, use, fmt::format("apt-get install python3-{}", package)};
}

}  // namespace

Finding find_cores() {
  return {"cores", Status::there, std::to_string(thread_count(0)), ""};
}

Finding find_memory() {
  std::ifstream file{"/proc/meminfo"};
  std::map<std::string, double> bytes;
  std::string name;
  std::string unit;
  for (double kilobytes = 0; file >> name >> kilobytes && std::getline(file, unit);) bytes[name] = 1024 * kilobytes;
  if (!bytes.contains("MemTotal:")) return {"memory", Status::there, "unknown", ""};
  return {"memory", Status::there,
          fmt::format("{}, {} free", in_gigabytes(bytes["MemTotal:"]), in_gigabytes(bytes["MemAvailable:"])), ""};
}

Finding find_disk(std::string const& folder) {
  std::error_code error;
  auto const space = std::filesystem::space(existing_part(folder), error);
  if (error) return {"disk", Status::failing, error.message(), "name another folder with --out"};
  return {"disk", Status::there, in_gigabytes(static_cast<double>(space.available)) + " free", ""};
}

Finding find_output_folder(std::string const& folder) {
  auto const there = existing_part(folder);
  bool const usable = std::filesystem::is_directory(there) && ::access(there.c_str(), W_OK | X_OK) == 0;
  if (!usable) {
    return {"output folder", Status::failing, fmt::format("`{}` cannot be written", there.string()),
            fmt::format("chmod u+rwx {}, or name another folder with --out", there.string())};
  }
  bool const made = std::filesystem::exists(folder);
  return {"output folder", Status::there, fmt::format("`{}` can be {}", folder, made ? "written" : "made"), ""};
}

std::vector<Finding> find_other_programs() {
  return {find_program("graphviz", {"dot", "-V"}, "`utvei graph --format svg` draws with it", "graphviz"),
          find_ncdump(),
          find_python_package("h5py", "reads result files"),
          find_python_package("xarray", "reads result files as labelled arrays"),
          find_python_package("h5netcdf", "lets xarray read result files"),
          find_program("rhdf5", {"Rscript", "-e", "cat(as.character(packageVersion('rhdf5')))"},
                       "reads result files in R", "r-bioc-rhdf5")};
}

}  // namespace utvei
