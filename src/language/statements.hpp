// One function for each kind of statement. Each begins behind the statement's word and returns what
// it could read; the statement is kept only when nothing failed.
#pragma once

#include "language/parser_state.hpp"

namespace casus::language {

Statement read_case(Parser& in);
Statement read_include(Parser& in);

// parse_inputs.cpp
Statement read_set(Parser& in);
Statement read_link(Parser& in);
Statement read_data(Parser& in);
Statement read_event(Parser& in);

// parse_quantities.cpp
Statement read_param(Parser& in);
Statement read_function(Parser& in);
Statement read_state(Parser& in);
Statement read_let(Parser& in);
Statement read_draw(Parser& in);
Statement read_measure(Parser& in);

// parse_observe.cpp
Statement read_observe(Parser& in);

// parse_game.cpp
Statement read_game(Parser& in);

// parse_variants.cpp
Statement read_treaty(Parser& in);
Statement read_explain(Parser& in);
Statement read_rival(Parser& in);
Statement read_whatif(Parser& in);
Statement read_start(Parser& in);

}  // namespace casus::language
