// A JSON parser, code unit by code unit, over a generated document.
const ESCAPES = new Map([
  [34, '"'], [47, "/"], [92, "\\"], [98, "\b"], [102, "\f"], [110, "\n"], [114, "\r"], [116, "\t"],
]);

class Parser {
  constructor(text) { this.text = text; this.at = 0; }

  reject(expected) { throw new SyntaxError(`expected ${expected} at ${this.at}`); }

  skipSpace() {
    const text = this.text;
    let at = this.at, c = text.charCodeAt(at);
    while (c === 32 || c === 10 || c === 9 || c === 13) c = text.charCodeAt(++at);
    this.at = at;
    return c;
  }

  parseWord(spelling, value) {
    const after = this.at + spelling.length;
    if (this.text.slice(this.at, after) !== spelling) this.reject(spelling);
    this.at = after;
    return value;
  }

  parseNumber() {
    const text = this.text, start = this.at;
    let at = start, c = text.charCodeAt(at);
    while (c >= 48 && c <= 57 || c === 45 || c === 43 || c === 46 || c === 69 || c === 101) {
      c = text.charCodeAt(++at);
    }
    this.at = at;
    if (at === start) this.reject("a value");
    return Number(text.slice(start, at));
  }

  parseEscape() {
    const c = this.text.charCodeAt(this.at++);
    if (c === 117) { // \uXXXX
      const code = parseInt(this.text.slice(this.at, this.at + 4), 16);
      this.at += 4;
      return String.fromCharCode(code);
    }
    return ESCAPES.get(c) ?? this.reject("an escape");
  }

  parseString() {
    const text = this.text;
    let at = this.at + 1, start = at, parts = null;
    while (true) {
      const c = text.charCodeAt(at);
      if (c === 34) { // "
        const piece = text.slice(start, at);
        this.at = at + 1;
        if (parts === null) return piece;
        parts.push(piece);
        return parts.join("");
      }
      if (c === 92) { // \
        parts ??= [];
        parts.push(text.slice(start, at));
        this.at = at + 1;
        parts.push(this.parseEscape());
        at = start = this.at;
      } else if (at >= text.length) {
        this.reject("a closing quote");
      } else {
        at++;
      }
    }
  }

  parseArray() {
    const items = [];
    this.at++;
    if (this.skipSpace() === 93) { this.at++; return items; } // ]
    while (true) {
      items.push(this.parseValue());
      const c = this.skipSpace();
      this.at++;
      if (c === 93) return items;
      if (c !== 44) this.reject("a comma or ]");
    }
  }

  parseObject() {
    const members = new Map();
    this.at++;
    if (this.skipSpace() === 125) { this.at++; return members; } // }
    while (true) {
      if (this.skipSpace() !== 34) this.reject("a name");
      const name = this.parseString();
      if (this.skipSpace() !== 58) this.reject("a colon");
      this.at++;
      members.set(name, this.parseValue());
      const c = this.skipSpace();
      this.at++;
      if (c === 125) return members;
      if (c !== 44) this.reject("a comma or }");
    }
  }

  parseValue() {
    switch (this.skipSpace()) {
      case 34: return this.parseString();
      case 123: return this.parseObject();
      case 91: return this.parseArray();
      case 116: return this.parseWord("true", true);
      case 102: return this.parseWord("false", false);
      case 110: return this.parseWord("null", null);
      default: return this.parseNumber();
    }
  }
}

function parse(text) {
  const parser = new Parser(text);
  const value = parser.parseValue();
  parser.skipSpace();
  if (parser.at < text.length) parser.reject("the end");
  return value;
}

const RECORD = String.raw`
  {"id": @id, "name": "agent \"@name\"", "score": @score.25, "active": @active, "parent": null,
   "tags": ["red", "gr\u00fcn", "line\nbreak"],
   "place": {"x": -@x, "y": 1.5e2, "empty": [], "nothing": {}}}`;

function makeDocument(records) {
  const rows = [];
  let seed = 11;
  for (let i = 1; i <= records; i++) {
    seed = seed * 16807 % 2147483647;
    rows.push(RECORD.replace("@id", i).replace("@name", seed % 1000).replace("@score", seed % 400)
      .replace("@active", seed % 2 === 0).replace("@x", seed % 90));
  }
  return "[" + rows.join(",") + "\n]";
}

function run(records, rounds) {
  const text = makeDocument(records);
  let ids = 0, score = 0, names = 0, active = 0, nulls = 0, green = 0, breaks = 0, places = 0;
  for (let round = 0; round < rounds; round++) {
    for (const record of parse(text)) {
      ids += record.get("id");
      score += record.get("score");
      names += record.get("name").length;
      if (record.get("active")) active++;
      if (record.get("parent") === null) nulls++;
      if (record.get("tags")[1] === "grün") green++;
      if (record.get("tags")[2] === "line\nbreak") breaks++;
      places += record.get("place").get("x") + record.get("place").get("y");
    }
  }
  console.log(`${ids} ${score.toFixed(2)} ${names} ${active}`);
  console.log(`${nulls} ${green} ${breaks} ${places.toFixed(1)}`);
}

run(1200, 9);
