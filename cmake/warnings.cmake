# Warnings every target is held to, and the arithmetic flag that keeps results equal on all
# processors: fused multiply-add only where a kernel asks for it.
add_library(casus_warnings INTERFACE)
target_compile_options(casus_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wold-style-cast
  -Wnon-virtual-dtor -Woverloaded-virtual -Wdouble-promotion -Wformat=2
  -Wimplicit-fallthrough -Wcast-align -Wundef -Wredundant-decls -ffp-contract=off)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  target_compile_options(casus_warnings INTERFACE
    -Wnull-dereference -Wduplicated-cond -Wduplicated-branches -Wlogical-op -Wuseless-cast)
endif()
if(CASUS_WERROR)
  # GCC 12 sees null pointers in inlined stream buffers of its own library and, where headers are
  # precompiled, strings that are copied into their own short buffers.
  target_compile_options(casus_warnings INTERFACE
    -Werror -Wno-error=null-dereference -Wno-error=array-bounds)
endif()
