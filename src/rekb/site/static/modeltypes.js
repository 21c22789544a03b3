/* Types of models that the planner counts, as `model_type` of a config.json names them: how they differ from a decoder
   like Llama. What is not in these tables is counted like Llama, and said to be. */

/** What a layer with a state is made of. @typedef {"mamba" | "mamba2" | "delta" | "lightning" | "lru" | "conv" | "rwkv4" | "rwkv6" | "rwkv7"} StateKind */

/**
 * How a type differs from Llama, whose blocks have three matrices behind the attention, and tables of their own for
 * input and output.
 * @typedef {object} Kind
 * @property {boolean} [known] whether the planner knows the type
 * @property {2 | 3} [matrices] of a block behind the attention
 * @property {boolean} [tied] whether input and output share a table where the file does not say
 * @property {boolean} [positions] whether places have a learned table
 * @property {number} [times] how many times the width a block is wide where the file does not say
 * @property {number} [share] of the written width that a block really has
 * @property {boolean} [gated] whether a block has a gate as wide as the model
 * @property {boolean} [gate] whether queries come with a gate as large
 * @property {StateKind} [state] what layers without attention are
 * @property {boolean} [stateOnly] whether all layers are so
 * @property {boolean} [both] whether each layer has attention and a state
 * @property {boolean} [alone] whether a layer either mixes tokens or is a block
 * @property {boolean} [switched] whether a window counts only where `use_sliding_window` says so
 * @property {boolean} [shared] whether a layer with experts has one that all tokens share, as wide as the others
 * @property {number} [pattern] every how many layers one sees all tokens, where the file does not say
 * @property {Record<string, number>} [defaults] figures of the type where the file has none
 * @property {Record<string, number>} [nested] the same where it is part of another model, whose file leaves out what is usual
 * @property {Record<string, string[]>} [names] of figures that are called otherwise
 */

/** @type {[types: string, kind: Kind][]} */
const rows = [
  ["llama", { nested: { vocabulary: 32000, hidden: 4096, inner: 11008, layers: 32, heads: 32 } }],
  ["internlm internlm2 internlm3 baichuan yi aquila xverse olmo olmo2 olmoe granite granitemoe granitemoeshared "
    + "stablelm stablelm_epoch seed_oss exaone exaone4 glm glm4 glm4_moe minicpm minicpm3 deepseek deepseek_v2 deepseek_v3 "
    + "deepseek_v32 kimi_k2 glm_moe_dsa dots1 phi3 phimoe hunyuan_v1_dense helium bitnet minimax_m2 bailing_moe ministral "
    + "mixtral mllama_text_model chatglm", {}],
  ["gpt_oss", { pattern: 2 }],
  ["olmo3", { pattern: 4 }],
  ["mistral", { nested: { vocabulary: 32000, hidden: 4096, inner: 14336, layers: 32, heads: 32, kv_heads: 8 } }],
  ["qwen2 qwen2_moe qwen3 qwen3_moe qwen2_vl qwen2_5_vl qwen2_vl_text qwen2_5_vl_text qwen3_vl_text qwen3_vl_moe_text", { switched: true }],
  ["qwen", { share: 0.5 }],
  ["cohere cohere2", { tied: true, pattern: 4 }],
  ["smollm3 ernie4_5 ernie4_5_moe", { tied: true }],
  ["gemma", { tied: true, defaults: { head_size: 256, vocabulary: 256000 } }],
  ["gemma2", { tied: true, pattern: 2, defaults: { head_size: 256, vocabulary: 256000, window: 4096 }, nested: { heads: 8, kv_heads: 4 } }],
  ["gemma3 gemma3_text", { tied: true, pattern: 6, defaults: { head_size: 256, vocabulary: 262208, window: 4096, context: 131072 },
    nested: { heads: 8, kv_heads: 4 } }],
  ["llama4 llama4_text", { shared: true }],
  ["dbrx", {}],
  ["gptj codegen", { matrices: 2, times: 4 }],
  ["gpt_neox phi persimmon arcee apertus", { matrices: 2 }],
  ["nemotron", { matrices: 2 }],
  ["gpt2 gpt_neo gpt_bigcode", { matrices: 2, tied: true, positions: true, times: 4 }],
  ["opt", { matrices: 2, tied: true, positions: true }],
  ["bloom falcon RefinedWeb RefinedWebModel mpt", { matrices: 2, tied: true, times: 4 }],
  ["starcoder2", { matrices: 2, tied: true }],
  ["mamba falcon_mamba", { tied: true, state: "mamba", stateOnly: true, names: { state_inner: ["intermediate_size"] }, defaults: { state_size: 16, expand: 2, convolution: 4 } }],
  ["mamba2", { state: "mamba2", stateOnly: true, names: { state_heads: ["num_heads"], state_head_size: ["head_dim"] },
    defaults: { state_size: 128, expand: 2, convolution: 4, state_head_size: 64 } }],
  ["rwkv", { state: "rwkv4", stateOnly: true, times: 4, matrices: 2, gated: true }],
  ["rwkv5 rwkv6", { state: "rwkv6", stateOnly: true, times: 3.5, matrices: 2, gated: true, names: { head_size: ["head_size"] }, defaults: { head_size: 64 } }],
  ["rwkv7", { state: "rwkv7", stateOnly: true, times: 4, matrices: 2, defaults: { head_size: 64 } }],
  ["jamba", { state: "mamba", defaults: { kv_heads: 8, convolution: 4, expand: 2 } }],
  ["bamba", { state: "mamba2" }],
  ["granitemoehybrid", { state: "mamba2", names: { shared_inner: ["shared_intermediate_size"] } }],
  ["nemotron_h", { state: "mamba2", matrices: 2, alone: true, names: { shared_inner: ["moe_shared_expert_intermediate_size"] } }],
  ["falcon_h1", { state: "mamba2", both: true }],
  ["qwen3_next", { state: "delta", gate: true }],
  ["minimax minimax_text_01", { state: "lightning", names: { shared_inner: ["shared_intermediate_size"] } }],
  ["recurrent_gemma", { state: "lru", tied: true, share: 0.5, defaults: { convolution: 4 } }],
  ["lfm2 lfm2_moe", { state: "conv", tied: true }],
];

/* Types that keep no cache of past tokens, or one of another kind. */
const encoders = new Set(("bert roberta distilbert albert electra deberta deberta-v2 xlm-roberta xlm modernbert camembert mpnet longformer "
  + "big_bird nomic_bert vit deit beit swin swinv2 convnext resnet segformer detr sam clip siglip siglip2 dinov2 dinov3_vit clap wav2vec2 hubert "
  + "wavlm timm_wrapper vit_mae unet").split(" "));
const pairs = new Set("t5 mt5 umt5 t5gemma bart mbart pegasus whisper marian m2m_100 nllb-moe led longt5 blenderbot seamless_m4t pix2struct".split(" "));

/* Types whose layers no rule here fits. */
const others = new Map([
  ["zamba", "blocks are shared between layers"], ["zamba2", "blocks are shared between layers"],
  ["openelm", "layers have different numbers of heads"], ["nemotron-nas", "layers differ one by one"], ["deci", "layers differ one by one"],
  ["gemma3n", "layers share caches and have tables of their own"], ["gemma3n_text", "layers share caches and have tables of their own"],
  ["gemma4", "layers share caches"], ["gemma4_text", "layers share caches"],
  ["hymba", "heads of two kinds share a layer"], ["kimi_linear", "layers of two kinds share figures"],
  ["deepseek_v4", "the cache is compressed layer by layer"], ["arctic", "experts stand beside a block"],
]);

/** @type {Map<string, Kind>} */
const kinds = new Map();
for (const [types, kind] of rows) for (const type of types.split(" ")) kinds.set(type, { ...kind, known: true });

/**
 * @param {string} type
 * @returns {Kind}
 */
export const kindOf = (type) => kinds.get(type) ?? {};

/**
 * Why nothing is counted of a type, "" where something is.
 * @param {string} type
 */
export function refusal(type) {
  if (encoders.has(type)) return `“${type}” is no decoder: it keeps no cache of past tokens, which is what is planned here.`;
  if (pairs.has(type)) return `“${type}” is an encoder with a decoder, whose two caches are not counted here.`;
  const reason = others.get(type);
  return reason ? `“${type}” is a type that is not counted here: ${reason}.` : "";
}
