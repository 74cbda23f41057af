// SPDX-License-Identifier: Apache-2.0
#include "doctor.hpp"

#include "exit_code.hpp"
#include "machine.hpp"
#include "version.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace utvei {
namespace {

std::string_view name_of(Finding::Status status) {
  switch (status) {
    case Finding::Status::there:
      return "ok";
    case Finding::Status::lacking:
      return "lacks";
    case Finding::Status::failing:
      return "fails";
  }
  return "fails";
}

std::vector<Finding> examine(DoctorArguments const& arguments, Session const& session) {
  using Status = Finding::Status;
  std::vector<Finding> findings{{"utvei", Status::there, fmt::format("{}, git {}", program_version(), git_hash()), ""},
                                {"compiler", Status::there, std::string{compiler_text()}, ""}};
  for (LibraryVersion const& library : libraries())
    findings.push_back({library.name, Status::there, library.version, ""});
  findings.push_back(find_cores());
  findings.push_back(find_memory());
  findings.push_back(find_disk(arguments.out));
  findings.push_back(find_output_folder(arguments.out));
  findings.push_back({"terminal", Status::there, session.console.coloured() ? "colour" : "no colour", ""});
  for (Finding& reader : find_other_programs()) findings.push_back(std::move(reader));
  return findings;
}

std::string text_of(std::vector<Finding> const& findings) {
  std::string text;
  for (Finding const& finding : findings) {
    text += fmt::format("{:<6} {:<16} {}\n", name_of(finding.status), finding.name, finding.detail);
    if (!finding.remedy.empty()) text += fmt::format("{:>24}{}\n", "", finding.remedy);
  }
  return text;
}

std::string json_of(std::vector<Finding> const& findings) {
  auto array = nlohmann::ordered_json::array();
  for (Finding const& finding : findings) {
    array.push_back({{"name", finding.name},
                     {"status", name_of(finding.status)},
                     {"detail", finding.detail},
                     {"remedy", finding.remedy}});
  }
  return array.dump(2) + "\n";
}

}  // namespace

int doctor_command(DoctorArguments const& arguments, Session& session) {
  std::vector<Finding> const findings = examine(arguments, session);
  session.console.data(arguments.format == "json" ? json_of(findings) : text_of(findings));
  for (Finding const& finding : findings) {
    if (finding.status == Finding::Status::failing) return exit_data;
  }
  return exit_ok;
}

}  // namespace utvei
