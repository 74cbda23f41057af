// SPDX-License-Identifier: Apache-2.0
#include "study_parts.hpp"

namespace utvei {
namespace {

void read_crosswalk(Value const& value, Study& study, Diagnostics& diagnostics) {
  CrosswalkSpec& crosswalk = study.crosswalk.emplace();
  MapReader reader{value, "`crosswalk`", diagnostics};
  read_data_file(reader, crosswalk.file, crosswalk.file_place, diagnostics);
  crosswalk.from = required_column(reader, "from", diagnostics);
  crosswalk.to = required_column(reader, "to", diagnostics);
  crosswalk.valid_from = optional_column(reader, "valid_from", diagnostics);
  reader.finish();
  if (study.model.regions.empty()) {
    diagnostics.error(value.place, "the model names no regions", {}, "write `regions: regions.csv` in the model");
  }
}

}  // namespace

void read_changes(MapReader& reader, Study& study, Diagnostics& diagnostics) {
  if (Value const* value = reader.optional("crosswalk")) {
    read_crosswalk(*value, study, diagnostics);
  }
}

}  // namespace utvei
