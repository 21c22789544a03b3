/* A config.json as model repositories have it, read in the browser: the planner's figures, what they were read as, what
   is doubtful, and which fields say nothing to it. Nothing is sent anywhere. */
import { figureNames, figuresIn, names, silent, words } from "./confignames.js";
import { layersOf } from "./layerkinds.js";
import { kindOf, refusal } from "./modeltypes.js";
import { countParameters, lacking, stateNumbers } from "./parameters.js";
import { formatOf } from "./weightformat.js";

/**
 * What a text was read as.
 * @typedef {object} Reading
 * @property {Record<string, number>} figures of the planner
 * @property {string} weights the format that the file names, of the planner's; else ""
 * @property {string[]} said what they were read as, in words
 * @property {string[]} warned what makes the answer doubtful or keeps it from being whole
 * @property {string[]} unusable fields that hold no number, in words
 * @property {string[]} unknown fields that are left out
 * @property {string} wrong why nothing follows from the text; else ""
 */

/** @typedef {import("./confignames.js").Config} Config */
/** @typedef {import("./confignames.js").Figure} Figure */
/** @typedef {import("./confignames.js").Found} Found */
/** @typedef {import("./layerkinds.js").Layer} Layer */
/** @typedef {import("./modeltypes.js").Kind} Kind */
/** @typedef {import("./modeltypes.js").StateKind} StateKind */
/** @typedef {import("./parameters.js").Shape} Shape */

/** A configuration as it is counted. @typedef {{config: Config, type: string, kind: Kind, state: StateKind}} Model */
/** What a reading says. @typedef {{said: string[], warned: string[], unusable: string[]}} Notes */

const LONGEST = 2e6; // letters; a config.json has some thousand
const LONGEST_NAME = 40;
const nests = ["text_config", "llm_config", "language_config", "thinker_config", "text_model_config"];
const parts = ["attn_config", "ffn_config", "ssm_cfg"];
/* Blocks of other parts of a model than its decoder. */
const beside = /(vision|visual|audio|speech|image|video|talker|token2wav|projector).*config$/;
const later = ["num_nextn_predict_layers", "num_mtp_modules"];

/**
 * @param {unknown} value
 * @returns {value is Config}
 */
const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

/** @param {string} text */
const cut = (text) => (text.length > LONGEST_NAME ? `${text.slice(0, LONGEST_NAME)}…` : text);

/** @param {number} count */
const billions = (count) => (count >= 1e9 ? `${(count / 1e9).toPrecision(3)}B` : `${(count / 1e6).toPrecision(3)}M`);

/** @param {Figure[]} figures */
const areMissing = (figures) => `${figures.map((figure) => names[figure][0]).join(", ")} ${figures.length > 1 ? "are" : "is"} missing`;

/**
 * @param {string} message
 * @returns {Reading}
 */
const wrong = (message) => ({ figures: {}, weights: "", said: [], warned: [], unusable: [], unknown: [], wrong: message });

/**
 * Read a pasted text.
 * @param {string} text
 * @returns {Reading}
 */
export function readConfig(text) {
  if (text.length > LONGEST) return wrong("This is too long for a config.json.");
  let given;
  try {
    given = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (error) {
    return wrong(`This is no JSON: ${error instanceof Error ? error.message : error}.`);
  }
  if (!isObject(given)) return wrong("A config.json is an object: { … }.");
  if ("peft_type" in given) return wrong("This is the configuration of an adapter; paste that of the model it belongs to.");
  if ("_class_name" in given) return wrong("This is the configuration of a part of a diffusion model, which keeps no cache.");
  return readObject(given);
}

/**
 * @param {Config} given
 * @returns {Reading}
 */
function readObject(given) {
  const { outer, inner } = nestOf(given);
  const config = { ...outer, ...inner };
  const type = typeOf(config);
  const refused = refusal(type) || (config.is_encoder_decoder === true ? "An encoder with a decoder keeps two caches; they are not counted here." : "");
  if (refused) return wrong(refused);
  const kind = kindOf(type);
  const model = { config, type, kind, state: stateOf(config, kind) };
  /** @type {Notes} */
  const notes = { said: [], warned: [], unusable: [] };
  const { found, wrong: fault } = figuresOf(outer, inner, model, notes);
  if (fault) return wrong(fault);
  const { layers, hidden } = found;
  if (!layers || !hidden) return wrong("It names no layers or no width (num_hidden_layers, hidden_size), so nothing follows from it.");
  if (!kind.known) notes.warned.push(unknownType(type));
  return readLayers(model, { ...found, layers, hidden }, notes);
}

/** @param {string} type */
function unknownType(type) {
  const name = type ? `The model type “${cut(type)}” is not known here` : "No model type is named";
  return `${name}: it is counted as a decoder like Llama, which may be wrong`;
}

/**
 * The configuration of the decoder, and what stands around it.
 * @param {Config} given
 */
function nestOf(given) {
  let outer = flat(given);
  let inner = outer;
  for (let depth = 0; depth < 3; depth += 1) {
    const name = nests.find((nest) => isObject(inner[nest]));
    if (!name) break;
    const nested = flat(/** @type {Config} */ (inner[name]));
    const around = Object.fromEntries(Object.entries(inner).filter(([field]) => field !== name));
    outer = depth ? { ...outer, ...around } : around;
    inner = nested;
  }
  return { outer, inner };
}

/**
 * A configuration with the figures of its parts beside its own.
 * @param {Config} config
 */
function flat(config) {
  const blocks = parts.map((name) => config[name]).filter(isObject);
  const made = Object.assign({}, ...blocks, config);
  if (isObject(config.ssm_cfg)) delete made.layer; // it names the kind of all layers
  return made;
}

/** @param {Config} config */
function typeOf(config) {
  if (typeof config.model_type === "string") return config.model_type;
  if (!isObject(config.ssm_cfg)) return "";
  const mixed = Array.isArray(config.attn_layer_idx) && config.attn_layer_idx.length > 0;
  if (mixed) return "mamba with attention";
  return config.ssm_cfg.layer === "Mamba2" ? "mamba2" : "mamba";
}

/**
 * What layers with a state are; where the type does not say, by the figures that it names.
 * @param {Config} config
 * @param {Kind} kind
 * @returns {StateKind}
 */
function stateOf(config, kind) {
  if (kind.state) return kind.state;
  if (config.linear_num_value_heads) return "delta";
  return config.mamba_n_heads || config.mamba_num_heads ? "mamba2" : "mamba";
}

/**
 * The figures of a decoder: those it names, those of its type, those around it.
 * @param {Config} outer
 * @param {Config} inner
 * @param {Model} model
 * @param {Notes} notes
 * @returns {{found: Found, wrong: string}}
 */
function figuresOf(outer, inner, { config, type, kind }, notes) {
  const own = kind.names ?? {};
  const named = figuresIn(inner, own, notes.unusable);
  if (named.wrong) return named;
  const around = outer === inner ? { found: {}, wrong: "" } : figuresIn(outer, own, []);
  if (around.wrong) return around;
  const { found } = named;
  const usual = outer === inner ? kind.defaults : { ...kind.defaults, ...kind.nested };
  const taken = complete(found, usual ?? {}, around.found);
  if (taken.length) notes.said.push(`not named, so as ${type} has them: ${taken.join(", ")}`);
  completeInner(config, kind, found);
  return { found, wrong: headsOf(config, kind, found, notes) };
}

/**
 * Take figures that are not named from the type, else from around.
 * @param {Found} found
 * @param {Record<string, number>} usual
 * @param {Found} around
 * @returns {string[]} those of the type, in words
 */
function complete(found, usual, around) {
  const absent = figureNames.filter((figure) => found[figure] === undefined);
  /** @type {string[]} */
  const taken = [];
  for (const figure of absent) {
    if (usual[figure] !== undefined) taken.push(`${names[figure][0]} ${usual[figure]}`);
    const value = usual[figure] ?? around[figure];
    if (value !== undefined) found[figure] = value;
  }
  return taken;
}

/**
 * Complete the figures of heads.
 * @param {Config} config
 * @param {Kind} kind
 * @param {Found} found
 * @param {Notes} notes
 * @returns {string} why they cannot be
 */
function headsOf(config, kind, found, notes) {
  if (kind.stateOnly || !found.heads) return "";
  const before = found.kv_heads;
  found.kv_heads = sharedHeads(config, found.heads, before);
  if (before === undefined && found.kv_heads === found.heads && !found.latent && !kind.known) {
    notes.warned.push(`No key-value heads are named: the cache is counted with all ${found.heads} heads`);
  }
  if (found.kv_heads > found.heads) return `It names more key-value heads (${found.kv_heads}) than heads (${found.heads}).`;
  if (found.head_size || !found.hidden) return "";
  if (found.hidden % found.heads === 0) found.head_size = found.hidden / found.heads;
  return "";
}

/**
 * How many key-value heads there are; older families say so by a flag beside a number that does not count then.
 * @param {Config} config
 * @param {number} heads
 * @param {number | undefined} named
 */
function sharedHeads(config, heads, named) {
  const isNew = config.new_decoder_architecture === true || config.model_type === "RefinedWeb";
  if (isNew) return named ?? heads;
  if (config.multi_query === true || config.attn_type === "multiquery_attention") return 1;
  const isFull = config.multi_query === false || config.multi_query_attention === false || config.attn_type === "multihead_attention";
  return isFull ? heads : named ?? heads;
}

/**
 * Complete the width of the blocks.
 * @param {Config} config
 * @param {Kind} kind
 * @param {Found} found
 */
function completeInner(config, kind, found) {
  const times = found.times ?? kind.times;
  if (!found.inner && times && found.hidden) found.inner = Math.floor(times * found.hidden);
  if (found.inner && kind.share) found.inner *= kind.share;
  if (found.inner && config.block_auto_adjust_ff_dim === true) {
    const width = Math.floor(Math.floor((2 * found.inner) / 3) * (found.block_factor ?? 1));
    const step = found.block_multiple || 256;
    found.inner = step * Math.ceil(width / step);
  }
}

/**
 * @param {Model} model
 * @param {Found & {layers: number, hidden: number}} has
 * @param {Notes} notes
 * @returns {Reading}
 */
function readLayers(model, has, notes) {
  const { layers, wrong: fault } = layersOf(model.config, has, model.kind);
  if (fault) return wrong(`The layers cannot be told: ${fault}`);
  const absent = lacking(layers, has, model.kind, model.state);
  const figures = cacheFigures(layers, has, model, notes);
  Object.assign(figures, stateFigures(layers, has, model, absent.state, notes));
  Object.assign(figures, parameterFigures(layers, has, model, absent.parameters, notes));
  if (has.context) figures.context = has.context;
  const { weights, said, left } = formatOf(model.config);
  notes.said.push(...said, ...besides(model.config));
  return { figures, weights, ...notes, unknown: [...left, ...unread(model)], wrong: "" };
}

/** What stands beside the decoder and is not counted. @param {Config} config */
function besides(config) {
  const found = Object.keys(config).filter((name) => beside.test(name) && isObject(config[name]));
  return found.length ? [`the parameters of ${found.map(cut).join(", ")} are not counted`] : [];
}

/** Fields that are left out. @param {Model} model */
function unread({ config, kind }) {
  const known = new Set([...Object.values(names).flat(), ...Object.values(kind.names ?? {}).flat()]);
  const says = (/** @type {string} */ name) => known.has(name) || words.has(name) || silent.test(name);
  const isOff = (/** @type {string} */ name) => later.includes(name) && !config[name];
  return Object.keys(config).filter((name) => !says(name) && !isOff(name) && !(beside.test(name) && isObject(config[name]))).map(cut);
}

/**
 * What the layers of attention keep of each token.
 * @param {Layer[]} layers
 * @param {Found & {layers: number, hidden: number}} has
 * @param {Model} model
 * @param {Notes} notes
 */
function cacheFigures(layers, has, { kind }, { said, warned }) {
  const windowed = layers.filter(({ mixer }) => mixer === "window").length;
  const attention = windowed + layers.filter(({ mixer }) => mixer === "full" || mixer === "both").length;
  const crossing = layers.filter(({ mixer }) => mixer === "cross").length;
  /** @type {Record<string, number>} */
  const figures = { layers: attention, hidden: has.hidden };
  if (!attention) return figures;
  Object.assign(figures, tokenFigures(has, said, warned));
  if (windowed && has.window) {
    figures.window = has.window;
    figures.window_layers = windowed;
    const kept = kind.shared ? "attention within chunks" : "sliding window";
    said.push(`${kept} of ${has.window} tokens in ${windowed} of ${attention} attention layers`);
  }
  if (crossing) warned.push(`${crossing} layers look at images; what they keep of these is not counted`);
  return figures;
}

/**
 * What one of them keeps of a token.
 * @param {Found} has
 * @param {string[]} said
 * @param {string[]} warned
 * @returns {Record<string, number>}
 */
function tokenFigures(has, said, warned) {
  if (has.latent) {
    const cached = has.latent + (has.rope_size ?? 0);
    said.push(`latent attention: ${cached} numbers a token and layer`);
    if (!has.index_size) return { cached };
    said.push(`and ${has.index_size} for the index that chooses tokens`);
    return { cached: cached + has.index_size };
  }
  const { heads, kv_heads: shared, head_size: width } = has;
  if (!shared || !width) {
    /** @type {Figure[]} */
    const absent = shared ? ["head_size"] : ["heads"];
    warned.push(`The cache is not counted: ${areMissing(absent)}`);
    return {};
  }
  if (heads && shared < heads) said.push(`grouped heads: ${heads} query heads share ${shared}`);
  return { kv_heads: shared, head_size: width };
}

/**
 * What the layers with a state keep of a sequence.
 * @param {Layer[]} layers
 * @param {Found & {layers: number, hidden: number}} has
 * @param {Model} model
 * @param {Figure[]} absent
 * @param {Notes} notes
 * @returns {Record<string, number>}
 */
function stateFigures(layers, has, { state }, absent, { said, warned }) {
  const count = layers.filter(({ mixer }) => mixer === "state" || mixer === "both").length;
  if (!count) return {};
  if (absent.length) {
    warned.push(`${count} of ${has.layers} layers keep a state, which is not counted: ${areMissing(absent)}`);
    return {};
  }
  said.push(`${count === has.layers ? "no cache that grows" : "hybrid"}: ${count} of ${has.layers} layers keep a state of fixed size`);
  return { state: Math.round(count * stateNumbers(state, /** @type {Shape} */ (has))) };
}

/**
 * @param {Layer[]} layers
 * @param {Found} has
 * @param {Model} model
 * @param {Figure[]} absent
 * @param {Notes} notes
 * @returns {Record<string, number>}
 */
function parameterFigures(layers, has, { config, kind, state }, absent, { said, warned }) {
  if (absent.length) {
    warned.push(`Parameters are not counted: ${areMissing(absent)}`);
    return {};
  }
  const tied = config.tie_word_embeddings ?? config.tie_embeddings ?? kind.tied;
  const { all, active } = countParameters(layers, /** @type {Shape} */ (has), kind, { tied, state });
  const counted = `parameters counted from the shapes of the matrices: ${billions(all)}`;
  if (!layers.some(({ block }) => block === "experts")) {
    said.push(counted);
    return { parameters: all };
  }
  said.push(`experts: ${has.active_experts ?? "?"} of ${has.experts} a token`);
  if (has.active_experts === undefined) {
    said.push(counted);
    warned.push("How many experts a token meets is missing (num_experts_per_tok), so all count as active");
    return { parameters: all };
  }
  said.push(`${counted}, ${billions(active)} active`);
  return { parameters: all, active };
}
