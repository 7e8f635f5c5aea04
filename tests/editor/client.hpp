// A client of the server in memory: a folder of files, requests, what was published.
#pragma once

#include "base/files.hpp"
#include "editor/places.hpp"
#include "editor/server.hpp"

#include <gtest/gtest.h>
#include <map>
#include <nlohmann/json.hpp>
#include <string>

namespace casus::editor {

using Json = nlohmann::json;

struct Folder final : Files {
  std::map<std::string, std::string, std::less<>> texts{};
  FileContent read(std::string_view path) const override {
    const auto at = texts.find(path);
    if (at == texts.end()) return {.bytes = {}, .problem = "no such file"};
    return {.bytes = at->second, .problem = {}};
  }
};

inline constexpr const char* main_path = "/a case/model.casus";
inline constexpr const char* part_path = "/a case/part.casus";

inline std::string main_text() {
  return "casus 1\n"
         "case \"Two of them \xF0\x9F\x98\x80\"\n"
         "    time from 2000-01 to 2003-12 by month\n"
         "    claims \"claims.toml\"\n"
         "include \"part.casus\"\n"
         "set Side = left, right                     because c1\n"
         "data price from \"prices.csv\" unit \"USD\"\n"
         "param wear ~ beta(2, 18) unit \"1 / year\"  because c1, c2\n"
         "    \"how fast it wears\"\n"
         "state stock[s in Side] = 5 then stock[s] - dt * wear * stock[s]\n"
         "let whole = sum(s in Side: stock[s])       \"\xC3\xA9t\xC3\xA9\"\n"
         "function twice(x) = 2 * x\n"
         "let more = twice(whole) + log(price / 1 \"USD\")\n"
         "measure held = whole at end\n"
         "whatif none_left \"gone\"\n"
         "    from 2001-01 wear := 0\n";
}

inline std::string part_text() {
  return "state phase : {calm, open} = calm then (open if attack == strike else phase)\n"
         "game quarrel while phase == calm rationality 2\n"
         "    attack by left: hold, strike\n"
         "    answer by right: bear, strike_back   if attack == strike\n"
         "    let gain = 0.5 * whole\n"
         "    payoff left = cases\n"
         "        attack == hold : 0\n"
         "        otherwise      : gain - wear / 1 \"1 / year\" * (answer == bear)\n"
         "    payoff right = -whole * (attack == strike)\n";
}

inline std::string claims_text() {
  return "[[source]]\nid = \"s1\"\ntitle = \"A book\"\nreliability = \"high\"\n"
         "[[claim]]\nid = \"c1\"\nsource = \"s1\"\nstatement = \"They were two.\"\n"
         "[[claim]]\nid = \"c2\"\nsource = \"s1\"\nstatement = \"It wore out.\"\n";
}

class Client : public testing::Test {
 protected:
  Client() : server_(folder) {
    folder.texts = {
        {main_path, main_text()},
        {part_path, part_text()},
        {"/a case/claims.toml", claims_text()},
        {"/a case/prices.csv", "date,price,other\n2000,3,4\n2001,4,5\n2002,5,6\n2003,5,7\n"}};
  }

  void start() { EXPECT_TRUE(ask("initialize", Json::object()).contains("capabilities")); }

  void say(const std::string& method, const Json& params) {
    server_.receive(Json{{"jsonrpc", "2.0"}, {"method", method}, {"params", params}}.dump());
  }

  /// The answer, whole.
  Json answer(const std::string& method, const Json& params) {
    ++n_requests_;
    server_.receive(
        Json{{"jsonrpc", "2.0"}, {"id", n_requests_}, {"method", method}, {"params", params}}
            .dump());
    for (const std::string& each : server_.take_messages()) {
      const Json json = Json::parse(each);
      if (json.value("id", Json()) == n_requests_) return json;
    }
    ADD_FAILURE() << "no answer to " << method;
    return {};
  }
  Json ask(const std::string& method, const Json& params) {
    const Json whole = answer(method, params);
    EXPECT_FALSE(whole.contains("error")) << whole;
    return whole.value("result", Json());
  }

  void open(const std::string& path, const std::string& text) {
    say("textDocument/didOpen",
        {{"textDocument",
          {{"uri", uri_of_path(path)}, {"languageId", "casus"}, {"version", 1}, {"text", text}}}});
    texts_[path] = text;
  }
  void change(const std::string& path, const std::string& text) {
    say("textDocument/didChange", {{"textDocument", {{"uri", uri_of_path(path)}, {"version", 2}}},
                                   {"contentChanges", Json::array({{{"text", text}}})}});
    texts_[path] = text;
  }

  /// What is said about a file now.
  Json diagnostics(const std::string& path) {
    server_.publish();
    for (const std::string& each : server_.take_messages()) {
      const Json json = Json::parse(each);
      if (json.value("method", "") != "textDocument/publishDiagnostics") continue;
      published_[json["params"]["uri"]] = json["params"]["diagnostics"];
    }
    return published_[uri_of_path(path)];
  }

  /// The place `after` characters into the first `word` of an open text.
  Json at(const std::string& path, const std::string& word, std::size_t after = 0) const {
    const std::string& text = texts_.at(path);
    const std::size_t byte = text.find(word);
    EXPECT_NE(byte, std::string::npos) << word;
    const std::string before = text.substr(0, byte);
    const auto line = std::count(before.begin(), before.end(), '\n');
    const std::size_t begin = before.rfind('\n') + 1;
    return place(path, static_cast<std::size_t>(line), utf16_length(before.substr(begin)) + after);
  }
  static Json place(const std::string& path, std::size_t line, std::size_t character) {
    return {{"textDocument", {{"uri", uri_of_path(path)}}},
            {"position", {{"line", line}, {"character", character}}}};
  }

  std::string hover(const Json& params) {
    const Json result = ask("textDocument/hover", params);
    return result.is_null() ? "" : result["contents"]["value"].get<std::string>();
  }
  std::vector<std::string> completions(const Json& params) {
    std::vector<std::string> labels;
    for (const Json& each : ask("textDocument/completion", params)) labels.push_back(each["label"]);
    return labels;
  }
  /// The text of `path` after the edits of a rename.
  std::string edited(const Json& edit, const std::string& path) const {
    std::string text = texts_.contains(path) ? texts_.at(path) : folder.texts.at(path);
    Sources sources;
    const FileId file = sources.add("", text);
    std::vector<std::pair<Span, std::string>> edits;
    for (const Json& each : edit["changes"].value(uri_of_path(path), Json::array())) {
      const auto byte = [&](const char* which) {
        const Json& position = each["range"][which];
        return byte_at(sources, file, {position["line"], position["character"]});
      };
      edits.push_back({{file, byte("start"), byte("end")}, each["newText"]});
    }
    std::sort(edits.begin(), edits.end(),
              [](const auto& a, const auto& b) { return a.first.begin > b.first.begin; });
    for (const auto& [span, with] : edits) text.replace(span.begin, span.end - span.begin, with);
    return text;
  }

  Folder folder{};
  Server& server() { return server_; }

 private:
  Server server_;
  std::map<std::string, std::string> texts_{};
  std::map<std::string, Json> published_{};
  int n_requests_ = 0;
};

}  // namespace casus::editor
