/* The calculator of the models page: computes and writes what rekb/site/calculator does in Python. */
(function () {
  "use strict";
  const form = document.querySelector("[data-rekb-calculator]");
  if (!form) return;
  const say = document.querySelector("[data-rekb-calculator-say]");
  const hint = say.textContent;
  const fields = [...form.elements].filter((field) => field.name);
  const figures = fields.filter((field) => "rekbFigure" in field.dataset);
  const bytesOf = new Map([...form.elements.precision.options].map((o) => [o.value, Number(o.dataset.bytes)]));
  const decimal = [[1e12, "TB"], [1e9, "GB"], [1e6, "MB"], [1e3, "kB"], [1, "B"]];
  const binary = [[2 ** 40, "TiB"], [2 ** 30, "GiB"], [2 ** 20, "MiB"], [2 ** 10, "KiB"], [1, "B"]];
  const unknown = "–";

  /* A count as people type it: 7B, 340M, 32k, 7e9, 7,000,000,000; 0 where it is none. */
  function number(text) {
    const match = /^(\d+\.?\d*|\.\d+)(e\+?\d{1,2})?([kmbt]?)$/i.exec(text.replaceAll(/[\s,_]/g, ""));
    if (!match) return 0;
    return Math.round(Number(match[1] + (match[2] ?? "")) * { "": 1, k: 1e3, m: 1e6, b: 1e9, t: 1e12 }[match[3].toLowerCase()]);
  }

  function sized(size, units) {
    const [unit, name] = units.find(([least]) => size >= least) ?? units.at(-1);
    return `${(size / unit).toLocaleString("en", { maximumSignificantDigits: 4 })}\u00a0${name}`;
  }

  const both = (size) => (size ? `${sized(size, decimal)} (${sized(size, binary)})` : unknown);

  function power(cell, value) {
    cell.textContent = unknown;
    if (!value) return;
    const exponent = BigInt(Math.round(value)).toString().length - 1;
    const raised = document.createElement("sup");
    raised.textContent = String(exponent);
    cell.replaceChildren(`${(value / 10 ** exponent).toFixed(2)} × 10`, raised);
  }

  function verdict(size, card) {
    if (!size) return unknown;
    const room = card * 2 ** 30;
    if (size > room) return `no, ${Math.ceil(size / room)} cards at least`;
    return size < room ? `fits, ${sized(room - size, binary)} left` : "fits, nothing left";
  }

  function update() {
    const typed = Object.fromEntries(fields.map((field) => [field.name, number(field.value)]));
    const cell = (name) => document.querySelector(`[data-rekb-cost="${name}"]`);
    const active = typed.active || typed.parameters;
    const each = typed.layers * (typed.cached || 2 * typed.kv_heads * typed.head_size) * bytesOf.get(form.elements.precision.value);
    const cache = each * typed.context * typed.batch;
    cell("cache-token").textContent = both(each);
    cell("cache").textContent = both(cache);
    const known = active && typed.layers && typed.hidden && typed.context;
    power(cell("token"), known ? 2 * active + 4 * typed.layers * typed.hidden * typed.context : 0);
    power(cell("training"), 6 * active * typed.tokens);
    cell("state").textContent = both(16 * typed.parameters);
    for (const row of document.querySelectorAll("[data-rekb-precision]")) {
      const weights = typed.parameters * bytesOf.get(row.dataset.rekbPrecision);
      const total = weights && cache ? weights + cache : 0;
      row.cells[1].textContent = both(weights);
      row.cells[2].textContent = both(total);
      row.cells[3].textContent = (weights && !total ? "weights alone: " : "") + verdict(total || weights, typed.card);
    }
    document.querySelector("[data-rekb-card]").textContent = `${typed.card} GB`;
  }

  /* What a field holds before anything is typed: the picked model's figure, or the example. */
  const before = () => new Map(fields.map((field) => [field.name, initial(field)]));
  function initial(field) {
    if (field.tagName === "SELECT") return [...field.options].find((o) => o.defaultSelected)?.value ?? "";
    const picked = form.elements.model.selectedOptions[0];
    if (!picked.value || !figures.includes(field)) return field.defaultValue;
    return picked.getAttribute(`data-${field.name.replace("_", "-")}`) ?? "";
  }

  function pick() {
    const picked = form.elements.model.selectedOptions[0];
    for (const field of figures) field.value = initial(field);
    const latent = form.elements.cached.value !== "";
    const spare = ["active", "cached", ...(latent ? ["kv_heads", "head_size"] : [])];
    const missing = figures.filter((field) => picked.value && !field.value && !spare.includes(field.name));
    const names = missing.map((field) => field.parentElement.firstChild.textContent.trim().toLowerCase());
    say.textContent = names.length ? `Not published for ${picked.text}: ${names.join(", ")}. Type them to fill the dashes.` : hint;
  }

  function remember() {
    const known = before();
    const kept = new URLSearchParams();
    for (const field of fields) if (field.value !== known.get(field.name)) kept.set(field.name, field.value);
    history.replaceState(null, "", kept.size ? `?${kept}` : location.pathname);
  }

  function recall() {
    const kept = new URLSearchParams(location.search);
    const has = (field, value) => field.tagName !== "SELECT" || [...field.options].some((o) => o.value === value);
    if (has(form.elements.model, kept.get("model") ?? "")) form.elements.model.value = kept.get("model") ?? "";
    pick();
    for (const field of fields) {
      const value = kept.get(field.name);
      if (field.name !== "model" && value !== null && has(field, value)) field.value = value;
    }
  }

  form.addEventListener("input", (event) => {
    if (event.target.name === "model") pick();
    update();
    remember();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.hidden = false;
  recall();
  update();
})();
