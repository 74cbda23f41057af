# Writes the scripts and the style of a report's page as constants of the program.
# cmake -DSCRIPT=report.js -DSTUDIO=studio.js -DSTYLE=report.css -DOUTPUT=page_assets.cpp -P PageAssets.cmake
file(READ ${SCRIPT} script)
file(READ ${STUDIO} studio)
file(READ ${STYLE} style)
foreach(text IN ITEMS script studio style)
  string(FIND "${${text}}" ")utvei\"" at)
  if(NOT at EQUAL -1)
    message(FATAL_ERROR "${text} holds the mark that ends it here")
  endif()
  string(FIND "${${text}}" "</s" at)
  if(NOT at EQUAL -1)
    message(FATAL_ERROR "${text} would end its element: it holds </s")
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

std::string_view studio_script() {
  return R\"utvei(${studio})utvei\";
}

std::string_view page_style() {
  return R\"utvei(${style})utvei\";
}

}  // namespace utvei
")
