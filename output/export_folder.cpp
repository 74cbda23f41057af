// SPDX-License-Identifier: Apache-2.0
#include <utvei/document/digest.hpp>
#include <utvei/output/atomic_file.hpp>
#include <utvei/output/export_folder.hpp>
#include <utvei/output/packages.hpp>
#include <utvei/output/table_formats.hpp>

#include <filesystem>
#include <sstream>

namespace utvei {
namespace {

/// Writes files of a folder and remembers what it needs to describe them.
class FolderOfTables {
 public:
  FolderOfTables(std::string folder, unsigned mode) : folder_{std::move(folder)}, mode_{mode} {}

  void write(std::string const& name, std::string const& bytes) {
    files_.paths.push_back((std::filesystem::path{folder_} / name).string());
    write_file_atomically(files_.paths.back(), bytes, mode_);
  }
  void write_table(std::string const& extension, std::string const& bytes, ReleasedTable table) {
    std::string const name = table.name + extension;
    write(name, bytes);
    files_.held_back += table.held_back;
    table.values = {};
    table.status = {};
    packaged_.push_back({name, sha256(bytes), bytes.size(), std::move(table)});
  }
  [[nodiscard]] std::vector<PackagedTable> const& packaged() const { return packaged_; }
  ExportedFiles take() { return std::move(files_); }

 private:
  std::string folder_;
  unsigned mode_;
  ExportedFiles files_;
  std::vector<PackagedTable> packaged_;
};

}  // namespace

std::string extension_of(FileFormatOfTable format) {
  switch (format) {
    case FileFormatOfTable::csv:
      return ".csv";
    case FileFormatOfTable::stata:
      return ".dta";
    case FileFormatOfTable::json_stat:
      return ".json";
  }
  return {};
}

std::string bytes_of(Release const& release, ReleasedTable const& table, FileFormatOfTable format,
                     CsvDialect const& dialect) {
  if (format == FileFormatOfTable::stata) return stata_of(release, table);
  if (format == FileFormatOfTable::json_stat) return json_stat_of(release, table);
  std::ostringstream text;
  write_csv_table(table, text, dialect);
  return text.str();
}

ExportedFiles export_folder(Release const& release, std::string const& folder, FileFormatOfTable format,
                            CsvDialect const& dialect, Audience audience) {
  RunResult const& result = release.result();
  std::string const& data_class = result.provenance.data_class;
  bool const has_lives = result.life_courses.has_value() && format != FileFormatOfTable::json_stat;
  if (has_lives) require_disclosure_cleared(data_class, audience, folder);
  FolderOfTables files{folder, file_mode(data_class)};
  for (Table const& table : result.tables) {
    ReleasedTable released = release.table(table);
    std::string const bytes = bytes_of(release, released, format, dialect);
    files.write_table(extension_of(format), bytes, std::move(released));
  }
  if (has_lives) {
    std::ostringstream text;
    if (format == FileFormatOfTable::csv) write_life_courses_csv(result, text, dialect);
    ReleasedTable lives;
    lives.name = "life_courses";
    files.write_table(extension_of(format), format == FileFormatOfTable::csv ? text.str() : stata_life_courses(release),
                      std::move(lives));
  }
  if (format == FileFormatOfTable::csv)
    files.write(data_package_name, data_package_of(release, files.packaged(), dialect));
  return files.take();
}

}  // namespace utvei
