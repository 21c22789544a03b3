/* Parameters of a model, counted from the shapes of its matrices, and the numbers that layers with a state keep of a
   sequence. Norms and biases are left out. */

/** @typedef {import("./confignames.js").Found} Found */
/** @typedef {import("./confignames.js").Figure} Figure */
/** @typedef {import("./layerkinds.js").Layer} Layer */
/** @typedef {import("./modeltypes.js").Kind} Kind */
/** @typedef {import("./modeltypes.js").StateKind} StateKind */

/** A model's figures; those that `lacking` names are there. @typedef {Record<Figure, number>} Shape */

/** Figures that a layer with a state needs. @type {Record<StateKind, Figure[]>} */
const needs = {
  mamba: ["state_size"],
  mamba2: ["state_size", "state_head_size"],
  delta: ["linear_keys", "linear_values", "linear_key_size", "linear_value_size"],
  lightning: ["heads", "head_size"],
  lru: ["heads"],
  conv: ["convolution"],
  rwkv4: [],
  rwkv6: ["head_size"],
  rwkv7: ["head_size"],
};

/**
 * Figures without which something about these layers cannot be counted.
 * @param {Layer[]} layers
 * @param {Found} has
 * @param {Kind} kind
 * @param {StateKind} state
 * @returns {{state: Figure[], parameters: Figure[]}}
 */
export function lacking(layers, has, kind, state) {
  const isThere = (/** @type {(layer: Layer) => boolean} */ test) => layers.some(test);
  const keeps = isThere(({ mixer }) => mixer === "state" || mixer === "both") ? needs[state] : [];
  /** @type {Figure[]} */
  const all = ["vocabulary", ...keeps];
  if (isThere(({ mixer }) => ["full", "window", "cross", "both"].includes(mixer))) all.push("heads", "kv_heads", "head_size");
  if (has.latent) all.push("rope_size", "nope_size", "value_size");
  if (isThere(({ block }) => block === "dense")) all.push("inner");
  if (isThere(({ block }) => block === "experts")) {
    all.push("experts");
    if (!has.inner) all.push(kind.shared ? "inner" : "expert_inner");
  }
  const absent = (/** @type {Figure[]} */ figures) => figures.filter((figure) => has[figure] === undefined);
  return { state: absent(keeps), parameters: absent(all) };
}

/**
 * Width of what a layer with a state works on.
 * @param {Shape} has
 */
function innerOf(has) {
  const heads = (has.state_heads ?? 0) * (has.state_head_size ?? 0);
  return heads || has.state_inner || (has.expand ?? 2) * has.hidden;
}

/** What its convolution sees: the inner width, and the inputs and outputs of the state. @param {Shape} has */
const convolved = (has) => innerOf(has) + 2 * (has.groups ?? 1) * has.state_size;

/** @param {Shape} has */
const keyWidth = (has) => has.linear_keys * has.linear_key_size;

/** @param {Shape} has */
const valueWidth = (has) => has.linear_values * has.linear_value_size;

/** Inputs before the present one that a convolution looks back on. @param {Shape} has */
const before = (has) => Math.max(0, (has.convolution ?? 4) - 1);

/**
 * Numbers that a layer with a state keeps of a sequence: the state, and the inputs that its convolution looks back on.
 * @param {StateKind} state
 * @param {Shape} has
 * @returns {number}
 */
export function stateNumbers(state, has) {
  const inner = innerOf(has);
  switch (state) {
    case "mamba": return inner * (has.state_size + before(has));
    case "mamba2": return inner * has.state_size + convolved(has) * before(has);
    case "delta": return valueWidth(has) * has.linear_key_size + (2 * keyWidth(has) + valueWidth(has)) * before(has);
    case "lightning": return has.heads * has.head_size ** 2;
    case "lru": return (has.state_inner ?? has.hidden) * (1 + before(has));
    case "conv": return has.hidden * before(has);
    case "rwkv4": return 5 * has.hidden;
    default: return has.hidden * (has.head_size + 2); // a matrix for each head, and two shifted inputs
  }
}

/** Widths of the narrow pairs of matrices in RWKV-7. @param {Shape} has */
const ranksOf = (has) => (has.decay_rank ?? 0) + (has.gate_rank ?? 0) + (has.a_rank ?? 0) + (has.v_rank ?? 0);

/** Width of what a layer with a state works on, where it is not a multiple of the model's. @param {Shape} has */
const ownWidth = (has) => has.state_inner ?? has.hidden;

/** @param {Shape} has */
function mambaParameters(has) {
  const inner = innerOf(has);
  const rank = has.step_rank ?? Math.ceil(has.hidden / 16);
  return 3 * has.hidden * inner + inner * (2 * rank + 3 * has.state_size + (has.convolution ?? 4));
}

/** @param {Shape} has */
function mamba2Parameters(has) {
  const inner = innerOf(has);
  const heads = has.state_heads ?? inner / has.state_head_size;
  return has.hidden * (2 * inner + convolved(has) + heads) + convolved(has) * (has.convolution ?? 4);
}

/** @param {Shape} has */
function deltaParameters(has) {
  const keys = keyWidth(has);
  const values = valueWidth(has);
  return has.hidden * (2 * keys + 3 * values + 2 * has.linear_values) + (2 * keys + values) * (has.convolution ?? 4);
}

/**
 * Parameters of a layer's state and of all that leads into and out of it.
 * @type {Record<StateKind, (has: Shape) => number>}
 */
const stateParameters = {
  mamba: mambaParameters,
  mamba2: mamba2Parameters,
  delta: deltaParameters,
  lightning: (has) => 5 * has.hidden * has.heads * has.head_size,
  lru: (has) => 3 * has.hidden * ownWidth(has) + (2 * ownWidth(has) ** 2) / has.heads,
  conv: (has) => 4 * has.hidden ** 2,
  rwkv4: (has) => 4 * has.hidden * ownWidth(has),
  rwkv6: (has) => 5 * has.hidden * ownWidth(has),
  rwkv7: (has) => 4 * has.hidden * ownWidth(has) + 2 * has.hidden * ranksOf(has),
};

/**
 * @param {Shape} has
 * @param {Kind} kind
 */
function attentionParameters(has, kind) {
  if (has.latent) return latentParameters(has);
  const queries = kind.gate ? 2 * has.heads : has.heads;
  return has.hidden * has.head_size * (queries + has.heads + 2 * has.kv_heads);
}

/** What chooses the tokens that sparse attention looks at. @param {Shape} has */
function indexParameters(has) {
  if (!has.index_heads || !has.index_size) return 0;
  const queries = has.index_heads * ((has.query_latent || has.hidden) * has.index_size + has.hidden);
  return queries + has.hidden * has.index_size;
}

/** @param {Shape} has */
function latentParameters(has) {
  const rope = has.rope_size;
  const head = has.nope_size + rope;
  const query = has.query_latent ? has.query_latent * (has.hidden + has.heads * head) : has.hidden * has.heads * head;
  const keys = has.hidden * (has.latent + rope) + has.latent * has.heads * (has.nope_size + has.value_size);
  return query + keys + has.heads * has.value_size * has.hidden + indexParameters(has);
}

/**
 * The parameters of a layer's first half, which all tokens meet.
 * @param {Layer} layer
 * @param {Shape} has
 * @param {Kind} kind
 * @param {StateKind} state
 */
function mixerParameters({ mixer }, has, kind, state) {
  if (mixer === "none") return 0;
  if (mixer === "state") return stateParameters[state](has);
  const attention = attentionParameters(has, kind);
  return mixer === "both" ? attention + stateParameters[state](has) : attention;
}

/**
 * The width of the block that all tokens meet beside their experts.
 * @param {Shape} has
 * @param {Kind} kind
 */
function sharedWidth(has, kind) {
  if (kind.shared) return has.inner;
  return has.shared_inner ?? (has.shared_experts ?? 0) * (has.expert_inner ?? has.inner);
}

/**
 * The parameters of a layer's second half: of one expert, of what all tokens meet beside experts, and without experts.
 * @param {Shape} has
 * @param {Kind} kind
 */
function blockParameters(has, kind) {
  const unit = kind.matrices ?? 3;
  const narrow = has.expert_width || has.hidden;
  const narrowing = has.expert_width ? 2 * has.hidden * has.expert_width : 0;
  const router = (has.experts ?? 0) * has.hidden;
  const gates = kind.gated ? has.hidden ** 2 : 0;
  return {
    expert: unit * narrow * (has.expert_inner ?? has.inner),
    shared: unit * has.hidden * sharedWidth(has, kind) + narrowing + router,
    dense: unit * has.hidden * (has.dense_inner ?? has.inner) + gates,
  };
}

/**
 * Parameters of the tables: those that a token meets, and those it looks one row up in.
 * @param {Shape} has
 * @param {Kind} kind
 * @param {unknown} tied
 */
function tables(has, kind, tied) {
  const width = has.table_width ?? has.hidden;
  const projections = width === has.hidden ? 0 : 2 * width * has.hidden;
  const table = has.vocabulary * width;
  const places = kind.positions ? (has.context ?? 0) * has.hidden : 0;
  const inputs = tied ? 0 : table;
  return { met: table + projections, looked: inputs + places };
}

/**
 * All parameters, and those that a token meets.
 * @param {Layer[]} layers
 * @param {Shape} has
 * @param {Kind} kind
 * @param {{tied: unknown, state: StateKind}} how
 */
export function countParameters(layers, has, kind, { tied, state }) {
  const { met, looked } = tables(has, kind, tied);
  const { expert, shared, dense } = blockParameters(has, kind);
  let all = met + looked;
  let active = met;
  for (const layer of layers) {
    const mixer = mixerParameters(layer, has, kind, state);
    all += mixer;
    active += mixer;
    if (layer.block === "dense") {
      all += dense;
      active += dense;
    } else if (layer.block === "experts") {
      all += has.experts * expert + shared;
      active += (has.active_experts ?? 1) * expert + shared;
    }
  }
  return { all: Math.round(all), active: Math.round(active) };
}
