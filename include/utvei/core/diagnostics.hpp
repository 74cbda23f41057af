// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <exception>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace utvei {

/// A text that messages can quote: a file, or words from the command line.
struct SourceText {
  SourceText(std::string the_name, std::string the_text) : name{std::move(the_name)} {
    auto kept = std::make_shared<std::string const>(std::move(the_text));
    text = *kept;
    owner_ = std::move(kept);
  }
  /// `characters`: `size` of them, which do not change any more.
  SourceText(std::string the_name, std::shared_ptr<char const[]> characters, std::size_t size)
      : name{std::move(the_name)}, text{characters.get(), size}, owner_{std::move(characters)} {}

  std::string name;       ///< as the user wrote it
  std::string_view text;  ///< valid as long as this, or a copy of it

 private:
  std::shared_ptr<void const> owner_;
};

/// A place in a source. Line and column count from 1; line 0 means the source as a whole; no source means nowhere.
/// Column and length count bytes, as parsers do; render() shows them as characters.
struct Place {
  std::shared_ptr<SourceText const> source;
  int line{0};
  int column{0};
  int length{1};  ///< bytes that the caret underlines
};

enum class Severity { error, warning, note };

/// Whose mistake it is; decides the exit code of the program (docs/formats/exit-codes.md).
enum class Fault {
  usage,  ///< 2: the command line
  file,   ///< 3: a model, scenario or study file (also when it names a file that is missing)
  data,   ///< 4: data on the command line are missing or unreadable, or output cannot be written
};

/// Something that a user should mend: what is wrong, why, and what to do.
struct Diagnostic {
  Severity severity{Severity::error};
  Fault fault{Fault::file};
  Place place;
  std::string problem;     ///< one line, no full stop
  std::string why;         ///< may be empty
  std::string suggestion;  ///< may be empty
};

/// Collects all that is wrong, so that a user sees everything at once.
class Diagnostics {
 public:
  void add(Diagnostic diagnostic);
  void error(Place place, std::string problem, std::string why = {}, std::string suggestion = {});
  void warning(Place place, std::string problem, std::string why = {}, std::string suggestion = {});
  void data_error(Place place, std::string problem, std::string why = {}, std::string suggestion = {});
  [[nodiscard]] bool has_errors() const { return errors_ > 0; }
  [[nodiscard]] std::size_t error_count() const { return errors_; }
  [[nodiscard]] std::vector<Diagnostic> const& all() const { return all_; }
  /// What both have said is said once.
  void merge(Diagnostics const& other);

 private:
  std::vector<Diagnostic> all_;
  std::size_t errors_{0};
};

/// Bad input. Thrown once a stage has collected all that is wrong with it.
class InputError : public std::exception {
 public:
  explicit InputError(Diagnostics diagnostics);
  InputError(Fault fault, Place place, std::string problem, std::string why = {}, std::string suggestion = {});
  [[nodiscard]] Diagnostics const& diagnostics() const { return diagnostics_; }
  [[nodiscard]] char const* what() const noexcept override { return what_.c_str(); }

 private:
  Diagnostics diagnostics_;
  std::string what_;
};

/// Throws InputError if there are errors; warnings stay where they are.
void throw_if_errors(Diagnostics const& diagnostics);

/// Somebody asked the program to stop; caught by main alone.
class Interrupted : public std::exception {
 public:
  [[nodiscard]] char const* what() const noexcept override { return "interrupted"; }
};

/// file:line:column: error: problem, the line with a caret, why, and what to do. Ends with a newline.
std::string render(Diagnostic const& diagnostic);
std::string render(Diagnostics const& diagnostics);

}  // namespace utvei
