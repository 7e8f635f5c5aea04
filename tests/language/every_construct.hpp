// A model that has every construct of the language at least once. It need not make sense.
#pragma once

#include <string_view>

namespace casus::language {

constexpr std::string_view every_construct = R"(casus 1
case "Two countries, 1991-2023"   # the title
    time from 1991-12 to 2023-12 by month
    claims "claims.toml"
include "games.casus"
set State = Armenia, Azerbaijan, Russia, Turkey
set Offer = 0 to 1 by 0.01
set Place from "districts.csv" column id where group in (nkao, seven) where kind == 3
set Belt in District where group == surrounding_seven
set Core in District = shusha, "khan kendi"
link borders(District, District + outside) from "b.csv" columns a, b symmetric ignore iran
    weight km unit "km"
data milex[State] from "m.csv" column usd date year by country, supplier unit "million USD / year"
    where kind == total
    gaps held before held after held
data oil_price from "oil.csv" unit "USD / barrel"   linear
data cap = 0.5 unit "1" because c041
data leader : Leader from "leaders.csv" column name gaps held
data holder[d in District] : {us, them} = us   because c042
state owner[d in District] : Side = holder[d]
event turmoil in Azerbaijan at 1992-05-14, 1993-06 = 0.7, 2000-01 to 2000-06 = 2   because c394
param wear     ~ beta(2, 18)   unit "1 / year"   because c041, c044
    "share of the military stock that wears out in a year"
param leverage ~ halfnormal(1) base 0   "what an open dispute is worth"
param limit = 0.5
param a[s in State] ~ normal(mean = 0, sd = 1)
function win(edge) = 1 / (1 + exp(-decisive * edge))
state phase : {peace, war, absorbed} = war
    then cases
        surrender           : absorbed
        truce               : peace
        attack == offensive : war
        otherwise           : cases
            x > 3     : war
            otherwise : phase
    because c1
state stock[s in State] = stock_1991[s]   unit "million USD2022"
    then stock[s] + dt * (milex[s] - wear * stock[s])
state armenian[d in District] = held_1991[d] outside held_outside
    then clamp(armenian[d] + dt * advance[d], 0, 1)
let front[d in District] = max(e in borders(d): abs(armenian[e] - armenian[d])) default 0
let scaled = log(oil / 1 "million USD / year") + (x if y > 0 else z) + half_life(30 months)^2
let n = count(d in Belt if armenian[d] > 0.5) + sum(d in Belt, e in borders(d) if c: 1)
draw budget_noise ~ normal(0, 0.26)   by year
draw start_noise[s in State] ~ normal(0, 1) once
draw regime : {weak, strong} ~ categorical(weak = 0.3, strong = 0.7) by year
draw target_place ~ categorical(d in borders(shusha): people[d])
draw fallen[d in District] ~ multinomial(n = 40, p = people[d])
let belief = lagged(x, 30 months) + averaged(y, tau) - slope(z, 1 year) + borders(shusha, lachin)
game crisis   while phase == peace   rationality sharp errors logit
    attack  by Azerbaijan: hold (status quo per month), raid, offensive
    backing by Turkey:     abstain, back                   if attack == offensive
    offer   by Russia:     Offer
    let p   = win(belief + aid * (backing == back) - reach * (answer == intervene))
    cost answer by Russia: mediate = effort, intervene = reach_cost * (1 + distraction)
    payoff Azerbaijan = cases
        attack == hold : patience * value(offensive)
        otherwise      : p * at_stake - war_cost
            - clash_cost * (answer == intervene)
    payoff Russia = leverage * unresolved(p) + ally * (1 - p)
    ends truce     when push == stop and not reply in (stop, "give in")
    rationality Russia = 2 * sharp
    because c9
treaty statement when truce and answer == mediate and lost > 0.2 after bishkek     because t10
    armenian[d in Belt] := 0
    peacekeepers        := 1960   for 5 years then 0
observe attack from "record.csv" column azerbaijan
observe ends from "record.csv" column outcome
observe (push == press or reply == press) from "record.csv" column goes_on
observe deaths[d in S] from "d.csv" while since(2000) ~ negbinomial(mean = r * v, size = spread)
observe budget from "milex.csv" by country column usd exact because c11
observe total(violence) over 2020-09 to 2020-11 = 7593 ~ negbinomial(mean = violence, size = 2)
explain leverage    "the dispute is kept open to hold both clients" because c031, c102
    leverage ~ halfnormal(1)
    reach free
    ally = 0
rival steady replaces attack on since(2000) "rates"
    raid ~ normal(log(0.1), 2)
    raid slope ~ normal(0, 1)
    reach free
explain nothing "no more"
whatif guarantee  "the guarantee is extended"
    from 2018-05  Russia commits answer = intervene credibility 0.9
whatif caught_out "nobody expects it"
    from 2020-09 to 2020-12 answer := intervene unforeseen throughout
    at 2010-01 stock[Armenia] := 2 * stock[Armenia]
    oil_price := cases
        oil_price > 50 : 0.5 * oil_price
        otherwise      : oil_price
start line_of_1994 at 1994-06 "from the truce on"
    at 1994-05 phase := peace
measure war_2020  = any(attack == offensive) from 2020-07 to 2020-12
measure first_war = first date attack == offensive
measure frozen = held_share > 0.7 at 2015-12-31 and first_war > 2015-12-31
measure mediated  = share(answer == mediate while phase == war) given first_war in 2018-01 to 2022-12
measure hazard[y in Year] = rate(attack == offensive while phase == peace)
measure held = sum(d in District: armenian[d] * people[d]) / sum(d in District: people[d])  at end
measure value_of = crisis.worth(Russia) otherwise 0 + prob(backing == back given attack == raid)
)";

}  // namespace casus::language
