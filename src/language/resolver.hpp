// The second pass: what every name in every expression means, and of what kind every value is.
#pragma once

#include "language/compile.hpp"

#include <set>

namespace casus::language {

/// Where an expression stands: which names are bound there and what may be asked.
struct Scope {
  std::vector<BoundName> bound{};
  const std::vector<Word>* arguments = nullptr;  ///< of the function whose body this is
  GameId game{nothing};                          ///< inside a game's block
  bool measure = false;                          ///< reductions over steps may stand here
  bool intervention = false;                     ///< a new definition in a what-if or a start
  bool fixed_only = false;  ///< priors and constants: only parameters, constants and constant data
};

/// A law that only draws may have: it gives several numbers at once, or a label.
bool is_law_of_draws(std::string_view name);

class Resolver {
 public:
  Resolver(Model& model, Diagnostics& found) : model_(model), found_(found) {
    for (const Domain& domain : model.domains) {
      for (const std::string& label : domain.labels) labelled_.try_emplace(label, domain.name);
    }
  }

  /// The type of an expression; names are recorded in the model. `wanted`: the labels that a bare
  /// word may mean here.
  Type expression(NodeId node, const Scope& scope, std::optional<DomainId> wanted = {});

  Type number(NodeId node, const Scope& scope);  ///< a number, or a fault
  Type truth(NodeId node, const Scope& scope);
  void label_in(NodeId node, const Scope& scope, DomainId domain);
  void value_of(Type type, NodeId node, const Scope& scope);  ///< a value of that type

  /// The law exists and has its arguments; they are numbers.
  void law(const LawCall& call, const Scope& scope);

  /// The law of a draw, which may also choose a label or share a number out.
  void drawn(const DrawStatement& draw);

  /// The type of a quantity, found from its definition when that has not been read yet.
  Type type_of(QuantityId id);

  /// Dates, or times as numbers where a case counts its own time.
  void date(NodeId node);
  void range(const DateRange& range);
  void inside_time(NodeId date);

  /// Reads a let's or measure's definition once.
  void define(QuantityId id);

  /// The scope in which the right side of `x[d in S]` stands; faults in the indices are reported.
  Scope scope_of(const Indexed& target, Scope scope);

  /// Every line of a game's block.
  void game(GameId id);

  /// The moves that a rival replaces, its covariate, and its lines about options.
  void rival(const ExplainStatement& rival);

  /// Refuses names that mean something else already: quantities, sets, labels, other bound names.
  void bound_name(const Word& name, const Scope& scope);

  void unknown_name(const Word& word, const Scope& scope);
  std::vector<std::string> names_known(const Scope& scope) const;
  bool knows(const Word& word, const Scope& scope) const { return is_taken(word.text, scope); }
  void wrong_indices(const Quantity& quantity, std::size_t n_found, Span span);
  void fault(std::string_view code, std::string message, Span span, std::string help = {});

  Model& model() { return model_; }
  Diagnostics& found() { return found_; }

 private:
  Type visit(NodeId node, const Number& at, const Scope& scope);
  Type visit(NodeId node, const NumberWithUnit& at, const Scope& scope);
  Type visit(NodeId node, const DateValue& at, const Scope& scope);
  Type visit(NodeId node, const Element& at, const Scope& scope);
  Type visit(NodeId node, const Call& at, const Scope& scope);
  Type visit(NodeId node, const Probability& at, const Scope& scope);
  Type visit(NodeId node, const Unary& at, const Scope& scope);
  Type visit(NodeId node, const Binary& at, const Scope& scope);
  Type visit(NodeId node, const Reduce& at, const Scope& scope);
  Type visit(NodeId node, const OverSteps& at, const Scope& scope);
  Type visit(NodeId node, const AtDate& at, const Scope& scope);
  Type visit(NodeId node, const InRange& at, const Scope& scope);
  Type visit(NodeId node, const Membership& at, const Scope& scope);

  Type name(NodeId node, const Name& at, const Scope& scope, std::optional<DomainId> wanted);
  Type choice(const Choice& at, const Scope& scope, std::optional<DomainId> wanted);
  std::optional<Meaning> meaning_of(const Word& word, const Scope& scope);
  Type quantity_use(NodeId node, QuantityId id, Span span, const Scope& scope);
  bool bound_date(NodeId node, const Scope& scope);
  void range_in(const DateRange& range, const Scope& scope);
  void time_beside_date(NodeId number, NodeId date);
  std::optional<DomainId> labels_of(NodeId side, const Scope& scope);
  bool is_lost(NodeId side, const Scope& scope);  ///< a draw of labels that nobody knows
  bool is_numeric(DomainId domain) const;
  bool covers(const Choice& at) const;
  Type order_comparison(const Binary& at, const Scope& scope);
  Type equality(NodeId node, const Binary& at, const Scope& scope);
  void index_of(NodeId node, SetId set, const Scope& scope, SetId wider);
  bool is_taken(const std::string& name, const Scope& scope) const;
  bool label_index(NodeId node, SetId set, const Scope& scope, SetId wider);
  void bound_index(NodeId node, SetId set, SetId wider);
  void labels_within(NodeId node, const Domain& from, SetId set);
  bool bind(const Binder& binder, Scope& scope);
  Type calendar_call(NodeId node, const Call& at, const Scope& scope);
  Type memory_call(NodeId node, const Call& at, const Scope& scope);
  std::vector<BoundName> names_used(NodeId node, const Scope& scope) const;
  std::uint32_t steps_back(NodeId delay, std::string_view what);
  Type link_call(NodeId node, const Call& at, std::size_t link, const Scope& scope);
  void shared_out(const DrawStatement& draw, const Scope& scope);
  void chosen(const DrawStatement& draw, Scope scope);
  Type game_call(NodeId node, const Call& at, const Scope& scope);
  Type function_call(NodeId node, const Call& at, FunctionId id, const Scope& scope);
  Type operation_call(NodeId node, const Call& at, const Scope& scope);
  std::optional<GameId> game_named(const Word& word);
  std::optional<GameId> game_asked(const Call& at, const Scope& scope);
  void menu_condition(GameId id, const MoveMenu& menu);
  const MoveMenu* opening(const Word& name);
  void add_rates(const ExplainStatement& rival, const MoveMenu& menu, QuantityId move,
                 Rival& result) const;
  void covariate(NodeId node);
  void rate_line(const ExplainStatement& rival, const VariantLine& line,
                 const std::vector<const MoveMenu*>& menus);
  void about_moves(NodeId event);
  std::string nearest_option(GameId game, const Name* word) const;
  void known_player(const Game& game, const Word& player);
  void cost_line(const Game& game, const CostLine& line, const Scope& scope);
  void payoffs(const Game& game, const GameStatement& statement, const Scope& scope);
  void status_quo(GameId id);
  void errors(GameId id, const GameStatement& statement);
  void shared_moves(GameId later);
  void moves_once(GameId id);
  void moves_nowhere(const Word& player, Span span);
  void moves_twice(const Game& game, std::uint32_t first, std::uint32_t second);
  void value_argument(NodeId node, GameId game, const Scope& scope);
  void unknown_function(const Call& at);
  void set_meaning(NodeId node, Meaning meaning) { model_.meanings[index(node)] = meaning; }
  std::string describe(Type type) const;
  bool comparable(DomainId a, DomainId b) const;
  std::optional<SetId> find_set_here(const Word& name);

  Model& model_;
  Diagnostics& found_;
  std::set<std::uint32_t> defined_;              ///< lets and measures read
  std::set<std::uint32_t> open_;                 ///< functions and lets being read
  std::map<std::string, std::string> labelled_;  ///< labels, with what they are of
  std::set<std::string> unknown_;  ///< names reported as unknown, and messages told once
};

}  // namespace casus::language
