// SPDX-License-Identifier: Apache-2.0
#include "build_life_courses.hpp"
#include "dated_rows.hpp"
#include "person_table.hpp"
#include "row_values.hpp"
#include "spell_rows.hpp"

#include <utvei/register/life_courses.hpp>

#include <algorithm>
#include <array>
#include <span>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace utvei {
namespace {

struct ChangesInTime {
  Timeline<RegionId> residence;
  std::vector<Timeline<std::uint16_t>> traits;
};

ChangesInTime read_changes_in_time(Study const& study, DatedReader reader) {
  ChangesInTime changes;
  if (study.residence) {
    changes.residence = reader.residence(*study.residence);
  }
  for (DatedTrait const& dated : study.traits_over_time) {
    changes.traits.resize(std::max<std::size_t>(changes.traits.size(), dated.trait.value() + 1));
    changes.traits[dated.trait.value()] = reader.trait(dated);
  }
  return changes;
}

/// What is wrong with the other files is told with what is wrong with the persons: a missing one, say.
void try_other_files(Study const& study, std::size_t threads, Diagnostics& diagnostics) {
  auto const open = [&](auto const& source) {
    open_data_file(source.file, source.form, Request{source.file_place, threads}, diagnostics);
  };
  std::ranges::for_each(study.sources, open);
  if (study.residence) open(*study.residence);
  for (DatedTrait const& dated : study.traits_over_time) open(dated.source);
}

}  // namespace

bool RegisterPersons::knows_trait(TraitId trait) const {
  return !traits[trait.value()].empty() ||
         (trait.value() < traits_over_time.size() && !traits_over_time[trait.value()].empty());
}

std::vector<RegionId> const& regions_of(RegisterPersons const& persons) {
  return persons.residence.empty() ? persons.region.values() : persons.residence.value;
}

std::span<NamedCount const> named_counts() {
  using Counts = RegisterCounts;
  static constexpr std::array all{NamedCount{"rows", &Counts::rows},
                                  NamedCount{"duplicates", &Counts::duplicates},
                                  NamedCount{"outside_window", &Counts::outside_window},
                                  NamedCount{"zero_length", &Counts::zero_length},
                                  NamedCount{"before_birth", &Counts::before_birth},
                                  NamedCount{"covered", &Counts::covered},
                                  NamedCount{"cut", &Counts::cut},
                                  NamedCount{"joined", &Counts::joined},
                                  NamedCount{"bridged", &Counts::bridged},
                                  NamedCount{"filled", &Counts::filled},
                                  NamedCount{"still_open", &Counts::still_open},
                                  NamedCount{"persons_without_spells", &Counts::persons_without_spells},
                                  NamedCount{"replaced", &Counts::replaced},
                                  NamedCount{"past_limit", &Counts::past_limit}};
  return all;
}

LifeCourses read_register(Study const& study, std::size_t threads, Diagnostics& diagnostics,
                          std::vector<RejectedRow>* rejects) {
  LifeCourses lives;
  lives.data_class = study.data_class;
  lives.has_calendar = study.time.has_calendar();
  lives.inputs = files_of(study);
  auto const errors_before = diagnostics.error_count();
  RegionCodes const codes{study, diagnostics};
  RejectAccount const account{lives.counts.rejected, rejects};
  bool const has_persons = study.persons.file && diagnostics.error_count() == errors_before;
  PersonTable table =
      has_persons ? read_persons_file(study, codes, account, threads, diagnostics) : PersonTable{study, codes};
  SpellReader reader{study, table, account, lives.counts, threads, diagnostics};
  ChangesInTime changes;
  if (diagnostics.error_count() != errors_before) {
    // A persons file that cannot be read would make an error of every spell.
    try_other_files(study, threads, diagnostics);
  } else {
    for (std::size_t source = 0; source < study.sources.size(); ++source) {
      reader.read(source);
    }
    changes = read_changes_in_time(study, {study, table, codes, account, lives.counts, threads, diagnostics});
  }
  lives.persons = table.take();
  lives.persons.residence = std::move(changes.residence);
  lives.persons.traits_over_time = std::move(changes.traits);
  if (diagnostics.error_count() == errors_before) {
    build_life_courses(study, reader.take(), lives, threads, diagnostics);
    if (lives.size() == 0) {
      diagnostics.error(
          study.sources.front().file_place, "no spell lies in the window of the study",
          fmt::format("{}; the window is {} to {}", describe(lives.counts), format(study.from), format(study.to)),
          "look at the window, and at the dates of the file");
    }
  }
  return lives;
}

std::string describe(RegisterCounts const& counts) {
  auto text = fmt::format("{} rows read", counts.rows);
  auto const add = [&](std::int64_t count, std::string_view what) {
    if (count > 0) {
      text += fmt::format("; {} {}", count, what);
    }
  };
  std::vector<RejectCount> of_all_files;
  for (RejectCount const& rejected : counts.rejected) {
    auto const same = std::ranges::find(of_all_files, rejected.reason, &RejectCount::reason);
    if (same == of_all_files.end()) {
      of_all_files.push_back(rejected);
    } else {
      same->rows += rejected.rows;
    }
  }
  for (RejectCount const& rejected : of_all_files) add(rejected.rows, fmt::format("not used: {}", rejected.reason));
  add(counts.still_open, "still going on");
  add(counts.duplicates, "duplicates dropped");
  add(counts.zero_length, "without duration dropped");
  add(counts.before_birth, "before birth dropped");
  add(counts.covered, "dropped because earlier spells or sources cover them");
  add(counts.cut, "cut where earlier spells or sources hold");
  add(counts.joined, "joined to a spell of the same state");
  add(counts.bridged, "gaps bridged");
  add(counts.filled, "gaps filled");
  add(counts.outside_window, "outside the window");
  add(counts.past_limit, "spells past a limit of the model kept");
  add(counts.replaced, "of residence or traits that a later row replaces");
  add(counts.persons_without_spells, "persons without spells");
  return text;
}

}  // namespace utvei
