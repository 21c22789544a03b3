/* The fields of a config.json: which figure each names, and which change no memory. */

/** A field may hold anything. @typedef {Record<string, unknown>} Config */

/** @typedef {keyof typeof names} Figure */

/** Figures that a configuration names. @typedef {Partial<Record<Figure, number>>} Found */

/* Names that other makers give to the same figure; the first that is there counts. */
export const names = {
  layers: ["num_hidden_layers", "n_layer", "n_layers", "num_layers"],
  hidden: ["hidden_size", "n_embd", "n_embed", "d_model", "model_dim", "dim"],
  heads: ["num_attention_heads", "n_head", "n_heads", "num_heads"],
  kv_heads: ["num_key_value_heads", "num_kv_heads", "n_kv_heads", "kv_n_heads", "n_head_kv", "multi_query_group_num"],
  head_size: ["head_dim", "kv_channels", "attention_head_dim"],
  inner: ["intermediate_size", "ffn_dim", "n_inner", "d_ff", "ffn_hidden_size", "hidden_dim", "block_ff_dim"],
  dense_inner: ["intermediate_size_mlp"],
  times: ["expansion_ratio"],
  block_factor: ["block_ffn_dim_multiplier"],
  block_multiple: ["block_multiple_of"],
  vocabulary: ["vocab_size", "padded_vocab_size"],
  context: ["max_position_embeddings", "n_positions", "n_ctx", "max_sequence_length", "max_seq_len", "seq_length", "model_max_length",
    "context_length"],
  table_width: ["word_embed_proj_dim"],
  experts: ["n_routed_experts", "num_local_experts", "num_experts", "moe_num_experts"],
  active_experts: ["num_experts_per_tok", "num_experts_per_token", "moe_top_k", "moe_k"],
  expert_inner: ["moe_intermediate_size", "expert_hidden_dim"],
  expert_width: ["moe_latent_size"],
  shared_experts: ["n_shared_experts", "num_shared_experts", "moe_num_shared_experts"],
  shared_inner: ["shared_expert_intermediate_size"],
  dense_layers: ["first_k_dense_replace", "num_dense_layers", "moe_layer_start_index"],
  sparse_step: ["decoder_sparse_step", "expert_layer_period", "interleave_moe_layer_step", "moe_layer_interval"],
  sparse_offset: ["expert_layer_offset"],
  latent: ["kv_lora_rank"],
  query_latent: ["q_lora_rank"],
  rope_size: ["qk_rope_head_dim"],
  nope_size: ["qk_nope_head_dim"],
  value_size: ["v_head_dim"],
  index_heads: ["index_n_heads"],
  index_size: ["index_head_dim"],
  window: ["sliding_window", "attention_window", "attention_window_size", "local_attention_window", "window_size", "attention_chunk_size"],
  full_period: ["full_attention_interval", "attn_layer_period"],
  full_offset: ["attn_layer_offset"],
  rope_period: ["no_rope_layer_interval"],
  state_size: ["mamba_d_state", "ssm_state_size", "mamba_state_dim", "state_size", "d_state"],
  state_inner: ["mamba_d_ssm", "lru_width", "attention_hidden_size"],
  expand: ["mamba_expand", "expand"],
  convolution: ["mamba_d_conv", "conv_kernel", "mamba_conv_kernel", "linear_conv_kernel_dim", "conv1d_width", "conv_L_cache", "d_conv"],
  step_rank: ["mamba_dt_rank", "time_step_rank"],
  state_heads: ["mamba_num_heads", "mamba_n_heads"],
  state_head_size: ["mamba_head_dim", "mamba_d_head", "headdim"],
  groups: ["mamba_n_groups", "n_groups", "ngroups"],
  decay_rank: ["decay_low_rank_dim"],
  gate_rank: ["gate_low_rank_dim"],
  a_rank: ["a_low_rank_dim"],
  v_rank: ["v_low_rank_dim"],
  linear_keys: ["linear_num_key_heads"],
  linear_values: ["linear_num_value_heads"],
  linear_key_size: ["linear_key_head_dim"],
  linear_value_size: ["linear_value_head_dim"],
};
export const figureNames = /** @type {Figure[]} */ (Object.keys(names));

/* Fields that are read by their names. */
export const words = new Set(["architectures", "model_type", "hidden_act", "activation_function", "hidden_activation", "activation",
  "tie_word_embeddings", "tie_embeddings", "layer_types", "hybrid_override_pattern", "layers_block_type", "block_types", "attn_layer_indices",
  "attn_type_list", "attention_types", "attention_layers", "use_sliding_window", "max_window_layers", "sliding_window_pattern",
  "multi_query", "multi_query_attention", "new_decoder_architecture", "mlp_only_layers", "moe_layers", "moe_layer_freq",
  "no_rope_layers", "cross_attention_layers", "is_encoder_decoder", "torch_dtype", "dtype", "quantization_config", "mlp_type",
  "block_auto_adjust_ff_dim", "vision_config", "audio_config",
  "shared_moe_mode", "attn_config", "ffn_config", "ssm_cfg", "attn_layer_idx", "attn_type"]);

/* What changes no memory, or less than a hundredth of it. */
export const silent = new RegExp(`^(${[
  "_.*", "transformers_version", "rms_norm.*", "norm_.*", ".*layer_norm.*", "layernorm_.*", "rope_.*", "rotary_.*", "initializer.*",
  "use_cache", "(bos|eos|pad|unk|sep|decoder_start|image|video|audio)_token(_id|_index)?", "attention_(bias|dropout|multiplier)", ".*dropout.*",
  ".*pdrop", "pretraining_tp", "auto_map", "routed_scaling.*", "router_.*", "scoring_func", "topk.*", "norm_topk.*", "aux_loss.*", "seq_aux",
  "n_group", "output_.*", "mlp_bias", "use_bias", "bias", "no_bias", "qkv_bias", "add_bias.*", "add_qkv_bias", "partial_rotary.*",
  "(attn|final)_logit.*", "query_pre_attn.*", "ep_size", "summary_.*", "reorder_.*", "scale_.*", "do_layer_norm.*", "time_step_(?!rank).*",
  "mamba_(dt_(?!rank).*|conv_bias|proj_bias|hidden_act|rms_norm|norm_.*|chunk_size|ssm_cache_dtype)", "chunk_size", "use_conv_bias",
  "gradient_.*", "problem_type", "id2label", "label2id", "task_specific_params", "use_qk_norm", "qk_norm", "use_parallel_residual",
  "parallel_attn", "apply_residual.*", "alibi", "resid.*", "embedding_multiplier", "logits_scaling", "rescale_.*",
  "residual_in_fp32", "fused_add_norm", "pad_vocab_size_multiple", "postnorm", "attn_output_gate", "logit_scale", "cache_implementation",
  "num_logits_to_keep", "mamba2?_act", "mlp_hidden_act", "head_type", "d_intermediate", "norm_eps", "swiglu_limit", "initial_context_length",
  "attention_softmax.*", "masked_softmax.*", "slow_but_exact", "skip_bias.*",
  "attn_impl", "attn_uses.*", "clip_qkv", "prefix_lm", "softmax_scale", "qk_ln", "alibi_.*", "ffn_(act|type).*", "moe_(jitter|loss|normalize).*",
].join("|")})$`);

/* The largest figures that are read: far above any model, far below what a browser chokes on. */
/** @type {Found} */
const most = { layers: 1e4, hidden: 1e6, heads: 1e5, kv_heads: 1e5, head_size: 1e5, vocabulary: 1e8, context: 1e10, window: 1e9, experts: 1e5,
  expand: 1e3, times: 1e3, block_factor: 1e3 };
const MOST = 1e7;
/** @type {Figure[]} */
const atLeastOne = ["layers", "hidden", "heads", "kv_heads", "head_size"];
/** @type {Figure[]} */
const ratios = ["expand", "times", "block_factor"];
const LONGEST_QUOTE = 40;

/** @param {unknown} value */
const quoted = (value) => (JSON.stringify(value) ?? "").slice(0, LONGEST_QUOTE);

/**
 * What is wrong with a figure, "" for nothing.
 * @param {Figure} figure
 * @param {string} name
 * @param {number} value
 */
function fault(figure, name, value) {
  const least = atLeastOne.includes(figure) ? 1 : 0;
  const largest = most[figure] ?? MOST;
  const isRead = Number.isFinite(value) && value >= least && value <= largest;
  if (!isRead) return `${name} is ${value}; what can be read is ${least} to ${largest.toLocaleString("en")}.`;
  return ratios.includes(figure) || Number.isInteger(value) ? "" : `${name} is ${value}, which is no whole number.`;
}

/**
 * The figures that a configuration names.
 * @param {Config} config
 * @param {Record<string, string[]>} own names of its type
 * @param {string[]} unusable takes fields that hold no number
 * @returns {{found: Found, wrong: string}} and why it cannot be read at all
 */
export function figuresIn(config, own, unusable) {
  /** @type {Found} */
  const found = {};
  const taken = new Set(Object.values(own).flat());
  for (const figure of figureNames) {
    const spellings = own[figure] ?? names[figure].filter((name) => !taken.has(name));
    const spelling = spellings.find((name) => config[name] !== undefined && config[name] !== null);
    if (!spelling) continue;
    const value = config[spelling];
    if (typeof value === "number") {
      const wrong = fault(figure, spelling, value);
      if (wrong) return { found, wrong };
      found[figure] = value;
    } else if (value !== "auto") {
      unusable.push(`${spelling} is no number that can be used: ${quoted(value)}`);
    }
  }
  return { found, wrong: "" };
}
