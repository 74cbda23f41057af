// SPDX-License-Identifier: Apache-2.0
#include "program.hpp"

#include "command_line.hpp"
#include "exit_code.hpp"

#include <utvei/core/diagnostics.hpp>

#include <exception>
#include <new>
#include <string>
#include <system_error>

namespace utvei {
namespace {

int report_errors(Console& console, Diagnostics const& diagnostics) {
  console.show(diagnostics);
  return exit_code_of(diagnostics);
}

int report_bug(Console& console, char const* what) {
  console.message(std::string{"utvei: this is a bug of ours; please report it with the command line and what "
                              "`utvei --version` prints\n  "} +
                  what + "\n");
  return exit_bug;
}

}  // namespace

int run_program(Session& session) {
  Console& console = session.console;
  try {
    return command_asked_for(session)();
  } catch (InputError const& error) {
    return report_errors(console, error.diagnostics());
  } catch (Interrupted const&) {
    console.message("utvei: stopped; nothing was left half-written\n");
    return session.signals.exit_code();
  } catch (OutputClosed const&) {
    return exit_ok;
  } catch (std::bad_alloc const&) {
    return report_errors(console, InputError{Fault::data, Place{}, "not enough memory",
                                             "the people, their tallies and the life courses asked for do not fit",
                                             "take fewer persons, fewer breakdowns or a sample of life courses"}
                                      .diagnostics());
  } catch (std::system_error const& error) {
    return report_errors(console, InputError{Fault::data, Place{}, error.what()}.diagnostics());
  } catch (std::exception const& error) {
    return report_bug(console, error.what());
  } catch (...) {
    return report_bug(console, "something was thrown that is no exception");
  }
}

}  // namespace utvei
