/* What it takes to run a model, in numbers: the same as rekb/site/calculator/plan.py. tests/planner_cases.json holds the
   two to one answer. */

/**
 * A model and how it is run; 0 where a figure is not known.
 * @typedef {object} Plan
 * @property {number} parameters
 * @property {number} active parameters that a token meets
 * @property {number} layers
 * @property {number} hidden
 * @property {number} kv_heads
 * @property {number} head_size
 * @property {number} cached numbers a token and layer, where they do not follow from heads
 * @property {number} window tokens that some layers look back on
 * @property {number} window_layers
 * @property {number} state numbers of a sequence that do not grow with it
 * @property {number} tokens of the training
 * @property {number} context
 * @property {number} batch
 * @property {number} kept_free percent of each card
 * @property {string} weights their format
 * @property {string} precision the format of the cache
 */

/**
 * @typedef {object} Card
 * @property {string} name
 * @property {number} memory in GiB
 * @property {number} bandwidth in GB/s; 0 where it is not known
 * @property {number} peak in TFLOP/s at 16 bits; 0 where it is not known
 * @property {Record<string, number>} [peaks] the same by format of the weights, where matrix units take it as it is
 */

/**
 * What a plan asks for; sizes are in bytes, all else is 0 where something is missing.
 * @typedef {object} Costs
 * @property {number} weights
 * @property {number} sequence
 * @property {number} cache
 * @property {number} total
 * @property {number} cards
 * @property {number} room
 * @property {number} context the longest that fits
 * @property {number} alone the longest context that one of the cards takes by itself
 * @property {number} sequences how many fit
 * @property {number} read bytes for each step
 * @property {number} speed tokens a second at most
 * @property {string} by what bounds the speed
 */

/** Formats with their bits a number. @typedef {Record<string, number>} Bits */

const GIB = 2 ** 30;
const STATE_BYTES = 2;

/**
 * @param {number} parameters
 * @param {string} format
 * @param {Bits} bits
 */
export const weightBytes = (parameters, format, bits) => parameters * (bits[format] / 8);

/**
 * Bytes of the cache for a token in one layer.
 * @param {Plan} model
 * @param {Bits} bits
 */
export function tokenBytes(model, bits) {
  return (model.cached || 2 * model.kv_heads * model.head_size) * (bits[model.precision] / 8);
}

/** @param {Plan} model */
const windowed = (model) => (model.window ? Math.min(model.window_layers, model.layers) : 0);

/**
 * Bytes of the cache for a sequence.
 * @param {Plan} model
 * @param {number} context
 * @param {Bits} bits
 */
export function sequenceBytes(model, context, bits) {
  const few = windowed(model);
  const tokens = (model.layers - few) * context + few * Math.min(context, model.window);
  return tokenBytes(model, bits) * tokens + model.state * STATE_BYTES;
}

/**
 * @param {Plan} model
 * @param {number} room bytes for one sequence
 * @param {Bits} bits
 */
function longestContext(model, room, bits) {
  const each = tokenBytes(model, bits);
  const few = windowed(model);
  const full = model.layers - few;
  const left = room - model.state * STATE_BYTES;
  if (!(each * model.layers)) return Infinity;
  if (left <= 0) return 0;
  const all = left / (each * model.layers);
  if (!few || all <= model.window) return Math.floor(all);
  if (!full) return Infinity;
  return Math.floor((left - each * few * model.window) / (each * full));
}

/**
 * TFLOP a second in the format of the weights, or at 16 bits where that is not known.
 * @param {Plan} model
 * @param {Card} card
 */
export const peakOf = (model, card) => card.peaks?.[model.weights] || card.peak;

/**
 * @param {Plan} model
 * @param {Card} card
 * @param {number} cards
 * @param {number} read
 */
function bound(model, card, cards, read) {
  const byBandwidth = (model.batch * card.bandwidth * 1e9 * cards) / read;
  const byCompute = (peakOf(model, card) * 1e12 * cards) / (2 * (model.active || model.parameters));
  if (!byBandwidth) return { speed: 0, by: "" };
  if (byCompute && byCompute < byBandwidth) return { speed: byCompute, by: "compute" };
  return { speed: byBandwidth, by: "bandwidth" };
}

/**
 * What a plan asks of some card.
 * @param {Plan} model
 * @param {Card} card
 * @param {Bits} bits
 * @returns {Costs}
 */
export function costs(model, card, bits) {
  const weights = weightBytes(model.parameters, model.weights, bits);
  const keeps = model.layers * tokenBytes(model, bits) + model.state;
  const sequence = keeps && model.context ? sequenceBytes(model, model.context, bits) : 0;
  const cache = sequence * model.batch;
  const none = { total: 0, cards: 0, room: 0, context: 0, alone: 0, sequences: 0, read: 0, speed: 0, by: "" };
  if (!weights || !cache || !card.memory) return { weights, sequence, cache, ...none };
  const total = weights + cache;
  const usable = card.memory * GIB * (1 - model.kept_free / 100);
  const cards = Math.ceil(total / usable);
  const room = cards * usable;
  const free = room - weights;
  const context = longestContext(model, free / model.batch, bits);
  const alone = longestContext(model, (usable - weights) / model.batch, bits);
  const sequences = Math.floor(free / sequence);
  const read = weightBytes(model.active || model.parameters, model.weights, bits) + cache;
  return { weights, sequence, cache, total, cards, room, context, alone, sequences, read, ...bound(model, card, cards, read) };
}
