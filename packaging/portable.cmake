# utvei_portable: the same program for machines that have none of the libraries. HDF5 and what else can be is linked statically; what Debian has as
# shared libraries only, and what these need, lies beside it, with the licences of all. Debian's static HDF5 leaves out the network drivers that the shared one brings along.
set(static_libraries)
foreach(name hdf5_hl hdf5 sz aec yaml-cpp deflate)
  find_library(UTVEI_STATIC_${name} NAMES lib${name}.a PATH_SUFFIXES hdf5/serial)
  if(NOT UTVEI_STATIC_${name})
    message(STATUS "No tarball without lib${name}.a")
    return()
  endif()
  list(APPEND static_libraries ${UTVEI_STATIC_${name}})
endforeach()
if(NOT UTVEI_PYTHON OR UTVEI_SANITIZE)
  return()
endif()

get_property(modules GLOBAL PROPERTY UTVEI_MODULES)
set(own_libraries $<TARGET_FILE:utvei_cli>)
foreach(module IN LISTS modules)
  list(APPEND own_libraries $<TARGET_FILE:${module}>)
endforeach()

add_executable(utvei_portable EXCLUDE_FROM_ALL ${CMAKE_SOURCE_DIR}/sim/cli/main.cpp)
add_dependencies(utvei_portable utvei_cli ${modules})
target_include_directories(utvei_portable PRIVATE $<TARGET_PROPERTY:utvei_cli,INTERFACE_INCLUDE_DIRECTORIES>)
target_link_libraries(utvei_portable PRIVATE utvei_settings
  -Wl,--start-group ${own_libraries} -Wl,--end-group ${static_libraries}
  ${XLSXWRITER_LIBRARY} ${READSTAT_LIBRARY} PkgConfig::HTTPLIB OpenSSL::Crypto ZLIB::ZLIB TBB::tbb ${HWY_LIBRARY} fmt::fmt ${CMAKE_DL_LIBS} m)
# An rpath that holds for the libraries of libraries, too, and goes before LD_LIBRARY_PATH.
target_link_options(utvei_portable PRIVATE -Wl,--disable-new-dtags)
set_target_properties(utvei_portable PROPERTIES BUILD_WITH_INSTALL_RPATH ON INSTALL_RPATH "$ORIGIN/../lib" LINK_DEPENDS "${static_libraries}")

# utvei_portable's libraries, their licences, and a text that says what the machine must have.
set(bundle ${CMAKE_CURRENT_BINARY_DIR}/bundle)
add_custom_target(utvei_bundle
  COMMAND ${UTVEI_PYTHON} -B ${CMAKE_CURRENT_SOURCE_DIR}/bundle.py $<TARGET_FILE:utvei_portable> ${PROJECT_VERSION} -o ${bundle}
          ${static_libraries}
  DEPENDS utvei_portable VERBATIM)
install(PROGRAMS $<TARGET_FILE:utvei_portable> DESTINATION bin RENAME utvei COMPONENT portable EXCLUDE_FROM_ALL)
install(DIRECTORY ${bundle}/ DESTINATION . COMPONENT portable EXCLUDE_FROM_ALL)
