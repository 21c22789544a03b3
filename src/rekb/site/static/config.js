/* A config.json as model repositories have it, read in the browser: the planner's figures, what they were read as, and
   which fields say nothing to it. Nothing is sent anywhere. */
(function () {
  "use strict";
  const rekb = (globalThis.rekb ??= {});
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
  const words = ["architectures", "model_type", "hidden_act", "activation_function", "hidden_activation", "tie_word_embeddings",
    "layer_types", "hybrid_override_pattern", "layers_block_type", "attn_layer_indices", "use_sliding_window", "max_window_layers",
    "multi_query", "text_config", "llm_config", "language_config", "attn_layer_offset", "mlp_type"];
  /* What is known and changes no memory. */
  const silent = /^(_|transformers_version$|torch_dtype$|dtype$|rms_norm|norm_|layer_norm|rope_|initializer|use_cache$|bos_|eos_|pad_|unk_|attention_(bias|dropout)|.*dropout|pretraining_tp$|auto_map$|routed_scaling|router_|scoring_func|topk_|topk|norm_topk|aux_loss|seq_aux|n_group$|output_|mlp_bias$|use_bias$|partial_rotary|attn_logit|final_logit|query_pre_attn|ep_size$|moe_layer_freq$|summary_|reorder_|scale_attn|do_layer_norm|time_step|mamba_(dt|conv_bias|proj_bias|n_groups)|n_groups$|chunk_size$|use_conv_bias$|vision_config$|quantization_config$|is_encoder_decoder$|gradient_|problem_type$|id2label$|label2id$)/;
  const twoMatrices = /^(gpt2|gptj|gpt_neo|gpt_neox|gpt_bigcode|opt|bloom|falcon|phi|mpt|starcoder2|nemotron.*)$/;

  const list = (value) => (Array.isArray(value) ? value : []);

  /* Read the text; returns {figures, said, unknown, wrong}. */
  function readConfig(text) {
    let outer;
    try { outer = JSON.parse(text); } catch (error) { return wrong(`This is no JSON: ${error.message}.`); }
    if (outer === null || typeof outer !== "object" || Array.isArray(outer)) return wrong("A config.json is an object: { … }.");
    const nested = [outer.text_config, outer.llm_config, outer.language_config].find((part) => part && typeof part === "object");
    const config = { ...outer, ...nested };
    const said = [];
    const has = {};
    for (const [figure, spellings] of Object.entries(names)) {
      const spelling = spellings.find((name) => config[name] !== undefined && config[name] !== null);
      if (!spelling) continue;
      const value = config[spelling];
      if (typeof value === "number" && Number.isFinite(value) && value >= 0) has[figure] = value;
      else said.push(`${spelling} is no number that can be used: ${JSON.stringify(value).slice(0, 40)}`);
    }
    if (!has.layers || !has.hidden) return wrong("It names no layers or no width (num_hidden_layers, hidden_size), so nothing follows from it.");
    const known = new Set([...Object.values(names).flat(), ...words]);
    const unknown = Object.keys(config).filter((name) => !known.has(name) && !silent.test(name));
    has.heads ??= 1;
    has.head_size ??= Math.floor(has.hidden / has.heads);
    has.kv_heads ??= config.multi_query ? 1 : has.heads;
    return { figures: figuresOf(config, has, said), said, unknown, wrong: "" };
  }

  const wrong = (message) => ({ figures: {}, said: [], unknown: [], wrong: message });

  function figuresOf(config, has, said) {
    const kinds = layerKinds(config, has);
    const attention = kinds.filter((kind) => kind === "full" || kind === "window").length;
    const windowed = kinds.filter((kind) => kind === "window").length;
    const recurrent = kinds.filter((kind) => kind === "state").length;
    const figures = { layers: attention, hidden: has.hidden };
    if (has.latent) {
      figures.cached = has.latent + (has.rope_size ?? 0);
      said.push(`latent attention: ${figures.cached} numbers a token and layer`);
    } else {
      figures.kv_heads = has.kv_heads;
      figures.head_size = has.head_size;
      if (has.kv_heads < has.heads) said.push(`grouped heads: ${has.heads} query heads share ${has.kv_heads}`);
    }
    if (windowed) {
      Object.assign(figures, { window: has.window, window_layers: windowed });
      said.push(`sliding window of ${has.window} tokens in ${windowed} of ${attention} attention layers`);
    }
    if (recurrent) {
      figures.state = recurrent * stateNumbers(has);
      said.push(figures.state ? `hybrid: ${recurrent} of ${has.layers} layers keep a state of fixed size` : `hybrid: ${recurrent} of ${has.layers} layers keep a state whose size the fields do not tell; it is not counted`);
    }
    const [all, active] = countParameters(config, has, kinds);
    if (all) {
      figures.parameters = all;
      if (active < all) figures.active = active;
      said.push(`parameters counted from the shapes of the matrices: ${(all / 1e9).toPrecision(3)}B${active < all ? `, ${(active / 1e9).toPrecision(3)}B active` : ""}`);
    }
    if (has.experts) said.push(`experts: ${has.active_experts ?? "?"} of ${has.experts} a token`);
    if (has.context) figures.context = has.context;
    return figures;
  }

  /* What each layer keeps: "full", "window", "state" or "none". */
  function layerKinds(config, has) {
    const kindOf = (word) => {
      if (/mamba|linear|recurrent|conv|^m$/i.test(word)) return "state";
      if (/sliding|window|local|chunk/i.test(word)) return has.window ? "window" : "full";
      return "full";
    };
    if (typeof config.hybrid_override_pattern === "string") return [...config.hybrid_override_pattern].map((sign) => ({ M: "state", "*": "full" })[sign] ?? "none");
    const types = [list(config.layer_types), list(config.layers_block_type)].find((found) => found.length);
    if (types) return types.map((word) => kindOf(String(word)));
    const layers = Array.from({ length: has.layers }, (_, place) => place);
    const indices = list(config.attn_layer_indices);
    if (indices.length) return layers.map((place) => (indices.includes(place) ? "full" : "state"));
    if (has.full_period) {
      const offset = config.attn_layer_offset ?? has.full_period - 1;
      return layers.map((place) => (place % has.full_period === offset ? "full" : "state"));
    }
    if (!has.heads || (has.state_size && has.heads === 1)) return layers.map(() => "state");
    const slides = has.window && config.use_sliding_window !== false;
    if (!slides) return layers.map(() => "full");
    const pattern = has.window_pattern ?? { gemma2: 2, gemma3: 6, gemma3_text: 6, cohere2: 4 }[config.model_type];
    if (pattern) return layers.map((place) => ((place + 1) % pattern ? "window" : "full"));
    const from = config.use_sliding_window && typeof config.max_window_layers === "number" ? config.max_window_layers : 0;
    return layers.map((place) => (place >= from ? "window" : "full"));
  }

  /* Numbers that a layer with a state keeps of a sequence: the state, and the inputs that its convolution looks back on. */
  function stateNumbers(has) {
    if (!has.state_size) return 0;
    const inner = has.state_heads && has.state_head_size ? has.state_heads * has.state_head_size : (has.expand ?? 2) * has.hidden;
    return inner * has.state_size + inner * Math.max(0, (has.convolution ?? 4) - 1);
  }

  /* All parameters, and those that a token meets; norms and biases are left out. Nothing where a shape is missing. */
  function countParameters(config, has, kinds) {
    if (!has.vocabulary || (!has.inner && !has.expert_inner)) return [0, 0];
    const matrices = twoMatrices.test(config.model_type ?? "") ? 2 : 3;
    const tied = config.tie_word_embeddings ?? /^(gpt2|gemma|gemma2|gemma3|gemma3_text|opt|bloom|falcon)$/.test(config.model_type ?? "");
    const embeddings = has.vocabulary * has.hidden * (tied ? 1 : 2);
    const inner = (has.expand ?? 2) * has.hidden;
    const each = { full: attentionOf(has), none: 0, state: 3 * inner * has.hidden + 2 * inner * (has.state_size ?? 0) };
    each.window = each.full;
    const expert = matrices * has.hidden * (has.expert_inner ?? has.inner ?? 0);
    const sharedWidth = has.shared_inner ?? (has.shared_experts ?? 0) * (has.expert_inner ?? 0);
    const shared = matrices * has.hidden * sharedWidth;
    let all = embeddings;
    /* Of the input's table a token meets one row. */
    let active = has.experts > 1 ? has.vocabulary * has.hidden : embeddings;
    kinds.forEach((kind, place) => {
      all += each[kind];
      active += each[kind];
      const offset = has.sparse_offset ?? (has.sparse_step ?? 1) - 1;
      const sparse = has.experts > 1 && place >= (has.dense_layers ?? 0) && place % (has.sparse_step || 1) === offset;
      const dense = matrices * has.hidden * (has.inner ?? 0);
      all += sparse ? has.experts * (expert + has.hidden) + shared : dense;
      active += sparse ? (has.active_experts ?? 1) * expert + has.experts * has.hidden + shared : dense;
    });
    return [Math.round(all), Math.round(active)];
  }

  function attentionOf(has) {
    if (!has.latent) return has.hidden * has.head_size * (2 * has.heads + 2 * has.kv_heads);
    const rope = has.rope_size ?? 0;
    const head = (has.nope_size ?? has.head_size) + rope;
    const query = has.query_latent ? has.query_latent * (has.hidden + has.heads * head) : has.hidden * has.heads * head;
    const value = has.value_size ?? has.head_size;
    const keys = has.hidden * (has.latent + rope) + has.latent * has.heads * (head - rope + value);
    return query + keys + has.heads * value * has.hidden;
  }

  rekb.readConfig = readConfig;
})();
