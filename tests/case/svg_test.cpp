#include "case/svg.hpp"

#include <gtest/gtest.h>

namespace casus::cases {
namespace {

TEST(Svg, TextIsEscaped) {
  Svg svg(100.0, 50.0, "a < b");
  svg.text({1.0, 2.5}, "R&D \"x\"", Svg::Anchor::end, 9);
  const std::string text = svg.take();
  EXPECT_NE(text.find("<title>a &lt; b</title>"), std::string::npos) << text;
  EXPECT_NE(text.find("x=\"1.0\" y=\"2.5\" font-size=\"9\" text-anchor=\"end\""), std::string::npos)
      << text;
  EXPECT_NE(text.find(">R&amp;D &quot;x&quot;</text>"), std::string::npos) << text;
  EXPECT_EQ(text.substr(text.size() - 7), "</svg>\n");
}

TEST(Svg, AnAreaRunsForthAndBack) {
  Svg svg(10.0, 10.0, "");
  const std::vector<Point> upper{{0.0, 1.0}, {5.0, 2.0}};
  const std::vector<Point> lower{{0.0, 8.0}, {5.0, 9.0}};
  svg.area(upper, lower, "#abcdef");
  EXPECT_NE(svg.take().find("M0.0 1.0L5.0 2.0L5.0 9.0L0.0 8.0Z\" fill=\"#abcdef\""),
            std::string::npos);
}

TEST(Ticks, AreRoundNumbersWithinTheAxis) {
  EXPECT_EQ(ticks(0.0, 1.0, 3), (std::vector<double>{0.0, 0.5, 1.0}));
  EXPECT_EQ(ticks(0.0, 260.0, 3), (std::vector<double>{0.0, 100.0, 200.0}));
  EXPECT_EQ(ticks(-4700.0, 2800.0, 4), (std::vector<double>{-4000.0, -2000.0, 0.0, 2000.0}));
  EXPECT_EQ(ticks(3.0, 3.0, 4), (std::vector<double>{3.0}));
}

TEST(Ticks, AnAxisEndsAtTicks) {
  using Axis = std::pair<double, double>;
  EXPECT_EQ(axis_of(0.0, 230.0, 3), (Axis{0.0, 300.0}));
  EXPECT_EQ(axis_of(0.0, 300.0, 3), (Axis{0.0, 300.0}));
  EXPECT_EQ(axis_of(-4700.0, 2800.0, 4), (Axis{-6000.0, 4000.0}));
}

}  // namespace
}  // namespace casus::cases
