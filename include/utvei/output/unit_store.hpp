// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace utvei {

/// That nobody else works on a unit while this lives: a lock of the system, which goes with the process that holds it,
/// however that ends. On file systems that know no locks everybody gets a claim: work may be done twice then, and
/// nothing else happens.
class UnitClaim {
 public:
  UnitClaim(std::string path, int descriptor) : path_{std::move(path)}, descriptor_{descriptor} {}
  ~UnitClaim();
  UnitClaim(UnitClaim&& other) noexcept
      : path_{std::move(other.path_)}, descriptor_{std::exchange(other.descriptor_, -1)} {}
  UnitClaim(UnitClaim const&) = delete;
  UnitClaim& operator=(UnitClaim const&) = delete;
  UnitClaim& operator=(UnitClaim&&) = delete;

 private:
  std::string path_;
  int descriptor_;
};

/// The finished units of batches, each a file of the name of its id: FOLDER/ab/abcdef….unit. A file is written under
/// another name, flushed to disk and renamed, and ends with the hash of what stands before.
class UnitStore {
 public:
  explicit UnitStore(std::string folder) : folder_{std::move(folder)} {}

  enum class State { missing, whole, damaged };
  struct Found {
    State state{State::missing};
    std::string content{};
  };
  [[nodiscard]] Found load(std::string const& id) const;
  /// Throws InputError (data) where it cannot be written. What was said of a failure is forgotten.
  void save(std::string const& id, std::string_view content, unsigned mode) const;
  void remove(std::string const& id) const;

  /// Why a unit failed, for whoever asks later; on a full disk only that it did.
  void note_failure(std::string const& id, std::string const& why) const;
  [[nodiscard]] std::optional<std::string> failure(std::string const& id) const;

  /// None: another thread or process works on the unit. Throws InputError (data) where nothing can be written.
  [[nodiscard]] std::optional<UnitClaim> claim(std::string const& id) const;
  /// Takes away what whoever was killed right after finishing the unit left beside it.
  void tidy(std::string const& id) const;
  /// Whether somebody works on the unit now.
  [[nodiscard]] bool is_claimed(std::string const& id) const;

  [[nodiscard]] std::string const& folder() const { return folder_; }

 private:
  [[nodiscard]] std::string path(std::string const& id, std::string_view kind) const;
  std::string folder_;
};

}  // namespace utvei
