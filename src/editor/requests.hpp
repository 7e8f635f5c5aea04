// The table of what a client can ask.
#pragma once

#include "editor/server.hpp"

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

namespace casus::editor {

/// Thrown to answer a request with an error.
struct Refused {
  std::string why;
};

struct Request {
  std::string_view method;
  nlohmann::json (*handle)(Server& server, const nlohmann::json& params);
};

/// nullptr when there is none.
const Request* find_request(std::string_view method);

}  // namespace casus::editor
