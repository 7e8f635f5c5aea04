// The language server, question by question.
#include "editor/client.hpp"
#include "editor/wire.hpp"

#include <algorithm>

namespace casus::editor {
namespace {

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

bool holds(const std::vector<std::string>& list, const std::string& one) {
  return std::find(list.begin(), list.end(), one) != list.end();
}

TEST(Wire, FindsMessagesInPiecesOfBytes) {
  const std::string stream = framed("{\"a\":1}") + framed("") + framed("\xC3\xA9");
  Unframer input;
  std::vector<std::string> found;
  for (const char c : stream) {
    input.add(std::string(1, c));
    while (const auto message = input.next()) found.push_back(*message);
  }
  EXPECT_EQ(found, (std::vector<std::string>{"{\"a\":1}", "", "\xC3\xA9"}));
}

TEST(Wire, PassesOverHeadersWithoutALength) {
  Unframer input;
  input.add("Content-Length: many\r\n\r\nnonsense\r\n\r\n");
  input.add("content-length:2\r\nContent-Type: x\r\n\r\n{}");
  EXPECT_EQ(input.next().value_or("none"), "{}");
  EXPECT_FALSE(input.next());
}

TEST(Places, CountInUtf16) {
  Sources sources;
  const FileId file = sources.add("", "a\xC3\xA9\xF0\x9F\x98\x80z\r\nb");
  EXPECT_EQ(position_of(sources, file, 7), (Position{0, 4}));
  EXPECT_EQ(byte_at(sources, file, {0, 4}), 7U);
  EXPECT_EQ(byte_at(sources, file, {0, 99}), 8U);
  EXPECT_EQ(byte_at(sources, file, {1, 1}), 11U);
  EXPECT_EQ(byte_at(sources, file, {9, 9}), 11U);
  EXPECT_EQ(path_of_uri("file:///a%20b/%C3%A9.casus").value_or(""), "/a b/\xC3\xA9.casus");
  EXPECT_EQ(uri_of_path("/a b/\xC3\xA9"), "file:///a%20b/%C3%A9");
  EXPECT_FALSE(path_of_uri("untitled:1"));
}

TEST_F(Client, AnswersInOrderOfTheProtocol) {
  EXPECT_EQ(answer("textDocument/hover", Json::object())["error"]["code"], -32002);
  start();
  EXPECT_EQ(answer("textDocument/fly", Json::object())["error"]["code"], -32601);
  say("$/setTrace", Json::object());
  say("initialized", Json::object());
  EXPECT_TRUE(server().take_messages().empty());
  EXPECT_TRUE(ask("shutdown", nullptr).is_null());
  EXPECT_EQ(answer("textDocument/hover", Json::object())["error"]["code"], -32600);
  say("exit", Json::object());
  EXPECT_EQ(server().exit_code(), 0);
}

TEST_F(Client, LeavingWithoutShutdownIsAFault) {
  say("exit", Json::object());
  EXPECT_EQ(server().exit_code(), 1);
}

TEST_F(Client, SurvivesMalformedMessages) {
  start();
  open(main_path, main_text());
  for (const std::string message :
       {"", "{", "[]", "3", "{}", "{\"method\": 3}", "{\"id\": 1}", "\xFF\xFE",
        "{\"id\": 1, \"method\": \"textDocument/hover\"}",
        "{\"id\": [], \"method\": \"textDocument/hover\", \"params\": []}",
        "{\"id\": 1, \"method\": \"textDocument/hover\", \"params\": {\"textDocument\": 3}}",
        "{\"id\": 1, \"method\": \"textDocument/didOpen\", \"params\": {}}",
        "{\"method\": \"textDocument/didOpen\", \"params\": {\"textDocument\": {\"uri\": 1}}}",
        "{\"method\": \"textDocument/didChange\", \"params\": {\"textDocument\": {\"uri\": "
        "\"file:///x\"}, \"contentChanges\": 3}}"}) {
    server().receive(message);
    for (const std::string& each : server().take_messages()) {
      EXPECT_TRUE(Json::parse(each).contains("error")) << message;
    }
  }
  for (const Json& line : {Json(-1), Json(4'000'000'000), Json("x"), Json(nullptr)}) {
    Json params = place(main_path, 0, 0);
    params["position"]["line"] = line;
    (void)answer("textDocument/hover", params);
    params = place(main_path, 0, 0);
    params["position"]["character"] = line;
    (void)answer("textDocument/completion", params);
  }
  Json other = place(main_path, 0, 0);
  other["textDocument"]["uri"] = "untitled:Untitled-1";
  EXPECT_EQ(answer("textDocument/hover", other)["error"]["code"], -32602);
  EXPECT_TRUE(diagnostics(main_path).empty());
}

TEST_F(Client, PublishesWhatIsWrongWhereItIs) {
  start();
  open(main_path, main_text());
  EXPECT_EQ(diagnostics(main_path), Json::array());
  std::string wrong = main_text();
  wrong.replace(wrong.find("twice(whole)"), 12, "twice(wohle)");
  change(main_path, wrong);
  const Json found = diagnostics(main_path);
  ASSERT_EQ(found.size(), 1U) << found;
  EXPECT_EQ(found[0]["code"], "N101");
  EXPECT_EQ(found[0]["severity"], 1);
  EXPECT_TRUE(holds(found[0]["message"].get<std::string>(), "did you mean `whole`?")) << found;
  EXPECT_EQ(found[0]["range"], (Json{{"start", {{"line", 12}, {"character", 17}}},
                                     {"end", {{"line", 12}, {"character", 22}}}}));
  change(main_path, main_text());
  EXPECT_EQ(diagnostics(main_path), Json::array());
}

// The description before the fault holds a character that is one in UTF-16 and two bytes.
TEST_F(Client, CountsColumnsInUtf16) {
  start();
  open(main_path, main_text() + "let y = 1 \"\xF0\x9F\x98\x80\" because c9\n");
  const Json found = diagnostics(main_path);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0]["code"], "E009");
  EXPECT_EQ(found[0]["range"]["start"]["character"], 23);
}

TEST_F(Client, ChecksUnsavedTextOfEveryFileOfTheCase) {
  start();
  open(part_path, part_text());
  EXPECT_EQ(diagnostics(part_path), Json::array());
  std::string wrong = part_text();
  wrong.replace(wrong.find("calm, open"), 4, "clam");
  change(part_path, wrong);
  EXPECT_FALSE(diagnostics(part_path).empty());
  open(main_path, "casus 1\ncase \"x\"\n    time 4 steps\n");
  EXPECT_EQ(diagnostics(main_path), Json::array());
  say("textDocument/didClose", {{"textDocument", {{"uri", uri_of_path(main_path)}}}});
  EXPECT_FALSE(diagnostics(part_path).empty());
  say("textDocument/didClose", {{"textDocument", {{"uri", uri_of_path(part_path)}}}});
  EXPECT_EQ(diagnostics(part_path), Json::array());
}

TEST_F(Client, FaultsOfDataStandInTheData) {
  start();
  folder.texts["/a case/prices.csv"] = "date,price\n2000,3\n2001,x\n2002,3\n2003,3\n";
  open(main_path, main_text());
  const Json found = diagnostics("/a case/prices.csv");
  ASSERT_EQ(found.size(), 1U) << found;
  EXPECT_EQ(found[0]["range"]["start"], (Json{{"line", 2}, {"character", 5}}));
  folder.texts["/a case/prices.csv"] = "date,price\n2000,3\n2001,4\n2002,3\n2003,3\n";
  say("workspace/didChangeWatchedFiles", Json::object());
  EXPECT_EQ(diagnostics("/a case/prices.csv"), Json::array());
}

TEST_F(Client, HoverShowsDeclarationUnitAndClaims) {
  start();
  open(main_path, main_text());
  open(part_path, part_text());
  const std::string wear = hover(at(part_path, "wear", 2));
  EXPECT_TRUE(holds(wear, "```casus\nparam wear ~ beta(2, 18) unit")) << wear;
  EXPECT_TRUE(holds(wear, "param, unit 1 / year\n")) << wear;
  EXPECT_TRUE(holds(wear, "\nhow fast it wears\n")) << wear;
  EXPECT_TRUE(holds(wear, "- **c2** It wore out. (A book, high reliability)\n")) << wear;
  const std::string attack = hover(at(part_path, "attack == strike"));
  EXPECT_TRUE(holds(attack, "move of left in the game `quarrel`: hold, strike\n")) << attack;
  EXPECT_TRUE(holds(hover(at(part_path, "gain -")), "let of the game `quarrel`\n"));
  EXPECT_TRUE(holds(hover(at(main_path, "s] - dt")), "bound in this state\n"));
  EXPECT_TRUE(holds(hover(at(main_path, "x\n")), "bound in this function\n"));
  EXPECT_TRUE(holds(hover(at(main_path, "beta")), "beta(a, b)"));
  EXPECT_TRUE(holds(hover(at(main_path, "log(")), "the natural logarithm"));
  EXPECT_TRUE(holds(hover(at(main_path, "measure")), "What is reported"));
  EXPECT_EQ(hover(at(main_path, "c2")), "**c2** It wore out. (A book, high reliability)\n");
  EXPECT_EQ(hover(at(part_path, "strike else")), "`strike`: a label of attack\n");
  EXPECT_TRUE(holds(hover(at(main_path, "Side")), "2 labels: left, right\n"));
  EXPECT_EQ(hover(at(main_path, "\"how fast")), "");
}

TEST_F(Client, HoverShowsTheLabelsOfData) {
  start();
  const std::string text = main_text() + "data ruler[s in Side] : Side = left \"who rules\"\n";
  open(main_path, text);
  open(part_path, part_text());
  EXPECT_EQ(diagnostics(main_path), Json::array());
  const std::string said = hover(at(main_path, "ruler"));
  EXPECT_TRUE(holds(said, "```casus\ndata ruler[s in Side] : Side = left")) << said;
  EXPECT_TRUE(holds(said, "2 labels: left, right\n")) << said;
}

TEST_F(Client, FindsDefinitions) {
  start();
  open(main_path, main_text());
  open(part_path, part_text());
  const auto one = [this](const Json& place) {
    const Json found = ask("textDocument/definition", place);
    EXPECT_EQ(found.size(), 1U) << found;
    return found[0];
  };
  const Json whole = one(at(part_path, "whole"));
  EXPECT_EQ(whole["uri"], uri_of_path(main_path));
  EXPECT_EQ(whole["range"]["start"], (Json{{"line", 10}, {"character", 4}}));
  EXPECT_EQ(one(at(main_path, "c2"))["uri"], uri_of_path("/a case/claims.toml"));
  EXPECT_EQ(one(at(main_path, "c2"))["range"]["start"]["line"], 9);
  EXPECT_EQ(one(at(main_path, "part.casus"))["uri"], uri_of_path(part_path));
  EXPECT_EQ(one(at(main_path, "prices.csv"))["uri"], uri_of_path("/a case/prices.csv"));
  EXPECT_EQ(one(at(part_path, "gain -"))["range"]["start"]["line"], 4);
  EXPECT_EQ(one(at(part_path, "strike else"))["range"]["start"]["line"], 2);
  EXPECT_EQ(ask("textDocument/definition", at(main_path, "beta")), Json::array());
}

TEST_F(Client, FindsReferencesInAllFiles) {
  start();
  open(main_path, main_text());
  Json params = at(main_path, "wear");
  EXPECT_EQ(ask("textDocument/references", params).size(), 4U);
  params["context"] = {{"includeDeclaration", false}};
  EXPECT_EQ(ask("textDocument/references", params).size(), 3U);
  EXPECT_EQ(ask("textDocument/documentHighlight", params).size(), 3U);
  EXPECT_EQ(ask("textDocument/references", at(main_path, "s in Side: ")).size(), 2U);
}

TEST_F(Client, RenamesInAllFiles) {
  start();
  open(main_path, main_text());
  Json params = at(main_path, "wear");
  EXPECT_EQ(ask("textDocument/prepareRename", params)["placeholder"], "wear");
  params["newName"] = "\xC3\xA9rosion";
  const Json edit = ask("textDocument/rename", params);
  const std::string main_after = edited(edit, main_path);
  const std::string part_after = edited(edit, part_path);
  EXPECT_FALSE(holds(main_after + part_after, "wear ")) << main_after << part_after;
  EXPECT_TRUE(holds(main_after, "\"how fast it wears\"")) << main_after;
  folder.texts[main_path] = main_after;
  folder.texts[part_path] = part_after;
  change(main_path, main_after);
  EXPECT_EQ(diagnostics(main_path), Json::array());
  params = at(main_path, "s in Side] = 5");
  params["newName"] = "side";
  EXPECT_TRUE(holds(edited(ask("textDocument/rename", params), main_path),
                    "state stock[side in Side] = 5 then stock[side] - dt * \xC3\xA9rosion * "
                    "stock[side]\nlet whole = sum(s in Side: stock[s])"));
}

TEST_F(Client, RefusesRenamesThatWouldChangeTheCase) {
  start();
  open(main_path, main_text());
  open(part_path, part_text());
  const auto refusal = [this](Json params, const std::string& name) {
    params["newName"] = name;
    const Json whole = answer("textDocument/rename", params);
    return whole.contains("error") ? whole["error"]["message"].get<std::string>() : "";
  };
  const Json wear = at(main_path, "wear");
  EXPECT_EQ(refusal(wear, "stock"), "'stock' already means something in this case");
  EXPECT_EQ(refusal(wear, "left"), "'left' already means something in this case");
  EXPECT_EQ(refusal(wear, "if"), "'if' is a word of the language");
  for (const std::string name : {"", "9lives", "two words", "a-b"}) {
    EXPECT_TRUE(holds(refusal(wear, name), "is no name")) << name;
  }
  // the column of prices is found by the name
  EXPECT_TRUE(holds(refusal(at(main_path, "price "), "other"), "would read other data"));
  EXPECT_TRUE(holds(refusal(at(main_path, "price "), "cost_of_it"), "would have an error"));
  EXPECT_TRUE(holds(refusal(at(part_path, "strike else"), "hit"), "labels stand in data"));
  EXPECT_TRUE(holds(refusal(at(main_path, "beta"), "gamma"), "only names"));
  EXPECT_TRUE(ask("textDocument/prepareRename", at(main_path, "beta")).is_null());
  change(main_path, main_text() + "let broken = (\n");
  EXPECT_TRUE(holds(refusal(at(main_path, "wear"), "tear"), "mend what cannot be read"));
}

TEST_F(Client, CompletesByWhatStandsBefore) {
  start();
  open(main_path, main_text());
  open(part_path, part_text());
  EXPECT_EQ(diagnostics(part_path), Json::array());
  const auto after = [this](const std::string& path, const std::string& text,
                            const std::string& typed) {
    std::string with = text;
    const std::size_t mark = with.find('|');
    with.replace(mark, 1, typed);
    change(path, with);
    const std::string before = with.substr(0, mark + typed.size());
    const auto line = std::count(before.begin(), before.end(), '\n');
    return completions(place(path, static_cast<std::size_t>(line),
                             utf16_length(before.substr(before.rfind('\n') + 1))));
  };
  EXPECT_EQ(after(part_path, part_text() + "let x = (attack == |", ""),
            (std::vector<std::string>{"hold", "strike"}));
  EXPECT_EQ(after(part_path, part_text() + "let x = (1 if phase == | else 2)\n", "ca"),
            (std::vector<std::string>{"calm", "open"}));
  EXPECT_EQ(after(part_path, part_text() + "let x = answer in (bear, |", ""),
            (std::vector<std::string>{"bear", "strike_back"}));
  const std::string whatif = "whatif y\n    from 2001-01 attack := |\n";
  EXPECT_EQ(after(part_path, part_text() + whatif, ""),
            (std::vector<std::string>{"hold", "strike"}));
  EXPECT_TRUE(holds(after(part_path, part_text() + "param q ~ |\n", "nor"), "normal"));
  const auto claims = after(part_path, part_text() + "param q = 1 because c1, |\n", "");
  EXPECT_EQ(claims, (std::vector<std::string>{"s1", "c1", "c2"}));
  const auto begins = after(part_path, part_text() + "|\n", "pa");
  EXPECT_TRUE(holds(begins, "param"));
  EXPECT_FALSE(holds(begins, "wear"));
  const auto value = after(part_path, part_text() + "let x = 1 + |\n", "w");
  EXPECT_TRUE(holds(value, "wear") && holds(value, "whole") && holds(value, "log")) << value.size();
  EXPECT_TRUE(holds(after(part_path, part_text() + "let x = sum(s in |\n", ""), "Side"));
  EXPECT_TRUE(after(part_path, part_text() + "let x = 1  # see |\n", "w").empty());
  const std::string draw = "draw mood : {glad, sad} ~ categorical(glad = 1, sad = 2)\n";
  EXPECT_EQ(after(part_path, part_text() + draw + "let x = (1 if mood == | else 2)\n", "g"),
            (std::vector<std::string>{"glad", "sad"}));
  const std::string ruler = "data ruler : Side = left\n";
  EXPECT_EQ(after(part_path, part_text() + ruler + "let x = (1 if ruler == | else 2)\n", "le"),
            (std::vector<std::string>{"left", "right"}));
  EXPECT_EQ(after(part_path, part_text() + "data ruler : | = left\n", ""),
            (std::vector<std::string>{"Side"}));
  // inside a game that cannot be read while it is typed
  std::string game = part_text();
  game.insert(game.find("    payoff left"), "    let more = 0.5 * (attack == |\n");
  EXPECT_EQ(after(part_path, game, ""), (std::vector<std::string>{"hold", "strike"}));
}

TEST_F(Client, ListsStatementsAndMoves) {
  start();
  open(part_path, part_text());
  const Json symbols =
      ask("textDocument/documentSymbol", {{"textDocument", {{"uri", uri_of_path(part_path)}}}});
  ASSERT_EQ(symbols.size(), 2U) << symbols;
  EXPECT_EQ(symbols[1]["name"], "quarrel");
  EXPECT_EQ(symbols[1]["range"]["end"]["line"], 8);
  ASSERT_EQ(symbols[1]["children"].size(), 2U);
  EXPECT_EQ(symbols[1]["children"][1]["name"], "answer");
}

TEST_F(Client, FormatsTheWholeText) {
  start();
  open(part_path, "let x=1\r\nlet  y = 2");
  const Json params{{"textDocument", {{"uri", uri_of_path(part_path)}}}};
  const Json edits = ask("textDocument/formatting", params);
  ASSERT_EQ(edits.size(), 1U);
  EXPECT_EQ(edits[0]["newText"], "let x = 1\nlet y = 2\n");
  EXPECT_EQ(edits[0]["range"]["end"], (Json{{"line", 1}, {"character", 10}}));
  change(part_path, "let x = 1\n");
  EXPECT_EQ(ask("textDocument/formatting", params), Json::array());
  change(part_path, "let x = (\n");
  EXPECT_TRUE(ask("textDocument/formatting", params).is_null());
}

TEST_F(Client, ReadsLineEndsAndMarksOfOtherEditors) {
  start();
  std::string text = "\xEF\xBB\xBF" + main_text();
  for (std::size_t i = text.find('\n'); i != std::string::npos; i = text.find('\n', i + 2)) {
    text.replace(i, 1, "\r\n");
  }
  open(main_path, text);
  EXPECT_EQ(diagnostics(main_path), Json::array());
  EXPECT_TRUE(holds(hover(at(main_path, "wear * ")), "param, unit 1 / year"));
  Json params = at(main_path, "wear * ");
  params["newName"] = "tear";
  std::string expected = text;
  for (std::size_t i = 0; (i = expected.find("wear", i)) != std::string::npos; ++i) {
    if (expected[i + 4] == ' ') expected.replace(i, 4, "tear");
  }
  EXPECT_EQ(edited(ask("textDocument/rename", params), main_path), expected);
}

}  // namespace
}  // namespace casus::editor
