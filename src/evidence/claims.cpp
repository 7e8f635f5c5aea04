// Claims files in two passes over the TOML tree: entries first, then what they refer to.
#include "evidence/claims.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <fmt/format.h>
#include <toml++/toml.h>

namespace casus::evidence {
namespace {

constexpr std::int64_t newest_version = 1;

constexpr std::array kinds{EntryKind::source,      EntryKind::claim,     EntryKind::contradiction,
                           EntryKind::explanation, EntryKind::mechanism, EntryKind::event,
                           EntryKind::actor,       EntryKind::treaty,    EntryKind::counterfactual};

constexpr std::array reliabilities{Reliability::high, Reliability::medium, Reliability::low};

/// Where a field of text goes. Of several names for one member the first that an entry has counts.
struct TextField {
  std::string_view name;
  std::string Entry::*member;
};

constexpr std::array text_fields{
    TextField{"id", &Entry::id},
    TextField{"title", &Entry::title},
    TextField{"name", &Entry::title},
    TextField{"statement", &Entry::statement},
    TextField{"question", &Entry::statement},
    TextField{"differs", &Entry::statement},
    TextField{"source", &Entry::source},
    TextField{"kind", &Entry::sort},
    TextField{"when", &Entry::when},
    TextField{"date", &Entry::when},
    TextField{"about", &Entry::about},
    TextField{"attributed_to", &Entry::attributed_to},
};

struct ListField {
  std::string_view name;
  std::vector<std::string> Entry::*member;
};

constexpr std::array list_fields{
    ListField{"claims", &Entry::claims},
    ListField{"actors", &Entry::actors},
    ListField{"parties", &Entry::actors},
};

/// Lists whose texts are ids of entries of one kind.
struct Reference {
  std::string_view list;
  EntryKind kind;
  bool only_if_any;  ///< a file without entries of the kind is not held to it
};

constexpr std::array references{
    Reference{"claims", EntryKind::claim, false},
    Reference{"rivals", EntryKind::explanation, false},
    Reference{"actors", EntryKind::actor, true},
    Reference{"parties", EntryKind::actor, true},
};

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// What a `because` of a model can name.
bool is_word(std::string_view id) {
  const auto is_part = [](char c) { return is_letter(c) || (c >= '0' && c <= '9') || c == '_'; };
  return !id.empty() && is_letter(id.front()) && std::all_of(id.begin(), id.end(), is_part);
}

/// "an event"
std::string with_article(EntryKind kind) {
  const std::string_view name = name_of(kind);
  const bool begins_with_vowel = std::string_view("aeiou").find(name[0]) != std::string_view::npos;
  return fmt::format("{} {}", begins_with_vowel ? "an" : "a", name);
}

std::vector<std::string> names_of_kinds() {
  std::vector<std::string> names;
  names.reserve(kinds.size());
  for (const EntryKind kind : kinds) names.emplace_back(name_of(kind));
  return names;
}

class ClaimsReader {
 public:
  ClaimsReader(const Sources& sources, FileId file, Diagnostics& diagnostics)
      : sources_(sources), file_(file), diagnostics_(diagnostics) {}

  std::optional<Register> read() {
    const std::size_t n_before = diagnostics_.error_count();
    if (!parse()) return std::nullopt;
    check_version();
    for (const auto& [key, node] : root_) check_kind(key, node);
    for (const EntryKind kind : kinds) {
      for_each_entry(kind, [this, kind](const toml::table& table) { read_entry(kind, table); });
    }
    const Register& known = register_;
    for (const EntryKind kind : kinds) {
      for_each_entry(kind, [&](const toml::table& table) { check_references(known, table); });
    }
    check_unused(known);
    if (diagnostics_.error_count() > n_before) return std::nullopt;
    return std::move(register_);
  }

 private:
  bool parse() {
    try {
      root_ = toml::parse(std::string_view(sources_.text(file_)));
    } catch (const toml::parse_error& error) {
      std::string what(error.description());
      if (!what.empty()) what[0] = static_cast<char>(std::tolower(what[0]));
      add("E001", fmt::format("{} is not valid TOML: {}", sources_.name(file_), what),
          span_of(error.source()), "texts stand in quotes, lists between [ and ]");
      return false;
    }
    return true;
  }

  /// TOML places count lines and characters from one; zero when there is no place.
  std::uint32_t byte_at(toml::source_position place) const {
    const Span line = sources_.line_span(file_, std::max(place.line, 1U));
    const std::string& text = sources_.text(file_);
    std::uint32_t byte = line.begin;
    for (std::uint32_t column = 1; column < place.column && byte < line.end; ++column) {
      ++byte;
      while (byte < line.end && (static_cast<unsigned char>(text[byte]) & 0xC0U) == 0x80U) ++byte;
    }
    return byte;
  }

  Span span_of(const toml::source_region& region) const {
    const std::uint32_t begin = byte_at(region.begin);
    const std::uint32_t end = region.end ? byte_at(region.end) : begin;
    return {file_, begin, std::max(begin, end)};
  }

  void add(std::string_view code, std::string message, Span span, std::string help = {}) {
    diagnostics_.add(
        {.code = code, .message = std::move(message), .primary = {span}, .help = std::move(help)});
  }

  /// A scalar as text, numbers and dates as they are written; nullopt for lists and tables.
  std::optional<std::string> scalar_text(const toml::node& node) const {
    if (auto text = node.value_exact<std::string>()) return text;
    if (node.is_array() || node.is_table()) return std::nullopt;
    const Span span = span_of(node.source());
    return sources_.text(file_).substr(span.begin, span.end - span.begin);
  }

  void check_version() {
    const toml::node* version = root_.get("version");
    if (version == nullptr) return;
    const auto number = version->value_exact<std::int64_t>();
    if (!number) {
      add("E007", "the version of a claims file is a whole number", span_of(version->source()),
          "write version = 1");
    } else if (*number > newest_version) {
      add("E010",
          fmt::format("claims of version {}; this casus knows up to {}", *number, newest_version),
          span_of(version->source()), "use a newer casus");
    }
  }

  /// Lists of tables under an unknown name would be read by nobody.
  void check_kind(const toml::key& key, const toml::node& node) {
    const std::vector<std::string> names = names_of_kinds();
    const bool is_known = std::find(names.begin(), names.end(), key.str()) != names.end();
    if (is_known && !node.is_array_of_tables()) {
      add("E007", fmt::format("'{}' is no list of entries", key.str()), span_of(key.source()),
          fmt::format("begin each entry with [[{}]]", key.str()));
    } else if (!is_known && node.is_array_of_tables()) {
      const std::optional<std::string> meant = nearest(key.str(), names);
      add("E008", fmt::format("no kind of entry is called '{}'", key.str()), span_of(key.source()),
          meant ? fmt::format("did you mean [[{}]]?", *meant)
                : fmt::format("write {}", one_of(names)));
    }
  }

  template <typename Use>
  void for_each_entry(EntryKind kind, Use use) {
    const toml::array* entries = root_[name_of(kind)].as_array();
    if (entries == nullptr) return;
    for (const toml::node& node : *entries) {
      if (const toml::table* table = node.as_table()) use(*table);
    }
  }

  void read_entry(EntryKind kind, const toml::table& table) {
    Entry entry{.kind = kind};
    std::vector<std::string_view> taken;
    for (const TextField& field : text_fields) read_text(table, field, entry, taken);
    for (const ListField& field : list_fields) read_list(table, field, entry, taken);
    if (kind == EntryKind::source) read_reliability(table, entry, taken);
    if (kind == EntryKind::actor) read_names(table, entry);
    for (const auto& [key, node] : table) {
      if (std::find(taken.begin(), taken.end(), key.str()) != taken.end()) continue;
      entry.fields.push_back({std::string(key.str()), loose_text(node)});
    }
    add_entry(std::move(entry), table);
  }

  void read_text(const toml::table& table, const TextField& field, Entry& entry,
                 std::vector<std::string_view>& taken) {
    const toml::node* node = table.get(field.name);
    if (node == nullptr || !(entry.*field.member).empty()) return;
    taken.push_back(field.name);
    if (std::optional<std::string> text = scalar_text(*node)) {
      entry.*field.member = std::move(*text);
    } else {
      add("E007", fmt::format("'{}' is a text", field.name), span_of(node->source()),
          fmt::format("write {} = \"...\"", field.name));
    }
  }

  void read_list(const toml::table& table, const ListField& field, Entry& entry,
                 std::vector<std::string_view>& taken) {
    const toml::node* node = table.get(field.name);
    if (node == nullptr) return;
    taken.push_back(field.name);
    const toml::array* list = node->as_array();
    if (list == nullptr) {
      add("E007", fmt::format("'{}' is a list of texts", field.name), span_of(node->source()),
          fmt::format("write {} = [\"...\"]", field.name));
      return;
    }
    for (const toml::node& part : *list) {
      if (const auto text = part.value_exact<std::string>()) {
        (entry.*field.member).push_back(*text);
      } else {
        add("E007", fmt::format("'{}' is a list of texts", field.name), span_of(part.source()),
            fmt::format("write {} = [\"...\"]", field.name));
      }
    }
  }

  void read_reliability(const toml::table& table, Entry& entry,
                        std::vector<std::string_view>& taken) {
    const toml::node* node = table.get("reliability");
    if (node == nullptr) return;
    taken.emplace_back("reliability");
    const std::string text = scalar_text(*node).value_or("");
    std::vector<std::string> names;
    for (const Reliability reliability : reliabilities) {
      if (text == name_of(reliability)) entry.reliability = reliability;
      names.emplace_back(name_of(reliability));
    }
    if (entry.reliability != Reliability::unstated) return;
    add("E012", fmt::format("no reliability is called '{}'", text), span_of(node->source()),
        fmt::format("write {}", one_of(names)));
  }

  /// Actors have names in several languages and from several sides; the first is the title.
  void read_names(const toml::table& table, Entry& entry) const {
    const toml::array* names = table["names"].as_array();
    if (names == nullptr || names->empty() || !entry.title.empty()) return;
    entry.title = scalar_text(names->front()).value_or("");
  }

  std::string loose_text(const toml::node& node) const {
    if (std::optional<std::string> text = scalar_text(node)) return *text;
    const toml::array* list = node.as_array();
    if (list == nullptr) return {};
    std::vector<std::string> parts;
    for (const toml::node& part : *list) parts.push_back(loose_text(part));
    return join_text(parts, "; ");
  }

  void add_entry(Entry entry, const toml::table& table) {
    const toml::node* id = table.get("id");
    if (id == nullptr) {
      add("E003", with_article(entry.kind) + " without an id", span_of(table.source()),
          "write id = \"...\"; models cite the entry by it");
      return;
    }
    entry.span = span_of(id->source());
    if (!is_word(entry.id)) {
      add("E011", fmt::format("the id '{}' cannot be cited", entry.id), entry.span,
          "ids begin with a letter and hold letters, digits and '_'");
      return;
    }
    if (entry.kind == EntryKind::claim && entry.source.empty()) {
      add("E004", fmt::format("claim '{}' has no source", entry.id), entry.span,
          "write source = \"...\" with the id of a [[source]]");
    }
    if (const Entry* first = register_.find(entry.id)) {
      diagnostics_.add({.code = "E002",
                        .message = fmt::format("the id '{}' stands twice", entry.id),
                        .primary = {entry.span},
                        .related = {{first->span, "first here"}},
                        .help = "give one of them another id"});
      return;
    }
    register_.add(graded(std::move(entry)));
  }

  /// A claim is as reliable as its source; sources are read before claims.
  Entry graded(Entry entry) const {
    const Entry* source = entry.kind == EntryKind::source ? nullptr : register_.find(entry.source);
    if (source != nullptr) entry.reliability = source->reliability;
    return entry;
  }

  void check_references(const Register& known, const toml::table& table) {
    for (const Reference& reference : references) {
      const toml::array* list = table[reference.list].as_array();
      if (list == nullptr) continue;
      if (reference.only_if_any && known.count(reference.kind) == 0) continue;
      for (const toml::node& part : *list) check_id(known, part, reference.kind, "E006");
    }
    if (const toml::node* source = table.get("source")) {
      check_id(known, *source, EntryKind::source, "E005");
    }
  }

  void check_id(const Register& known, const toml::node& node, EntryKind kind,
                std::string_view code) {
    const auto id = node.value_exact<std::string>();
    if (!id || id->empty()) return;  // not a text, or missing: said while reading
    const Entry* entry = known.find(*id);
    if (entry != nullptr && entry->kind == kind) return;
    if (entry != nullptr) {
      add(code,
          fmt::format("'{}' is {}, not {}", *id, with_article(entry->kind), with_article(kind)),
          span_of(node.source()));
      return;
    }
    std::vector<std::string> candidates;
    for (const Entry& other : known.entries()) {
      if (other.kind == kind) candidates.push_back(other.id);
    }
    const std::optional<std::string> meant = nearest(*id, candidates);
    add(code, fmt::format("no {} has the id '{}'", name_of(kind), *id), span_of(node.source()),
        meant ? fmt::format("did you mean '{}'?", *meant) : "");
  }

  /// Claims that no model needs are listed with the reason; a misspelt one would hide another.
  void check_unused(const Register& known) {
    const toml::table* unused = root_["unused"].as_table();
    if (unused == nullptr) return;
    for (const auto& [key, node] : *unused) {
      if (known.find(key.str()) != nullptr) continue;
      const std::optional<std::string> meant = nearest(key.str(), known.ids());
      add("E006", fmt::format("no entry has the id '{}'", key.str()), span_of(key.source()),
          meant ? fmt::format("did you mean '{}'?", *meant) : "");
    }
  }

  const Sources& sources_;
  FileId file_;
  Diagnostics& diagnostics_;
  toml::table root_;
  Register register_;
};

}  // namespace

std::optional<Register> read_claims(const Sources& sources, FileId file, Diagnostics& diagnostics) {
  return ClaimsReader(sources, file, diagnostics).read();
}

}  // namespace casus::evidence
