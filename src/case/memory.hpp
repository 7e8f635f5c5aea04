// How much memory the machine has.
#pragma once

namespace casus::cases {

/// Bytes of main memory; infinity where the system does not say.
double machine_memory();

}  // namespace casus::cases
