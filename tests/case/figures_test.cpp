// Pictures of results, as a run writes them.
#include "case/figures.hpp"

#include "case/command_line.hpp"

#include <gtest/gtest.h>

namespace casus::cases {
namespace {

class Figures : public CommandLine {
 protected:
  std::string bands_of(const std::string& body) {
    write("shown.casus", "casus 1\ncase \"Shown\"\n    time from 2000 to 2009 by year\n" + body);
    const Ended ended = casus("run shown.casus --histories 32 --out out");
    EXPECT_EQ(ended.code, 0) << ended.err;
    return text_of(path("out/bands.svg"));
  }
};

std::size_t count_of(const std::string& text, const std::string& part) {
  std::size_t n = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++n;
  return n;
}

// All labels of a state share a panel: an area each, from 0 to 100 %, and its name once.
TEST_F(Figures, LabelsOfAStateAreAreasOfOnePanel) {
  const std::string svg = bands_of(
      "draw luck ~ uniform(0, 1)\nstate phase : {peace, truce, war, over} = peace\n"
      "    then cases\n        luck < 0.3 : truce\n        luck < 0.5 : war\n"
      "        otherwise  : phase\nmeasure wars = any(phase == war)\n");
  EXPECT_EQ(count_of(svg, ">phase</text>"), 1U) << svg;
  for (const std::string label : {"peace", "truce", "war"})
    EXPECT_EQ(count_of(svg, ">" + label + "</text>"), 1U) << label;
  EXPECT_EQ(count_of(svg, ">over</text>"), 0U) << "no history is ever there";
  EXPECT_EQ(count_of(svg, "Z\" fill="), 3U);
  EXPECT_EQ(count_of(svg, ">100 %</text>"), 1U);
}

TEST_F(Figures, TimeIsMarkedAtRoundYears) {
  const std::string svg = bands_of("state x = 0 then x + dt\nmeasure last = x at end\n");
  for (const std::string year : {"2000", "2002", "2008"})
    EXPECT_EQ(count_of(svg, ">" + year + "</text>"), 1U) << year << svg;
  EXPECT_EQ(count_of(svg, ">2001</text>"), 0U);
}

TEST_F(Figures, WhatNeverChangesIsLeftOut) {
  const std::string svg =
      bands_of("state x = 0 then x + dt\nlet fixed = 3\nmeasure last = x + fixed at end\n");
  EXPECT_EQ(count_of(svg, ">x</text>"), 1U);
  EXPECT_EQ(count_of(svg, ">fixed</text>"), 0U);
}

// Measures that read moves alone leave the states to be shown.
TEST_F(Figures, StatesStandInForMoves) {
  const std::string svg = bands_of(
      "state stock = 0 then stock + 1\ngame g rationality 1\n    act by P: stay, go\n"
      "    payoff P = stock * (act == go)\nmeasure gone = any(act == go)\n");
  EXPECT_EQ(count_of(svg, ">stock</text>"), 1U);
}

}  // namespace
}  // namespace casus::cases
