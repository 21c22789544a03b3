/* The planner of the models page: what is typed, picked or pasted becomes an answer. Numbers and words are those of
   costs.js; a pasted config.json is read by config.js. */
(function () {
  "use strict";
  const form = document.querySelector("[data-rekb-calculator]");
  if (!form) return;
  const { costs, sequenceBytes, tokenBytes, weightBytes, sized, decimal, binary, number, memory, headline, terms, fits, speed } = globalThis.rekb.costs;
  const data = JSON.parse(document.querySelector("[data-rekb-planner]").textContent);
  const say = document.querySelector("[data-rekb-calculator-say]");
  const hint = say.textContent;
  const wrong = document.querySelector("[data-rekb-wrong]");
  const fields = [...form.elements].filter((field) => field.name);
  const figures = fields.filter((field) => "rekbFigure" in field.dataset);
  const counts = fields.filter((field) => field.tagName === "INPUT" && !["model", "card"].includes(field.name));
  const { model: modelField, card: cardField } = form.elements;
  const unknown = "–";
  const fold = (text) => text.toLowerCase().replaceAll(/[\s_-]+/g, " ").trim();

  /* Names that lead to a model or a device; the first one wins. */
  const models = new Map(data.models.toReversed().map((model) => [fold(model.name), model]));
  const byId = new Map(data.models.map((model) => [model.id, model]));
  const devices = new Map();
  for (const device of data.devices) for (const name of [device.name, ...device.aliases]) if (!devices.has(fold(name))) devices.set(fold(name), device);

  function offer(id, names) {
    document.getElementById(id).replaceChildren(...names.map((name) => Object.assign(document.createElement("option"), { value: name })));
  }

  const label = (field) => field.parentElement.firstChild.textContent.trim();
  const both = (size) => (size ? `${sized(size, decimal)} (${sized(size, binary)})` : unknown);

  /* Up to three names that hold every word that is typed. */
  function near(text, names) {
    const wanted = fold(text).split(" ");
    const found = names.filter((name) => wanted.every((word) => fold(name).includes(word))).slice(0, 3);
    return found.length ? `; did you mean ${found.join(" or ")}?` : "";
  }

  function power(cell, value) {
    cell.textContent = unknown;
    if (!value) return;
    const exponent = BigInt(Math.round(value)).toString().length - 1;
    const raised = document.createElement("sup");
    raised.textContent = String(exponent);
    cell.replaceChildren(`${(value / 10 ** exponent).toFixed(2)} × 10`, raised);
  }

  function verdict(size, room) {
    if (!size || !room) return unknown;
    if (size > room) return `no, ${Math.ceil(size / room)} cards at least`;
    return size < room ? `fits, ${sized(room - size, binary)} left` : "fits, nothing left";
  }

  /* What is typed, and in words what is wrong with it. */
  function read() {
    const faults = [];
    const fault = (field, message) => {
      field.setAttribute("aria-invalid", String(Boolean(message)));
      if (message) faults.push(`${label(field)}: ${message}.`);
    };
    const plan = { weights: form.elements.weights.value, precision: form.elements.precision.value };
    for (const field of counts) {
      const { value, wrong: message } = number(field.name, field.value);
      plan[field.name] = value;
      fault(field, message);
    }
    if (plan.active > plan.parameters && plan.parameters) fault(form.elements.active, "more than all parameters");
    const picked = models.get(fold(modelField.value));
    const stray = modelField.value.trim() && !picked;
    fault(modelField, stray ? `no published size is called “${modelField.value.trim().slice(0, 40)}”${near(modelField.value, data.models.map((m) => m.name))}` : "");
    const typed = cardField.value.trim();
    const card = devices.get(fold(typed)) ?? memory(typed);
    const names = data.devices.map((device) => device.name);
    fault(cardField, card ? "" : `“${typed.slice(0, 40)}” is no device of this base and no memory such as 24 GB${near(typed, names)}`);
    return { plan, faults, card: card ?? { name: "", memory: 0, bandwidth: 0, peak: 0 }, name: picked && same(picked) ? picked.name : "" };
  }

  /* Whether the figures are still those of the picked model. */
  const same = (model) => figures.every((field) => number(field.name, field.value).value === (model[field.name] ?? 0) || (field.name === "tokens"));

  function called(plan, name) {
    if (name) return name;
    if (pasted) return "The pasted model";
    return `${sized(plan.parameters, [[1e12, "T"], [1e9, "B"], [1e6, "M"], [1, ""]]).replace("\u00a0", "")} parameters`;
  }

  let pasted = false;

  function update() {
    const { plan, faults, card, name } = read();
    const found = costs(plan, card, data.bits);
    const texts = {
      headline: faults.length && !found.total ? "No answer yet: correct what is marked below." : headline(called(plan, name), plan, card, found),
      terms: terms(found, plan),
      fits: fits(found, plan),
      speed: speed(found, plan, card),
    };
    for (const [id, text] of Object.entries(texts)) document.querySelector(`[data-rekb-say="${id}"]`).textContent = text;
    wrong.textContent = faults.join(" ");
    drawBar(found, plan, card);
    fillTables(plan, card);
    showTerm(found);
  }

  function drawBar(found, plan, card) {
    const bar = document.querySelector("[data-rekb-bar]");
    bar.toggleAttribute("hidden", !found.total);
    document.querySelector("[data-rekb-plan] .rekb-legend").hidden = !found.total;
    if (!found.total) return;
    const whole = found.cards * card.memory * 2 ** 30;
    const kept = (whole * plan.kept_free) / 100;
    const sizes = { weights: found.weights, cache: found.cache, spare: whole - kept - found.total, kept };
    let x = 0;
    for (const [part, size] of Object.entries(sizes)) {
      const drawn = bar.querySelector(`[data-rekb-part="${part}"]`);
      const width = (size / whole) * 1000;
      drawn.setAttribute("x", x.toFixed(2));
      drawn.setAttribute("width", width.toFixed(2));
      document.querySelector(`[data-rekb-size="${part}"]`).textContent = sized(size, decimal);
      x += width;
    }
    const places = found.cards > 64 ? [] : Array.from({ length: found.cards - 1 }, (_, place) => (1000 * (place + 1)) / found.cards);
    bar.querySelector("[data-rekb-lines]").replaceChildren(...places.map((place) => {
      const line = document.createElementNS("http://www.w3.org/2000/svg", "line");
      for (const [key, value] of Object.entries({ class: "rekb-plan__line", x1: place.toFixed(2), x2: place.toFixed(2), y1: 0, y2: 24 })) line.setAttribute(key, value);
      return line;
    }));
  }

  function fillTables(plan, card) {
    const cell = (name) => document.querySelector(`[data-rekb-cost="${name}"]`);
    const active = plan.active || plan.parameters;
    const cache = plan.context ? sequenceBytes(plan, plan.context, data.bits) * plan.batch : 0;
    cell("cache-token").textContent = both(plan.layers * tokenBytes(plan, data.bits));
    cell("cache").textContent = both(cache);
    const known = active && plan.layers && plan.hidden && plan.context;
    power(cell("token"), known ? 2 * active + 4 * plan.layers * plan.hidden * plan.context : 0);
    power(cell("training"), 6 * active * plan.tokens);
    cell("state").textContent = both(16 * plan.parameters);
    const room = card.memory * 2 ** 30 * (1 - plan.kept_free / 100);
    for (const row of document.querySelectorAll("[data-rekb-precision]")) {
      const weights = weightBytes(plan.parameters, row.dataset.rekbPrecision, data.bits);
      const total = weights && cache ? weights + cache : 0;
      row.cells[1].textContent = both(weights);
      row.cells[2].textContent = both(total);
      row.cells[3].textContent = (weights && !total ? "weights alone: " : "") + verdict(total || weights, room);
    }
    document.querySelector("[data-rekb-card]").textContent = card.memory ? `${card.memory} GB` : "unknown memory";
  }

  /* The techniques for the larger term come first. */
  function showTerm(found) {
    const larger = found.weights >= found.cache ? "weights" : "cache";
    for (const term of document.querySelectorAll("[data-rekb-term]")) {
      const first = found.total > 0 && term.dataset.rekbTerm === larger;
      term.querySelector("[data-rekb-larger]").hidden = !first;
      if (first && term.previousElementSibling) term.parentElement.prepend(term);
    }
  }

  /* What a field holds before anything is typed: the picked model's figure, or the example. */
  function initial(field) {
    if (field.tagName === "SELECT") return [...field.options].find((o) => o.defaultSelected)?.value ?? "";
    const picked = models.get(fold(modelField.value));
    if (!figures.includes(field) || (modelField.value === modelField.defaultValue && !picked)) return field.defaultValue;
    return picked ? String(picked[field.name] ?? "") : "";
  }

  function pick() {
    const picked = models.get(fold(modelField.value));
    if (!picked) return;
    pasted = false;
    for (const field of figures) field.value = initial(field);
    const latent = form.elements.cached.value !== "";
    const spare = ["active", "cached", "window", "window_layers", "state", ...(latent ? ["kv_heads", "head_size"] : [])];
    const missing = figures.filter((field) => !field.value && !spare.includes(field.name));
    const names = missing.map((field) => label(field).toLowerCase());
    say.textContent = names.length ? `Not published for ${picked.name}: ${names.join(", ")}. Type them for a full answer.` : hint;
  }

  function remember() {
    const kept = new URLSearchParams();
    const picked = models.get(fold(modelField.value));
    for (const field of fields) {
      const before = field === modelField ? field.defaultValue : initial(field);
      const value = field === modelField && picked ? picked.id : field.value;
      if (field.value !== before) kept.set(field.name, value);
    }
    history.replaceState(null, "", kept.size ? `?${kept}` : location.pathname);
  }

  function recall() {
    const kept = new URLSearchParams(location.search);
    const has = (field, value) => field.tagName !== "SELECT" || [...field.options].some((o) => o.value === value);
    const model = kept.get("model");
    if (model !== null) modelField.value = byId.get(model)?.name ?? model;
    for (const field of figures) field.value = initial(field);
    pick();
    for (const field of fields) {
      const value = kept.get(field.name);
      if (field !== modelField && value !== null && has(field, value)) field.value = value;
    }
  }

  /* A pasted config.json fills the figures, and the context where it is shorter than what is asked for. */
  function paste(area, answer) {
    if (!area.value.trim()) { answer.textContent = ""; return; }
    const got = globalThis.rekb.readConfig(area.value);
    if (got.wrong) { answer.textContent = got.wrong; return; }
    pasted = true;
    modelField.value = "";
    for (const field of figures) field.value = got.figures[field.name] ? String(got.figures[field.name]) : "";
    const lines = [...got.said];
    const asked = number("context", form.elements.context.value).value;
    if (got.figures.context && asked > got.figures.context) lines.push(`the context asked for is longer than the model's ${got.figures.context}`);
    const unread = got.unknown.length ? ` Not understood and left out: ${got.unknown.slice(0, 12).join(", ")}${got.unknown.length > 12 ? ` and ${got.unknown.length - 12} more` : ""}.` : " Every field was understood.";
    answer.textContent = `Read: ${lines.join("; ")}.${unread}`;
    update();
    remember();
  }

  form.addEventListener("input", (event) => {
    if (event.target.name === "model") pick();
    update();
    remember();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  const config = document.querySelector("[data-rekb-config]");
  config.querySelector("textarea").addEventListener("input", (event) => paste(event.target, config.querySelector("[data-rekb-config-say]")));
  offer("rekb-models", data.models.map((model) => model.name));
  offer("rekb-devices", [...data.devices.map((device) => device.name), ...data.plain.map((size) => `${size} GB`)]);
  form.hidden = false;
  config.hidden = false;
  recall();
  update();
})();
