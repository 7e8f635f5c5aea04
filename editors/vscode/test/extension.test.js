// What the editor reads: grammars whose patterns are sound, a package that names files there are.
"use strict";

const assert = require("node:assert");
const fs = require("node:fs");
const path = require("node:path");
const test = require("node:test");

const root = path.join(__dirname, "..");
const read = (name) => JSON.parse(fs.readFileSync(path.join(root, name), "utf8"));
const pack = read("package.json");
const rules = read("syntaxes/casus.tmLanguage.json").repository;

/** The rule that colours a line's word, as an editor takes the first that fits at the first place. */
function scopeOf(line, word) {
  const order = read("syntaxes/casus.tmLanguage.json").patterns.map((each) => rules[each.include.slice(1)]);
  for (let at = 0; at < line.length; ) {
    let best;
    for (const rule of order) {
      const pattern = new RegExp(rule.match, "gu");
      pattern.lastIndex = at;
      const found = pattern.exec(line);
      if (found && found[0] && (!best || found.index < best.found.index)) best = { found, rule };
    }
    if (!best) return undefined;
    const place = line.indexOf(word, best.found.index);
    if (place >= 0 && place < best.found.index + best.found[0].length) {
      if (best.rule.name) return best.rule.name;
      const which = best.found.findIndex((text, i) => i > 0 && text === word);
      return best.rule.captures[which].name;
    }
    at = best.found.index + best.found[0].length;
  }
  return undefined;
}

test("the package names files that there are", () => {
  for (const grammar of pack.contributes.grammars) assert.ok(read(grammar.path).scopeName === grammar.scopeName);
  assert.ok(read(pack.contributes.languages[0].configuration).comments);
});

test("every pattern is sound", () => {
  for (const [name, rule] of Object.entries(rules)) assert.doesNotThrow(() => new RegExp(rule.match, "u"), name);
});

test("words of a case file get their colours", () => {
  const line = 'param wear ~ beta(2, 18)  unit "1 / year"  because c041  # why';
  assert.equal(scopeOf(line, "param"), "keyword.declaration.casus");
  assert.equal(scopeOf(line, "wear"), "entity.name.casus");
  assert.equal(scopeOf(line, "beta"), "support.type.law.casus");
  assert.equal(scopeOf(line, "because"), "keyword.control.casus");
  assert.equal(scopeOf(line, '"1 / year"'), "string.quoted.double.casus");
  assert.equal(scopeOf(line, "# why"), "comment.line.number-sign.casus");
  assert.equal(scopeOf(line, "c041"), undefined);
  assert.equal(scopeOf("    from 2018-05 Russia commits answer = aid", "2018-05"), "constant.numeric.date.casus");
  assert.equal(scopeOf("let x = max(a in S: b)", "max"), "support.function.form.casus");
  assert.equal(scopeOf("let payoffs = costly", "costly"), undefined);
});

test("the bundle can be loaded", () => {
  const bundle = path.join(root, "dist/extension.js");
  assert.ok(fs.existsSync(bundle), "npm run build first");
  const Module = require("node:module");
  const load = Module._load;
  Module._load = (name, ...rest) => (name === "vscode" ? new Proxy({}, { get: () => class {} }) : load(name, ...rest));
  try {
    assert.equal(typeof require(bundle).activate, "function");
  } finally {
    Module._load = load;
  }
});
