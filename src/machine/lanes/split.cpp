// Finer pieces first: they say what they read of coarser ones.
#include "machine/lanes/split.hpp"

#include "machine/lanes/columns.hpp"
#include "machine/lanes/pairs.hpp"
#include "machine/lanes/writer.hpp"

namespace casus::machine {
namespace {

/// States that no word of the program writes, of the given rate.
std::vector<std::uint32_t> kept(const Program& program, std::span<const Rate> states, Rate rate) {
  std::vector<bool> changes(states.size());
  for (const Write& write : program.states) {
    if (!keeps(program, write)) changes[write.target] = true;
  }
  std::vector<std::uint32_t> result;
  for (std::uint32_t i = 0; i < states.size(); ++i) {
    if (states[i] == rate && !changes[i]) result.push_back(i);
  }
  return result;
}

/// Where the step piece has the numbers of the row.
std::vector<Place> row_of(const Program& program, const Imports& imports,
                          const ColumnMap& columns) {
  std::vector<Place> row(imports.row.size());
  for (const auto& [value, number] : imports.row) {
    const Instruction& instruction = program.code[value];
    row[number] = instruction.op == Op::series ? Place{Area::series, instruction.a}
                                               : Place{Area::lane, columns.at(value)};
  }
  return row;
}

/// Puts columns in place of the values of `area` that `piece` reads.
void rename_columns(Piece& piece, Area area, const ColumnMap& columns) {
  for (Word& word : piece.words) {
    for_each_place_read(piece, word, [&](Place& place) {
      if (place.area == area) place.index = columns.at(place.index);
    });
  }
}

}  // namespace

Code split(const Program& program, std::span<const Rate> states, const SplitOptions& options) {
  const Studied study = studied(program, states, options.outputs);
  Imports imports;
  const auto write = [&](Rate rate) { return PieceWriter(study, rate, options, imports).run(); };
  Code code;
  code.history = write(Rate::history);
  join_pairs(code.history);
  code.set_step = write(Rate::set_step);
  code.set = write(Rate::set);
  code.step = write(Rate::step);

  ColumnMap of_sets = allocate_columns(
      code.set, {.area = Area::set_value, .first = 0, .kept = imports.sets, .imported = {}});
  of_sets.merge(allocate_columns(code.set_step, {.area = Area::set_value,
                                                 .first = code.set.n_columns,
                                                 .kept = imports.sets,
                                                 .imported = of_sets}));
  rename_columns(code.history, Area::set_value, of_sets);
  allocate_columns(code.history, {.area = Area::lane, .first = 0, .kept = {}, .imported = {}});
  std::set<std::uint32_t> in_row;
  for (const auto& [value, number] : imports.row) in_row.insert(value);
  const ColumnMap by_step =
      allocate_columns(code.step, {.area = Area::lane, .first = 0, .kept = in_row, .imported = {}});

  code.step_row = row_of(program, imports, by_step);
  code.kept_states = kept(program, states, Rate::history);
  code.kept_set_states = kept(program, states, Rate::set_step);
  return code;
}

}  // namespace casus::machine
