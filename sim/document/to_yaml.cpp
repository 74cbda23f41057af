// SPDX-License-Identifier: Apache-2.0
#include <utvei/document/reader.hpp>
#include <utvei/document/value.hpp>

#include <string>

#include <yaml-cpp/emitter.h>

namespace utvei {
namespace {

/// Above this a YAML reader no longer finds a key's colon.
constexpr std::size_t longest_simple_key = 1000;

void write_text(YAML::Emitter& out, std::string const& text, bool quoted) {
  // What yaml-cpp would write plain is plain again when read, whatever it may mean.
  auto const is_plain = !quoted && text != "<<" && text.find_first_of("\r\n\t") == std::string::npos;
  if (!is_plain) out << YAML::DoubleQuoted;
  out << text;
}

void write(YAML::Emitter& out, Value const& value) {
  switch (value.kind) {
    case Value::Kind::null:
      out << YAML::Null;
      return;
    case Value::Kind::scalar:
      write_text(out, value.scalar, value.quoted);
      return;
    case Value::Kind::list:
      if (value.items.empty()) out << YAML::Flow;
      out << YAML::BeginSeq;
      for (auto const& item : value.items) write(out, item);
      out << YAML::EndSeq;
      return;
    case Value::Kind::map:
      if (value.members.empty()) out << YAML::Flow;
      out << YAML::BeginMap;
      for (auto const& member : value.members) {
        if (member.key.size() > longest_simple_key) out << YAML::LongKey;
        out << YAML::Key;
        write_text(out, member.key, member.key_quoted);
        out << YAML::Value;
        write(out, member.value);
      }
      out << YAML::EndMap;
      return;
  }
}

}  // namespace

std::string to_yaml(Value const& value) {
  YAML::Emitter out;
  write(out, value);
  return std::string{out.c_str(), out.size()} + "\n";
}

}  // namespace utvei
