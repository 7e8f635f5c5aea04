// A language server without streams: messages in, messages out. The Language Server Protocol 3.17.
#pragma once

#include "base/files.hpp"
#include "editor/names.hpp"
#include "editor/overlay.hpp"

#include <map>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace casus::editor {

struct Request;

/// Answers requests about case files, and says what is wrong with the cases of the open ones. What
/// a client sends wrongly is answered with an error and changes nothing.
class Server {
 public:
  /// `files` has what is not open in the editor, by absolute paths.
  explicit Server(const Files& files);
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  /// One message, without its header.
  void receive(std::string_view message);

  /// Whether texts have changed since the last `publish`.
  bool is_stale() const { return stale_; }
  /// Says what is wrong with every case that has an open file. Costs what `casus check` does.
  void publish();

  /// Messages to send, in order, without their headers.
  std::vector<std::string> take_messages();

  /// Set once the client has said `exit`: 0 after a `shutdown`, else 1.
  std::optional<int> exit_code() const { return exit_code_; }

 private:
  friend struct Requests;

  struct Known {
    std::unique_ptr<const CaseView> view;
    std::unique_ptr<const Names> names;
  };

  void dispatch(const nlohmann::json& message);
  void answer(const Request& request, const nlohmann::json& message);
  void send(const nlohmann::json& message);
  void fail(const nlohmann::json& id, int code, std::string_view what);
  void changed();
  /// The case that a file belongs to, read anew when anything has changed.
  const Known& known(const std::string& path);
  const Known& known_case(const std::string& main_file);
  /// The same case, or as it was when it could last be read.
  const Known& last_readable(const Known& known) const;
  std::string uri_of(const std::string& path) const;
  void publish_case(const Known& known, std::map<std::string, std::string>& texts) const;

  Overlay files_;
  std::map<std::string, std::string> open_{};  ///< uris by path
  std::map<std::string, Known> cases_{};       ///< by main file
  /// By main file, as they were when they could last be read: while somebody types, most cannot.
  std::map<std::string, Known> readable_{};
  std::map<std::string, std::string> main_files_{};
  std::map<std::string, std::string> published_{};  ///< what was said last, by uri
  std::vector<std::string> messages_{};
  std::optional<int> exit_code_{};
  bool stale_ = false;
  bool initialized_ = false;
  bool shut_down_ = false;
};

}  // namespace casus::editor
