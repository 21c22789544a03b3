/* The calculator of the models page; the formulas are those of rekb/cost.py and stand beside each value. */
(function () {
  "use strict";
  const form = document.querySelector("[data-rekb-calculator]");
  if (!form) return;
  const table = document.querySelector("[data-rekb-costs]");
  const precisions = table.dataset.precisions.trim().split(" ").map((pair) => pair.split("="));
  const cell = (name) => table.querySelector(`[data-rekb-cost="${name}"]`);

  /* A count as people type it: 7B, 340M, 32k, 7,000,000,000. */
  function number(text) {
    const match = /^([\d.]+)([kmbt]?)$/i.exec(text.replaceAll(/[\s,_]/g, ""));
    if (!match) return NaN;
    return Number(match[1]) * { "": 1, k: 1e3, m: 1e6, b: 1e9, t: 1e12 }[match[2].toLowerCase()];
  }

  function bytes(value) {
    if (!Number.isFinite(value)) return "–";
    const [size, unit] = value >= 1e12 ? [1e12, "TB"] : value >= 1e9 ? [1e9, "GB"] : [1e6, "MB"];
    return `${(value / size).toLocaleString("en", { maximumSignificantDigits: 4 })} ${unit}`;
  }

  function flops(value) {
    if (!Number.isFinite(value)) return "–";
    const exponent = Math.floor(Math.log10(value));
    return `${(value / 10 ** exponent).toFixed(2)} × 10^${exponent}`;
  }

  function update() {
    const typed = (name) => number(form.elements[name].value);
    const parameters = typed("parameters");
    const active = form.elements.active.value.trim() ? typed("active") : parameters;
    cell("weights").textContent = precisions.map(([name, size]) => `${name} ${bytes(parameters * size)}`).join(", ");
    cell("cache").textContent = bytes(2 * typed("layers") * typed("kv_heads") * typed("head_size")
      * typed("context") * typed("batch") * Number(form.elements.precision.value));
    cell("token").textContent = flops(2 * active + 4 * typed("layers") * typed("hidden") * typed("context"));
    cell("training").textContent = flops(6 * active * typed("tokens"));
  }

  form.elements.model.addEventListener("change", () => {
    const option = form.elements.model.selectedOptions[0];
    if (option.value === "") return;
    for (const name of ["parameters", "active", "layers", "hidden", "kv_heads", "head_size", "tokens"]) {
      form.elements[name].value = option.getAttribute(`data-${name.replace("_", "-")}`) ?? "";
    }
    update();
  });
  form.addEventListener("input", update);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.hidden = false;
  update();
})();
