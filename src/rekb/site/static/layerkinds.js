/* What each layer of a configuration is: how it mixes tokens, and what block stands behind that. */

/** @typedef {import("./confignames.js").Config} Config */
/** @typedef {import("./confignames.js").Found} Found */
/** @typedef {import("./modeltypes.js").Kind} Kind */

/**
 * How a layer mixes tokens. A cross layer looks at images only; "state" keeps a state, "both" a state beside attention.
 * @typedef {"full" | "window" | "cross" | "state" | "both" | "none"} Mixer
 */
/** What stands behind it. @typedef {"dense" | "experts" | "none"} Block */
/** @typedef {{mixer: Mixer, block: Block}} Layer */

/** Layers, or why they cannot be told. @typedef {{layers: Layer[], wrong: string}} Layers */

/**
 * @param {unknown} value
 * @returns {unknown[]}
 */
const list = (value) => (Array.isArray(value) ? value : []);

/* Signs of Nemotron-H's patterns. */
/** @type {Map<string, Layer>} */
const signs = new Map([
  ["M", { mixer: "state", block: "none" }], ["*", { mixer: "full", block: "none" }],
  ["-", { mixer: "none", block: "dense" }], ["E", { mixer: "none", block: "experts" }],
]);

/**
 * What each layer is.
 * @param {Config} config
 * @param {Found & {layers: number}} has
 * @param {Kind} kind
 * @returns {Layers}
 */
export function layersOf(config, has, kind) {
  if (typeof config.hybrid_override_pattern === "string") return byPattern(config.hybrid_override_pattern, has.layers);
  const mixers = mixersOf(config, has, kind);
  if (typeof mixers === "string") return { layers: [], wrong: mixers };
  if (mixers.length !== has.layers) {
    return { layers: [], wrong: `${mixers.length} layers are listed one by one, and num_hidden_layers is ${has.layers}.` };
  }
  const names = list(config.layers_block_type);
  const layers = mixers.map((mixer, place) => layerAt(mixer, place, { config, has, kind, name: String(names[place] ?? "") }));
  return { layers, wrong: "" };
}

/**
 * @param {string} pattern
 * @param {number} count
 * @returns {Layers}
 */
function byPattern(pattern, count) {
  if (pattern.length !== count) return { layers: [], wrong: `hybrid_override_pattern has ${pattern.length} signs for ${count} layers.` };
  /** @type {Layer[]} */
  const layers = [];
  for (const sign of pattern) {
    const layer = signs.get(sign);
    if (!layer) return { layers: [], wrong: `hybrid_override_pattern has the sign “${sign}”, which is not known here.` };
    layers.push(layer);
  }
  return { layers, wrong: "" };
}

/**
 * @param {Mixer} mixer
 * @param {number} place
 * @param {{config: Config, has: Found, kind: Kind, name: string}} of
 * @returns {Layer}
 */
function layerAt(mixer, place, { config, has, kind, name }) {
  if (kind.alone) {
    if (name === "moe") return { mixer: "none", block: "experts" };
    if (name === "mlp") return { mixer: "none", block: "dense" };
    return { mixer, block: "none" };
  }
  if (kind.state?.startsWith("mamba") && kind.stateOnly) return { mixer, block: "none" };
  const isSparse = (has.experts ?? 0) > 1 && sparseAt(place, config, has);
  return { mixer, block: isSparse ? "experts" : "dense" };
}

/**
 * Whether a layer has experts.
 * @param {number} place
 * @param {Config} config
 * @param {Found} has
 */
function sparseAt(place, config, has) {
  if (Array.isArray(config.moe_layers)) return config.moe_layers.includes(place);
  if (list(config.mlp_only_layers).includes(place)) return false;
  if (place < (has.dense_layers ?? 0)) return false;
  const { moe_layer_freq: frequency } = config;
  if (Array.isArray(frequency)) return Boolean(frequency[place]);
  if (typeof frequency === "number" && frequency > 1) return place % frequency === 0;
  const step = has.sparse_step ?? 1;
  return step > 0 && place % step === (has.sparse_offset ?? step - 1);
}

/**
 * @param {Config} config
 * @param {Found & {layers: number}} has
 * @param {Kind} kind
 * @returns {Mixer[] | string} or why they cannot be told
 */
function mixersOf(config, has, kind) {
  const places = Array.from({ length: has.layers }, (_, place) => place);
  if (kind.both) return places.map(() => "both");
  if (kind.stateOnly) return places.map(() => "state");
  return listed(config, has) ?? placed(config, has, places) ?? windowed(config, has, kind, places);
}

/**
 * Layers that are named one by one.
 * @param {Config} config
 * @param {Found & {layers: number}} has
 * @returns {Mixer[] | string | null}
 */
function listed(config, has) {
  const named = [list(config.layer_types), list(config.layers_block_type)].find((found) => found.length);
  if (named) return ofWords(named, has);
  const blocks = list(config.block_types);
  if (blocks.length) return ofWords(Array.from({ length: has.layers }, (_, place) => blocks[place % blocks.length]), has);
  const kinds = list(config.attn_type_list);
  if (kinds.length) return kinds.map((kind) => (kind === 1 ? "full" : "state"));
  const attentions = list(config.attention_layers).length ? list(config.attention_layers) : repeated(list(config.attention_types), has.layers);
  return attentions.length ? attentions.map((word) => (word === "local" ? "window" : "full")) : null;
}

/**
 * GPT-Neo's way to name layers: kinds, and how often they come.
 * @param {unknown[]} types
 * @param {number} most
 * @returns {unknown[]}
 */
function repeated(types, most) {
  /** @type {unknown[]} */
  const found = [];
  for (const type of types) {
    const [names, times] = list(type);
    const often = Math.min(Number(times) || 0, most); // of an untrusted file, so that it ends
    for (let time = 0; time < often && found.length <= most; time += 1) found.push(...list(names));
  }
  return found;
}

/**
 * @param {unknown[]} named
 * @param {Found} has
 * @returns {Mixer[] | string}
 */
function ofWords(named, has) {
  /** @type {Mixer[]} */
  const found = [];
  for (const word of named) {
    const mixer = mixerOf(String(word), has);
    if (!mixer) return `a layer is called “${String(word).slice(0, 40)}”, which is not known here.`;
    found.push(mixer);
  }
  return found;
}

/**
 * @param {string} word
 * @param {Found} has
 * @returns {Mixer | null} null for a word that is not known
 */
function mixerOf(word, has) {
  if (/^(mamba2?|m|linear(_attention)?|recurrent|conv)$/.test(word)) return "state";
  if (/^(sliding|local|chunked)(_attention)?$|^sliding_window$/.test(word)) return has.window ? "window" : "full";
  if (word === "attention" && has.window) return "window";
  if (/^(full|global)?_?attention$|^a$|^\*$/.test(word)) return "full";
  return /^(mlp|moe)$/.test(word) ? "none" : null;
}

/**
 * Layers whose places are told by a rule.
 * @param {Config} config
 * @param {Found} has
 * @param {number[]} places
 * @returns {Mixer[] | null}
 */
function placed(config, has, places) {
  const indices = list(config.attn_layer_indices);
  if (indices.length) return places.map((place) => (indices.includes(place) ? "full" : "state"));
  const crossing = list(config.cross_attention_layers);
  if (crossing.length) return places.map((place) => (crossing.includes(place) ? "cross" : "full"));
  const period = has.full_period;
  if (!period) return null;
  const offset = has.full_offset ?? period - 1;
  return places.map((place) => (place % period === offset ? "full" : "state"));
}

/**
 * Layers of attention, some of which keep no more than a window.
 * @param {Config} config
 * @param {Found} has
 * @param {Kind} kind
 * @param {number[]} places
 * @returns {Mixer[]}
 */
function windowed(config, has, kind, places) {
  const isOff = config.use_sliding_window === false || (kind.switched && config.use_sliding_window !== true);
  if (!has.window || isOff) return places.map(() => "full");
  if (kind.shared) return chunked(config, has, places);
  const { sliding_window_pattern: pattern, max_window_layers: full } = config;
  if (typeof pattern === "string" && pattern) return places.map((place) => (pattern[place % pattern.length] === "L" ? "window" : "full"));
  const every = typeof pattern === "number" ? pattern : kind.pattern;
  if (every) return places.map((place) => ((place + 1) % every ? "window" : "full"));
  const from = config.use_sliding_window && typeof full === "number" ? full : 0;
  return places.map((place) => (place >= from ? "window" : "full"));
}

/**
 * Llama 4: layers without rotary places see all tokens, the others those of their chunk.
 * @param {Config} config
 * @param {Found} has
 * @param {number[]} places
 * @returns {Mixer[]}
 */
function chunked(config, has, places) {
  const rotary = list(config.no_rope_layers);
  if (rotary.length) return places.map((place) => (rotary[place] === 0 ? "full" : "window"));
  const period = has.rope_period || 4;
  return places.map((place) => ((place + 1) % period ? "window" : "full"));
}
