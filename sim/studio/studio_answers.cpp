// SPDX-License-Identifier: Apache-2.0
// What the server answers once it knows who asks for what.
#include "studio_server.hpp"

#include <chrono>
#include <memory>
#include <utility>

#include <fmt/format.h>

namespace utvei {
namespace {

using AnswerJson = nlohmann::ordered_json;
using namespace std::chrono_literals;

constexpr char const* policy_of_page =
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// What stands where a page is asked for without the token: after a reload the tab has it still. A token that was tried
/// and is not right is forgotten, or the page would ask for ever.
constexpr std::string_view script_of_door =
    "const key = \"utvei-studio-token\";\n"
    "try {\n"
    "  const kept = sessionStorage.getItem(key);\n"
    "  if (location.search.includes(\"token=\")) sessionStorage.removeItem(key);\n"
    "  else if (kept) location.replace(\"/?token=\" + encodeURIComponent(kept) + location.hash);\n"
    "} catch {}\n";

constexpr std::string_view page_of_door =
    "<!DOCTYPE html>\n<html lang=\"nb\">\n<head>\n<meta charset=\"utf-8\">\n<title>utvei studio</title>\n"
    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n</head>\n<body>\n<main>\n"
    "<h1>utvei studio</h1>\n"
    "<p>Åpne adressen som programmet skrev i vinduet der du startet det: den har nøkkelen til denne siden.</p>\n"
    "<p lang=\"nn\">Opne adressa som programmet skreiv i vindauget der du starta det: ho har nøkkelen til denne "
    "sida.</p>\n"
    "<p lang=\"en\">Open the address that the program printed where you started it: it has the key to this page.</p>\n"
    "</main>\n<script nonce=\"{}\">{}</script>\n</body>\n</html>\n";

void answer_json(httplib::Response& response, int status, AnswerJson const& json) {
  response.status = status;
  response.set_content(json.dump(-1, ' ', false, AnswerJson::error_handler_t::replace), "application/json");
}

AnswerJson json_of_faults(std::vector<TryRefusal::Fault> const& faults) {
  AnswerJson json{{"errors", AnswerJson::array()}};
  for (TryRefusal::Fault const& fault : faults)
    json["errors"].push_back(
        {{"lever", fault.lever.empty() ? AnswerJson(nullptr) : AnswerJson(fault.lever)},
         {"message", {{"nb", fault.message.nb}, {"nn", fault.message.nn}, {"en", fault.message.en}}}});
  return json;
}

/// What of a body cannot be read goes into `faults`; nothing is returned for what is no request at all.
std::optional<TryRequest> read_try(std::string const& body, std::vector<TryRefusal::Fault>& faults) {
  auto const json = AnswerJson::parse(body, nullptr, false);
  bool const is_try = json.is_object() && json.contains("scenario") && json["scenario"].is_string() &&
                      json.contains("name") && json["name"].is_string() &&
                      (!json.contains("levers") || json["levers"].is_object());
  if (!is_try) return std::nullopt;
  TryRequest request{json["scenario"].get<std::string>(), json["name"].get<std::string>()};
  for (auto const& [key, value] : json.items())
    if (key != "scenario" && key != "name" && key != "levers")
      faults.push_back({"", same_in_all(fmt::format("`{}`?", key))});
  if (!json.contains("levers")) return request;
  for (auto const& [id, value] : json["levers"].items()) {
    if (value.is_number()) {
      request.levers[id] = value.get<double>();
    } else if (value.is_string()) {
      request.levers[id] = value.get<std::string>();
    } else {
      faults.push_back(
          {id, {"Skriv et tall eller en dato.", "Skriv eit tal eller ein dato.", "Write a number or a date."}});
    }
  }
  return request;
}

/// `data:` before each line: an event has no others.
std::string event_text(std::string const& event, std::string data) {
  while (data.ends_with('\n')) data.pop_back();
  for (std::size_t at = data.find('\n'); at != std::string::npos; at = data.find('\n', at + 1))
    data.insert(at + 1, "data: ");
  return fmt::format("event: {}\ndata: {}\n\n", event, data);
}

/// One listener to a run, from its first event to its end.
class Listener {
 public:
  Listener(std::shared_ptr<StudioRun> run, std::atomic<int>& streams) : run_{std::move(run)}, streams_{streams} {
    run_->join_listener();
  }
  ~Listener() {
    run_->leave_listener();
    --streams_;
  }
  Listener(Listener const&) = delete;
  Listener& operator=(Listener const&) = delete;

  /// The next event, or a line that only finds out whether somebody is there. False: the stream is over.
  bool send_next(httplib::DataSink& sink) {
    if (!sink.is_writable()) return false;
    auto const news = run_->wait_for_news(seen_, 250ms);
    std::string text = ": \n\n";
    if (!news.end.empty()) {
      text = event_text(news.end, news.data);
    } else if (news.version != seen_) {
      AnswerJson const progress{{"done", news.done}, {"total", news.total}, {"stage", news.stage}};
      text = event_text("progress", progress.dump());
    }
    bool const is_quick = news.version != seen_ && news.end.empty();
    seen_ = news.version;
    if (!sink.write(text.data(), text.size())) return false;
    if (!news.end.empty()) {
      has_told_end_ = true;
      sink.done();
    } else if (is_quick) {
      // Not more often than anybody could see.
      std::this_thread::sleep_for(50ms);
    }
    return true;
  }
  [[nodiscard]] bool has_told_end() const { return has_told_end_; }

 private:
  std::shared_ptr<StudioRun> run_;
  std::atomic<int>& streams_;
  std::uint64_t seen_{0};
  bool has_told_end_{false};
};

}  // namespace

void StudioServer::send_page(Response& response) const {
  response.set_header("Content-Security-Policy", policy_of_page);
  response.set_content(workbench_.page(), "text/html; charset=utf-8");
}

void StudioServer::send_door(Response& response) const {
  std::string const nonce = random_token();
  response.status = 403;
  response.set_header("Content-Security-Policy",
                      fmt::format("default-src 'none'; script-src 'nonce-{}'; base-uri 'none'; form-action 'none'; "
                                  "frame-ancestors 'none'",
                                  nonce));
  response.set_content(fmt::format(fmt::runtime(page_of_door), nonce, script_of_door), "text/html; charset=utf-8");
}

void StudioServer::send_events(std::string const& id, Response& response) {
  auto run = workbench_.run(id);
  if (!run) {
    refuse(response, 404, "there is no such run: it may have ended");
    return;
  }
  if (++streams_ > most_streams) {
    --streams_;
    refuse(response, 503, "eight streams of events are open already");
    return;
  }
  auto const listener = std::make_shared<Listener>(std::move(run), streams_);
  response.set_chunked_content_provider(
      "text/event-stream", [listener](std::size_t, httplib::DataSink& sink) { return listener->send_next(sink); },
      [this, listener, id](bool) {
        if (listener->has_told_end()) workbench_.forget(id);
      });
}

void StudioServer::send_yaml(std::string const& name, Response& response) const {
  std::string const yaml = workbench_.yaml_of(name);
  if (yaml.empty()) {
    refuse(response, 404, "there is no such try");
    return;
  }
  response.set_content(yaml, "text/yaml; charset=utf-8");
}

void StudioServer::remove(std::string const& name, Response& response) {
  switch (workbench_.remove(name)) {
    case Workbench::Removed::yes:
      response.status = 200;
      response.set_content("{\"document\":" + workbench_.report() + "}", "application/json");
      return;
    case Workbench::Removed::last:
      refuse(response, 409, "one scenario beside the baseline stays");
      return;
    case Workbench::Removed::no_such:
      refuse(response, 404, "there is no such result, or it is the baseline");
      return;
  }
}

void StudioServer::begin(Request const& request, Response& response) {
  std::vector<TryRefusal::Fault> faults;
  auto const asked = read_try(request.body, faults);
  if (!asked) {
    refuse(response, 400, "the body must be a map with the texts scenario and name, and perhaps the map levers");
    return;
  }
  if (!faults.empty()) return answer_json(response, 422, json_of_faults(faults));
  auto const begun = workbench_.start(*asked);
  if (auto const* const id = std::get_if<std::string>(&begun)) return answer_json(response, 202, {{"run", *id}});
  auto const& refusal = std::get<TryRefusal>(begun);
  switch (refusal.why) {
    case TryRefusal::Why::wrong_values:
      return answer_json(response, 422, json_of_faults(refusal.faults));
    case TryRefusal::Why::name_taken:
      refuse(response, 409, "the name is taken");
      return;
    case TryRefusal::Why::busy:
      refuse(response, 503, "two runs are going already");
      return;
  }
}

void StudioServer::save(std::string const& name, Response& response) {
  auto const [saved, file, why] = workbench_.save(name);
  switch (saved) {
    case Workbench::Saved::yes:
      return answer_json(response, 201, {{"file", file}});
    case Workbench::Saved::is_there:
      refuse(response, 409, "the folder has a file of that name");
      return;
    case Workbench::Saved::files_changed:
      return answer_json(
          response, 409,
          {{"error", "files have changed"}, {"message", {{"nb", why.nb}, {"nn", why.nn}, {"en", why.en}}}});
    case Workbench::Saved::no_such_try:
      refuse(response, 404, "there is no such try");
      return;
    case Workbench::Saved::cannot_write:
      refuse(response, 500, "the file cannot be written");
      return;
  }
}

}  // namespace utvei
