/* A config.json as model repositories have it, read in the browser: the planner's figures, what they were read as, and
   which fields say nothing to it. Nothing is sent anywhere. */

/**
 * What a text was read as.
 * @typedef {object} Reading
 * @property {Record<string, number>} figures of the planner
 * @property {string[]} said what they were read as, in words
 * @property {string[]} unknown fields that say nothing to the planner
 * @property {string} wrong why nothing follows from the text; else ""
 */

/** A field may hold anything. @typedef {Record<string, unknown>} Config */

/** Figures that the configuration names. @typedef {Partial<Record<keyof typeof names, number>>} Found */

/** The figures that everything else follows from. @typedef {"layers" | "hidden" | "heads" | "head_size" | "kv_heads"} Basic */

/** @typedef {Found & Record<Basic, number>} Shape */

/** What a layer keeps. @typedef {"full" | "window" | "state" | "none"} LayerKind */

/* Names that other makers give to the same figure; the first that is there counts. */
const names = {
  layers: ["num_hidden_layers", "n_layer", "n_layers", "num_layers"],
  hidden: ["hidden_size", "n_embd", "d_model", "model_dim", "dim"],
  heads: ["num_attention_heads", "n_head", "n_heads", "num_heads"],
  kv_heads: ["num_key_value_heads", "num_kv_heads", "n_kv_heads", "multi_query_group_num"],
  head_size: ["head_dim", "kv_channels", "attention_head_dim"],
  inner: ["intermediate_size", "ffn_dim", "n_inner", "d_ff", "ffn_hidden_size"],
  vocabulary: ["vocab_size", "padded_vocab_size"],
  context: ["max_position_embeddings", "n_positions", "max_sequence_length", "seq_length", "model_max_length"],
  experts: ["n_routed_experts", "num_local_experts", "num_experts", "moe_num_experts"],
  active_experts: ["num_experts_per_tok", "num_experts_per_token", "moe_top_k"],
  expert_inner: ["moe_intermediate_size", "expert_hidden_dim"],
  shared_experts: ["n_shared_experts", "num_shared_experts"],
  shared_inner: ["shared_expert_intermediate_size"],
  dense_layers: ["first_k_dense_replace", "num_dense_layers"],
  sparse_step: ["decoder_sparse_step", "expert_layer_period"],
  sparse_offset: ["expert_layer_offset"],
  latent: ["kv_lora_rank"],
  query_latent: ["q_lora_rank"],
  rope_size: ["qk_rope_head_dim"],
  nope_size: ["qk_nope_head_dim"],
  value_size: ["v_head_dim"],
  window: ["sliding_window", "attention_window", "attention_window_size", "local_attention_window"],
  window_pattern: ["sliding_window_pattern"],
  full_period: ["full_attention_interval", "attn_layer_period"],
  state_size: ["mamba_d_state", "ssm_state_size", "mamba_state_dim", "state_size"],
  expand: ["mamba_expand", "expand"],
  convolution: ["mamba_d_conv", "conv_kernel", "mamba_conv_kernel"],
  state_heads: ["mamba_num_heads", "mamba_n_heads"],
  state_head_size: ["mamba_head_dim", "mamba_d_head"],
};
const figureNames = /** @type {(keyof typeof names)[]} */ (Object.keys(names));
const words = ["architectures", "model_type", "hidden_act", "activation_function", "hidden_activation", "tie_word_embeddings",
  "layer_types", "hybrid_override_pattern", "layers_block_type", "attn_layer_indices", "use_sliding_window", "max_window_layers",
  "multi_query", "text_config", "llm_config", "language_config", "attn_layer_offset", "mlp_type"];
/* What is known and changes no memory. */
const silent = /^(_|transformers_version$|torch_dtype$|dtype$|rms_norm|norm_|layer_norm|rope_|initializer|use_cache$|bos_|eos_|pad_|unk_|attention_(bias|dropout)|.*dropout|pretraining_tp$|auto_map$|routed_scaling|router_|scoring_func|topk_|topk|norm_topk|aux_loss|seq_aux|n_group$|output_|mlp_bias$|use_bias$|partial_rotary|attn_logit|final_logit|query_pre_attn|ep_size$|moe_layer_freq$|summary_|reorder_|scale_attn|do_layer_norm|time_step|mamba_(dt|conv_bias|proj_bias|n_groups)|n_groups$|chunk_size$|use_conv_bias$|vision_config$|quantization_config$|is_encoder_decoder$|gradient_|problem_type$|id2label$|label2id$)/;
const twoMatrices = /^(gpt2|gptj|gpt_neo|gpt_neox|gpt_bigcode|opt|bloom|falcon|phi|mpt|starcoder2|nemotron.*)$/;

/** @type {Record<string, number>} */
const patterns = { gemma2: 2, gemma3: 6, gemma3_text: 6, cohere2: 4 };
const tiedModels = /^(gpt2|gemma|gemma2|gemma3|gemma3_text|opt|bloom|falcon)$/;

/**
 * @param {unknown} value
 * @returns {unknown[]}
 */
const list = (value) => (Array.isArray(value) ? value : []);

/**
 * @param {unknown} value
 * @returns {value is Config}
 */
const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

/** @param {Config} config */
const modelType = (config) => String(config.model_type ?? "");

/** @param {number} count */
const billions = (count) => `${(count / 1e9).toPrecision(3)}B`;

/**
 * @param {string} message
 * @returns {Reading}
 */
const wrong = (message) => ({ figures: {}, said: [], unknown: [], wrong: message });

/**
 * Read a pasted text.
 * @param {string} text
 * @returns {Reading}
 */
export function readConfig(text) {
  let outer;
  try {
    outer = JSON.parse(text);
  } catch (error) {
    return wrong(`This is no JSON: ${error instanceof Error ? error.message : error}.`);
  }
  if (!isObject(outer)) return wrong("A config.json is an object: { … }.");
  const nested = [outer.text_config, outer.llm_config, outer.language_config].find(isObject);
  const config = { ...outer, ...nested };
  /** @type {string[]} */
  const said = [];
  const found = figuresIn(config, said);
  if (!found.layers || !found.hidden) return wrong("It names no layers or no width (num_hidden_layers, hidden_size), so nothing follows from it.");
  const known = new Set([...Object.values(names).flat(), ...words]);
  const unknown = Object.keys(config).filter((name) => !known.has(name) && !silent.test(name));
  const heads = found.heads ?? 1;
  const headSize = found.head_size ?? Math.floor(found.hidden / heads);
  const shared = config.multi_query ? 1 : heads;
  const basic = { layers: found.layers, hidden: found.hidden, heads, head_size: headSize, kv_heads: found.kv_heads ?? shared };
  return { figures: figuresOf(config, { ...found, ...basic }, said), said, unknown, wrong: "" };
}

/**
 * The figures that a configuration names.
 * @param {Config} config
 * @param {string[]} said takes what cannot be used
 */
function figuresIn(config, said) {
  /** @type {Found} */
  const found = {};
  for (const figure of figureNames) {
    const spelling = names[figure].find((name) => config[name] !== undefined && config[name] !== null);
    if (!spelling) continue;
    const value = config[spelling];
    if (typeof value === "number" && Number.isFinite(value) && value >= 0) found[figure] = value;
    else said.push(`${spelling} is no number that can be used: ${JSON.stringify(value).slice(0, 40)}`);
  }
  return found;
}

/**
 * @param {Config} config
 * @param {Shape} has
 * @param {string[]} said takes what the figures were read as
 */
function figuresOf(config, has, said) {
  const kinds = layerKinds(config, has);
  const attention = kinds.filter((kind) => kind === "full" || kind === "window").length;
  const windowed = kinds.filter((kind) => kind === "window").length;
  const recurrent = kinds.filter((kind) => kind === "state").length;
  /** @type {Record<string, number>} */
  const figures = { layers: attention, hidden: has.hidden };
  if (has.latent) {
    figures.cached = has.latent + (has.rope_size ?? 0);
    said.push(`latent attention: ${figures.cached} numbers a token and layer`);
  } else {
    figures.kv_heads = has.kv_heads;
    figures.head_size = has.head_size;
    if (has.kv_heads < has.heads) said.push(`grouped heads: ${has.heads} query heads share ${has.kv_heads}`);
  }
  if (windowed && has.window) {
    figures.window = has.window;
    figures.window_layers = windowed;
    said.push(`sliding window of ${has.window} tokens in ${windowed} of ${attention} attention layers`);
  }
  if (recurrent) {
    figures.state = recurrent * stateNumbers(has);
    const size = figures.state ? "of fixed size" : "whose size the fields do not say; it is not counted";
    said.push(`hybrid: ${recurrent} of ${has.layers} layers keep a state ${size}`);
  }
  Object.assign(figures, parameterFigures(config, has, kinds, said));
  if (has.experts) said.push(`experts: ${has.active_experts ?? "?"} of ${has.experts} a token`);
  if (has.context) figures.context = has.context;
  return figures;
}

/**
 * @param {Config} config
 * @param {Shape} has
 * @param {LayerKind[]} kinds
 * @param {string[]} said takes what the figures were read as
 * @returns {Record<string, number>}
 */
function parameterFigures(config, has, kinds, said) {
  const { all, active } = countParameters(config, has, kinds);
  if (!all) return {};
  const counted = `parameters counted from the shapes of the matrices: ${billions(all)}`;
  if (active >= all) {
    said.push(counted);
    return { parameters: all };
  }
  said.push(`${counted}, ${billions(active)} active`);
  return { parameters: all, active };
}

/**
 * What each layer keeps.
 * @param {Config} config
 * @param {Shape} has
 * @returns {LayerKind[]}
 */
function layerKinds(config, has) {
  if (typeof config.hybrid_override_pattern === "string") return [...config.hybrid_override_pattern].map(kindOfSign);
  const types = [list(config.layer_types), list(config.layers_block_type)].find((found) => found.length);
  if (types) return types.map((word) => kindOfWord(String(word), has));
  const layers = Array.from({ length: has.layers }, (_, place) => place);
  const indices = list(config.attn_layer_indices);
  if (indices.length) return layers.map((place) => (indices.includes(place) ? "full" : "state"));
  const period = has.full_period;
  if (period) {
    const offset = config.attn_layer_offset ?? period - 1;
    return layers.map((place) => (place % period === offset ? "full" : "state"));
  }
  if (!has.heads || (has.state_size && has.heads === 1)) return layers.map(() => "state");
  return windowKinds(config, has, layers);
}

/**
 * @param {string} sign of a pattern of layers
 * @returns {LayerKind}
 */
function kindOfSign(sign) {
  if (sign === "M") return "state";
  return sign === "*" ? "full" : "none";
}

/**
 * @param {string} word
 * @param {Shape} has
 * @returns {LayerKind}
 */
function kindOfWord(word, has) {
  if (/mamba|linear|recurrent|conv|^m$/i.test(word)) return "state";
  const slides = has.window && /sliding|window|local|chunk/i.test(word);
  return slides ? "window" : "full";
}

/**
 * What layers of attention keep, some of them no more than a window.
 * @param {Config} config
 * @param {Shape} has
 * @param {number[]} layers
 * @returns {LayerKind[]}
 */
function windowKinds(config, has, layers) {
  if (!has.window || config.use_sliding_window === false) return layers.map(() => "full");
  const pattern = has.window_pattern ?? patterns[modelType(config)];
  if (pattern) return layers.map((place) => ((place + 1) % pattern ? "window" : "full"));
  const { max_window_layers: full } = config;
  const from = config.use_sliding_window && typeof full === "number" ? full : 0;
  return layers.map((place) => (place >= from ? "window" : "full"));
}

/**
 * Numbers that a layer with a state keeps of a sequence: the state, and the inputs that its convolution looks back on.
 * @param {Shape} has
 */
function stateNumbers(has) {
  if (!has.state_size) return 0;
  const heads = (has.state_heads ?? 0) * (has.state_head_size ?? 0);
  const inner = heads || (has.expand ?? 2) * has.hidden;
  return inner * has.state_size + inner * Math.max(0, (has.convolution ?? 4) - 1);
}

/**
 * All parameters, and those that a token meets; norms and biases are left out. Nothing where a shape is missing.
 * @param {Config} config
 * @param {Shape} has
 * @param {LayerKind[]} kinds
 */
function countParameters(config, has, kinds) {
  if (!has.vocabulary || (!has.inner && !has.expert_inner)) return { all: 0, active: 0 };
  const matrices = twoMatrices.test(modelType(config)) ? 2 : 3;
  const tied = config.tie_word_embeddings ?? tiedModels.test(modelType(config));
  const table = has.vocabulary * has.hidden;
  const experts = has.experts ?? 0;
  const { expert, shared, dense } = widths(has);
  const unit = matrices * has.hidden;
  let all = table * (tied ? 1 : 2);
  let active = experts > 1 ? table : all; // of the input's table a token meets one row
  kinds.forEach((kind, place) => {
    const kept = layerParameters(kind, has);
    const isSparse = experts > 1 && sparseAt(place, has);
    all += kept + (isSparse ? experts * (unit * expert + has.hidden) + unit * shared : unit * dense);
    active += kept + (isSparse ? (has.active_experts ?? 1) * unit * expert + experts * has.hidden + unit * shared : unit * dense);
  });
  return { all: Math.round(all), active: Math.round(active) };
}

/**
 * The widths of one expert, of the experts that all tokens share, and of a layer without experts.
 * @param {Shape} has
 */
function widths(has) {
  const expert = has.expert_inner ?? has.inner ?? 0;
  const shared = has.shared_inner ?? (has.shared_experts ?? 0) * (has.expert_inner ?? 0);
  return { expert, shared, dense: has.inner ?? 0 };
}

/**
 * Whether a layer has experts.
 * @param {number} place
 * @param {Shape} has
 */
function sparseAt(place, has) {
  const step = has.sparse_step ?? 1;
  const offset = has.sparse_offset ?? step - 1;
  return place >= (has.dense_layers ?? 0) && place % (step || 1) === offset;
}

/**
 * Parameters of what a layer mixes tokens with.
 * @param {LayerKind} kind
 * @param {Shape} has
 */
function layerParameters(kind, has) {
  if (kind === "none") return 0;
  if (kind !== "state") return attentionParameters(has);
  const inner = (has.expand ?? 2) * has.hidden;
  return 3 * inner * has.hidden + 2 * inner * (has.state_size ?? 0);
}

/** @param {Shape} has */
function attentionParameters(has) {
  if (!has.latent) return has.hidden * has.head_size * (2 * has.heads + 2 * has.kv_heads);
  const rope = has.rope_size ?? 0;
  const head = (has.nope_size ?? has.head_size) + rope;
  const query = has.query_latent ? has.query_latent * (has.hidden + has.heads * head) : has.hidden * has.heads * head;
  const value = has.value_size ?? has.head_size;
  const keys = has.hidden * (has.latent + rope) + has.latent * has.heads * (head - rope + value);
  return query + keys + has.heads * value * has.hidden;
}
