// The client of `casus lsp`.
"use strict";

const vscode = require("vscode");
const { LanguageClient } = require("vscode-languageclient/node");

/** @type {LanguageClient | undefined} */
let client;
/** @type {vscode.FileSystemWatcher | undefined} */
let watcher;

async function start() {
  const command = vscode.workspace.getConfiguration("casus").get("path", "casus");
  client = new LanguageClient(
    "casus",
    "casus",
    { command, args: ["lsp"] },
    {
      documentSelector: [{ scheme: "file", language: "casus" }],
      synchronize: { fileEvents: watcher },
    },
  );
  try {
    await client.start();
  } catch {
    client = undefined;
    const settings = "Settings";
    const chosen = await vscode.window.showErrorMessage(
      `casus could not be started as '${command}'. Install it, or say in the settings where it is.`,
      settings,
    );
    if (chosen === settings) {
      await vscode.commands.executeCommand("workbench.action.openSettings", "casus.path");
    }
  }
}

async function stop() {
  const running = client;
  client = undefined;
  await running?.stop();
}

async function restart() {
  await stop();
  await start();
}

async function activate(context) {
  // a case is more than its models: claims and data are checked with it
  watcher = vscode.workspace.createFileSystemWatcher("**/*.{casus,csv,toml}");
  context.subscriptions.push(watcher);
  context.subscriptions.push(
    vscode.commands.registerCommand("casus.restart", restart),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration("casus.path")) return restart();
      return undefined;
    }),
  );
  await start();
}

module.exports = { activate, deactivate: stop };
