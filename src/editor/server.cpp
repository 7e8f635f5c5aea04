// Texts, cases, what is wrong with them.
#include "editor/server.hpp"

#include "editor/messages.hpp"
#include "editor/requests.hpp"

#include <utility>

namespace casus::editor {
namespace {

using Json = nlohmann::json;

constexpr int parse_error = -32700;
constexpr int invalid_request = -32600;
constexpr int method_not_found = -32601;
constexpr int invalid_params = -32602;
constexpr int internal_error = -32603;
constexpr int not_initialized = -32002;

}  // namespace

Server::Server(const Files& files) : files_(files) {}
Server::~Server() = default;

void Server::receive(std::string_view message) {
  const Json json = Json::parse(message, nullptr, false);
  if (json.is_discarded()) return fail(nullptr, parse_error, "this is no JSON");
  if (!json.is_object()) return fail(nullptr, invalid_request, "a message is an object");
  const auto method = json.find("method");
  if (method == json.end()) {
    if (!json.contains("id")) fail(nullptr, invalid_request, "a message without a method");
    return;  // else an answer: casus asks nothing
  }
  if (!method->is_string()) return fail(nullptr, invalid_request, "a method is a text");
  dispatch(json);
}

void Server::dispatch(const Json& message) {
  const Json id = message.value("id", Json());
  const bool asks = message.contains("id");
  const std::string method = message.at("method").get<std::string>();
  if (method == "exit") {
    exit_code_ = shut_down_ ? 0 : 1;
    return;
  }
  const Request* request = find_request(method);
  const bool early = !initialized_ && method != "initialize";
  if (request != nullptr && !early && !shut_down_) return answer(*request, message);
  if (!asks) return;
  if (request == nullptr) return fail(id, method_not_found, "casus has no method " + method);
  fail(id, early ? not_initialized : invalid_request, early ? "not initialized" : "shut down");
}

void Server::answer(const Request& request, const Json& message) {
  const Json id = message.value("id", Json());
  const bool asks = message.contains("id");
  const auto params = message.find("params");
  try {
    const Json result = request.handle(*this, params == message.end() ? Json() : *params);
    if (asks) send({{"jsonrpc", "2.0"}, {"id", id}, {"result", result}});
  } catch (const Refused& refused) {
    if (asks) fail(id, invalid_params, refused.why);
  } catch (const Json::exception& error) {
    if (asks) fail(id, invalid_params, error.what());
  } catch (const std::exception& error) {
    if (asks) fail(id, internal_error, error.what());
  }
}

void Server::send(const Json& message) { messages_.push_back(dumped(message)); }

void Server::fail(const Json& id, int code, std::string_view what) {
  send({{"jsonrpc", "2.0"}, {"id", id}, {"error", {{"code", code}, {"message", what}}}});
}

std::vector<std::string> Server::take_messages() { return std::exchange(messages_, {}); }

void Server::changed() {
  for (auto& [main_file, known] : cases_) {
    if (known.view->readable) readable_[main_file] = std::move(known);
  }
  cases_.clear();
  main_files_.clear();
  stale_ = true;
}

const Server::Known& Server::known(const std::string& path) {
  const auto at = main_files_.find(path);
  if (at != main_files_.end()) return known_case(at->second);
  const std::string main_file = main_file_of(path, files_);
  main_files_.emplace(path, main_file);
  return known_case(main_file);
}

const Server::Known& Server::known_case(const std::string& main_file) {
  const auto at = cases_.find(main_file);
  if (at != cases_.end()) return at->second;
  Known made{.view = view_case(main_file, files_), .names = nullptr};
  made.names = std::make_unique<const Names>(*made.view);
  return cases_.emplace(main_file, std::move(made)).first->second;
}

const Server::Known& Server::last_readable(const Known& known) const {
  if (known.view->readable) return known;
  const auto at = readable_.find(known.view->main_file);
  return at == readable_.end() ? known : at->second;
}

std::string Server::uri_of(const std::string& path) const {
  const auto at = open_.find(path);
  return at == open_.end() ? uri_of_path(path) : at->second;
}

void Server::publish_case(const Known& known, std::map<std::string, std::string>& texts) const {
  const CaseView& view = *known.view;
  const auto uri = [this](const std::string& path) { return uri_of(path); };
  std::map<std::string, Json> by_uri;
  for (const Diagnostic& each : view.found.sorted()) {
    const std::string path =
        each.has_place ? view.sources.name(each.primary.span.file) : view.main_file;
    by_uri[uri_of(path)].push_back(diagnostic_json(view.sources, each, uri));
  }
  for (const auto& [of, list] : by_uri) texts[of] = dumped(list);
}

void Server::publish() {
  stale_ = false;
  std::map<std::string, std::string> texts;
  for (const auto& [path, uri] : open_) texts.emplace(uri, "[]");
  std::set<std::string> done;
  for (const auto& [path, uri] : open_) {
    try {
      const Known& of = known(path);
      if (done.insert(of.view->main_file).second) publish_case(of, texts);
    } catch (const std::exception& error) {
      const Json fault{
          {"range",
           {{"start", {{"line", 0}, {"character", 0}}}, {"end", {{"line", 0}, {"character", 0}}}}},
          {"severity", 1},
          {"source", "casus"},
          {"message", std::string("casus has a fault of its own: ") + error.what()}};
      texts[uri] = dumped(Json::array({fault}));
    }
  }
  for (const auto& [uri, text] : published_) {
    if (text != "[]") texts.emplace(uri, "[]");
  }
  for (const auto& [uri, text] : texts) {
    const auto before = published_.find(uri);
    if (before != published_.end() && before->second == text) continue;
    published_[uri] = text;
    send({{"jsonrpc", "2.0"},
          {"method", "textDocument/publishDiagnostics"},
          {"params", {{"uri", uri}, {"diagnostics", Json::parse(text)}}}});
  }
}

}  // namespace casus::editor
