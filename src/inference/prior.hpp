// What is believed of parameters before the record is read.
#pragma once

#include "random/address.hpp"
#include "random/law.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace casus::inference {

/// Samplers move in free coordinates, each of which may be any real number; programs take
/// parameters in base units. The functions may be called from several threads.
class Prior {
 public:
  Prior() = default;
  Prior(const Prior&) = delete;
  Prior& operator=(const Prior&) = delete;
  virtual ~Prior() = default;

  virtual std::size_t n_free() const = 0;

  /// A draw from the prior; it depends on nothing but the key.
  virtual void sample(random::Key key, std::span<double> free) const = 0;

  /// The log density of the free coordinates: where they are a transformation of parameters its
  /// Jacobian is included. -inf is a value.
  virtual double log_density(std::span<const double> free) const = 0;

  /// What the programs take (n_parameters): fixed and derived ones too.
  virtual void parameters(std::span<const double> free, std::span<double> parameters) const = 0;
};

/// A parameter with a continuous law of its own, or a fixed one.
struct PriorRow {
  const random::Law* law = nullptr;  ///< nullptr: fixed
  std::vector<double> arguments{};
  double value = 0.0;  ///< of a fixed one
};

/// Independent parameters. A free coordinate is the normal score of its parameter, z where the
/// parameter is the law's quantile at Phi(z): then the prior of all is standard normal, and no law
/// needs a transformation of its own.
class NormalScores final : public Prior {
 public:
  explicit NormalScores(std::vector<PriorRow> rows);

  std::size_t n_free() const override { return free_.size(); }
  void sample(random::Key key, std::span<double> free) const override;
  double log_density(std::span<const double> free) const override;
  void parameters(std::span<const double> free, std::span<double> parameters) const override;

 private:
  std::vector<PriorRow> rows_;
  std::vector<std::size_t> free_;  ///< rows that are not fixed
};

/// Phi(z), kept inside (0, 1): where a quantile is to be taken.
double probability_of_score(double z);

/// The log density of independent standard normals.
double standard_normal_log_density(std::span<const double> z);

/// Independent standard normals at slots 0, 1, ... of the stream.
void standard_normals(const random::Stream& at, std::span<double> z);

}  // namespace casus::inference
