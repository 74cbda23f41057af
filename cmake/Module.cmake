# utvei_module(NAME [LOOPS] USES modules... PRIVATE libraries...)
# One static library a module, made of every .cpp in its folder. USES is the only way for a module to see another one's headers in its link line;
# tests/architecture checks it against the table of who may use whom.
add_library(utvei_settings INTERFACE)
target_compile_features(utvei_settings INTERFACE cxx_std_20)
target_include_directories(utvei_settings INTERFACE ${CMAKE_SOURCE_DIR}/include)
# No program tells where it was built.
target_compile_options(utvei_settings INTERFACE -ffile-prefix-map=${CMAKE_SOURCE_DIR}/=)
# The same bits on every x86-64: no fused multiply-add, no fast-math, no -march=native.
target_compile_options(utvei_settings INTERFACE -ffp-contract=off
  -Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wold-style-cast -Wnon-virtual-dtor -Werror
  $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>)  # g++ 12 sees overlaps that are not there (its bug 105329)
if(UTVEI_SANITIZE STREQUAL "address+undefined")
  target_compile_options(utvei_settings INTERFACE -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(utvei_settings INTERFACE -fsanitize=address,undefined)
  target_compile_definitions(utvei_settings INTERFACE UTVEI_SANITIZED)
elseif(UTVEI_SANITIZE STREQUAL "thread")
  target_compile_options(utvei_settings INTERFACE -fsanitize=thread)
  target_link_options(utvei_settings INTERFACE -fsanitize=thread)
  # Debian's oneTBB is not instrumented and gives false races: the parallel loop is std::thread there.
  target_compile_definitions(utvei_settings INTERFACE UTVEI_SANITIZED UTVEI_STD_THREADS)
endif()

# utvei_unity(TARGET): most of a first build goes into the headers of libraries, read once for several files here. Helpers of one folder therefore
# have names of their own, also in unnamed namespaces.
function(utvei_unity target)
  set_target_properties(${target} PROPERTIES UNITY_BUILD ${UTVEI_UNITY} UNITY_BUILD_BATCH_SIZE 12)
endfunction()

function(utvei_module name)
  cmake_parse_arguments(M "LOOPS" "" "USES;PRIVATE" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp)
  if(NOT sources)
    file(WRITE ${CMAKE_CURRENT_BINARY_DIR}/empty.cpp "")
    set(sources ${CMAKE_CURRENT_BINARY_DIR}/empty.cpp)
  endif()
  add_library(utvei_${name} STATIC ${sources})
  set_property(GLOBAL APPEND PROPERTY UTVEI_MODULES utvei_${name})
  target_include_directories(utvei_${name} PRIVATE ${CMAKE_CURRENT_SOURCE_DIR})
  target_link_libraries(utvei_${name} PUBLIC utvei_settings)
  foreach(used IN LISTS M_USES)
    target_link_libraries(utvei_${name} PUBLIC utvei_${used})
  endforeach()
  target_link_libraries(utvei_${name} PRIVATE ${M_PRIVATE})
  target_compile_options(utvei_${name} PRIVATE -Wshadow)  # in tests a neighbour's name would count as shadowed
  if(M_LOOPS)
    # Holds the inner loops: compiled as one unit, inlining makes them 4 to 9 % slower; unoptimised, tests under a sanitizer take minutes.
    target_compile_options(utvei_${name} PRIVATE $<$<BOOL:${UTVEI_SANITIZE}>:-O1>)
  else()
    utvei_unity(utvei_${name})
  endif()
endfunction()

# utvei_test(NAME DIRECTORY folder USES modules... PRIVATE libraries...): one GoogleTest program of a folder's .cpp files.
# The tests carry the folder as their label (unit.core, property); suites whose name starts with Long are labelled long instead.
function(utvei_test name)
  cmake_parse_arguments(T "" "DIRECTORY" "USES;PRIVATE" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${T_DIRECTORY}/*.cpp)
  if(NOT sources)
    return()
  endif()
  add_executable(${name} ${sources})
  foreach(used IN LISTS T_USES)
    target_link_libraries(${name} PRIVATE utvei_${used})
  endforeach()
  target_link_libraries(${name} PRIVATE utvei_settings GTest::gmock GTest::gtest_main ${T_PRIVATE})
  utvei_unity(${name})
  if(NOT UTVEI_SANITIZE)
    target_compile_options(${name} PRIVATE -O1)  # the time of a test goes into compiling it
  endif()
  target_include_directories(${name} PRIVATE ${CMAKE_SOURCE_DIR}/tests ${CMAKE_SOURCE_DIR}/tests/support)
  target_compile_definitions(${name} PRIVATE UTVEI_SOURCE_DIR="${CMAKE_SOURCE_DIR}" UTVEI_BINARY_DIR="${CMAKE_BINARY_DIR}")
  file(RELATIVE_PATH label ${CMAKE_SOURCE_DIR}/tests ${T_DIRECTORY})
  string(REPLACE "/" "." label ${label})
  gtest_discover_tests(${name} DISCOVERY_MODE PRE_TEST TEST_FILTER "-Long*" PROPERTIES TIMEOUT 600 LABELS ${label})
  gtest_discover_tests(${name} DISCOVERY_MODE PRE_TEST TEST_FILTER "Long*" PROPERTIES TIMEOUT 36000 LABELS long)
endfunction()
