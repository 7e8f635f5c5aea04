// An invented case in four files.
#include "cli/new_case.hpp"

#include <array>

namespace casus::cli {
namespace {

constexpr std::string_view model =
    R"(# Two rivals: replace the parties, the numbers and the claims with those of your case.
casus 1

case "Two rivals"
    time from 2000-01 to 2019-12 by month
    claims "claims.toml"

# ---- who there is, and what is known of them

set Rival = Aland, Bland                                        because c001

data budget[Rival] from "data/budgets.csv" unit "million USD / year" gaps held after held
    because c002
    "what a rival spends on arms"

param wear ~ beta(2, 18) unit "1 / year"                        because c003
    "share of the arms that wears out in a year"
param cost ~ lognormal(log(0.6), 0.3)                           because c004
    "of a war, in units of what is at stake"

# ---- what moves

state arms[r in Rival] = 500 unit "million USD"                 because c002
    then arms[r] + dt * (budget[r] - wear * arms[r])

let chance = arms[Aland] / (arms[Aland] + arms[Bland])          because c005
    "Aland's chance in a war"

state dispute : {open, over} = open                             because c001
    then (over if answer in (yield, fight) else dispute)

# ---- what they decide, month by month

game crisis while dispute == open rationality 10
    because c004, c005
    claim  by Aland: wait (status quo per year), press
    answer by Bland: yield, fight   if claim == press
    payoff Aland = cases
        claim == wait   : 0.5     # each holds half of what is at stake
        answer == yield : 1
        otherwise       : chance - cost
    payoff Bland = cases
        claim == wait   : 0.5
        answer == yield : -0.5    # giving way invites the next claim
        otherwise       : 1 - chance - cost

# ---- what is asked

measure war       = any(answer == fight)    "a war within the twenty years"
measure yielded   = any(answer == yield)    "Bland gives way instead"
measure first_war = first date answer == fight

whatif embargo "no new arms for Aland from 2005"
    from 2005-01 budget[Aland] := 0
)";

constexpr std::string_view claims =
    R"(# Sources, and what they say. Statements of the model cite claims: because c001.
version = 1

[[source]]
id = "s001"
title = "An invented history of Aland and Bland"
author = "nobody: put your source here"
date = "2020"
kind = "invented"
reliability = "medium"
reliability_reason = "an example; say here why you trust the source"

[[claim]]
id = "c001"
source = "s001"
kind = "fact"
statement = "Aland and Bland disputed a strip of land from 2000 on, and nobody else took part."

[[claim]]
id = "c002"
source = "s001"
kind = "fact"
statement = "In 2000 both had arms worth 500 million USD; their yearly budgets are in data/budgets.csv."

[[claim]]
id = "c003"
source = "s001"
kind = "judgement"
statement = "About a tenth of the arms wears out in a year."

[[claim]]
id = "c004"
source = "s001"
kind = "judgement"
statement = "A war would have cost either side about 0.6 of what was at stake."

[[claim]]
id = "c005"
source = "s001"
kind = "judgement"
statement = "Who has more arms is more likely to win."
)";

constexpr std::string_view budgets = R"(date,rival,budget
2000,Aland,50
2000,Bland,50
2005,Aland,90
2005,Bland,50
2010,Aland,120
2010,Bland,60
)";

constexpr std::string_view licences =
    R"(# Where the data come from, and on what terms

| file | what it holds | source | terms |
|---|---|---|---|
| `budgets.csv` | yearly spending on arms, million USD | invented | free for any use |
)";

constexpr std::array files{NewFile{"model.casus", model}, NewFile{"claims.toml", claims},
                           NewFile{"data/budgets.csv", budgets},
                           NewFile{"data/LICENCES.md", licences}};

}  // namespace

std::span<const NewFile> new_case() { return files; }

}  // namespace casus::cli
