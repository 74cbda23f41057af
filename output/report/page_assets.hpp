// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace utvei {

/// Of output/report/page, as they were when the program was built.
std::string_view page_script();
/// Before the script of a page that holds the document of `utvei studio`.
std::string_view studio_script();
std::string_view page_style();

}  // namespace utvei
