# Writes the script and the style of a report's page as constants of the program.
# cmake -DSCRIPT=report.js -DSTYLE=report.css -DOUTPUT=page_assets.cpp -P PageAssets.cmake
file(READ ${SCRIPT} script)
file(READ ${STYLE} style)
foreach(text IN ITEMS script style)
  string(FIND "${${text}}" ")utvei\"" at)
  if(NOT at EQUAL -1)
    message(FATAL_ERROR "${text} holds the mark that ends it here")
  endif()
  string(FIND "${${text}}" "</${text}" at)
  if(NOT at EQUAL -1)
    message(FATAL_ERROR "${text} would end its element: it holds </${text}")
  endif()
endforeach()
file(WRITE ${OUTPUT} "// SPDX-License-Identifier: Apache-2.0
// Made by cmake/PageAssets.cmake.
#include \"page_assets.hpp\"

// The standard asks compilers for no more than 65,536 characters; those that we build with take any number.
#pragma GCC diagnostic ignored \"-Woverlength-strings\"

namespace utvei {

std::string_view page_script() {
  return R\"utvei(${script})utvei\";
}

std::string_view page_style() {
  return R\"utvei(${style})utvei\";
}

}  // namespace utvei
")
