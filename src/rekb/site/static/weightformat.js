/* The format of a model's weights, as a config.json names it: one of the planner's, or why none. */

/** @typedef {import("./confignames.js").Config} Config */

/** @typedef {{weights: string, said: string[], left: string[]}} Format */

/** @type {Map<string, string>} */
const kinds = new Map([
  ["float32", "fp32"], ["float", "fp32"], ["bfloat16", "bf16"], ["float16", "bf16"], ["half", "bf16"],
  ["float8_e4m3fn", "fp8"], ["float8_e5m2", "fp8"],
]);
/* Methods that say all by their names. */
const methods = new Map([["fp8", "fp8"], ["fbgemm_fp8", "fp8"], ["finegrained_fp8", "fp8"], ["mxfp4", "mxfp4"], ["eetq", "int8"]]);
/* Formats by bits and the numbers that share a scale. */
const groups = new Set(["int8-g128", "int4-g128", "int4-g64", "int4-g32", "int3-g128", "int2-g128"]);

/**
 * @param {unknown} value
 * @returns {value is Config}
 */
const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

/** @param {unknown} value */
const word = (value) => (typeof value === "string" ? value.toLowerCase().slice(0, 24) : "");

/**
 * Integers of so many bits, a scale for so many numbers.
 * @param {unknown} bits
 * @param {unknown} size
 */
function integers(bits, size) {
  const grouped = `int${bits}-g${size}`;
  if (groups.has(grouped)) return grouped;
  const isWhole = size === undefined || size === null || size === -1;
  return isWhole && (bits === 4 || bits === 8) ? `int${bits}` : "";
}

/** @param {Config} given */
function ofBitsandbytes(given) {
  if (given.load_in_8bit === true || given._load_in_8bit === true) return "int8";
  const isFour = given.load_in_4bit === true || given._load_in_4bit === true;
  const isDouble = given.bnb_4bit_use_double_quant === true;
  return isFour && isDouble && word(given.bnb_4bit_quant_type) === "nf4" ? "nf4" : "";
}

/** @param {Config} weights how a group of weights is kept, in files of compressed-tensors */
function ofWeights(weights) {
  const { num_bits: bits, type, group_size: size } = weights;
  if (type === "int") return integers(bits, size);
  if (type !== "float") return "";
  if (bits === 8) return "fp8";
  if (bits !== 4) return "";
  return new Map([[16, "nvfp4"], [32, "mxfp4"]]).get(Number(size)) ?? "";
}

/** @param {Config} given */
function ofCompressed(given) {
  const found = Object.values(isObject(given.config_groups) ? given.config_groups : {})
    .map((group) => (isObject(group) && isObject(group.weights) ? ofWeights(group.weights) : ""));
  return found.length && new Set(found).size === 1 ? found[0] : "";
}

/** @param {Config} given */
function ofModelopt(given) {
  const algorithm = word(given.quant_algo);
  return new Map([["fp8", "fp8"], ["nvfp4", "nvfp4"]]).get(algorithm) ?? "";
}

/** @param {Config} given a `quantization_config` */
function ofQuantization(given) {
  const method = word(given.quant_method);
  if (method === "gptq" || method === "awq") return integers(given.bits ?? given.w_bit, given.group_size ?? given.q_group_size);
  if (method === "bitsandbytes") return ofBitsandbytes(given);
  if (method === "compressed-tensors") return ofCompressed(given);
  if (method === "modelopt") return ofModelopt(given);
  return methods.get(method) ?? "";
}

/**
 * The format that a configuration names; of what is quantized, that of the quantized matrices.
 * @param {Config} config
 * @returns {Format}
 */
export function formatOf(config) {
  const { quantization_config: quantized } = config;
  if (isObject(quantized)) {
    const weights = ofQuantization(quantized);
    if (!weights) return { weights: "", said: [], left: [`quantization_config (${word(quantized.quant_method) || "no method named"})`] };
    return { weights, said: [`weights in ${weights}, by quantization_config; what it keeps in other formats is counted so too`], left: [] };
  }
  if (quantized !== undefined && quantized !== null) return { weights: "", said: [], left: ["quantization_config"] };
  const spelling = ["torch_dtype", "dtype"].find((name) => typeof config[name] === "string");
  if (!spelling) return { weights: "", said: [], left: [] };
  const weights = kinds.get(word(config[spelling]).replace("torch.", "")) ?? "";
  if (!weights) return { weights: "", said: [], left: [spelling] };
  return { weights, said: [`weights in ${weights}, by ${spelling}`], left: [] };
}
