// One function a method.
#include "editor/requests.hpp"

#include "case/version.hpp"
#include "editor/format.hpp"
#include "editor/messages.hpp"

#include <algorithm>
#include <array>

namespace casus::editor {

using Json = nlohmann::json;

/// Answers; static functions of one struct, which the server lets at its texts and cases.
struct Requests {
  static std::string path_of(const Json& params) {
    const auto uri = params.at("textDocument").at("uri").get<std::string>();
    const auto path = path_of_uri(uri);
    if (!path) throw Refused{"casus knows files only, not " + uri};
    return normal_path(*path);
  }

  /// The word at the place that `params` name, in its case.
  struct At {
    const Server::Known* known = nullptr;
    FileId file{};
    std::uint32_t byte = 0;
    const Occurrence* word = nullptr;  ///< nullptr when there is none, or the file is not read
    bool in_file = false;
  };

  static At place(Server& server, const Json& params) {
    const std::string path = path_of(params);
    At at{.known = &server.known(path)};
    const CaseFile* file = at.known->view->find_file(path);
    if (file == nullptr) return at;
    const Json& position = params.at("position");
    const auto whole = [&position](const char* name) {
      return static_cast<std::size_t>(
          std::max<std::int64_t>(0, position.at(name).get<std::int64_t>()));
    };
    at.file = file->id;
    at.in_file = true;
    at.byte = byte_at(at.known->view->sources, file->id, {whole("line"), whole("character")});
    at.word = at.known->names->at(at.file, at.byte);
    return at;
  }

  static auto uris(const Server& server) {
    return [&server](const std::string& path) { return server.uri_of(path); };
  }

  static Json initialize(Server& server, const Json& /*params*/) {
    server.initialized_ = true;
    const Json capabilities{
        {"textDocumentSync", {{"openClose", true}, {"change", 1}, {"save", true}}},
        {"hoverProvider", true},
        {"definitionProvider", true},
        {"referencesProvider", true},
        {"documentHighlightProvider", true},
        {"documentSymbolProvider", true},
        {"documentFormattingProvider", true},
        {"renameProvider", {{"prepareProvider", true}}},
        {"completionProvider", {{"triggerCharacters", {"~", "=", "(", "[", ","}}}}};
    return {{"capabilities", capabilities},
            {"serverInfo", {{"name", "casus"}, {"version", cases::version()}}}};
  }

  static Json nothing(Server& /*server*/, const Json& /*params*/) { return {}; }

  static Json shutdown(Server& server, const Json& /*params*/) {
    server.shut_down_ = true;
    return {};
  }

  static Json open(Server& server, const Json& params) {
    const std::string path = path_of(params);
    const Json& document = params.at("textDocument");
    std::string text = document.at("text").get<std::string>();
    server.open_[path] = document.at("uri").get<std::string>();
    server.files_.put(path, std::move(text));
    server.changed();
    return {};
  }

  static Json change(Server& server, const Json& params) {
    const std::string path = path_of(params);
    const Json& changes = params.at("contentChanges");
    if (!server.open_.contains(path) || !changes.is_array() || changes.empty()) return {};
    if (changes.back().contains("range")) return {};  // only whole texts were agreed on
    server.files_.put(path, changes.back().at("text").get<std::string>());
    server.changed();
    return {};
  }

  static Json close(Server& server, const Json& params) {
    const std::string path = path_of(params);
    server.open_.erase(path);
    server.files_.drop(path);
    server.changed();
    return {};
  }

  static Json reread(Server& server, const Json& /*params*/) {
    server.changed();
    return {};
  }

  static Json hover_at(Server& server, const Json& params) {
    const At at = place(server, params);
    if (at.word == nullptr) return {};
    std::string text = hover(*at.known->view, *at.known->names, *at.word);
    const Server::Known& before = server.last_readable(*at.known);
    if (text.empty() && &before != at.known) {
      const Occurrence word{.span = {}, .symbol = before.names->find(at.word->symbol.text)};
      text = hover(*before.view, *before.names, word);
    }
    if (text.empty()) return {};
    return {{"contents", {{"kind", "markdown"}, {"value", text}}},
            {"range", range_json(at.known->view->sources, at.word->span)}};
  }

  static Json definition(Server& server, const Json& params) {
    const At at = place(server, params);
    Json list = Json::array();
    if (at.word == nullptr) return list;
    const CaseView& view = *at.known->view;
    for (const Target& target : definitions(view, *at.known->names, *at.word)) {
      if (target.read) {
        list.push_back(location_json(view.sources, target.span, uris(server)));
      } else {
        const Json begin{{"line", 0}, {"character", 0}};
        list.push_back(
            {{"uri", server.uri_of(target.path)}, {"range", {{"start", begin}, {"end", begin}}}});
      }
    }
    return list;
  }

  static bool can_stand_elsewhere(const Occurrence& word) {
    return word.symbol.kind != Symbol::Kind::unknown && word.symbol.kind != Symbol::Kind::column;
  }

  static Json references(Server& server, const Json& params) {
    const At at = place(server, params);
    Json list = Json::array();
    if (at.word == nullptr || !can_stand_elsewhere(*at.word)) return list;
    const auto context = params.find("context");
    const bool all = context == params.end() || context->value("includeDeclaration", true);
    for (const Occurrence& each : at.known->names->all_of(at.word->symbol)) {
      if (!all && each.declares) continue;
      list.push_back(location_json(at.known->view->sources, each.span, uris(server)));
    }
    return list;
  }

  static Json highlight(Server& server, const Json& params) {
    const At at = place(server, params);
    Json list = Json::array();
    if (at.word == nullptr || !can_stand_elsewhere(*at.word)) return list;
    for (const Occurrence& each : at.known->names->all_of(at.word->symbol)) {
      if (each.span.file != at.file) continue;
      list.push_back({{"range", range_json(at.known->view->sources, each.span)}});
    }
    return list;
  }

  static Json prepare_rename(Server& server, const Json& params) {
    const At at = place(server, params);
    if (at.word == nullptr || !can_rename(*at.word)) return {};
    return {{"range", range_json(at.known->view->sources, at.word->span)},
            {"placeholder", at.word->symbol.text}};
  }

  static Json rename_at(Server& server, const Json& params) {
    const std::string name = params.at("newName").get<std::string>();
    const At at = place(server, params);
    if (at.word == nullptr) throw Refused{"there is no name here"};
    const CaseView& view = *at.known->view;
    const Renaming made = rename(view, *at.known->names, *at.word, name, server.files_);
    if (!made.problem.empty()) throw Refused{made.problem};
    Json changes = Json::object();
    for (const Span span : made.places) {
      changes[server.uri_of(view.sources.name(span.file))].push_back(
          {{"range", range_json(view.sources, span)}, {"newText", name}});
    }
    return {{"changes", changes}};
  }

  static Json complete(Server& server, const Json& params) {
    const At at = place(server, params);
    if (!at.in_file) return Json::array();
    const Server::Known& before = server.last_readable(*at.known);
    const Typed typed(*at.known->view, *at.known->names, at.file, at.byte);
    return suggestions_json(suggestions(*before.view, *before.names, typed));
  }

  static Json symbols(Server& server, const Json& params) {
    const std::string path = path_of(params);
    const Server::Known& known = server.known(path);
    const CaseFile* file = known.view->find_file(path);
    if (file == nullptr) return Json::array();
    return outline_json(known.view->sources, outline(*known.view, file->id));
  }

  /// One edit of the whole text; null where the lexer finds faults.
  static Json formatting(Server& server, const Json& params) {
    const FileContent content = server.files_.read(path_of(params));
    if (!content) return {};
    Sources sources;
    Diagnostics faults;
    const FileId file = sources.add("", content.bytes);
    const std::optional<std::string> text = format(file, sources, faults);
    if (!text) return {};
    if (*text == content.bytes) return Json::array();
    const Span whole{file, 0, static_cast<std::uint32_t>(content.bytes.size())};
    return Json::array({{{"range", range_json(sources, whole)}, {"newText", *text}}});
  }
};

namespace {

constexpr std::array table{
    Request{"initialize", Requests::initialize},
    Request{"initialized", Requests::nothing},
    Request{"shutdown", Requests::shutdown},
    Request{"textDocument/didOpen", Requests::open},
    Request{"textDocument/didChange", Requests::change},
    Request{"textDocument/didClose", Requests::close},
    Request{"textDocument/didSave", Requests::reread},
    Request{"workspace/didChangeWatchedFiles", Requests::reread},
    Request{"textDocument/hover", Requests::hover_at},
    Request{"textDocument/definition", Requests::definition},
    Request{"textDocument/references", Requests::references},
    Request{"textDocument/documentHighlight", Requests::highlight},
    Request{"textDocument/prepareRename", Requests::prepare_rename},
    Request{"textDocument/rename", Requests::rename_at},
    Request{"textDocument/completion", Requests::complete},
    Request{"textDocument/documentSymbol", Requests::symbols},
    Request{"textDocument/formatting", Requests::formatting},
};

}  // namespace

const Request* find_request(std::string_view method) {
  const auto* const row = std::find_if(
      table.begin(), table.end(), [method](const Request& each) { return each.method == method; });
  return row == table.end() ? nullptr : row;
}

}  // namespace casus::editor
