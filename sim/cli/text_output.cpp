// SPDX-License-Identifier: Apache-2.0
#include "text_output.hpp"

#include <utvei/core/diagnostics.hpp>
#include <utvei/output/atomic_file.hpp>
#include <utvei/register/disclosure.hpp>
#include <utvei/run/prepare.hpp>

#include <filesystem>
#include <memory>
#include <set>
#include <system_error>
#include <utility>

namespace utvei {

void write_text(std::string const& path, std::string_view text, Session& session, unsigned mode) {
  if (path.empty()) {
    session.console.data(text);
    return;
  }
  FinishStep const writing{session.signals};
  write_file_atomically(path, text, mode);
}

void write_texts(std::vector<TextFile> const& files, Session& session, unsigned mode) {
  FinishStep const writing{session.signals};
  std::vector<std::unique_ptr<AtomicFile>> written;
  for (TextFile const& file : files) {
    auto& target = written.emplace_back(std::make_unique<AtomicFile>(file.path, mode));
    target->write(file.text);
  }
  for (auto const& file : written) file->commit();
}

namespace {

/// One name for all ways to write a path.
std::filesystem::path plain(std::string const& path) {
  std::error_code error;
  auto const found = std::filesystem::weakly_canonical(std::filesystem::absolute(path), error);
  return error ? std::filesystem::path{path}.lexically_normal() : found;
}

void refuse(std::string const& path, std::string problem, std::string why, Diagnostics& diagnostics) {
  diagnostics.add({Severity::error, Fault::usage, Place{std::make_shared<SourceText const>(SourceText{path, ""})},
                   std::move(problem), std::move(why), "name another file"});
}

}  // namespace

void check_cleared(std::vector<std::string> const& outputs, std::string_view data_class, bool inside) {
  Diagnostics diagnostics;
  for (std::string const& path : outputs) {
    if (path.empty()) continue;
    collecting(diagnostics, [&] { require_disclosure_cleared(data_class, audience_of(inside), path); });
  }
  throw_if_errors(diagnostics);
}

void check_outputs(std::vector<std::string> const& outputs, std::vector<std::string> const& inputs) {
  Diagnostics diagnostics;
  std::set<std::filesystem::path> read;
  for (std::string const& path : inputs) read.insert(plain(path));
  std::set<std::filesystem::path> written;
  for (std::string const& path : outputs) {
    if (path.empty()) continue;
    if (read.contains(plain(path))) {
      refuse(path, "would replace a file that is read", "what is in it would be lost", diagnostics);
    } else if (!written.insert(plain(path)).second) {
      refuse(path, "would be written twice", "the second would replace the first", diagnostics);
    } else {
      collecting(diagnostics, [&] { AtomicFile const probe{path}; });
    }
  }
  throw_if_errors(diagnostics);
}

}  // namespace utvei
