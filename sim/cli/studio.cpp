// SPDX-License-Identifier: Apache-2.0
#include "studio.hpp"

#include "exit_code.hpp"
#include "provenance.hpp"

#include <utvei/studio/studio.hpp>

namespace utvei {

int studio_command(StudioArguments const& arguments, Session& session) {
  FinishStep const serving{session.signals};
  StudioOptions options;
  options.folder = arguments.folder;
  options.baseline = arguments.baseline;
  options.scenario = arguments.scenario;
  options.draws = arguments.draws;
  options.port = arguments.port;
  options.threads = session.threads;
  options.language = session.language;
  options.stop = &session.signals.stop();
  options.add_program = [&](Provenance& provenance) { add_program(provenance, session); };
  options.command_line = command_line_of;
  options.warn = [&](Diagnostics const& diagnostics) {
    session.console.show(diagnostics);
    session.tell("running the baseline and one scenario …\n");
  };
  options.announce = [&](std::string const& address) {
    session.console.data(address + "\n");
    session.tell("open the address in a browser on this machine; Ctrl-C ends the studio\n");
  };
  serve_studio(options);
  return exit_ok;
}

}  // namespace utvei
