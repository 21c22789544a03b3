/* What it takes to run a model, in numbers and in words: the same as rekb/site/calculator/plan.py and answers.py.
   tests/planner_cases.json holds the two to one answer. */
(function () {
  "use strict";
  const rekb = (globalThis.rekb ??= {});
  const GIB = 2 ** 30;
  const STATE_BYTES = 2;
  const decimal = [[1e12, "TB"], [1e9, "GB"], [1e6, "MB"], [1e3, "kB"], [1, "B"]];
  const binary = [[2 ** 40, "TiB"], [GIB, "GiB"], [2 ** 20, "MiB"], [2 ** 10, "KiB"], [1, "B"]];
  const numbers = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];

  /* ---- Numbers: `bits` maps a format to its bits a number ---- */
  const weightBytes = (parameters, format, bits) => parameters * (bits[format] / 8);

  function tokenBytes(model, bits) {
    return (model.cached || 2 * model.kv_heads * model.head_size) * (bits[model.precision] / 8);
  }

  const windowed = (model) => (model.window ? Math.min(model.window_layers, model.layers) : 0);

  function sequenceBytes(model, context, bits) {
    const few = windowed(model);
    const tokens = (model.layers - few) * context + few * Math.min(context, model.window);
    return tokenBytes(model, bits) * tokens + model.state * STATE_BYTES;
  }

  function longestContext(model, room, bits) {
    const each = tokenBytes(model, bits);
    const few = windowed(model);
    const full = model.layers - few;
    const left = room - model.state * STATE_BYTES;
    if (!(each * model.layers)) return Infinity;
    if (left <= 0) return 0;
    const all = left / (each * model.layers);
    if (!few || all <= model.window) return Math.floor(all);
    if (!full) return Infinity;
    return Math.floor((left - each * few * model.window) / (each * full));
  }

  function costs(model, card, bits) {
    const weights = weightBytes(model.parameters, model.weights, bits);
    const keeps = model.layers * tokenBytes(model, bits) + model.state;
    const sequence = keeps && model.context ? sequenceBytes(model, model.context, bits) : 0;
    const cache = sequence * model.batch;
    const none = { total: 0, cards: 0, room: 0, context: 0, sequences: 0, read: 0, speed: 0, by: "" };
    if (!weights || !cache || !card.memory) return { weights, sequence, cache, ...none };
    const total = weights + cache;
    const usable = card.memory * GIB * (1 - model.kept_free / 100);
    const cards = Math.ceil(total / usable);
    const room = cards * usable;
    const free = room - weights;
    const context = longestContext(model, free / model.batch, bits);
    const read = weightBytes(model.active || model.parameters, model.weights, bits) + cache;
    return { weights, sequence, cache, total, cards, room, context, sequences: Math.floor(free / sequence), read, ...bound(model, card, cards, read) };
  }

  function bound(model, card, cards, read) {
    const byBandwidth = (model.batch * card.bandwidth * 1e9 * cards) / read;
    const byCompute = (card.peak * 1e12 * cards) / (2 * (model.active || model.parameters));
    if (!byBandwidth) return { speed: 0, by: "" };
    if (byCompute && byCompute < byBandwidth) return { speed: byCompute, by: "compute" };
    return { speed: byBandwidth, by: "bandwidth" };
  }

  /* ---- Words ---- */
  const significant = (value) => value.toLocaleString("en", { maximumSignificantDigits: 4 });
  const whole = (value) => value.toLocaleString("en", { maximumFractionDigits: 0 });
  const length = (tokens) => (tokens >= 1024 && tokens % 1024 === 0 ? `${whole(tokens / 1024)}k` : whole(tokens));
  const cardCount = (count) => `${numbers[count] ?? whole(count)} ${count === 1 ? "card" : "cards"}`;

  function sized(size, units) {
    const [unit, name] = units.find(([least]) => size >= least) ?? units.at(-1);
    return `${significant(size / unit)}\u00a0${name}`;
  }

  function missing(model) {
    const names = ["parameters", "layers", "context", "batch"].filter((field) => !model[field]);
    if (model.layers && !model.cached && !(model.kv_heads && model.head_size)) names.push("key-value heads and head width");
    return `No answer yet: ${names.join(", ")} missing.`;
  }

  function headline(name, model, card, found) {
    if (!found.total) return missing(model);
    const said = `${name}, ${model.weights}, ${length(model.context)} × ${whole(model.batch)}`;
    return `${said}: ${sized(found.total, decimal)}, ${cardCount(found.cards)} of ${significant(card.memory)} GB.`;
  }

  function terms(found, model) {
    if (!found.total) return "";
    const share = Math.floor((100 * found.weights) / found.total + 0.5);
    const most = found.weights >= found.cache ? "weights" : "the KV cache";
    return `Most of it is ${most}: weights ${sized(found.weights, decimal)} (${share}%), `
      + `KV cache ${sized(found.cache, decimal)} (${100 - share}%); `
      + `${significant(model.kept_free)}% of each card is kept free for activations and the runtime.`;
  }

  function fits(found, model) {
    if (!found.total) return "";
    const longest = Number.isFinite(found.context) ? `a context of ${whole(found.context)} tokens` : "a context of any length";
    const most = `${whole(found.sequences)} ${found.sequences === 1 ? "sequence" : "sequences"} of ${length(model.context)}`;
    return `On ${cardCount(found.cards)} fit at most ${longest} at batch ${whole(model.batch)}, or ${most}.`;
  }

  function speed(found, model, card) {
    if (!found.total) return "";
    if (!found.speed) return `No bound for speed: no bandwidth is known of ${card.name}. Pick a device that has one.`;
    const said = `At most ${significant(found.speed)} tokens a second, ${significant(found.speed / model.batch)} each: `;
    if (found.by === "compute") return `${said}${cardCount(found.cards)} × ${significant(card.peak)} TFLOP/s ÷ (2 × active parameters).`;
    const rate = `${cardCount(found.cards)} × ${significant(card.bandwidth)} GB/s`;
    return `${said}batch ${whole(model.batch)} × ${rate} ÷ ${sized(found.read, decimal)} read for each step.`;
  }

  /* ---- What people type ---- */
  const limits = {
    parameters: [1, 1e15], active: [1, 1e15], layers: [1, 1e4], hidden: [1, 1e6], kv_heads: [1, 1e5], head_size: [1, 1e5],
    cached: [1, 1e7], window: [1, 1e9], window_layers: [1, 1e4], state: [1, 1e12], tokens: [1, 1e17], context: [1, 1e10],
    batch: [1, 1e7], kept_free: [0, 90],
  };
  const examples = { parameters: "7B", active: "13B", tokens: "2T", context: "32k", kept_free: "10" };

  /* A count as people type it: 7B, 340M, 7e9, 7,000,000,000; `k` is 1,024 of tokens in a context, else 1,000.
     Returns the number, 0 for nothing, and in words what is wrong with it. */
  function number(field, text) {
    const typed = text.trim();
    if (!typed) return { value: 0, wrong: "" };
    const shown = typed.length > 24 ? `${typed.slice(0, 24)}…` : typed;
    const match = /^([+-]?(?:\d+\.?\d*|\.\d+))(e[+-]?\d{1,3})?([kmbt]?)$/i.exec(typed.replaceAll(/[\s,_]/g, ""));
    if (!match) return { value: 0, wrong: `“${shown}” is no number; write one such as ${examples[field] ?? "32"}` };
    const k = ["context", "window"].includes(field) ? 1024 : 1e3;
    const value = Number(match[1] + (match[2] ?? "")) * { "": 1, k, m: 1e6, b: 1e9, t: 1e12 }[match[3].toLowerCase()];
    const [least, most] = limits[field];
    if (value < least) return { value: 0, wrong: `${shown} is too small; the least is ${least}` };
    if (value > most) return { value: 0, wrong: `${shown} is too large; the most is ${most.toLocaleString("en")}` };
    if (field !== "kept_free" && Math.abs(value - Math.round(value)) > 1e-6 * value) return { value: 0, wrong: `${shown} is no whole number` };
    return { value: field === "kept_free" ? value : Math.round(value), wrong: "" };
  }

  /* A memory that is typed in place of a device: 80 GB, 24. Nothing where it is none. */
  function memory(text) {
    const match = /^(\d+(?:\.\d+)?)\s*(?:gi?b)?$/i.exec(text.trim());
    const size = match ? Number(match[1]) : 0;
    if (!size || size > 1e6) return undefined;
    return { name: `${significant(size)} GB`, memory: size, bandwidth: 0, peak: 0 };
  }

  rekb.costs = { costs, sequenceBytes, tokenBytes, weightBytes, sized, significant, decimal, binary, number, memory, headline, terms, fits, speed };
})();
