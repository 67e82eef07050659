// Written by "deno task build" from src/: efb0ca351d8f102d78062e361cb156f6887bd2d7db9961ea6b442bd943d3da19
// @ts-self-types="../src/mod.ts"
function methodsOf(prototype, methods) {
  for (const [name, value] of Object.entries(methods)) {
    Object.defineProperty(prototype, name, { value, configurable: true, writable: true });
  }
}
var declareOwn = (function declareOwn({ prototype }) {
  Object.defineProperty(prototype, copy, {
    value: thisCopy
  });
  hasClasses = true;
});
var viewOf = (function viewOf(buffer, offset2, size, dtype) {
  return new arrays[dtype](buffer, offset2, size);
});
var dtypeOf = (function dtypeOf(data) {
  if (data instanceof Float32Array) return "float32";
  if (data instanceof Float64Array) return "float64";
  return data instanceof Int32Array ? "int32" : "bool";
});
var bytesPerElement = (function bytesPerElement(dtype) {
  return arrays[dtype].BYTES_PER_ELEMENT;
});
var allocate = (function allocate(dtype, size) {
  try {
    return new arrays[dtype](size);
  } catch (cause) {
    const bytes2 = (size * bytesPerElement(dtype)).toLocaleString("en-US");
    throw new UsageError(`Cannot hold ${size} numbers of ${dtype}: they take ${bytes2} bytes`, {
      cause
    });
  }
});
var isDType = (function isDType(name3) {
  return typeof name3 === "string" && Object.hasOwn(arrays, name3);
});
var checkDType = (function checkDType(cannot2, dtype) {
  if (isDType(dtype)) return dtype;
  throw new DTypeError(`Cannot ${cannot2} ${String(dtype)}: the kinds are float32, float64, int32 and bool`);
});
var fitting = (function fitting(name3, given, dtype) {
  const number = dtype === "bool" && typeof given === "boolean" ? Number(given) : given;
  const fits2 = dtype === "int32" ? (number | 0) === number : typeof number === "number" && (dtype !== "bool" || number === 0 || number === 1);
  if (fits2) return number;
  throw new DTypeError(`Cannot ${name3} ${dtype} and ${describe(given)}: it is no ${dtype}`);
});
var isFloat = (function isFloat(dtype) {
  return dtype === "float32" || dtype === "float64";
});
var sameDType = (function sameDType(name3, dtypes) {
  const first2 = dtypes[0];
  for (const dtype of dtypes) {
    if (dtype !== first2) {
      throw new DTypeError(`Cannot ${name3} ${first2} and ${dtype}: cast one of them, as in .cast("${first2}")`);
    }
  }
  return first2;
});
var floatDType = (function floatDType(name3, dtypes) {
  const dtype = sameDType(name3, dtypes);
  if (!isFloat(dtype)) {
    throw new DTypeError(`Cannot ${name3} ${dtype}: it takes floating-point numbers, as in .cast("float32")`);
  }
  return dtype;
});
var numericDType = (function numericDType(name3, dtypes) {
  const dtype = sameDType(name3, dtypes);
  if (dtype === "bool") {
    throw new DTypeError(`Cannot ${name3} bool: it takes numbers, as in .cast("float32")`);
  }
  return dtype;
});
var sizeOf = (function sizeOf(shape) {
  let size = 1;
  for (const length of shape) size *= length;
  return size;
});
var sameShape = (function sameShape(a, b) {
  if (a.length !== b.length) return false;
  for (let axis = 0; axis < a.length; axis++) if (a[axis] !== b[axis]) return false;
  return true;
});
var stridesOf = (function stridesOf(shape) {
  const strides = new Array(shape.length);
  let stride = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    strides[axis] = stride;
    stride *= shape[axis];
  }
  return strides;
});
var checkShape = (function checkShape(name3, shape) {
  if (!Array.isArray(shape)) {
    throw new ShapeError(`Cannot ${name3}: a shape is an array of lengths, not ${describe(shape)}`);
  }
  for (const length of shape) {
    if (!Number.isInteger(length) || length < 0) {
      throw new ShapeError(`Cannot ${name3} ${formatShape(shape)}: ${length} is not a length (a whole number >= 0)`);
    }
  }
  return shape;
});
var broadcast = (function broadcast(name3, a, b) {
  if (sameShape(a, b)) return a;
  const rank = Math.max(a.length, b.length);
  const result = new Array(rank);
  for (let axis = -1; axis >= -rank; axis--) {
    const m = a.at(axis) ?? 1;
    const n = b.at(axis) ?? 1;
    if (m !== n && m !== 1 && n !== 1) {
      throw new ShapeError(`Cannot ${name3} ${formatShape(a)} and ${formatShape(b)}: axis ${axis} has lengths ${m} and ${n}`);
    }
    result[rank + axis] = m === 1 ? n : m;
  }
  return result;
});
var resolveAxis = (function resolveAxis(name3, axis, shape) {
  const rank = shape.length;
  if (!Number.isInteger(axis) || axis < -rank || axis >= rank) {
    const range = rank === 0 ? "it has no axes" : `its axes are ${-rank} to ${rank - 1}`;
    throw new ShapeError(`Cannot ${name3} ${formatShape(shape)} over axis ${axis}: ${range}`);
  }
  return axis < 0 ? axis + rank : axis;
});
var checkAxes = (function checkAxes(name3, axes, shape) {
  if (Array.isArray(axes)) return;
  throw new ShapeError(`Cannot ${name3} ${formatShape(shape)} over ${describe(axes)}: axes are numbers, as in [0, 1]`);
});
var resolveAxes = (function resolveAxes(name3, axes, shape) {
  if (axes === void 0 || axes === null) return shape.map(((_, axis) => axis));
  const list2 = typeof axes === "number" ? [
    axes
  ] : axes;
  checkAxes(name3, list2, shape);
  const resolved = list2.map(((axis) => resolveAxis(name3, axis, shape))).sort((a, b) => a - b);
  for (let i = 1; i < resolved.length; i++) {
    if (resolved[i] === resolved[i - 1]) {
      throw new ShapeError(`Cannot ${name3} ${formatShape(shape)} over axes ${formatShape(list2)}: axis ${resolved[i]} is named twice`);
    }
  }
  return resolved;
});
var broadcastStrides = (function broadcastStrides(shape, target) {
  const own = stridesOf(shape);
  const added2 = target.length - shape.length;
  return target.map(((_, axis) => axis < added2 || shape[axis - added2] === 1 ? 0 : own[axis - added2]));
});
var joinAxes = (function joinAxes({ lengths, strides }) {
  const joined3 = [];
  const joinedStrides = strides.map((() => []));
  for (let axis = 0; axis < lengths.length; axis++) {
    const length = lengths[axis];
    if (length === 1) continue;
    const last2 = joined3.length - 1;
    const joins = last2 >= 0 && strides.every(((own, i) => joinedStrides[i][last2] === own[axis] * length));
    if (joins) joined3[last2] *= length;
    else joined3.push(length);
    const at = joined3.length - 1;
    strides.forEach(((own, i) => joinedStrides[i][at] = own[axis]));
  }
  return {
    lengths: joined3,
    strides: joinedStrides
  };
});
var forEachRow = (function forEachRow({ lengths, strides }, starts, row) {
  if (lengths.includes(0)) return;
  const offsets = Int32Array.from(starts);
  const outer = lengths.length - 1;
  const counters = new Int32Array(Math.max(outer, 0));
  while (true) {
    row(offsets);
    let axis = outer - 1;
    for (; axis >= 0; axis--) {
      for (let i = 0; i < strides.length; i++) offsets[i] += strides[i][axis];
      if (++counters[axis] < lengths[axis]) break;
      for (let i = 0; i < strides.length; i++) offsets[i] -= strides[i][axis] * lengths[axis];
      counters[axis] = 0;
    }
    if (axis < 0) return;
  }
});
var forEachRun = (function forEachRun(lengths, to, from, run2) {
  const loop = joinAxes({
    lengths,
    strides: [
      to.strides,
      from.strides
    ]
  });
  const n = loop.lengths.at(-1) ?? 1;
  const step = loop.strides[0].at(-1) ?? 1;
  const stride = loop.strides[1].at(-1) ?? 1;
  forEachRow(loop, [
    to.start,
    from.start
  ], ((offsets) => {
    run2(offsets[0], offsets[1], step, stride, n);
  }));
});
var copyStrided = (function copyStrided(lengths, to, from) {
  const target = to.data;
  const source2 = from.data;
  forEachRun(lengths, to, from, ((t, s, step, stride, n) => {
    if (n >= longRun && step === 1 && stride === 1) return target.set(source2.subarray(s, s + n), t);
    if (n >= longRun && step === 1 && stride === 0) return target.fill(source2[s], t, t + n);
    for (let i = 0; i < n; i++, t += step, s += stride) target[t] = source2[s];
  }));
});
var mapOne = (function mapOne(f, output, x, attributes) {
  const from = x.data;
  const to = output.data;
  for (let i = 0; i < to.length; i++) to[i] = f(from[i], attributes);
});
var mapTwo = (function mapTwo(f, output, a, b) {
  const loop = joinAxes({
    lengths: output.shape,
    strides: [
      broadcastStrides(a.shape, output.shape),
      broadcastStrides(b.shape, output.shape)
    ]
  });
  const n = loop.lengths.at(-1) ?? 1;
  const stepA = loop.strides[0].at(-1) ?? 0;
  const stepB = loop.strides[1].at(-1) ?? 0;
  const x = a.data;
  const y = b.data;
  const to = output.data;
  let at = 0;
  forEachRow(loop, [
    0,
    0
  ], ((offsets) => {
    let i = offsets[0];
    let j = offsets[1];
    for (const end = at + n; at < end; at++, i += stepA, j += stepB) to[at] = f(x[i], y[j]);
  }));
});
var isRecording = (function isRecording() {
  return recording;
});
var withRecording = (function withRecording(on, f) {
  const before = recording;
  recording = on;
  try {
    return f();
  } finally {
    recording = before;
  }
});
var isTransforming = (function isTransforming() {
  return transforms > 0;
});
var insideTransform = (function insideTransform(f) {
  transforms++;
  try {
    return withRecording(true, f);
  } finally {
    transforms--;
  }
});
var isTracing = (function isTracing() {
  return traces2 > 0;
});
var insideTrace = (function insideTrace(f) {
  if (traces2++ === 0) traceCount++;
  try {
    return withRecording(true, f);
  } finally {
    traces2--;
  }
});
var originOf = (function originOf(op, inputs, attributes) {
  const origin = {
    op,
    inputs,
    attributes
  };
  return isTracing() ? {
    ...origin,
    isCut: !recording,
    trace: traceCount
  } : origin;
});
var pullbackOf = (function pullbackOf(op, index) {
  return typeof op.pullbacks === "function" ? op.pullbacks(index) : op.pullbacks[index] ?? null;
});
var reverse = (function reverse(results, seeds, { isSource, record }) {
  const order = history(results);
  const calls2 = callsOf(order);
  const leads = leadingTo(order, calls2, isSource);
  const ends = results.map(((result) => placeIn(order, result)));
  return withRecording(record, (() => {
    const cotangents = new Array(order.length);
    const accumulate2 = ((place2, g) => {
      const before = cotangents[place2];
      cotangents[place2] = before === void 0 ? g : before.add(g);
    });
    ends.forEach(((place2, i) => leads[place2] && accumulate2(place2, seeds[i])));
    const found2 = /* @__PURE__ */ new Map();
    for (let i = order.length - 1; i >= 0; i--) {
      const value2 = order[i];
      const g = cotangents[i];
      const call4 = calls2[i];
      if (g === void 0) continue;
      cotangents[i] = void 0;
      if (isSource(value2)) found2.set(value2, g);
      if (call4 === null) continue;
      const { op, inputs, attributes, places: places2 } = call4;
      for (let input = 0; input < inputs.length; input++) {
        const pullback = leads[places2[input]] ? pullbackOf(op, input) : null;
        if (pullback === null) continue;
        const contribution = pullback(g, inputs, value2, attributes);
        accumulate2(places2[input], contribution.sumLike(inputs[input]));
      }
    }
    return found2;
  }));
});
var history = (function history(results, pushInputs = pushAll) {
  const entered = ++lastPlace;
  const order = [];
  const stack2 = results.toReversed();
  while (stack2.length > 0) {
    const value2 = stack2[stack2.length - 1];
    if (value2.place < entered) {
      value2.place = entered;
      pushInputs(value2, stack2, entered);
    } else {
      stack2.pop();
      if (value2.place === entered) value2.place = entered + order.push(value2);
    }
  }
  lastPlace += order.length;
  return order;
});
var placeIn = (function placeIn(order, value2) {
  return value2.place - order[0].place;
});
var callsOf = (function callsOf(order) {
  return order.map((({ origin }) => {
    if (origin === null || origin.isCut) return null;
    const places2 = origin.inputs.map(((input) => placeIn(order, input)));
    return {
      op: origin.op,
      inputs: origin.inputs,
      attributes: origin.attributes,
      places: places2
    };
  }));
});
var leadingTo = (function leadingTo(order, calls2, isSource) {
  const leads = [];
  order.forEach(((value2, i) => {
    const call4 = calls2[i];
    const reaches = isSource(value2) || call4 !== null && call4.places.some(((place2, index) => leads[place2] && pullbackOf(call4.op, index) !== null));
    leads.push(reaches && value2.isDifferentiable);
  }));
  return leads;
});
var isTraced = (function isTraced(value2) {
  return typeof value2 === "object" && value2 !== null && "origin" in value2 && "sumLike" in value2;
});
var isTracked = (function isTracked(value2) {
  return value2.requiresGrad || value2.origin !== null;
});
var isBranch = (function isBranch(node) {
  return typeof node === "object" && node !== null && !ArrayBuffer.isView(node) && !(node instanceof Map) && !(node instanceof Set) && !(node instanceof Date);
});
var declareRecord = (function declareRecord({ prototype }) {
  records.add(prototype);
});
var isRecord = (function isRecord(node) {
  return records.has(Object.getPrototypeOf(node));
});
var childPath = (function childPath(path, key, isArray) {
  if (isArray) return `${path}[${key}]`;
  return path === "" ? key : `${path}.${key}`;
});
var find = (function find(tree) {
  const found2 = [];
  const around2 = /* @__PURE__ */ new Set();
  const visit = ((node, path, keys) => {
    if (isTraced(node)) found2.push({
      path,
      keys,
      leaf: node
    });
    else if (isBranch(node)) {
      if (around2.has(node)) {
        throw new UsageError(`Cannot find the tensors of an object that holds itself: at "${path}"`);
      }
      around2.add(node);
      for (const [key, child] of Object.entries(node)) {
        if (typeof child !== "object") continue;
        visit(child, childPath(path, key, Array.isArray(node)), [
          ...keys,
          key
        ]);
      }
      around2.delete(node);
    }
  });
  visit(tree, "", []);
  return found2;
});
var entriesOf = (function entriesOf(tree) {
  return find(tree).map((({ path, leaf }) => [
    path,
    leaf
  ]));
});
var leavesOf = (function leavesOf(tree) {
  return find(tree).map((({ leaf }) => leaf));
});
var mapTree = (function mapTree(tree, f) {
  let count = 0;
  const map = ((node, path) => {
    if (isTraced(node)) {
      count++;
      return f(node, path);
    }
    if (!isBranch(node)) return node;
    const before = count;
    const isArray = Array.isArray(node);
    const copy2 = emptyLike(node);
    for (const [key, child] of Object.entries(node)) {
      copy2[key] = map(child, childPath(path, key, isArray));
    }
    return count === before ? node : copy2;
  });
  return map(tree, "");
});
var emptyLike = (function emptyLike(node) {
  const prototype = Object.getPrototypeOf(node);
  if (!Array.isArray(node)) return Object.create(prototype);
  return prototype === Array.prototype ? [] : Object.setPrototypeOf([], prototype);
});
var rebuild = (function rebuild(tree, leaves) {
  let next = 0;
  return mapTree(tree, (() => leaves[next++]));
});
var leavesLike = (function leavesLike(name3, tree, other2) {
  return find(tree).map((({ path, keys }) => {
    let node = other2;
    for (const key of keys) {
      const isThere = isBranch(node) && !isTraced(node) && Object.hasOwn(node, key);
      node = isThere ? node[key] : void 0;
    }
    if (isTraced(node)) return node;
    throw new UsageError(`Cannot ${name3}: there is nothing at "${path}" to go with the other`);
  }));
});
var applyToVariables = (function applyToVariables(name3, f, inputs) {
  const entries = entriesOf(inputs);
  if (entries.length === 0) {
    throw new UsageError(`Cannot ${name3}: there is no tensor to differentiate by`);
  }
  for (const [path, leaf] of entries) {
    if (!leaf.isDifferentiable) {
      const where3 = path === "" ? "" : ` at "${path}"`;
      throw new UsageError(`Cannot ${name3} by integers or truth values${where3}: cast them, as in .cast("float32")`);
    }
  }
  return insideTransform((() => {
    const variables2 = entries.map((([, leaf]) => leaf.asVariable()));
    return {
      result: f(rebuild(inputs, variables2)),
      variables: variables2,
      inputs
    };
  }));
});
var pullBack = (function pullBack(results, seeds, { variables: variables2, inputs }, record) {
  const sources = new Set(variables2);
  const cotangents = reverse(results, seeds, {
    isSource: ((value2) => sources.has(value2)),
    record
  });
  if (cotangents.size === 0 && holdsFunction(inputs) && !isTransforming()) {
    checkNotBypassed(results, {
      variables: variables2,
      inputs
    });
  }
  return variables2.map(((variable) => cotangents.get(variable) ?? variable.fillLike(0)));
});
var mayBeAsked = (function mayBeAsked(values, variables2) {
  if (!isRecording()) return false;
  const own = new Set(variables2);
  return history(values).some(((value2) => value2.origin === null && (value2.requiresGrad ? !own.has(value2) : value2.isSymbolic)));
});
var valueAndGrad = (function valueAndGrad(f) {
  checkFunction("differentiate", f);
  return ((inputs, ...rest) => {
    const { result, ...leaves } = applyToVariables("grad", ((x) => f(x, ...rest)), inputs);
    checkScalar("grad", result);
    const record = mayBeAsked([
      result
    ], leaves.variables);
    const gradients2 = pullBack([
      result
    ], [
      result.fillLike(1)
    ], leaves, record);
    return [
      record ? result : released(result),
      rebuild(inputs, gradients2)
    ];
  });
});
var checkFunction = (function checkFunction(name3, f) {
  if (typeof f === "function") return;
  throw new UsageError(`Cannot ${name3} ${describe(f)}: it takes a function`);
});
var checkScalar = (function checkScalar(name3, result) {
  if (!isTraced(result)) {
    throw new UsageError(`Cannot ${name3}: the function must return a scalar tensor or a Value`);
  }
  if (sizeOf(result.shape) !== 1) {
    throw new ShapeError(`Cannot ${name3} a function with a result of shape ${formatShape(result.shape)}: reduce it to a scalar, as in .sum(), or use jacobian`);
  }
});
var checkNumber = (function checkNumber(name3, what, number) {
  if (typeof number === "number") return;
  throw new UsageError(`Cannot ${name3}: ${what} is ${describe(number)}, not a number`);
});
var optionsOf = (function optionsOf(name3, options, known2) {
  if (typeof options !== "object" || options === null || Array.isArray(options)) {
    const example = Object.entries(known2).filter(([, text2]) => text2 !== null);
    throw new UsageError(`Cannot ${name3} with ${describe(options)} for options: they are named, as in { ${example.map((entry2) => entry2.join(": ")).join(", ")} }`);
  }
  for (const option in options) {
    if (Object.hasOwn(known2, option)) continue;
    const all = Object.keys(known2), are = all.length === 1 ? "is" : "are";
    throw new UsageError(`Cannot ${name3} with the option "${option}": there ${are} ${all.join(", ")}`);
  }
  return options;
});
var unary = (function unary(name3, f, rule, dtype = floatDType) {
  return {
    name: name3,
    scalar: f,
    shape: (([x]) => x),
    dtype: ((dtypes, attributes) => dtype(name3, dtypes, attributes)),
    forward: ((output, [x], attributes) => mapOne(f, output, x, attributes)),
    pullbacks: [
      rule && (((g, [x], y, a) => rule(g, x, y, a)))
    ]
  };
});
var onIntegers = (function onIntegers(op, f) {
  const forward = (output, inputs, attributes) => {
    if (!(output.data instanceof Int32Array)) op.forward(output, inputs, attributes);
    else if (inputs.length === 1) mapOne((x) => f(x), output, inputs[0], void 0);
    else mapTwo(f, output, inputs[0], inputs[1]);
  };
  return {
    ...op,
    forward
  };
});
var binary = (function binary(name3, f, ruleA, ruleB, dtype = numericDType) {
  const pullback = ((rule) => rule && (((g, [a, b], y) => rule(g, a, b, y))));
  return {
    name: name3,
    scalar: f,
    shape: (([a, b]) => broadcast(name3, a, b)),
    dtype: ((dtypes) => dtype(name3, dtypes)),
    forward: ((output, [a, b]) => mapTwo(f, output, a, b)),
    pullbacks: [
      pullback(ruleA),
      pullback(ruleB)
    ]
  };
});
var comparison = (function comparison(name3, f) {
  return binary(name3, (a, b) => +f(a, b), null, null, ((_, dtypes) => {
    sameDType(name3, dtypes);
    return "bool";
  }));
});
var predicate = (function predicate(name3, f) {
  return unary(name3, (x) => +f(x), null, () => "bool");
});
var checkCondition = (function checkCondition(name3, condition) {
  if (condition instanceof Arithmetic) return;
  throw new UsageError(`Cannot ${name3} ${describe(condition)}: the condition is bool, as in x.greater(0)`);
});
var attributesKey = (function attributesKey(attributes) {
  return JSON.stringify(attributes, ((_, value2) => {
    if (typeof value2 !== "number") return value2;
    return Object.is(value2, -0) ? "-0" : Number.isFinite(value2) ? value2 : String(value2);
  })) ?? "";
});
var ownAttributes = (function ownAttributes(attributes) {
  if (typeof attributes !== "object" || attributes === null) return attributes;
  let own = attributes;
  for (const field in attributes) {
    const value2 = attributes[field];
    if (!Array.isArray(value2)) continue;
    if (own === attributes) own = {
      ...own
    };
    own[field] = copyOf(value2);
  }
  return own;
});
var copyOf = (function copyOf(array) {
  return array.map(((entry2) => Array.isArray(entry2) ? copyOf(entry2) : entry2));
});
var isMoving = (function isMoving(op) {
  return "moves" in op;
});
var moving = (function moving(op) {
  return {
    ...op,
    forward: ((output, inputs, attributes) => {
      const shapes = inputs.map((({ shape }) => shape));
      const { fill, moves, adds = false } = op.moves(shapes, output.shape, attributes);
      if (fill !== void 0) output.data.fill(fill);
      const walk = adds ? addStrided : copyStrided;
      for (const { input, lengths, from, to } of moves) {
        walk(lengths, {
          ...to,
          data: output.data
        }, {
          ...from,
          data: inputs[input].data
        });
      }
    })
  };
});
var readAlong = (function readAlong(from, output) {
  return {
    moves: [
      {
        input: 0,
        lengths: output,
        from,
        to: wholeOf(output)
      }
    ]
  };
});
var wholeOf = (function wholeOf(shape) {
  return {
    start: 0,
    strides: stridesOf(shape)
  };
});
var productSizes = (function productSizes(a, b, { transposeA, transposeB }) {
  return {
    rows: a.at(transposeA ? -1 : -2),
    inner: a.at(transposeA ? -2 : -1),
    columns: b.at(transposeB ? -2 : -1)
  };
});
var checkProduct = (function checkProduct(a, b, { transposeA, transposeB }) {
  if (a.length === 0 || b.length === 0) {
    throw new ShapeError(`Cannot matmul ${formatShape(a)} by ${formatShape(b)}: scalars are multiplied by mul`);
  }
  const innerA = a.at(transposeA && a.length > 1 ? -2 : -1);
  const innerB = b.at(transposeB || b.length === 1 ? -1 : -2);
  if (innerA !== innerB) {
    const flags = [
      transposeA && "transposeA",
      transposeB && "transposeB"
    ].filter(Boolean);
    const how = flags.length > 0 ? ` with ${flags.join(" and ")}` : "";
    throw new ShapeError(`Cannot matmul ${formatShape(a)} by ${formatShape(b)}${how}: inner lengths are ${innerA} and ${innerB}`);
  }
  for (let axis = -3; axis >= -Math.max(a.length, b.length); axis--) {
    const m = a.at(axis) ?? 1;
    const n = b.at(axis) ?? 1;
    if (m !== n && m !== 1 && n !== 1) {
      throw new ShapeError(`Cannot matmul ${formatShape(a)} by ${formatShape(b)}: axis ${axis} has lengths ${m} and ${n}`);
    }
  }
});
var withoutRun = (function withoutRun(shape, { first: first2, last: last2 }) {
  return [
    ...shape.slice(0, first2),
    ...shape.slice(last2 + 1)
  ];
});
var keepRun = (function keepRun(shape, { first: first2, last: last2 }) {
  return shape.map(((length, axis) => axis >= first2 && axis <= last2 ? 1 : length));
});
var extreme = (function extreme(name3, beats2) {
  return {
    name: name3,
    shape: ([x], run2) => {
      nonEmpty(name3, x, run2);
      return withoutRun(x, run2);
    },
    dtype: (dtypes) => numericDType(name3, dtypes),
    forward: (output, [x], { first: first2, last: last2 }) => {
      const lanes = lanesAlong(x.shape, first2, last2);
      forEachLane(lanes, (start, place2) => {
        output.data[place2] = x.data[start + extremePlace(x.data, start, lanes, beats2) * lanes.inner];
      });
    },
    pullbacks: [
      (g, [x], y, run2) => {
        const kept2 = keepRun(x.shape, run2);
        const ties = x.equal(y.reshape(kept2));
        const count = ties.cast(x.dtype).sum(axesOf(run2), {
          keepDims: true
        });
        return g.reshape(kept2).div(count).where(ties, 0);
      }
    ]
  };
});
var extremeIndex = (function extremeIndex(name3, beats2) {
  return {
    name: name3,
    shape: ([x], run2) => {
      nonEmpty(name3, x, run2);
      return withoutRun(x, run2);
    },
    dtype: ([x]) => {
      numericDType(name3, [
        x
      ]);
      return "int32";
    },
    forward: (output, [x], { first: first2, last: last2 }) => {
      const lanes = lanesAlong(x.shape, first2, last2);
      forEachLane(lanes, (start, place2) => {
        output.data[place2] = extremePlace(x.data, start, lanes, beats2);
      });
    },
    pullbacks: [
      null
    ]
  };
});
var runsOf = (function runsOf(axes) {
  const runs = [];
  for (const axis of axes) {
    const run2 = runs.at(-1);
    if (run2?.last === axis - 1) runs[runs.length - 1] = {
      ...run2,
      last: axis
    };
    else runs.push({
      first: axis,
      last: axis
    });
  }
  return runs;
});
var constant = (function constant(type, value2) {
  if (type === "v128") throw new TypeError("Cannot make a v128 constant of a number");
  return new Constant(type, value2);
});
var expression = (function expression(type, operand2) {
  return operand2 instanceof Expression ? operand2 : constant(type, operand2);
});
var unary2 = (function unary2(from, to, ...instruction) {
  return ((a) => new Expression(to, instruction, [
    expression(from, a)
  ]));
});
var binary2 = (function binary2(from, to, ...instruction) {
  return ((a, b) => new Expression(to, instruction, [
    expression(from, a),
    expression(from, b)
  ]));
});
var load = (function load(type, alignment2, ...instruction) {
  return ((address, offset2 = 0) => new Expression(type, instruction, [
    expression("i32", address)
  ], [
    alignment2,
    offset2
  ]));
});
var store = (function store(type, alignment2, ...instruction) {
  return ((address, value2, offset2 = 0) => new Expression("void", instruction, [
    expression("i32", address),
    expression(type, value2)
  ], [
    alignment2,
    offset2
  ]));
});
var select = (function select(condition, yes, no) {
  const instruction = yes.type === "v128" ? selectVector : selectNumber;
  return new Expression(yes.type, instruction, [
    yes,
    no,
    expression("i32", condition)
  ]);
});
var least = (function least(a, b) {
  return select(i32.lessUnsigned(a, b), expression("i32", a), expression("i32", b));
});
var i32Operands = (function i32Operands(...operands) {
  return operands.map(((operand2) => expression("i32", operand2)));
});
var unsigned = (function unsigned(value2) {
  if ((value2 & 127) === value2) return [
    value2
  ];
  if ((value2 & 16383) === value2) return [
    value2 & 127 | 128,
    value2 >> 7
  ];
  const writer = new ByteWriter();
  writer.unsigned(value2);
  return [
    ...writer.written
  ];
});
var name = (function name(text2) {
  const bytes2 = new TextEncoder().encode(text2);
  return [
    ...unsigned(bytes2.length),
    ...bytes2
  ];
});
var list = (function list(items) {
  return [
    ...unsigned(items.length),
    ...items.flat()
  ];
});
var simd = (function simd(opcode) {
  return [
    253,
    ...unsigned(opcode)
  ];
});
var vector1 = (function vector1(opcode) {
  const instruction = simd(opcode);
  return ((a) => new Expression("v128", instruction, [
    a
  ]));
});
var vector2 = (function vector2(opcode) {
  const instruction = simd(opcode);
  return ((a, b) => new Expression("v128", instruction, [
    a,
    b
  ]));
});
var vector3 = (function vector3(opcode) {
  const instruction = simd(opcode);
  return ((a, b, c) => new Expression("v128", instruction, [
    a,
    b,
    c
  ]));
});
var toI32 = (function toI32(opcode) {
  const instruction = simd(opcode);
  return ((a) => new Expression("i32", instruction, [
    a
  ]));
});
var shift = (function shift(opcode) {
  const instruction = simd(opcode);
  return ((a, by) => new Expression("v128", instruction, [
    a,
    expression("i32", by)
  ]));
});
var splat = (function splat(type, opcode) {
  const instruction = simd(opcode);
  return ((value2) => new Expression("v128", instruction, [
    expression(type, value2)
  ]));
});
var extract = (function extract(type, opcode) {
  const instruction = simd(opcode);
  return (vector, lane) => new Expression(type, instruction, [
    vector
  ], [
    lane
  ]);
});
var replace = (function replace(type, opcode) {
  const instruction = simd(opcode);
  return (vector, lane, value2) => new Expression("v128", instruction, [
    vector,
    expression(type, value2)
  ], [
    lane
  ]);
});
var shuffle = (function shuffle(width) {
  return ((a, b, lanes) => {
    const bytes2 = [];
    for (const lane of lanes) {
      for (let byte = 0; byte < width; byte++) bytes2.push(lane * width + byte);
    }
    return i8x16.shuffle(a, b, bytes2);
  });
});
var loadLane = (function loadLane(alignment2, opcode) {
  const instruction = simd(opcode);
  return (address, vector, lane, offset2 = 0) => new Expression("v128", instruction, [
    expression("i32", address),
    vector
  ], [
    alignment2,
    offset2,
    lane
  ]);
});
var storeLane = (function storeLane(alignment2, opcode) {
  const instruction = simd(opcode);
  return ((address, vector, lane, offset2 = 0) => new Expression("void", instruction, [
    expression("i32", address),
    vector
  ], [
    alignment2,
    offset2,
    lane
  ]));
});
var call2 = (function call2(callee, ...args) {
  const operands = callee.params.map(((type, i) => expression(type, args[i])));
  return new Expression(callee.result, callOf, operands, [
    callee.index
  ]);
});
var limitBytes = (function limitBytes({ initial, maximum: maximum2, shared: shared2 = false }) {
  const flags = (maximum2 === void 0 ? 0 : 1) | (shared2 ? 2 : 0);
  return [
    flags,
    ...unsigned(initial),
    ...maximum2 === void 0 ? [] : unsigned(maximum2)
  ];
});
var section = (function section(id, items, count = items.length) {
  if (items.length === 0) return [];
  const head = unsigned(count);
  return [
    [
      id,
      ...unsigned(head.length + totalLength(items)),
      ...head
    ],
    ...items
  ];
});
var totalLength = (function totalLength(chunks) {
  return chunks.reduce(((sum3, chunk) => sum3 + chunk.length), 0);
});
var constantOf = (function constantOf(f, kind, value2) {
  const kinds2 = entry(known, f, (() => /* @__PURE__ */ new Map()));
  const constants = entry(kinds2, kind, (() => /* @__PURE__ */ new Map()));
  return entry(constants, Object.is(value2, -0) ? "-0" : value2, (() => f.atStart(splat2(kind, value2))));
});
var entry = (function entry(map, key, make2) {
  let value2 = map.get(key);
  if (value2 === void 0) map.set(key, value2 = make2());
  return value2;
});
var splat2 = (function splat2(kind, value2) {
  switch (kind) {
    case "f32":
      return f32x4.splat(value2);
    case "f64":
      return f64x2.splat(value2);
    case "i32":
      return i32x4.splat(value2);
    case "i64":
      return i64x2.splat(BigInt(value2));
  }
});
var floatCode = (function floatCode(f, context, dtype) {
  const single3 = dtype === "float32";
  const numbers3 = single3 ? f32x4 : f64x2;
  const { add: add2, sub: sub2, mul: mul2, relaxedMadd, relaxedNmadd } = numbers3;
  return {
    ...numbers3,
    f,
    context,
    dtype,
    forSingles: false,
    bits: single3 ? i32x4 : i64x2,
    hold: ((value2) => value2 instanceof Local ? value2 : f.let(value2)),
    number: ((value2) => constantOf(f, single3 ? "f32" : "f64", value2)),
    integer: ((value2) => constantOf(f, single3 ? "i32" : "i64", value2)),
    multiplyAdd: context.fused ? relaxedMadd : (a, b, c) => add2(mul2(a, b), c),
    negatedMultiplyAdd: context.fused ? relaxedNmadd : (a, b, c) => sub2(c, mul2(a, b)),
    select: ((condition, yes, no) => v128.bitselect(yes, no, condition))
  };
});
var polynomial = (function polynomial(code, x, coefficients2) {
  if (code.forSingles) return estrin(code, x, coefficients2);
  const [first2, ...others] = coefficients2;
  return others.reduce(((sum3, coefficient) => code.multiplyAdd(sum3, x, code.number(coefficient))), code.number(first2));
});
var withSignOf = (function withSignOf({ number }, x, sign2) {
  return v128.or(x, v128.and(sign2, number(-0)));
});
var throughDoubles = (function throughDoubles(double3) {
  return (code, ...inputs) => {
    const { f, context } = code;
    const wide2 = {
      ...floatCode(f, context, "float64"),
      forSingles: true
    };
    const held = inputs.map(code.hold);
    const half = (part2) => f32x4.demoteF64x2Zero(double3(wide2, ...held.map((x) => wide2.hold(f64x2.promoteLowF32x4(part2(x))))));
    const low = code.hold(half((x) => x));
    return f32x4.shuffle(low, half((x) => f32x4.shuffle(x, x, [
      2,
      3,
      2,
      3
    ])), [
      0,
      1,
      4,
      5
    ]);
  };
});
var round2 = (function round2(code, [a, b], bias) {
  const { hold: hold2, number, sub: sub2, multiplyAdd } = code;
  const rounder2 = 1.5 * 2 ** precisionOf(code).fraction + bias;
  const integer = hold2(multiplyAdd(a, b, number(rounder2)));
  return {
    integer,
    n: hold2(sub2(integer, number(rounder2)))
  };
});
var reduce = (function reduce(code, x, n) {
  const { hold: hold2, number, negatedMultiplyAdd } = code;
  const [high, low] = precisionOf(code).ln2;
  return hold2(negatedMultiplyAdd(n, number(low), negatedMultiplyAdd(n, number(high), x)));
});
var expNear0 = (function expNear0(code, r) {
  return polynomial(code, r, [
    ...precisionOf(code).ofPower,
    1,
    1
  ]);
});
var expm1Near0 = (function expm1Near0(code, r) {
  return code.multiplyAdd(code.mul(r, r), polynomial(code, r, precisionOf(code).ofPowerLess1), r);
});
var scale = (function scale(code, x, integer) {
  const { hold: hold2, mul: mul2, bits } = code;
  const { fraction } = precisionOf(code);
  const half = hold2(bits.shiftRightUnsigned(integer, 1));
  const first2 = bits.shiftLeft(half, fraction);
  const second = bits.shiftLeft(bits.sub(integer, half), fraction);
  return mul2(mul2(x, first2), second);
});
var between = (function between({ number, pmin, pmax, hold: hold2 }, x, [min2, max2]) {
  return hold2(pmin(pmax(x, number(min2)), number(max2)));
});
var exp3 = (function exp3(code, x) {
  const { powers: [min2, max2], bias } = precisionOf(code);
  const within3 = between(code, x, [
    min2 * Math.LN2,
    max2 * Math.LN2
  ]);
  const { n, integer } = round2(code, [
    within3,
    code.number(Math.LOG2E)
  ], 2 * bias);
  return scale(code, expNear0(code, reduce(code, within3, n)), integer);
});
var expOfNegative = (function expOfNegative(code, operand2) {
  const { number, mul: mul2, pmax, bits, hold: hold2 } = code;
  const { bias, fraction } = precisionOf(code);
  const x = hold2(pmax(operand2, number(-bias * Math.LN2)));
  const { n, integer } = round2(code, [
    x,
    number(Math.LOG2E)
  ], bias);
  return mul2(expNear0(code, reduce(code, x, n)), bits.shiftLeft(integer, fraction));
});
var expm12 = (function expm12(code, operand2) {
  const { number, add: add2, sub: sub2, multiplyAdd, bits, hold: hold2, select: select3, less: less2, abs: abs2 } = code;
  const { powers: [, max2], bias, minusOne, fraction } = precisionOf(code);
  const x = hold2(operand2);
  const within3 = between(code, x, [
    minusOne,
    max2 * Math.LN2
  ]);
  const { n, integer } = round2(code, [
    within3,
    number(Math.LOG2E)
  ], bias - 1);
  const halfPower = hold2(bits.shiftLeft(integer, fraction));
  const small2 = expm1Near0(code, reduce(code, within3, n));
  const half = hold2(multiplyAdd(small2, halfPower, sub2(halfPower, number(0.5))));
  return select3(less2(abs2(x), number(1e-30)), x, add2(half, half));
});
var expm1OfPositive = (function expm1OfPositive(code, operand2) {
  const { number, sub: sub2, multiplyAdd, bits, hold: hold2 } = code;
  const { bias, fraction } = precisionOf(code);
  const x = hold2(operand2);
  const { n, integer } = round2(code, [
    x,
    number(Math.LOG2E)
  ], bias);
  const power5 = hold2(bits.shiftLeft(integer, fraction));
  return multiplyAdd(expm1Near0(code, reduce(code, x, n)), power5, sub2(power5, number(1)));
});
var takeApart = (function takeApart(code, x) {
  const { number, integer, sub: sub2, bits, hold: hold2 } = code;
  const { fraction, bias, rootOfHalf } = precisionOf2(code);
  const one2 = bias * 2 ** fraction;
  const moved2 = hold2(bits.add(x, integer(one2 - rootOfHalf)));
  const exponent = hold2(bits.shiftRightUnsigned(moved2, fraction));
  const asNumber2 = v128.or(exponent, number(2 ** fraction));
  const remaining = v128.and(moved2, integer(2 ** fraction - 1));
  return {
    exponent,
    k: hold2(sub2(asNumber2, number(2 ** fraction + bias))),
    f: hold2(sub2(bits.add(remaining, integer(rootOfHalf)), number(1)))
  };
});
var putTogether = (function putTogether(code, { k, f }) {
  const { number, add: add2, sub: sub2, mul: mul2, div: div2, multiplyAdd, hold: hold2 } = code;
  const { ln2: [high, low], coefficients: coefficients2 } = precisionOf2(code);
  const halfSquare = hold2(mul2(mul2(f, f), number(0.5)));
  const lowPart = mul2(k, number(low));
  const correction = (() => {
    if (code.dtype === "float32") {
      const cube = mul2(mul2(f, f), f);
      return multiplyAdd(cube, polynomial(code, f, coefficients2), lowPart);
    }
    const s = hold2(div2(f, add2(number(2), f)));
    const z = hold2(mul2(s, s));
    const series = multiplyAdd(z, polynomial(code, z, coefficients2), halfSquare);
    return multiplyAdd(s, series, lowPart);
  });
  return multiplyAdd(k, number(high), sub2(f, sub2(halfSquare, correction())));
});
var orSpecial = (function orSpecial(code, x, result) {
  const { number, select: select3, greater: greater2, less: less2, equal: equal2 } = code;
  const isOrdinary = v128.and(greater2(x, number(0)), less2(x, number(Infinity)));
  const ofNegative = select3(less2(x, number(0)), number(NaN), x);
  return select3(isOrdinary, result, select3(equal2(x, number(0)), number(-Infinity), ofNegative));
});
var ofAny = (function ofAny(code, x, ofNormal) {
  const { f, number, mul: mul2, less: less2, greaterEqual: greaterEqual2, hold: hold2, select: select3 } = code;
  const { fraction, leastNormal } = precisionOf2(code);
  const result = f.let(ofNormal(x, number(0)));
  const isNormal = v128.and(greaterEqual2(x, number(leastNormal)), less2(x, number(Infinity)));
  f.if(v128.anyTrue(v128.not(isNormal)), (() => {
    const tiny = hold2(less2(x, number(leastNormal)));
    const scaled2 = hold2(select3(tiny, mul2(x, number(2 ** fraction)), x));
    f.set(result, orSpecial(code, x, ofNormal(scaled2, v128.and(tiny, number(fraction)))));
  }));
  return result;
});
var log3 = (function log3(code, operand2) {
  return ofAny(code, code.hold(operand2), ((x, scaled2) => {
    const { k, f } = takeApart(code, x);
    return putTogether(code, {
      k: code.hold(code.sub(k, scaled2)),
      f
    });
  }));
});
var tanh2 = (function tanh2(code, operand2) {
  const { number, add: add2, div: div2, abs: abs2, pmin, hold: hold2 } = code;
  const x = hold2(operand2);
  const size = hold2(pmin(abs2(x), number(22)));
  const e = hold2(expm1OfPositive(code, add2(size, size)));
  return withSignOf(code, div2(e, add2(e, number(2))), x);
});
var inDoubles = (function inDoubles(body, forSingles = body) {
  const single3 = throughDoubles(forSingles);
  return (code, ...inputs) => (code.dtype === "float32" ? single3 : body)(code, ...inputs);
});
var phaseOf = (function phaseOf(kernel) {
  return ((f, { from, to }) => f.do(call2(kernel, from, to)));
});
var stretchOf = (function stretchOf(f, total, share, unit4 = 1) {
  const units = Math.ceil(total / unit4);
  const start = ((at) => {
    const begin = f.let(i32.mul(unitsBefore(units, at), unit4));
    return units * unit4 === total ? begin : f.let(least(begin, total));
  });
  return {
    from: start(share.from),
    to: start(share.to)
  };
});
var unitsBefore = (function unitsBefore(units, at) {
  const bits = Math.log2(whole), half = whole / 2;
  if (units < whole) {
    return i32.shiftRightUnsigned(i32.add(i32.mul(at, units), half), bits);
  }
  const product2 = i64.add(i64.mul(i64.extendI32Unsigned(at), BigInt(units)), BigInt(half));
  return i32.wrapI64(i64.shiftRightUnsigned(product2, BigInt(bits)));
});
var laneCode = (function laneCode(f, context, lanes) {
  let single3, double3;
  const float = ((dtype) => dtype === "float32" ? single3 ??= floatCode(f, context, dtype) : double3 ??= floatCode(f, context, dtype));
  return {
    f,
    context,
    lanes,
    float
  };
});
var laneCount = (function laneCount(dtypes) {
  for (const dtype of dtypes) if (dtype === "float64") return 2;
  return 4;
});
var hold = (function hold({ f }, vector) {
  return vector instanceof Local ? vector : f.let(vector);
});
var maskFrom = (function maskFrom({ lanes }, dtype, mask) {
  return lanes === 2 && isNarrow(dtype) ? i64x2.extendLowI32x4(mask) : mask;
});
var maskFor = (function maskFor(code, dtype, mask) {
  if (code.lanes === 4 || !isNarrow(dtype)) return mask;
  const held = hold(code, mask);
  return i32x4.shuffle(held, held, [
    0,
    2,
    0,
    2
  ]);
});
var permuteLanes = (function permuteLanes(lanes, { dtype, vector }, order) {
  if (lanes === 4) return i32x4.shuffle(vector, vector, order);
  if (isNarrow(dtype)) return i32x4.shuffle(vector, vector, [
    ...order,
    ...order
  ]);
  return i64x2.shuffle(vector, vector, order);
});
var laneIntegers = (function laneIntegers(lanes, valueOf) {
  const numbers3 = Int32Array.from({
    length: 4
  }, ((_, lane) => lane < lanes ? valueOf(lane) : 0));
  return v128.const([
    ...new Uint8Array(numbers3.buffer)
  ]);
});
var firstLanes = (function firstLanes(lanes, count) {
  return v128.const(Array.from({
    length: 16
  }, ((_, byte) => byte < count * 16 / lanes ? 255 : 0)));
});
var functionsOf = (function functionsOf(functions) {
  const entries = Object.entries(functions).map((([name3, body]) => [
    name3,
    ((code, inputs) => body(code, ...inputs))
  ]));
  return Object.fromEntries(entries);
});
var asDoubles = (function asDoubles(name3) {
  return (code, inputs, attributes) => {
    const double3 = code.float("float64");
    const held = inputs.map((x) => hold(code, x));
    const half = (part2) => hold(code, floatOps[name3](double3, held.map((x) => hold(code, f64x2.convertLowI32x4(part2(x)))), attributes));
    const low = half((x) => x);
    if (code.lanes === 2) return integersOf([
      low
    ]);
    return integersOf([
      low,
      half((x) => i32x4.shuffle(x, x, [
        2,
        3,
        2,
        3
      ]))
    ]);
  };
});
var comparison2 = (function comparison2(name3) {
  return ((code, [a, b]) => maskFrom(code, a.dtype, compare2(code, name3, a.dtype, a.vector, b.vector)));
});
var compare2 = (function compare2(code, name3, dtype, a, b) {
  if (dtype === "bool") return compareMasks[name3](a, b);
  if (dtype === "int32") return compareIntegers[name3](a, b);
  return code.float(dtype)[name3](a, b);
});
var predicate2 = (function predicate2(otherwise, ask) {
  return (code, [x]) => {
    const { dtype } = x;
    if (dtype !== "float32" && dtype !== "float64") {
      return v128.const(Array(16).fill(otherwise ? 255 : 0));
    }
    return maskFrom(code, dtype, ask(code, {
      ...x,
      dtype
    }));
  };
});
var castTo = (function castTo(code, value2, dtype) {
  const { vector } = value2;
  if (value2.dtype === dtype) return vector;
  switch (dtype) {
    case "bool":
      return truth(code, value2);
    case "int32":
      return toInteger(code, value2);
    case "float32":
      return toSingle(code, value2);
    case "float64":
      return toDouble(code, value2);
  }
});
var fusedValues = (function fusedValues(code, fusion, inputs) {
  const values = [
    ...inputs
  ];
  for (const node of fusion.nodes) {
    values.push(nodeValue(code, node, node.inputs.map(((input) => values[input]))));
  }
  return fusion.results.map(((result) => values[inputs.length + result]));
});
var nodeValue = (function nodeValue(code, { op, attributes, dtype }, inputs) {
  const vectors2 = inputs.map((({ vector: vector4 }) => vector4));
  const vector = write();
  return {
    dtype,
    vector: hold(code, vector)
  };
  function write() {
    const name3 = vectorName(op, dtype);
    if (name3 === null) {
      const call4 = {
        op,
        attributes,
        inputs: inputs.map((x) => x.dtype),
        result: dtype
      };
      return callOut(code, call4, vectors2);
    }
    if (name3 === "identity" || name3 === "stopGradient") return vectors2[0];
    if (name3 === "cast") return castTo(code, inputs[0], dtype);
    if (name3 === "where") {
      return v128.bitselect(vectors2[1], vectors2[2], maskFor(code, dtype, vectors2[0]));
    }
    if (dtype === "bool") return truthOps[name3](code, inputs);
    if (dtype === "int32") return integerOps[name3](code, vectors2, attributes);
    return floatOps[name3](code.float(dtype), vectors2, attributes);
  }
});
var importScalars = (function importScalars(context, fusion, inputs) {
  const dtypes = [
    ...inputs
  ];
  let callsOut = false;
  for (const { op, attributes, inputs: inputs2, dtype } of fusion.nodes) {
    const call4 = {
      op,
      attributes,
      inputs: inputs2.map(((input) => dtypes[input])),
      result: dtype
    };
    if (vectorName(op, dtype) === null) {
      context.importScalar(call4);
      callsOut = true;
    }
    dtypes.push(dtype);
  }
  return callsOut;
});
var vectorName = (function vectorName(op, dtype) {
  if (op.name === "cast") return "cast";
  const name3 = op.name;
  if (elementwise_exports[name3] !== op) return null;
  if (name3 === "identity" || name3 === "stopGradient" || name3 === "where") return name3;
  const known2 = dtype === "bool" ? truthOps : dtype === "int32" ? integerOps : floatOps;
  return known2[name3] === void 0 ? null : name3;
});
var loadElements = (function loadElements(code, dtype, address, count = code.lanes, offset2 = 0) {
  if (dtype === "bool") return maskOfBytes(code, loadBytes(address, count, offset2));
  const bytes2 = count * bytesPerElement(dtype);
  if (bytes2 === 16) return v128.load(address, offset2);
  if (bytes2 === 8) return v128.load64Zero(address, offset2);
  if (bytes2 === 4) return v128.load32Zero(address, offset2);
  return v128.load32Lane(address, v128.load64Zero(address, offset2), 2, offset2 + 8);
});
var loadEverywhere = (function loadEverywhere({ lanes }, dtype, address, offset2 = 0) {
  switch (dtype) {
    case "float64":
      return v128.load64Splat(address, offset2);
    case "bool":
      return everywhere(lanes, i32.sub(0, i32.load8Unsigned(address, offset2)));
    case "float32":
    case "int32":
      return v128.load32Splat(address, offset2);
  }
});
var storeElements = (function storeElements(code, dtype, address, vector, count = code.lanes, offset2 = 0) {
  const { f } = code;
  if (dtype === "bool") return storeBytes(code, address, bytesOfMask(code, vector), count, offset2);
  const bytes2 = count * bytesPerElement(dtype);
  if (bytes2 === 16) return f.do(v128.store(address, vector, offset2));
  const held = hold(code, vector);
  if (bytes2 >= 8) f.do(v128.store64Lane(address, held, 0, offset2));
  if (bytes2 % 8 === 4) {
    f.do(v128.store32Lane(address, held, bytes2 === 12 ? 2 : 0, offset2 + bytes2 - 4));
  }
});
var loadBytes = (function loadBytes(address, count, offset2) {
  if (count === 4) return i32.load(address, offset2);
  if (count === 2) return i32.load16Unsigned(address, offset2);
  const last2 = i32.load8Unsigned(address, offset2 + count - 1);
  if (count === 1) return last2;
  return i32.or(i32.load16Unsigned(address, offset2), i32.shiftLeft(last2, 16));
});
var maskOfBytes = (function maskOfBytes({ lanes }, bytes2) {
  const width = 16 / lanes;
  const spread = Array.from({
    length: 16
  }, ((_, i) => i % width === 0 ? i / width : none3));
  const ones3 = i8x16.swizzle(i32x4.splat(bytes2), v128.const(spread));
  return lanes === 4 ? i32x4.neg(ones3) : i64x2.sub(v128.const(Array(16).fill(0)), ones3);
});
var pointerAt = (function pointerAt(f, walker, startOf2, offset2) {
  const bytes2 = bytesPerElement(walker.dtype);
  const start = startOf2(walker);
  return {
    bytes: bytes2,
    at: f.let(offset2 ? i32.add(start, i32.mul(offset2, bytes2)) : start)
  };
});
var inRounds = (function inRounds(f, row, round3) {
  const { lanes, length, piece, unrolled, pointers } = row;
  const rest = length % lanes;
  const vectors2 = Math.ceil(length / lanes);
  if (!piece && vectors2 <= shortRow) return round3(vectors2, rest || lanes);
  const left = f.let(piece ? i32.sub(piece.to, piece.from) : i32.const(length));
  for (const vectors3 of /* @__PURE__ */ new Set([
    unrolled,
    1
  ])) {
    const count = vectors3 * lanes;
    if (length < count) continue;
    f.while(i32.greaterEqual(left, count), (() => {
      round3(vectors3, lanes);
      for (const { at, bytes: bytes2 } of pointers) f.increase(at, count * bytes2);
      f.increase(left, -count);
    }));
  }
  if (rest === 0) return;
  if (piece) f.if(left, (() => round3(1, rest)));
  else round3(1, rest);
});
var alongRow = (function alongRow(f, row, step) {
  const { lanes, inTurns } = row;
  inRounds(f, row, ((vectors2, lastCount) => {
    const steps = Array.from({
      length: vectors2
    }, ((_, position) => (() => {
      step(position === vectors2 - 1 ? lastCount : lanes, position);
    })));
    if (inTurns) f.inTurns(steps);
    else for (const take2 of steps) take2();
  }));
});
var walkOf = (function walkOf(shape, operands) {
  const strides = operands.map(((operand2) => broadcastStrides(operand2.shape, shape)));
  const joined3 = joinAxes({
    lengths: shape,
    strides
  });
  const single3 = {
    lengths: [
      1
    ],
    strides: strides.map((() => [
      1
    ]))
  };
  const loop = joined3.lengths.length === 0 ? single3 : joined3;
  const outer = loop.lengths.slice(0, -1);
  return {
    outer,
    rows: sizeOf(outer),
    length: loop.lengths.at(-1),
    walkers: operands.map((({ address, dtype }, i) => ({
      address,
      dtype,
      strides: loop.strides[i].slice(0, -1).map(((stride) => stride * bytesPerElement(dtype))),
      advances: loop.strides[i].at(-1) !== 0
    })))
  };
});
var isConstant = (function isConstant({ strides, advances }) {
  return !advances && strides.every(((stride) => stride === 0));
});
var rowStarts = (function rowStarts(f, { outer }, row) {
  const places2 = [];
  const rowMajor2 = stridesOf(outer);
  const placeAlong = (axis) => {
    if (outer.length === 1) return row;
    const steps = axis === outer.length - 1 ? row : i32.divUnsigned(row, rowMajor2[axis]);
    return places2[axis] ??= f.let(axis === 0 ? steps : i32.remainderUnsigned(steps, outer[axis]));
  };
  return (({ address, strides }) => {
    const step = strides.at(-1) ?? 0;
    const plain3 = strides.every(((stride, axis) => stride === step * rowMajor2[axis]));
    if (plain3) return offset(address, step === 0 ? [] : [
      i32.mul(row, step)
    ]);
    const moving2 = strides.flatMap((stride, axis) => stride === 0 ? [] : [
      {
        stride,
        axis
      }
    ]);
    return offset(address, moving2.map(({ stride, axis }) => i32.mul(placeAlong(axis), stride)));
  });
});
var offset = (function offset(address, moves) {
  return moves.reduce(((sum3, move) => i32.add(sum3, move)), i32.const(address));
});
var singleFusion = (function singleFusion({ slots: slots2 }, { op, inputs, outputs, attributes }) {
  const operands = inputs.map(((_, i) => i));
  const { dtype } = slots2[outputs[0]];
  return {
    nodes: [
      {
        op,
        inputs: operands,
        attributes,
        dtype
      }
    ],
    results: [
      0
    ]
  };
});
var emitFusion = (function emitFusion(context, fusion, { shape, inputs, outputs }) {
  const walk = walkOf(shape, [
    ...inputs,
    ...outputs.map(((output) => ({
      ...output,
      shape
    })))
  ]);
  const lanes = laneCount([
    ...walk.walkers,
    ...fusion.nodes
  ].map((({ dtype }) => dtype)));
  return context.module.function({
    params: [
      "i32",
      "i32"
    ]
  }, ((f, from, to) => {
    if (walk.rows * walk.length === 0) return;
    const code = laneCode(f, context, lanes);
    const source2 = new FusedSource(code, fusion, walk.walkers.slice(0, inputs.length));
    writeRows(code, {
      fusion,
      source: source2,
      walk,
      outputs: walk.walkers.slice(inputs.length)
    }, {
      from,
      to
    });
  }));
});
var writeRows = (function writeRows(code, work, share) {
  const { f } = code;
  const { rows, length } = work.walk;
  const row = f.local("i32");
  if (rows >= manyRows) {
    const { from, to } = stretchOf(f, rows, share);
    f.for(row, {
      from,
      below: to
    }, (() => writeRow(code, work, row)));
  } else {
    const piece = stretchOf(f, length, share, pieceUnit);
    f.for(row, {
      below: rows
    }, (() => writeRow(code, work, row, piece)));
  }
});
var writeRow = (function writeRow(code, work, row, piece) {
  const { f, lanes } = code;
  const { fusion, source: source2, walk, outputs } = work;
  const startOf2 = rowStarts(f, walk, row);
  const { pointers, valuesAt } = source2.row(startOf2, piece?.from);
  const targets = outputs.map(((output) => pointerAt(f, output, startOf2, piece?.from)));
  const loop = {
    lanes,
    length: walk.length,
    piece,
    unrolled: unrolledVectors(fusion),
    pointers: [
      ...pointers,
      ...targets
    ]
  };
  alongRow(f, loop, ((count, position) => {
    valuesAt(count, position).forEach((({ vector }, i) => {
      const { at, bytes: bytes2 } = targets[i];
      storeElements(code, outputs[i].dtype, at, vector, count, position * lanes * bytes2);
    }));
  }));
});
var unrolledVectors = (function unrolledVectors({ nodes }) {
  const length = nodes.reduce(((sum3, { op }) => sum3 + (op.name in mod_exports ? 16 : 1)), 0);
  return length <= 3 ? 8 : length <= 6 ? 4 : length <= 32 ? 2 : 1;
});
var unit = (function unit(bytes2, load2, store3, add2) {
  const valueAt = ({ at, offset: offset2 }) => load2(at, offset2);
  return {
    bytes: bytes2,
    move: (to, from) => {
      const value2 = valueAt(from);
      const sum3 = add2 ? add2(valueAt(to), value2) : value2;
      return store3(to.at, sum3, to.offset);
    }
  };
});
var isNative = (function isNative(op) {
  return "blas" in op;
});
var detectFeatures = (function detectFeatures() {
  found ??= {
    simd: compiles((() => v128.store(0, f32x4.splat(f32.const(1))))),
    relaxedSimd: validates((() => {
      const ones3 = f32x4.splat(1);
      return v128.store(0, f32x4.relaxedMadd(ones3, ones3, ones3));
    })),
    threads: typeof SharedArrayBuffer === "function" && validates((() => atomic.store(0, 0)), true),
    sleep: typeof SharedArrayBuffer === "function" && maySleep()
  };
  return found;
});
var withEffect = (function withEffect(effect, shared2 = false) {
  const module = new ModuleBuilder();
  module.memory("memory", {
    initial: 1,
    maximum: 1,
    shared: shared2
  });
  module.function({}, ((f) => f.do(effect())));
  return module.bytes();
});
var compiles = (function compiles(effect) {
  try {
    return new WebAssembly.Module(withEffect(effect)) !== null;
  } catch {
    return false;
  }
});
var validates = (function validates(effect, shared2 = false) {
  return typeof WebAssembly === "object" && WebAssembly.validate(withEffect(effect, shared2));
});
var maySleep = (function maySleep() {
  try {
    return Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 1) === "not-equal";
  } catch {
    return false;
  }
});
var emitBounds = (function emitBounds(f, number, reads2) {
  const zero2 = f.let(i32.shiftRightUnsigned(number, 31));
  for (const read2 of reads2(zero2)) f.drop(read2);
});
var times = (function times(count, make2) {
  const made2 = [];
  for (let index = 0; index < count; index++) made2.push(make2(index));
  return made2;
});
var vectorType = (function vectorType(dtype, fused2) {
  const lanes = dtype === "float32" ? f32x4 : f64x2;
  return {
    dtype,
    bytes: dtype === "float32" ? 4 : 8,
    lanes: dtype === "float32" ? 4 : 2,
    fused: fused2,
    splat: lanes.splat,
    loadSplat: dtype === "float32" ? v128.load32Splat : v128.load64Splat,
    add: lanes.add,
    mul: lanes.mul,
    equal: lanes.equal,
    notEqual: lanes.notEqual,
    bitmask: dtype === "float32" ? i32x4.bitmask : i64x2.bitmask,
    multiplyAdd: fused2 ? lanes.relaxedMadd : (a, b, c) => lanes.add(c, lanes.mul(a, b)),
    shuffle: lanes.shuffle
  };
});
var loadLanes = (function loadLanes({ bytes: bytes2, lanes }, address, count, offset2 = 0) {
  if (count === lanes) return v128.load(address, offset2);
  if (bytes2 === 8 || count === 2) return v128.load64Zero(address, offset2);
  if (count === 1) return v128.load32Zero(address, offset2);
  return v128.load32Lane(address, v128.load64Zero(address, offset2), 2, offset2 + 8);
});
var storeLanes = (function storeLanes({ bytes: bytes2, lanes }, address, value2, count, offset2 = 0) {
  if (count === lanes) return [
    v128.store(address, value2, offset2)
  ];
  if (bytes2 === 8) return [
    v128.store64Lane(address, value2, 0, offset2)
  ];
  if (count === 1) return [
    v128.store32Lane(address, value2, 0, offset2)
  ];
  const two2 = v128.store64Lane(address, value2, 0, offset2);
  return count === 2 ? [
    two2
  ] : [
    two2,
    v128.store32Lane(address, value2, 2, offset2 + 8)
  ];
});
var emitCopyRows = (function emitCopyRows(f, vector, { to, from, rows, columns: columns2 }, { fromRow, toRow, piece, restColumns }, visit = () => {
}) {
  const start = f.let(from), end = f.let(to), row = f.local("i32");
  const source2 = f.local("i32"), target = f.local("i32"), toGo = f.local("i32");
  const value2 = f.local("v128");
  const move = ((count, position) => {
    f.set(value2, loadLanes(vector, source2, count, position * 16));
    f.store(target, value2, position * 16);
    visit(value2);
  });
  emitBounds(f, rows, ((zero2) => times(piece.vectors, ((position) => v128.load(zero2, position * 16)))));
  f.for(row, {
    below: rows
  }, (() => {
    f.set(source2, start);
    f.set(target, end);
    f.set(toGo, columns2);
    for (const { vectors: vectors2, apart } of [
      piece,
      {
        vectors: 1,
        apart: 16
      }
    ]) {
      const numbers3 = vectors2 * vector.lanes;
      f.while(i32.greaterEqual(toGo, numbers3), (() => {
        for (let position = 0; position < vectors2; position++) move(vector.lanes, position);
        f.increase(source2, vectors2 * 16);
        f.increase(target, apart);
        f.increase(toGo, -numbers3);
      }));
    }
    if (restColumns > 0) f.if(toGo, () => move(restColumns, 0));
    f.increase(start, fromRow);
    f.increase(end, toRow);
  }));
});
var emitTranspose = (function emitTranspose(f, vector, { to, from, rows, columns: columns2 }, { fromRow, toRow, restRows }, visit = (() => {
})) {
  const { lanes, bytes: bytes2 } = vector;
  const source2 = f.local("i32"), target = f.local("i32"), columnsToGo = f.local("i32");
  const rowsToGo = f.let(rows);
  const start = f.let(from), end = f.let(to);
  const move = ((height, count) => {
    const loaded = Array.from({
      length: lanes
    }, ((_, row) => row < height ? f.let(loadLanes(vector, source2, count, row * fromRow)) : f.let(vector.splat(0))));
    transposed(f, vector, loaded).slice(0, count).forEach(((value2, column) => {
      f.store(target, value2, column * toRow);
      visit(value2);
    }));
    f.increase(source2, count * bytes2);
    f.increase(target, count * toRow);
    f.increase(columnsToGo, -count);
  });
  const strip = ((height) => {
    f.set(source2, start);
    f.set(target, end);
    f.set(columnsToGo, columns2);
    f.while(i32.greaterEqual(columnsToGo, lanes), (() => move(height, lanes)));
    f.while(columnsToGo, (() => move(height, 1)));
    f.increase(start, lanes * fromRow);
    f.increase(end, 16);
  });
  f.while(i32.greaterEqual(rowsToGo, lanes), (() => {
    strip(lanes);
    f.increase(rowsToGo, -lanes);
  }));
  if (restRows > 0) f.if(rowsToGo, () => strip(restRows));
});
var transposed = (function transposed(f, vector, rows) {
  const [a, b, c, d] = rows;
  const { shuffle: shuffle2 } = vector;
  if (vector.lanes === 2) return [
    f.let(shuffle2(a, b, [
      0,
      2
    ])),
    f.let(shuffle2(a, b, [
      1,
      3
    ]))
  ];
  const ab = f.let(shuffle2(a, b, [
    0,
    4,
    1,
    5
  ])), AB = f.let(shuffle2(a, b, [
    2,
    6,
    3,
    7
  ]));
  const cd = f.let(shuffle2(c, d, [
    0,
    4,
    1,
    5
  ])), CD = f.let(shuffle2(c, d, [
    2,
    6,
    3,
    7
  ]));
  return [
    f.let(shuffle2(ab, cd, [
      0,
      1,
      4,
      5
    ])),
    f.let(shuffle2(ab, cd, [
      2,
      3,
      6,
      7
    ])),
    f.let(shuffle2(AB, CD, [
      0,
      1,
      4,
      5
    ])),
    f.let(shuffle2(AB, CD, [
      2,
      3,
      6,
      7
    ]))
  ];
});
var emitPackTiles = (function emitPackTiles(f, vector, { to, from, rows, columns: columns2 }, { fromRow, group, groupBytes, rest }) {
  const toGo = f.let(columns2), row = f.local("i32");
  const start = f.let(from), end = f.let(to);
  const source2 = f.local("i32"), target = f.local("i32");
  const vectors2 = Math.ceil(group / vector.lanes);
  const copy2 = ((numbers3) => {
    f.set(source2, start);
    f.set(target, end);
    f.for(row, {
      below: rows
    }, (() => {
      for (let v = 0; v < vectors2 && v * vector.lanes < numbers3; v++) {
        const count = Math.min(vector.lanes, numbers3 - v * vector.lanes);
        f.store(target, loadLanes(vector, source2, count, v * 16), v * 16);
      }
      f.increase(source2, fromRow);
      f.increase(target, group * vector.bytes);
    }));
    f.increase(start, group * vector.bytes);
    f.increase(end, groupBytes);
  });
  f.while(i32.greaterEqual(toGo, group), (() => {
    copy2(group);
    f.increase(toGo, -group);
  }));
  if (rest > 0) f.if(toGo, (() => copy2(rest)));
});
var layoutLists = (function layoutLists(vector, rows, { depth, rightStep }) {
  const array = (depth + 2 * vector.lanes) * vector.bytes;
  const unrolled = depth < 256 || rows === 2 ? 2 : 4;
  const lists = [];
  let group = 0;
  for (const those of rows === 1 ? [
    [
      0
    ]
  ] : [
    [
      0,
      1
    ],
    [
      0
    ],
    [
      1
    ]
  ]) {
    lists.push({
      rows: those,
      start: group
    });
    group += (those.length + 1) * array;
  }
  return {
    vector,
    rows,
    lists,
    group,
    array,
    rightStep,
    unrolled
  };
});
var compressTableBytes = (function compressTableBytes({ lanes }) {
  return 16 << lanes;
});
var emitCompressTable = (function emitCompressTable(f, { lanes, bytes: bytes2 }, table) {
  for (let mask = 0; mask < 1 << lanes; mask++) {
    const positions = [];
    for (let lane = 0; lane < lanes; lane++) {
      if (!(mask >> lane & 1)) continue;
      for (let byte = 0; byte < bytes2; byte++) positions.push(lane * bytes2 + byte);
    }
    while (positions.length < 16) positions.push(255);
    f.store(table, v128.const(positions), mask * 16);
  }
});
var emitCompressRows = (function emitCompressRows(f, layout, { lists, ends, table, left, rows, steps }, { leftRow, restRows, restSteps }) {
  const { vector } = layout;
  const source2 = f.local("i32"), offsets = f.local("v128"), rowsToGo = f.let(rows);
  const start = f.let(left), list2 = f.let(lists), end = f.let(ends), stop = f.local("i32");
  const constants = emitConstants(f, layout);
  emitBounds(f, rows, ((zero2) => [
    ...times(layout.rows, ((row) => v128.load(zero2, row * leftRow))),
    ...times(layout.rows + 1, ((j) => v128.load(zero2, j * layout.array)))
  ]));
  const group = ((count) => {
    const at = beginLists(f, layout, list2);
    const round3 = ((known2) => {
      const values = times(count, ((row) => f.let(loadLanes(vector, source2, known2, row * leftRow))));
      append(f, layout, {
        ...constants,
        table,
        at,
        offsets
      }, values);
      f.set(offsets, nextOffsets(layout, offsets, constants));
    });
    f.set(source2, start);
    f.set(offsets, firstOffsets(layout));
    f.set(stop, i32.add(start, i32.mul(i32.and(steps, -vector.lanes), vector.bytes)));
    f.while(i32.lessUnsigned(source2, stop), (() => {
      round3(vector.lanes);
      f.increase(source2, 16);
    }));
    if (restSteps > 0) {
      f.if(i32.remainderUnsigned(steps, vector.lanes), () => round3(restSteps));
    }
    finishLists(f, layout, {
      list: list2,
      at,
      end
    });
    f.increase(start, count * leftRow);
    f.increase(rowsToGo, -count);
  });
  f.while(i32.greaterEqual(rowsToGo, layout.rows), (() => group(layout.rows)));
  if (restRows > 0) f.if(rowsToGo, () => group(restRows));
});
var emitCompressColumns = (function emitCompressColumns(f, layout, { lists, ends, table, left, rows, steps }, { leftStep, restRows, restSteps }) {
  const { vector } = layout;
  const source2 = f.local("i32"), offsets = f.local("v128"), stepsToGo = f.local("i32");
  const start = f.let(left), list2 = f.let(lists), end = f.let(ends), rowsToGo = f.let(rows);
  const constants = emitConstants(f, layout);
  const square2 = ((count) => {
    const groups = Math.ceil(count / layout.rows);
    const at = times(groups, ((g) => beginLists(f, layout, list2, g * layout.group)));
    const round3 = ((known2) => {
      appendSquare(f, layout, {
        ...constants,
        table,
        at,
        source: source2,
        offsets
      }, {
        leftStep,
        count,
        known: known2
      });
      f.set(offsets, nextOffsets(layout, offsets, constants));
      f.increase(source2, vector.lanes * leftStep);
    });
    f.set(source2, start);
    f.set(offsets, firstOffsets(layout));
    f.set(stepsToGo, steps);
    f.while(i32.greaterEqual(stepsToGo, vector.lanes), (() => {
      round3(vector.lanes);
      f.increase(stepsToGo, -vector.lanes);
    }));
    if (restSteps > 0) f.if(stepsToGo, () => round3(restSteps));
    for (const pointers of at) finishLists(f, layout, {
      list: list2,
      at: pointers,
      end
    });
    f.increase(start, count * vector.bytes);
    f.increase(rowsToGo, -count);
  });
  f.while(i32.greaterEqual(rowsToGo, vector.lanes), (() => square2(vector.lanes)));
  if (restRows > 0) f.if(rowsToGo, () => square2(restRows));
});
var appendSquare = (function appendSquare(f, layout, { at, source: source2, ...others }, { leftStep, count, known: known2 }) {
  const { vector } = layout;
  const columns2 = times(vector.lanes, ((k) => {
    if (k >= known2) return f.let(vector.splat(0));
    return f.let(loadLanes(vector, source2, count, k * leftStep));
  }));
  const any = columns2.slice(1).reduce(v128.or, columns2[0]);
  f.if(v128.anyTrue(any), (() => {
    const rows = transposed(f, vector, columns2).slice(0, count);
    at.forEach(((pointers, g) => {
      const values = rows.slice(g * layout.rows, (g + 1) * layout.rows);
      append(f, layout, {
        ...others,
        at: pointers
      }, values);
    }));
  }));
});
var beginLists = (function beginLists(f, { lists }, group, more = 0) {
  return lists.map((({ start }) => f.let(i32.add(group, start + more))));
});
var append = (function append(f, { vector, lists, array }, { table, at, offsets, zeros: zeros3 }, rows) {
  const swizzle = vector.fused ? i8x16.relaxedSwizzle : i8x16.swizzle;
  const masks = rows.map(((row) => f.let(vector.bitmask(vector.notEqual(row, zeros3)))));
  lists.forEach(((list2, i) => {
    if (list2.rows.some(((row) => row >= rows.length))) return;
    const where3 = masks.map(((mask2, row) => list2.rows.includes(row) ? mask2 : i32.xor(mask2, (1 << vector.lanes) - 1)));
    const mask = f.let(where3.slice(1).reduce(i32.and, where3[0]));
    const order = f.let(v128.load(i32.add(table, i32.shiftLeft(mask, 4))));
    const arrays2 = [
      ...list2.rows.map(((row) => rows[row])),
      offsets
    ];
    arrays2.forEach(((lanes, j) => f.store(at[i], swizzle(lanes, order), j * array)));
    f.increase(at[i], i32.mul(i32.countOnes(mask), vector.bytes));
  }));
});
var finishLists = (function finishLists(f, { vector, lists, group, array, unrolled }, { list: list2, at, end }) {
  const round3 = unrolled * vector.bytes;
  lists.forEach((({ rows, start }, i) => {
    for (let j = 0; j <= rows.length; j++) {
      for (let done2 = 0; done2 < unrolled; done2 += vector.lanes) {
        f.store(at[i], vector.splat(0), j * array + done2 * vector.bytes);
      }
    }
    const from = i32.add(list2, start);
    const length = i32.and(i32.add(i32.sub(at[i], from), round3 - 1), -round3);
    f.store(end, i32.add(from, length), i * 4);
  }));
  f.increase(list2, group);
  f.increase(end, lists.length * 4);
});
var firstOffsets = (function firstOffsets({ vector, rightStep }) {
  const offsets = new DataView(new ArrayBuffer(16));
  for (let lane = 0; lane < vector.lanes; lane++) {
    offsets.setInt32(lane * vector.bytes, lane * rightStep, true);
  }
  return v128.const([
    ...new Uint8Array(offsets.buffer)
  ]);
});
var nextOffsets = (function nextOffsets({ vector }, offsets, { more }) {
  return vector.bytes === 4 ? i32x4.add(offsets, more) : i64x2.add(offsets, more);
});
var emitConstants = (function emitConstants(f, { vector, rightStep }) {
  const more = vector.lanes * rightStep;
  return {
    zeros: f.let(vector.splat(0)),
    more: f.let(vector.bytes === 4 ? i32x4.splat(more) : i64x2.splat(i64.const(BigInt(more))))
  };
});
var emitKernel = (function emitKernel(f, context, parts, operands) {
  const { shape: { m, k, n }, plan, layout, result: { vector } } = context;
  const { a, b, scratch: scratch2 } = operands;
  const span = ((side2, total) => plan.split === side2 ? stretchOf(f, total, operands, layout.splitUnit) : emitAll(f, total));
  const rows = span("rows", m), columns2 = span("columns", n);
  const place2 = {
    step: f.local("i32"),
    row: f.local("i32"),
    column: f.local("i32")
  };
  if (parts.sparse) emitCompressTable(f, vector, i32.add(scratch2, layout.scratch.table));
  const addUp = ((out, from, to) => {
    const below2 = to === 0 ? 1 : to;
    f.for(place2.step, {
      from,
      below: below2,
      step: plan.depth
    }, (() => {
      const steps = f.let(least(plan.depth, i32.sub(to, place2.step)));
      const start = i32.mul(columns2.from, layout.bColumn);
      const right = f.let(i32.add(i32.add(b, i32.mul(place2.step, layout.bStep)), start));
      const panels = f.let(i32.add(scratch2, layout.scratch.panels));
      const packed2 = f.let(i32.const(notPacked));
      const block2 = {
        ...operands,
        ...place2,
        out,
        steps,
        rows,
        columns: columns2,
        right,
        panels,
        packed: packed2
      };
      if (plan.packRight) emitPackRight(f, parts, block2);
      f.set(place2.row, rows.from);
      f.while(i32.less(place2.row, rows.to), (() => {
        const stepsBefore = i32.mul(place2.step, layout.aStep);
        const left = f.let(i32.add(i32.add(a, stepsBefore), i32.mul(place2.row, layout.aRow)));
        const before = f.let(i32.remainderUnsigned(place2.row, plan.blockRows));
        const rowEnd = f.let(least(i32.sub(i32.add(place2.row, plan.blockRows), before), rows.to));
        emitBlock(f, context, parts, {
          ...block2,
          left,
          before,
          rowEnd
        });
        f.set(place2.row, rowEnd);
      }));
    }));
  });
  if (plan.split !== "depth") return addUp(operands.out, 0, k);
  const height = Math.ceil(m / layout.splitUnit) * layout.splitUnit;
  const share = stretchOf(f, height * layout.stretches, operands, layout.splitUnit);
  const at = share.from, index = f.local("i32");
  f.while(i32.less(at, share.to), (() => {
    f.set(index, i32.divUnsigned(at, height));
    const rowsBefore = f.let(i32.mul(index, height)), from = f.let(i32.mul(index, plan.stretch));
    const out = f.let(i32.add(operands.out, i32.mul(index, layout.sums)));
    f.set(rows.from, i32.sub(at, rowsBefore));
    f.set(rows.to, least(m, i32.sub(share.to, rowsBefore)));
    addUp(out, from, f.let(least(k, i32.add(from, plan.stretch))));
    f.set(at, i32.add(rowsBefore, height));
  }));
});
var emitPackRight = (function emitPackRight(f, { packRight }, { right, panels, packed: packed2, steps, columns: columns2 }) {
  f.set(packed2, call2(packRight, panels, right, steps, i32.sub(columns2.to, columns2.from)));
});
var emitBlock = (function emitBlock(f, context, parts, block2) {
  const { shape, plan, layout } = context;
  const { left, right, panels, packed: packed2, out, scratch: scratch2, step, steps, row, column } = block2;
  const { before, rowEnd } = block2;
  const height = f.let(i32.sub(rowEnd, row));
  const multiply2 = ((by, from, panels2) => emitPanels(f, context, block2, panels2, ((panel, columnEnd) => f.do(call2(by, from, panel, out, row, column, rowEnd, columnEnd, step, steps)))));
  const copies2 = {
    first: panels,
    apart: layout.panel
  };
  const dense = (() => {
    const from = parts.packLeft ? f.let(i32.add(scratch2, layout.scratch.left)) : left;
    if (parts.packLeft) f.do(call2(parts.packLeft, from, left, height, steps));
    const apart = plan.panelColumns * layout.bColumn;
    multiply2(parts.multiply, from, plan.packRight ? copies2 : {
      first: right,
      apart
    });
  });
  const { sparse } = parts;
  if (!sparse) return dense();
  const first2 = i32.sub(left, i32.mul(before, layout.aRow));
  const all = least(plan.blockRows, i32.sub(shape.m, i32.sub(row, before)));
  const isWorthIt2 = f.let(call2(sparse.isWorthIt, first2, all, steps));
  if (!plan.packRight) {
    const isMissing = i32.equal(packed2, notPacked);
    f.if(i32.and(isWorthIt2, isMissing), (() => emitPackRight(f, parts, block2)));
  }
  f.if(i32.and(isWorthIt2, packed2), (() => {
    f.do(call2(sparse.compress, scratch2, left, height, steps));
    multiply2(sparse.multiply, scratch2, copies2);
  }), dense);
});
var emitPanels = (function emitPanels(f, { plan }, { column, columns: columns2 }, { first: first2, apart }, visit) {
  const panel = f.let(first2), end = f.local("i32");
  f.for(column, {
    from: columns2.from,
    below: columns2.to,
    step: plan.panelColumns
  }, (() => {
    f.set(end, least(i32.add(column, plan.panelColumns), columns2.to));
    visit(panel, end);
    f.increase(panel, apart);
  }));
});
var emitAll = (function emitAll(f, total) {
  return {
    from: f.let(i32.const(0)),
    to: f.let(i32.const(total))
  };
});
var layoutMatmul = (function layoutMatmul(shape, plan, vector) {
  const { m, k, n, transposeA, transposeB } = shape;
  const { bytes: bytes2 } = vector;
  const { depth, tileRows, tileVectors, panelColumns, packLeft, packRight, listRows, dots } = plan;
  const aRow = transposeA ? bytes2 : k * bytes2;
  const aStep = transposeA ? m * bytes2 : bytes2;
  const bStep = transposeB ? bytes2 : n * bytes2;
  const bColumn = transposeB ? k * bytes2 : bytes2;
  const panelRow = panelColumns * bytes2;
  const panel = oddLines(depth * panelRow);
  const leftGroup = transposeA ? tileRows * depth * bytes2 : depth * bytes2 + 16;
  const packedRow = transposeA ? bytes2 : leftGroup;
  const lists = layoutLists(vector, listRows, {
    depth,
    rightStep: panelRow
  });
  return {
    aRow,
    aStep,
    bStep,
    bColumn,
    panelRow,
    panel,
    leftGroup,
    splitUnit: splitUnit(shape, plan, vector),
    dense: {
      tileRows,
      tileVectors,
      rows: m,
      columns: n,
      length: k,
      leftRow: packLeft ? packedRow : aRow,
      leftStep: packLeft && transposeA ? tileRows * bytes2 : aStep,
      leftTile: packLeft ? transposeA ? leftGroup : tileRows * leftGroup : tileRows * aRow,
      rightStep: packRight ? panelRow : bStep,
      rightColumn: dots ? bColumn : bytes2,
      dots,
      rightPadded: packRight,
      unrolled: dots || m * k * n < 1 << 18 ? 2 : 8
    },
    lists,
    sums: Math.ceil(m * n * bytes2 / 64) * 64,
    stretches: plan.split === "depth" ? Math.ceil(k / plan.stretch) : 0,
    scratch: layoutScratch(shape, plan, vector, {
      panel,
      leftGroup,
      lists
    })
  };
});
var splitUnit = (function splitUnit({ transposeA }, { split, tileRows, tileVectors, panelColumns, blockRows, sparseBelow: sparseBelow2, listRows }, { lanes }) {
  if (split === "depth") return blockRows / 2;
  if (split === "columns") return sparseBelow2 > 0 ? panelColumns : tileVectors * lanes;
  if (sparseBelow2 === 0) return tileRows;
  return leastCommonMultiple(tileRows, transposeA ? lanes : listRows);
});
var oddLines = (function oddLines(bytes2) {
  return (Math.ceil(bytes2 / 64) | 1) * 64;
});
var leastCommonMultiple = (function leastCommonMultiple(a, b) {
  let multiple = a;
  while (multiple % b !== 0) multiple += a;
  return multiple;
});
var layoutScratch = (function layoutScratch({ n, transposeA }, { blockRows, tileRows, panelColumns, packLeft, packRight, sparseBelow: sparseBelow2 }, vector, { panel, leftGroup, lists }) {
  let bytes2 = 0;
  const reserve = ((size) => {
    const start = bytes2;
    bytes2 += Math.ceil(size / 64) * 64;
    return start;
  });
  const sparse = sparseBelow2 > 0;
  const listed2 = Math.ceil(blockRows / lists.rows);
  const groups = transposeA ? blockRows / tileRows : blockRows;
  return {
    panels: reserve(packRight || sparse ? Math.ceil(n / panelColumns) * panel : 0),
    left: reserve(packLeft ? groups * leftGroup + 16 : 0),
    lists: reserve(sparse ? listed2 * lists.group : 0),
    ends: reserve(sparse ? listed2 * lists.lists.length * 4 : 0),
    table: reserve(sparse ? compressTableBytes(vector) : 0),
    bytes: bytes2
  };
});
var emitAddress = (function emitAddress(f, { vector, columns: columns2 }, { out, row, column }) {
  const start = i32.add(i32.mul(row, columns2), column);
  return f.let(i32.add(out, i32.mul(start, vector.bytes)));
});
var emitStart = (function emitStart(f, result, sums2, place2, address) {
  const zero2 = (() => each(result, sums2, ((sum3) => f.set(sum3, result.vector.splat(0)))));
  const resume = () => each(result, sums2, (sum3, lanes, offset2) => f.set(sum3, loadLanes(result.vector, address, lanes, offset2)));
  if (result.inOrder) either(f, place2.first, zero2, resume);
  else zero2();
});
var emitFinish = (function emitFinish(f, result, sums2, place2, address) {
  const { vector, epilogue, discard } = result;
  const store3 = ((sum3, lanes, offset2) => {
    for (const part2 of storeLanes(vector, address, sum3, lanes, offset2)) f.do(part2);
  });
  const addBefore = () => each(result, sums2, (sum3, lanes, offset2) => f.set(sum3, vector.add(sum3, loadLanes(vector, address, lanes, offset2))));
  if (!result.inOrder) either(f, place2.first, (() => {
  }), addBefore);
  if (!epilogue) return each(result, sums2, store3);
  const finish = (() => {
    const start = f.let(i32.sub(address, place2.out));
    each(result, sums2, ((sum3, lanes, offset2, row, v) => {
      epilogue(f, sum3, placeOf2(f, result, place2, {
        start,
        lanes,
        offset: offset2,
        row,
        v
      }));
      if (!discard) store3(sum3, lanes, offset2);
    }));
  });
  either(f, place2.last, finish, () => each(result, sums2, store3));
});
var either = (function either(f, condition, yes, no) {
  if (typeof condition !== "number") f.if(condition, yes, no);
  else if (condition) yes();
  else no();
});
var each = (function each({ vector, columns: columns2 }, sums2, visit) {
  sums2.rows.forEach(((row, i) => row.forEach(((sum3, v) => {
    const lanes = v === row.length - 1 ? sums2.lastLanes : vector.lanes;
    visit(sum3, lanes, i * columns2 * vector.bytes + v * 16, i, v);
  }))));
});
var placeOf2 = (function placeOf2(f, { vector }, tile, at) {
  const { start, lanes, offset: offset2 } = at;
  const row = i32.add(tile.row, at.row);
  const column = i32.add(tile.column, at.v * vector.lanes);
  const within3 = ((base, index, more) => typeof base === "number" ? {
    address: index,
    more: base + more
  } : {
    address: i32.add(base, index),
    more
  });
  return {
    lanes,
    row,
    column,
    load: ((matrix) => {
      const { address, more } = within3(matrix, start, offset2);
      return loadLanes(vector, address, lanes, more);
    }),
    store: ((matrix, value2) => {
      const { address, more } = within3(matrix, start, offset2);
      for (const part2 of storeLanes(vector, address, value2, lanes, more)) f.do(part2);
    }),
    loadRow: (vectorOfColumns) => {
      const index = i32.mul(tile.column, vector.bytes);
      const { address, more } = within3(vectorOfColumns, index, at.v * 16);
      return loadLanes(vector, address, lanes, more);
    },
    loadColumn: (vectorOfRows) => {
      const index = i32.mul(tile.row, vector.bytes);
      const { address, more } = within3(vectorOfRows, index, at.row * vector.bytes);
      return vector.loadSplat(address, more);
    }
  };
});
var emitMerge = (function emitMerge({ module, shape: { m, n }, layout }, result, exported) {
  const { vector } = result;
  const params = [
    "i32",
    "i32",
    "i32",
    "i32"
  ];
  return module.function({
    ...exported,
    params
  }, ((f, from, to, out, apart) => {
    const rows = stretchOf(f, m, {
      from,
      to
    });
    const row = f.local("i32"), column = f.local("i32");
    const some = ((vectors2, lastLanes) => {
      const place2 = {
        out,
        row,
        column,
        first: 1,
        last: 1
      };
      const sums2 = Array.from({
        length: vectors2
      }, (() => f.local("v128")));
      const tile = {
        rows: [
          sums2
        ],
        lastLanes
      };
      const address = emitAddress(f, result, place2);
      emitStart(f, result, tile, place2, address);
      addParts(f, {
        sums: sums2,
        lastLanes,
        from: f.let(i32.add(apart, i32.sub(address, out)))
      });
      emitFinish(f, result, tile, place2, address);
    });
    const addParts = ((f2, { sums: sums2, lastLanes, from: from2 }) => {
      for (let stretch = 0; stretch < layout.stretches; stretch++) {
        sums2.forEach(((sum3, v) => {
          const lanes = v === sums2.length - 1 ? lastLanes : vector.lanes;
          f2.set(sum3, vector.add(sum3, loadLanes(vector, from2, lanes, v * 16)));
        }));
        f2.increase(from2, layout.sums);
      }
    });
    const width = wholeVectors * vector.lanes;
    const rest = n % width;
    f.for(row, {
      from: rows.from,
      below: rows.to
    }, (() => {
      f.for(column, {
        from: 0,
        below: n - rest,
        step: width
      }, (() => {
        some(wholeVectors, vector.lanes);
      }));
      if (rest === 0) return;
      f.set(column, n - rest);
      const vectors2 = Math.ceil(rest / vector.lanes);
      some(vectors2, rest - (vectors2 - 1) * vector.lanes);
    }));
  }));
});
var emitDotTile = (function emitDotTile(f, result, { rows, vectors: vectors2, lastLanes }, { leftRow, rightColumn, unrolled, length }, operands) {
  const { vector } = result;
  const { lanes } = vector;
  const { left, right, steps } = operands;
  const columns2 = (vectors2 - 1) * lanes + lastLanes;
  const lefts = times(rows, ((row) => f.let(i32.add(left, row * leftRow))));
  const rights = times(columns2, ((column) => f.let(i32.add(right, column * rightColumn))));
  const parts = times(rows, (() => times(columns2, (() => f.let(vector.splat(0))))));
  const a = times(rows, (() => f.local("v128"))), b = times(columns2, (() => f.local("v128")));
  const multiply2 = ((row, column) => {
    const part2 = parts[row][column];
    f.set(part2, vector.multiplyAdd(a[row], b[column], part2));
  });
  const sides = [
    {
      lanes: a,
      at: lefts
    },
    {
      lanes: b,
      at: rights
    }
  ];
  const isTall = rows > columns2;
  const [few, many] = isTall ? [
    sides[1],
    sides[0]
  ] : sides;
  const step = ((count, position) => {
    const load2 = (({ lanes: lanes2, at }, i) => f.set(lanes2[i], loadLanes(vector, at[i], count, position * 16)));
    times(few.at.length, ((i) => load2(few, i)));
    times(many.at.length, ((j) => {
      load2(many, j);
      times(few.at.length, ((i) => isTall ? multiply2(j, i) : multiply2(i, j)));
    }));
  });
  const until = ((end2, most) => {
    const below2 = f.let(end2);
    f.while(i32.lessUnsigned(lefts[0], below2), (() => {
      times(most, ((position) => step(lanes, position)));
      for (const pointer of [
        ...lefts,
        ...rights
      ]) f.increase(pointer, most * 16);
    }));
  });
  const end = ((multiple) => i32.add(left, i32.mul(i32.and(steps, -multiple), vector.bytes)));
  if (length >= unrolled * lanes) until(end(unrolled * lanes), unrolled);
  if (length % (unrolled * lanes) >= lanes) until(end(lanes), 1);
  const rest = length % lanes;
  if (rest > 0) f.if(i32.remainderUnsigned(steps, lanes), () => step(rest, 0));
  const sums2 = {
    rows: times(rows, (() => times(vectors2, (() => f.local("v128"))))),
    lastLanes
  };
  const address = emitAddress(f, result, operands);
  emitStart(f, result, sums2, operands, address);
  sums2.rows.forEach(((row, i) => row.forEach(((sum3, v) => {
    const whole2 = added(f, vector, parts[i].slice(v * lanes, (v + 1) * lanes));
    f.set(sum3, vector.add(sum3, whole2));
  }))));
  emitFinish(f, result, sums2, operands, address);
});
var added = (function added(f, { lanes, add: add2, shuffle: shuffle2 }, vectors2) {
  const halves2 = ((a2, b2) => lanes === 4 ? add2(shuffle2(a2, b2, [
    0,
    4,
    1,
    5
  ]), shuffle2(a2, b2, [
    2,
    6,
    3,
    7
  ])) : add2(shuffle2(a2, b2, [
    0,
    2
  ]), shuffle2(a2, b2, [
    1,
    3
  ])));
  const [a, b = a, c = a, d = c] = vectors2;
  if (lanes === 2) return halves2(a, b);
  const ab = f.let(halves2(a, b)), cd = vectors2.length > 2 ? f.let(halves2(c, d)) : ab;
  return add2(shuffle2(ab, cd, [
    0,
    1,
    4,
    5
  ]), shuffle2(ab, cd, [
    2,
    3,
    6,
    7
  ]));
});
var emitTile = (function emitTile(f, result, { rows, vectors: vectors2, lastLanes }, { leftRow, leftStep, rightStep, rightPadded, unrolled: most, length }, operands) {
  const { vector } = result;
  const { left, right, steps } = operands;
  const lefts = times(rows, ((row) => f.let(i32.add(left, row * leftRow))));
  const rights = times(vectors2, ((v) => f.let(i32.add(right, v * 16))));
  const sums2 = {
    rows: times(rows, (() => times(vectors2, (() => f.local("v128"))))),
    lastLanes
  };
  const lanes = ((v) => v === vectors2 - 1 && !rightPadded ? lastLanes : vector.lanes);
  const a = f.local("v128"), b = times(vectors2, (() => f.local("v128")));
  const added2 = sums2.rows.map(((row) => row.map(((sum3, v) => vector.multiplyAdd(a, b[v], sum3)))));
  const step = ((position) => {
    for (let v = 0; v < vectors2; v++) {
      f.set(b[v], loadLanes(vector, rights[v], lanes(v), position * rightStep));
    }
    for (let row = 0; row < rows; row++) {
      f.set(a, vector.loadSplat(lefts[row], position * leftStep));
      for (let v = 0; v < vectors2; v++) f.set(sums2.rows[row][v], added2[row][v]);
    }
  });
  const until = ((end2, unrolled2) => {
    const below2 = f.let(end2);
    f.while(i32.lessUnsigned(rights[0], below2), (() => {
      for (let position = 0; position < unrolled2; position++) step(position);
      for (const pointer of lefts) f.increase(pointer, unrolled2 * leftStep);
      for (const pointer of rights) f.increase(pointer, unrolled2 * rightStep);
    }));
  });
  const address = emitAddress(f, result, operands);
  emitStart(f, result, sums2, operands, address);
  const unrolled = Math.min(most, rows * vectors2 > 8 ? 8 : 4);
  const end = ((count) => i32.add(right, i32.mul(count, rightStep)));
  if (length >= unrolled) until(end(i32.and(steps, -unrolled)), unrolled);
  if (length % unrolled > 0) until(end(steps), 1);
  emitFinish(f, result, sums2, operands, address);
});
var emitDense = (function emitDense(f, result, layout, block2) {
  const { tileRows, tileVectors, leftTile } = layout;
  const restRows = layout.rows % tileRows;
  if (layout.rows >= tileRows) emitBand(f, result, layout, block2, tileRows, [
    tileVectors
  ]);
  if (restRows === 0) return;
  const tiles = f.let(i32.divUnsigned(i32.sub(block2.rowEnd, block2.row), tileRows));
  const rest = {
    ...block2,
    left: f.let(i32.add(block2.left, i32.mul(tiles, leftTile))),
    row: f.let(i32.add(block2.row, i32.mul(tiles, tileRows)))
  };
  const widths = [
    restVectors(layout, restRows, result.vector),
    tileVectors
  ];
  emitBand(f, result, layout, rest, restRows, widths);
});
var emitBand = (function emitBand(f, result, layout, block2, height, widths) {
  const { lanes } = result.vector;
  const emit = layout.dots ? emitDotTile : emitTile;
  const right = f.let(block2.right), column = f.let(block2.column);
  const strip = ((vectors2, lastLanes) => {
    const tile = {
      ...block2,
      right,
      column,
      left: f.let(block2.left),
      row: f.let(block2.row)
    };
    f.while(i32.lessEqual(i32.add(tile.row, height), block2.rowEnd), (() => {
      emit(f, result, {
        rows: height,
        vectors: vectors2,
        lastLanes
      }, layout, tile);
      f.increase(tile.left, layout.leftTile);
      f.increase(tile.row, height);
    }));
  });
  for (const vectors2 of new Set(widths)) {
    if (layout.columns < vectors2 * lanes) continue;
    f.while(i32.lessEqual(i32.add(column, vectors2 * lanes), block2.columnEnd), (() => {
      strip(vectors2, lanes);
      f.increase(right, vectors2 * lanes * layout.rightColumn);
      f.increase(column, vectors2 * lanes);
    }));
  }
  const rest = layout.columns % (layout.tileVectors * lanes);
  if (rest === 0) return;
  f.if(i32.less(column, block2.columnEnd), (() => {
    const vectors2 = Math.ceil(rest / lanes);
    strip(vectors2, rest - (vectors2 - 1) * lanes);
  }));
});
var restVectors = (function restVectors({ dots, tileVectors }, rows, { lanes }) {
  if (dots) return rows === 1 ? 8 / lanes : tileVectors;
  return rows === 1 ? 8 : rows <= 3 ? 4 : 2;
});
var emitSparse = (function emitSparse(f, result, layout, { panelVectors, restColumns, restRows }, block2) {
  const { vector } = result;
  const { rowEnd, columnEnd, column } = block2;
  const rows = ((vectors3, lastLanes) => {
    const next = {
      row: f.let(block2.row),
      list: f.let(block2.lists),
      end: f.let(block2.ends)
    };
    const groups = ((height) => {
      f.while(i32.lessEqual(i32.add(next.row, height), rowEnd), (() => {
        emitGroup(f, result, layout, {
          ...block2,
          ...next
        }, {
          height,
          vectors: vectors3,
          lastLanes
        });
        f.increase(next.row, height);
        f.increase(next.list, layout.group);
        f.increase(next.end, layout.lists.length * 4);
      }));
    });
    groups(layout.rows);
    if (restRows > 0) groups(restRows);
  });
  const whole2 = (() => rows(panelVectors, vector.lanes));
  if (restColumns === 0) return whole2();
  const vectors2 = Math.ceil(restColumns / vector.lanes);
  f.if(i32.equal(i32.sub(columnEnd, column), panelVectors * vector.lanes), whole2, () => rows(vectors2, restColumns - (vectors2 - 1) * vector.lanes));
});
var emitGroup = (function emitGroup(f, result, { lists, rows, array, unrolled }, { list: list2, end, right, ...place2 }, { height, vectors: vectors2, lastLanes }) {
  const { vector } = result;
  const sums2 = {
    rows: times(height, (() => times(vectors2, (() => f.local("v128"))))),
    lastLanes
  };
  const near = vectorsPerAddress[rows];
  const addresses = times(Math.ceil(vectors2 / near), (() => f.local("i32")));
  const at = f.local("i32"), stop = f.local("i32"), b = f.local("v128");
  const a = times(height, (() => f.local("v128")));
  const start = emitAddress(f, result, place2);
  emitStart(f, result, sums2, place2, start);
  emitBounds(f, list2, ((zero2) => [
    ...times(Math.min(vectors2, near), ((v) => v128.load(zero2, v * 16))),
    ...times(height, ((row) => vector.loadSplat(zero2, row * array))),
    ...times(height, ((row) => i32.load(zero2, (row + 1) * array)))
  ]));
  const multiply2 = ((those) => {
    const offset2 = i32.load(at, those.length * array);
    addresses.forEach(((address, i) => f.set(address, i === 0 ? i32.add(right, offset2) : i32.add(addresses[0], i * near * 16))));
    those.forEach(((row, j) => f.set(a[row], vector.loadSplat(at, j * array))));
    f.increase(at, vector.bytes);
    for (let v = 0; v < vectors2; v++) {
      f.set(b, v128.load(addresses[Math.floor(v / near)], v % near * 16));
      for (const row of those) {
        const sum3 = sums2.rows[row][v];
        f.set(sum3, vector.multiplyAdd(a[row], b, sum3));
      }
    }
  });
  lists.forEach(((those, i) => {
    if (those.rows.some(((row) => row >= height))) return;
    f.set(at, i32.add(list2, those.start));
    f.set(stop, i32.load(end, i * 4));
    f.while(i32.lessUnsigned(at, stop), (() => {
      for (let count = 0; count < unrolled; count++) multiply2(those.rows);
    }));
  }));
  emitFinish(f, result, sums2, place2, start);
});
var emitIsSparse = (function emitIsSparse(f, vector, { from, outer, inner, stride }, density) {
  const apart = 64 / vector.bytes, rowsApart = 4;
  const row = f.let(from), at = f.local("i32"), i = f.local("i32"), j = f.local("i32");
  const nonzeros = f.local("i32"), seen = f.local("i32");
  const below2 = f.let(i32.sub(inner, vector.lanes - 1));
  f.for(i, {
    below: outer,
    step: rowsApart
  }, (() => {
    f.set(at, row);
    f.for(j, {
      below: below2,
      step: apart
    }, (() => {
      const isNonzero = vector.notEqual(v128.load(at), vector.splat(0));
      f.increase(nonzeros, i32.countOnes(vector.bitmask(isNonzero)));
      f.increase(seen, vector.lanes);
      f.increase(at, apart * vector.bytes);
    }));
    f.increase(row, rowsApart * stride);
  }));
  return i32.less(i32.mul(nonzeros, 256), i32.mul(seen, Math.round(256 * density)));
});
var emitPackRight2 = (function emitPackRight2({ module, shape, plan, layout, result: { vector } }) {
  const params = [
    "i32",
    "i32",
    "i32",
    "i32"
  ];
  return module.function({
    params,
    result: "i32"
  }, ((f, to, from, steps, columns2) => {
    const finite = finiteness(f, vector);
    const visit = plan.sparseBelow > 0 ? finite.visit : void 0;
    const toRow = layout.panelRow;
    if (shape.transposeB) {
      const strides = {
        fromRow: layout.bColumn,
        toRow,
        restRows: shape.n % vector.lanes
      };
      const column = f.local("i32"), width = f.local("i32");
      const panel = {
        to: f.let(to),
        from: f.let(from),
        rows: width,
        columns: steps
      };
      f.for(column, {
        below: columns2,
        step: plan.panelColumns
      }, (() => {
        f.set(width, least(plan.panelColumns, i32.sub(columns2, column)));
        emitTranspose(f, vector, panel, strides, visit);
        f.increase(panel.to, layout.panel);
        f.increase(panel.from, plan.panelColumns * layout.bColumn);
      }));
    } else {
      const piece = {
        vectors: plan.panelColumns / vector.lanes,
        apart: layout.panel
      };
      const restColumns = shape.n % vector.lanes;
      const strides = {
        fromRow: layout.bStep,
        toRow,
        piece,
        restColumns
      };
      emitCopyRows(f, vector, {
        to,
        from,
        rows: steps,
        columns: columns2
      }, strides, visit);
    }
    f.return(finite.result);
  }));
});
var finiteness = (function finiteness(f, vector) {
  const zero2 = f.let(vector.splat(0)), sums2 = times(4, (() => f.let(zero2)));
  let turn2 = 0;
  const all = sums2.slice(1).reduce(vector.add, sums2[0]);
  return {
    visit: ((value2) => {
      const sum3 = sums2[turn2++ % sums2.length];
      f.set(sum3, vector.multiplyAdd(value2, zero2, sum3));
    }),
    result: i32.equal(vector.bitmask(vector.equal(all, zero2)), (1 << vector.lanes) - 1)
  };
});
var emitPackLeft = (function emitPackLeft({ module, shape, plan, layout, result: { vector } }) {
  const params = [
    "i32",
    "i32",
    "i32",
    "i32"
  ];
  return module.function({
    params
  }, ((f, to, from, rows, steps) => {
    if (shape.transposeA) {
      emitPackTiles(f, vector, {
        to,
        from,
        rows: steps,
        columns: rows
      }, {
        fromRow: layout.aStep,
        group: plan.tileRows,
        groupBytes: layout.leftGroup,
        rest: shape.m % plan.tileRows
      });
    } else {
      emitCopyRows(f, vector, {
        to,
        from,
        rows,
        columns: steps
      }, {
        fromRow: layout.aRow,
        toRow: layout.leftGroup,
        piece: {
          vectors: 8,
          apart: 128
        },
        restColumns: shape.k % vector.lanes
      });
    }
  }));
});
var emitIsSparseBlock = (function emitIsSparseBlock({ module, shape, plan, layout, result: { vector } }) {
  return module.function({
    params: [
      "i32",
      "i32",
      "i32"
    ],
    result: "i32"
  }, ((f, from, rows, steps) => {
    const sampled = shape.transposeA ? {
      from,
      outer: steps,
      inner: rows,
      stride: layout.aStep
    } : {
      from,
      outer: rows,
      inner: steps,
      stride: layout.aRow
    };
    f.return(emitIsSparse(f, vector, sampled, plan.sparseBelow));
  }));
});
var emitCompress = (function emitCompress({ module, shape, layout, result: { vector } }) {
  const params = [
    "i32",
    "i32",
    "i32",
    "i32"
  ];
  return module.function({
    params
  }, ((f, scratch2, left, rows, steps) => {
    const operands = {
      ...listsIn(f, layout, scratch2),
      table: f.let(i32.add(scratch2, layout.scratch.table)),
      left,
      rows,
      steps
    };
    const restSteps = shape.k % vector.lanes;
    if (shape.transposeA) {
      const restRows = shape.m % vector.lanes;
      const strides = {
        leftStep: layout.aStep,
        restRows,
        restSteps
      };
      emitCompressColumns(f, layout.lists, operands, strides);
    } else {
      const restRows = shape.m % layout.lists.rows;
      emitCompressRows(f, layout.lists, operands, {
        leftRow: layout.aRow,
        restRows,
        restSteps
      });
    }
  }));
});
var emitDenseBlock = (function emitDenseBlock(context) {
  const { module, layout, result } = context;
  return module.function({
    params: blockParams
  }, ((f, left, right, out, row, column, rowEnd, columnEnd, k, steps) => {
    const ends = {
      rowEnd,
      columnEnd,
      ...sumEnds(f, context, k, steps)
    };
    emitDense(f, result, layout.dense, {
      left,
      right,
      out,
      row,
      column,
      steps,
      ...ends
    });
  }));
});
var emitSparseBlock = (function emitSparseBlock(context) {
  const { module, shape, plan, layout, result } = context;
  const { lanes } = result.vector;
  const panel = {
    panelVectors: plan.panelColumns / lanes,
    restColumns: shape.n % plan.panelColumns,
    restRows: shape.m % layout.lists.rows
  };
  return module.function({
    params: blockParams
  }, ((f, scratch2, right, out, row, column, rowEnd, columnEnd, k, steps) => {
    const ends = {
      rowEnd,
      columnEnd,
      ...sumEnds(f, context, k, steps)
    };
    const block2 = {
      ...listsIn(f, layout, scratch2),
      right,
      out,
      row,
      column,
      ...ends
    };
    emitSparse(f, result, layout.lists, panel, block2);
  }));
});
var emitParts = (function emitParts(context) {
  const { packRight, packLeft, sparseBelow: sparseBelow2 } = context.plan;
  return {
    ...packRight || sparseBelow2 > 0 ? {
      packRight: emitPackRight2(context)
    } : {},
    ...packLeft ? {
      packLeft: emitPackLeft(context)
    } : {},
    multiply: emitDenseBlock(context),
    ...sparseBelow2 > 0 ? {
      sparse: emitSparseParts(context)
    } : {}
  };
});
var emitSparseParts = (function emitSparseParts(context) {
  return {
    isWorthIt: emitIsSparseBlock(context),
    compress: emitCompress(context),
    multiply: emitSparseBlock(context)
  };
});
var listsIn = (function listsIn(f, { scratch: scratch2 }, start) {
  return {
    lists: f.let(i32.add(start, scratch2.lists)),
    ends: f.let(i32.add(start, scratch2.ends))
  };
});
var sumEnds = (function sumEnds(f, { shape, plan }, k, steps) {
  const isApart = plan.split === "depth";
  if (plan.depth >= (isApart ? plan.stretch : shape.k)) return {
    first: 1,
    last: 1
  };
  const begin = isApart ? i32.remainderUnsigned(k, plan.stretch) : k;
  const last2 = isApart ? 1 : f.let(i32.equal(i32.add(k, steps), shape.k));
  return {
    first: f.let(i32.isZero(begin)),
    last: last2
  };
});
var maySkipZeros = (function maySkipZeros({ m, k, n, dtype }) {
  const wide2 = dtype === "float32" ? 32 : 16;
  return k >= 32 && m >= 32 && n >= wide2 && m * k * n >= 1 << 19;
});
var planMatmul = (function planMatmul(shape, { fused: fused2, inOrder: inOrder2, undivided }) {
  const { m, k, n, dtype, transposeB } = shape;
  const bytes2 = dtype === "float32" ? 4 : 8, lanes = 16 / bytes2;
  const sparse = maySkipZeros(shape);
  const dots = !inOrder2 && !sparse && areDotsFaster(shape, bytes2);
  const tileRows = dots ? [
    0,
    8,
    4,
    3
  ][n] ?? 2 : fused2 ? 6 : 5;
  const mayPair = !inOrder2 && m >= 64 && n * bytes2 >= 1024;
  const listRows = sparse && mayPair ? 2 : 1;
  const wide2 = (listRows === 2 ? 96 : 128) / bytes2;
  const stretch = Math.max(8, Math.ceil(k / 2 / 8) * 8);
  const cut2 = ((total) => {
    const depth = dots ? Math.ceil(total / 8) * 8 : evenParts(total, 1664 / bytes2, 8);
    const blockRows = (depth * bytes2 > 1024 ? 8 : 16) * tileRows;
    const isScattered2 = isLeftScattered(shape, depth, bytes2);
    return {
      depth,
      blockRows,
      packLeft: !dots && m > tileRows && n >= wide2 && isScattered2
    };
  });
  const plan = {
    tileRows,
    tileVectors: dots ? Math.ceil(Math.min(4, n) / lanes) : 2,
    ...cut2(k),
    stretch,
    panelColumns: wide2,
    dots,
    packRight: !dots && (transposeB || isRightScattered(shape, bytes2)),
    // zeros without a pattern gain nothing above 0.75 in pairs, those of activations up to 0.85
    sparseBelow: sparse ? listRows === 2 ? 0.8 : 0.6 : 0,
    listRows
  };
  const split = cheapestSplit(shape, plan, {
    tileColumns: 32 / bytes2,
    undivided: undivided || inOrder2
  });
  return {
    ...plan,
    ...split === "depth" ? cut2(stretch) : {},
    split
  };
});
var areDotsFaster = (function areDotsFaster({ m, k, n, transposeA, transposeB }, bytes2) {
  if (transposeA && m > 1 || !transposeB && n > 1) return false;
  const isNarrow2 = n * bytes2 < 64 && k >= (n <= 4 ? 16 : 64);
  return isNarrow2 || 5 / m > 10 / k + 1 / 10;
});
var cheapestSplit = (function cheapestSplit({ m, k, n, transposeA, transposeB }, plan, { tileColumns, undivided }) {
  const { stretch, tileRows, panelColumns, packLeft, packRight, listRows } = plan;
  const larger = ((total, unit4) => Math.min(total, Math.ceil(Math.ceil(total / unit4) / 2) * unit4) / total);
  const sparse = plan.sparseBelow > 0;
  const lists = sparse ? 32 * listRows / n : 0;
  const fetch = ((partOfLeft, partOfRight) => 12 * partOfLeft / Math.max(n, 32) + 20 * partOfRight / m);
  const costs = {
    // Pairs change the order of sums: whether there are any must not depend on a share's columns.
    columns: listRows === 2 ? Infinity : larger(n, sparse ? panelColumns : tileColumns) + (packLeft ? 5 / n : 0) + lists + fetch(1 / 2, transposeB ? 0 : 1 / 4),
    rows: larger(m, sparse && transposeA ? 2 * tileRows : tileRows) * (1 + lists) + (packRight || sparse ? 5 / m : 0) + fetch(transposeA ? 1 / 4 : 0, 1 / 2),
    depth: stretch >= k || undivided ? Infinity : larger(k, stretch) * (1 + lists) + 30 / k + 16e4 / (m * k * n) + fetch(transposeA ? 0 : 1 / 4, transposeB ? 1 / 4 : 0)
  };
  const splits = [
    "columns",
    "rows",
    "depth"
  ];
  return splits.reduce(((best, split) => costs[split] < costs[best] ? split : best));
});
var isLeftScattered = (function isLeftScattered({ m, k, transposeA }, depth, bytes2) {
  return transposeA ? m * bytes2 * depth > 1 << 17 || m * bytes2 % 1024 === 0 : k * bytes2 % 4096 === 0;
});
var isRightScattered = (function isRightScattered({ m, n }, bytes2) {
  const row = n * bytes2;
  return row % 4096 === 0 ? m >= 24 : row > 1024 && m >= (row % 1024 === 0 ? 48 : 256);
});
var evenParts = (function evenParts(total, most, unit4) {
  const parts = Math.max(1, Math.ceil(total / (most * 1.25)));
  return Math.max(unit4, Math.ceil(total / parts / unit4) * unit4);
});
var emitMatmul = (function emitMatmul(module, options) {
  const { discard = false, reproducible = false, undivided = false } = options;
  const fused2 = !reproducible && detectFeatures().relaxedSimd;
  const vector = vectorType(options.dtype, fused2);
  const plan = {
    ...planMatmul(options, {
      fused: fused2,
      inOrder: reproducible,
      undivided
    }),
    ...options.plan
  };
  const layout = layoutMatmul(options, plan, vector);
  const result = {
    vector,
    columns: options.n,
    inOrder: reproducible,
    discard,
    epilogue: options.epilogue
  };
  const isApart = plan.split === "depth";
  const context = {
    module,
    shape: options,
    plan,
    layout,
    result: isApart ? plain(result) : result
  };
  const parts = emitParts(context);
  const params = [
    "i32",
    "i32",
    "i32",
    "i32",
    "i32",
    "i32"
  ];
  const exported = exportAs(options.export);
  const kernel = module.function({
    ...exported,
    params
  }, ((f, from, to, out, a, b, scratch2) => {
    emitKernel(f, context, parts, {
      from,
      to,
      out,
      a,
      b,
      scratch: scratch2
    });
  }));
  const merge2 = isApart ? emitMerge(context, result, exportAs(options.export, "Merge")) : null;
  const sumBytes = layout.sums * layout.stretches;
  return {
    kernel,
    merge: merge2,
    sumBytes,
    scratchBytes: layout.scratch.bytes,
    plan
  };
});
var exportAs = (function exportAs(name3, ending = "") {
  return name3 === void 0 ? {} : {
    export: name3 + ending
  };
});
var plain = (function plain(result) {
  return {
    ...result,
    discard: false,
    epilogue: void 0
  };
});
var productEmitter = (function productEmitter(program2, step) {
  const product2 = productOf2(program2, step);
  if (product2 === null) return null;
  const operands = step.inputs.slice(0, 2), others = step.inputs.slice(2);
  let callsOut = false;
  return {
    follows: operands.filter(((value2) => !others.includes(value2))),
    prepare: (function (context) {
      callsOut = importEpilogue(context, program2, product2);
    }),
    emit: (function (site) {
      const kernel = emitProduct(program2, product2, site);
      return callsOut ? {
        ...kernel,
        isParallel: false
      } : kernel;
    })
  };
});
var importEpilogue = (function importEpilogue(context, { slots: slots2 }, { step, dtype, epilogue }) {
  if (epilogue === null) return false;
  const others = step.inputs.slice(2).map(((value2) => slots2[value2].dtype));
  return importScalars(context, epilogue, [
    dtype,
    ...others
  ]);
});
var emitProduct = (function emitProduct(program2, product2, site) {
  const { context, offsets, pointers, scratch: scratch2, reproducible } = site;
  const { step, dtype, sizes: { m, k, n } } = product2;
  const target = targetOf(program2, product2, site);
  const { kernel, merge: merge2, sumBytes, scratchBytes, plan } = emitMatmul(context.module, {
    ...product2.sizes,
    ...product2.transposition,
    dtype,
    reproducible,
    ...target
  });
  const isKept = merge2 === null && target.discard && plan.depth < k;
  const sums2 = isKept ? bytesOfSums(product2) : sumBytes;
  const [a, b] = step.inputs.slice(0, 2).map(((value2) => {
    const pointer = pointers.get(value2);
    return pointer === void 0 ? i32.const(offsets[value2]) : i32.load(i32.const(pointer));
  }));
  const multiply2 = ((f, { index, from, to }) => {
    const own = i32.add(scratch2 + sums2, i32.mul(index, scratchBytes));
    f.do(call2(kernel, from, to, merge2 === null ? target.address : scratch2, a, b, own));
  });
  const add2 = merge2 && (((f, { from, to }) => f.do(call2(merge2, from, to, target.address, scratch2))));
  return {
    phases: add2 ? [
      multiply2,
      add2
    ] : [
      multiply2
    ],
    isCoarse: plan.split === "depth",
    isParallel: m * n * k >= parallelProduct,
    sharedScratch: sums2,
    scratchBytes
  };
});
var productOf2 = (function productOf2({ slots: slots2 }, step) {
  const [a, b] = step.inputs.map(((value2) => slots2[value2]));
  const { dtype } = a;
  if (a.shape.length !== 2 || b.shape.length !== 2) return null;
  if (dtype !== "float32" && dtype !== "float64") return null;
  const { transposeA, transposeB, epilogue = null } = step.attributes;
  const [m, n] = slots2[step.outputs[0]].shape;
  const k = a.shape[transposeA ? 0 : 1];
  if (m * n * k === 0) return null;
  return {
    step,
    sizes: {
      m,
      k,
      n
    },
    dtype,
    transposition: {
      transposeA,
      transposeB
    },
    epilogue
  };
});
var placeOfSums = (function placeOfSums({ slots: slots2 }, { step, dtype }, { offsets, scratch: scratch2 }) {
  const taken = new Set(step.inputs.map(((value2) => offsets[value2])));
  const primary = step.outputs.findIndex(((value2) => slots2[value2].dtype === dtype && !taken.has(offsets[value2])));
  return {
    address: primary < 0 ? scratch2 : offsets[step.outputs[primary]],
    primary
  };
});
var targetOf = (function targetOf(program2, product2, site) {
  const { epilogue } = product2;
  const { address, primary } = placeOfSums(program2, product2, site);
  return {
    address,
    discard: primary < 0,
    ...epilogue && {
      epilogue: epilogueOf(program2, product2, epilogue, site, primary)
    }
  };
});
var epilogueOf = (function epilogueOf(program2, { step, dtype, sizes: { m, n } }, fusion, { context, offsets }, primary) {
  const { slots: slots2, constants } = program2;
  const others = step.inputs.slice(2);
  const kinds2 = [
    ...others.map(((value2) => slots2[value2].dtype)),
    ...fusion.nodes.map(((node) => node.dtype))
  ];
  const lanes = laneCount([
    dtype,
    ...kinds2
  ]);
  let last2;
  return ((f, value2, place2) => {
    const code = last2?.f === f ? last2 : last2 = laneCode(f, context, lanes);
    const at = (address, kind) => i32.add(i32.mul(i32.add(i32.mul(place2.row, n), place2.column), bytesPerElement(kind)), address);
    const inputs = others.map(((other2) => {
      const { shape, dtype: kind } = slots2[other2];
      const constant3 = constants.get(other2);
      const address = offsets[other2];
      const vector = constant3?.length === 1 && kind === dtype ? splat3(kind, constant3[0]) : sizeOf(shape) === 1 ? loadEverywhere(code, kind, i32.const(address)) : sameShape(shape, [
        m,
        n
      ]) ? kind === dtype ? place2.load(address) : loadElements(code, kind, at(address, kind), place2.lanes) : alongOneAxis(code, place2, {
        address,
        kind,
        isRow: shape.at(-1) === n && n > 1
      });
      return {
        dtype: kind,
        vector
      };
    }));
    const results = fusedValues(code, fusion, [
      {
        dtype,
        vector: value2
      },
      ...inputs
    ]);
    results.forEach((({ dtype: kind, vector }, i) => {
      const address = offsets[step.outputs[i]];
      if (i === primary) return;
      if (kind === dtype) place2.store(address, vector);
      else storeElements(code, kind, at(address, kind), vector, place2.lanes);
    }));
    if (primary >= 0) f.set(value2, results[primary].vector);
  });
});
var splat3 = (function splat3(dtype, number) {
  return dtype === "float64" ? f64x2.splat(number) : f32x4.splat(number);
});
var alongOneAxis = (function alongOneAxis(code, { row, column, lanes }, { address, kind, isRow }) {
  const offset2 = i32.add(i32.mul(isRow ? column : row, bytesPerElement(kind)), address);
  return isRow ? loadElements(code, kind, offset2, lanes) : loadEverywhere(code, kind, offset2);
});
var nativeProducts = (function nativeProducts(program2, site) {
  return program2.steps.flatMap(((step) => {
    const { op, inputs } = step;
    if (!isNative(op) || op.blas.path === null) return [];
    const product2 = productOf2(program2, step);
    const { dtype, sizes: { m, n, k }, transposition: { transposeA, transposeB } } = product2;
    const [a, b] = inputs.map((value2) => site.offsets[value2]);
    return [
      {
        name: nameOf2(step),
        path: op.blas.path,
        isDouble: dtype === "float64",
        sizes: [
          m,
          n,
          k
        ],
        transposed: [
          transposeA,
          transposeB
        ],
        offsets: [
          a,
          b,
          placeOfSums(program2, product2, site).address
        ]
      }
    ];
  }));
});
var oneHotEmitter = (function oneHotEmitter({ slots: slots2 }, step) {
  const { classes } = step.attributes;
  const [labels, output] = [
    step.inputs[0],
    step.outputs[0]
  ];
  const { dtype, shape } = slots2[output];
  const bytes2 = bytesPerElement(dtype);
  return {
    mayRefuse: true,
    prepare: (function () {
    }),
    emit: (function ({ context, offsets }) {
      const kernel = context.module.function({
        result: "i32"
      }, ((f) => {
        f.do(memory.fill(offsets[output], 0, sizeOf(shape) * bytes2));
        const label2 = f.local("i32");
        const at = f.let(i32.const(offsets[labels]));
        const row = f.let(i32.const(offsets[output]));
        const end = offsets[labels] + 4 * sizeOf(slots2[labels].shape);
        f.while(i32.lessUnsigned(at, end), (() => {
          f.set(label2, i32.load(at));
          f.if(i32.greaterEqualUnsigned(label2, classes), (() => f.return(i32.const(1))));
          const place2 = i32.add(row, i32.mul(label2, bytes2));
          if (dtype === "bool") f.do(i32.store8(place2, 1));
          else if (dtype === "int32") f.do(i32.store(place2, 1));
          else f.store(place2, dtype === "float32" ? f32.const(1) : f64.const(1));
          f.increase(at, 4);
          f.increase(row, classes * bytes2);
        }));
        f.return(i32.const(0));
      }));
      return {
        attempt: (() => call2(kernel)),
        isParallel: false
      };
    })
  };
});
var beginRow = (function beginRow({ code: { f }, values, walk, output }, row, offset2) {
  const startOf2 = rowStarts(f, walk, row);
  const source2 = values.row(startOf2, offset2);
  const target = output && pointerAt(f, output, startOf2, offset2);
  return {
    ...source2,
    output: target,
    pointers: [
      ...source2.pointers,
      ...target ? [
        target
      ] : []
    ]
  };
});
var elementAt = (function elementAt({ code, dtype }, { valuesAt, output }, { slot, count, position }, index) {
  const offset2 = position * code.lanes * (output?.bytes ?? 0);
  return {
    slot,
    count,
    index,
    value: (() => valuesAt(count, position)[0].vector),
    store: ((vector) => storeElements(code, dtype, output.at, vector, count, offset2)),
    stored: (() => loadElements(code, dtype, output.at, count, offset2))
  };
});
var fold2 = (function fold2(group, { dtype, start, combine, term: term2 }) {
  const { f } = group.source.code;
  const first2 = everywhere2(group, dtype, start);
  const folded2 = variables(group, first2);
  group.each(((element) => {
    const variable = folded2[element.slot];
    f.set(variable, combine(variable, orElse(group, element, {
      dtype,
      vector: term2(element)
    }, first2)));
  }));
  return gather2(group, dtype, folded2, combine);
});
var sum2 = (function sum2(group, dtype, term2) {
  if (dtype === "float32" && isLong(group)) return longSum(group, term2);
  const combine = dtype === "int32" ? i32x4.add : group.source.code.float(dtype).add;
  return fold2(group, {
    dtype,
    start: 0,
    combine,
    term: term2
  });
});
var isLong = (function isLong({ source: { code, walk }, slots: slots2 }) {
  const { sideBySide, depth, length } = walk;
  return (sideBySide ? depth : depth * length / (slots2 * code.lanes)) > blockLength2;
});
var gather2 = (function gather2(group, dtype, vectors2, combine) {
  const states2 = vectors2.map(((vector) => [
    {
      dtype,
      vector
    }
  ]));
  return group.gather(states2, (([a], [b]) => [
    {
      dtype,
      vector: combine(a.vector, b.vector)
    }
  ])).map((([value2]) => value2.vector));
});
var variables = (function variables({ slots: slots2, source: { code } }, start) {
  return Array.from({
    length: slots2
  }, (() => code.f.let(start)));
});
var everywhere2 = (function everywhere2({ source: { code } }, dtype, value2) {
  return constantOf(code.f, dtype === "float32" ? "f32" : dtype === "float64" ? "f64" : "i32", value2);
});
var orElse = (function orElse({ source: { code } }, { count }, { dtype, vector }, otherwise) {
  if (count === code.lanes) return vector;
  const mask = maskFor(code, dtype, firstLanes(code.lanes, count));
  return v128.bitselect(vector, otherwise, mask);
});
var extremeOfNumbers = (function extremeOfNumbers({ source: { code, dtype } }, extreme2) {
  return code.float(dtype)[extreme2 === "max" ? "pmax" : "pmin"];
});
var writeLogSoftmax = (function writeLogSoftmax(group) {
  const float = floatOf(group);
  const shifts = largest2(group);
  const totals = sum2(group, float.dtype, ((element) => {
    const shifted = float.hold(float.sub(element.value(), shifts[element.slot]));
    element.store(shifted);
    return expOfNegative(float, shifted);
  }));
  const logs = totals.map(((total) => float.hold(log3(float, total))));
  group.each(((element) => element.store(float.sub(element.stored(), logs[element.slot]))));
});
var largest2 = (function largest2(group) {
  const { code, dtype } = group.source;
  return fold2(group, {
    dtype,
    start: -Infinity,
    combine: extremeOfNumbers(group, "max"),
    term: ((element) => element.value())
  }).map(((x) => hold(code, x)));
});
var floatOf = (function floatOf({ source: { code, dtype } }) {
  return code.float(dtype);
});
var reductionWalk = (function reductionWalk(shape, { first: first2, last: last2 }, operands) {
  const strides = operands.map(((operand2) => broadcastStrides(operand2.shape, shape)));
  const axes = ((from, to) => joinAxes({
    lengths: shape.slice(from, to),
    strides: strides.map(((own) => own.slice(from, to)))
  }));
  const outer = axes(0, first2);
  const along2 = axes(first2, last2 + 1);
  const inner = axes(last2 + 1, shape.length);
  const sideBySide = inner.lengths.length > 0;
  const row = sideBySide ? inner : along2;
  const results = sideBySide ? [
    outer,
    withoutLast(inner)
  ] : [
    outer
  ];
  const depth = sideBySide ? along2 : withoutLast(along2);
  const loops = [
    ...results,
    depth
  ];
  const lengths = loops.flatMap(((loop) => loop.lengths));
  return {
    sideBySide,
    results: sizeOf(results.flatMap(((loop) => loop.lengths))),
    depth: sizeOf(depth.lengths),
    outer: lengths,
    rows: sizeOf(lengths),
    length: row.lengths.at(-1) ?? 1,
    walkers: operands.map((({ address, dtype }, i) => ({
      address,
      dtype,
      strides: loops.flatMap(((loop) => loop.strides[i])).map(((stride) => stride * bytesPerElement(dtype))),
      advances: (row.strides[i].at(-1) ?? 1) !== 0
    })))
  };
});
var withoutLast = (function withoutLast({ lengths, strides }) {
  return {
    lengths: lengths.slice(0, -1),
    strides: strides.map(((own) => own.slice(0, -1)))
  };
});
var emitReduction = (function emitReduction(context, name3, reduced) {
  const { output } = reduced;
  const kind = {
    indexed: name3.startsWith("arg"),
    inTurns: name3 === "logsumexp"
  };
  return emitLanes(context, {
    ...reduced,
    ...kind
  }, ((group) => {
    group.storeResults(output, reduce3(name3, group, output.dtype));
  }));
});
var reduce3 = (function reduce3(name3, group, dtype) {
  const { code } = group.source;
  switch (name3) {
    case "sum":
      return sum2(group, dtype, ((element) => castTo(code, {
        dtype: group.source.dtype,
        vector: element.value()
      }, dtype)));
    case "max":
    case "min":
      return extremeOf(group, name3);
    case "argmax":
      return placeOfExtreme(group, "max");
    case "argmin":
      return placeOfExtreme(group, "min");
    case "logsumexp":
      return logSumExp(group);
  }
});
var emitNormalization = (function emitNormalization(context, name3, reduced) {
  const { axis, shape, output } = reduced;
  const run2 = {
    first: axis,
    last: axis
  };
  const kept2 = {
    ...reduced,
    run: run2,
    inTurns: true,
    kept: {
      ...output,
      shape
    }
  };
  return emitLanes(context, kept2, ((group) => {
    if (name3 === "softmax") writeSoftmax(group);
    else writeLogSoftmax(group);
  }));
});
var emitLanes = (function emitLanes(context, { shape, run: run2, inputs, producer, indexed = false, inTurns = false, kept: kept2 }, write) {
  const fusion = producer ?? plain2(inputs[0].dtype);
  const walk = reductionWalk(shape, run2, [
    ...inputs,
    ...kept2 ? [
      kept2
    ] : []
  ]);
  const lanes = laneCount([
    ...walk.walkers,
    ...fusion.nodes
  ].map((({ dtype: dtype2 }) => dtype2)));
  const { dtype } = fusion.nodes[fusion.results[0]];
  const walkers = walk.walkers.slice(0, inputs.length);
  return context.module.function({
    params: [
      "i32",
      "i32"
    ]
  }, ((f, from, to) => {
    const code = laneCode(f, context, lanes);
    const values = new FusedSource(code, fusion, walkers);
    const output = walk.walkers[inputs.length];
    const source2 = {
      code,
      values,
      dtype,
      walk,
      indexed,
      inTurns,
      output
    };
    if (walk.sideBySide) writeSideBySide(code, source2, {
      from,
      to
    }, write);
    else writeRows2(code, source2, {
      from,
      to
    }, write);
  }));
});
var plain2 = (function plain2(dtype) {
  return {
    nodes: [
      {
        op: identity,
        inputs: [
          0
        ],
        attributes: void 0,
        dtype
      }
    ],
    results: [
      0
    ]
  };
});
var writeRows2 = (function writeRows2({ f, lanes }, source2, share, write) {
  const { results, length } = source2.walk;
  const { from, to } = stretchOf(f, results, share);
  const result = f.local("i32");
  const vectors2 = Math.max(1, Math.min(slots, Math.ceil(length / lanes)));
  f.for(result, {
    from,
    below: to
  }, (() => write(new RowLane(source2, vectors2, result))));
});
var writeSideBySide = (function writeSideBySide({ f, lanes }, source2, share, write) {
  const { results, length } = source2.walk;
  const result = f.local("i32");
  const byRows = results >= manyRows2;
  const stretch = stretchOf(f, byRows ? results : length, share, byRows ? 1 : pieceUnit2);
  const rows = byRows ? {
    from: stretch.from,
    below: stretch.to
  } : {
    below: results
  };
  f.for(result, rows, (() => {
    const column = f.let(byRows ? i32.const(0) : stretch.from);
    const pointers = [
      {
        at: column,
        bytes: 1
      }
    ];
    const piece = byRows ? void 0 : stretch;
    inRounds(f, {
      lanes,
      length,
      piece,
      unrolled: slots,
      pointers
    }, ((vectors2, lastCount) => {
      write(new SideBySideLanes(source2, {
        result,
        column,
        vectors: vectors2,
        lastCount
      }));
    }));
  }));
});
var splitReduction = (function splitReduction(name3, { shape, run: { first: first2, last: last2 }, inputs }) {
  if (!divisible.has(name3)) return null;
  const outer = shape.slice(0, first2), inner = shape.slice(last2 + 1);
  const length = shape[first2];
  if (length === void 0 || sizeOf(shape) < worthSplitting) return null;
  if (sizeOf(outer) * sizeOf(inner) >= enoughResults) return null;
  let pieces = mostPieces;
  while (length % pieces !== 0) pieces--;
  if (pieces < leastPieces) return null;
  const divided = ({ shape: own, ...input }) => {
    const whole2 = [
      ...new Array(shape.length - own.length).fill(1),
      ...own
    ];
    const parts = whole2[first2] === 1 ? [
      1,
      1
    ] : [
      pieces,
      length / pieces
    ];
    return {
      ...input,
      shape: whole2.toSpliced(first2, 1, ...parts)
    };
  };
  return {
    first: {
      shape: shape.toSpliced(first2, 1, pieces, length / pieces),
      run: {
        first: first2 + 1,
        last: last2 + 1
      },
      inputs: inputs.map(divided)
    },
    second: {
      shape: [
        ...outer,
        pieces,
        ...inner
      ],
      run: {
        first: first2,
        last: first2
      }
    }
  };
});
var emitterFor = (function emitterFor(program2, step) {
  const { name: name3 } = step.op;
  if (name3 === "fusedMatmul") return productEmitter(program2, step);
  if (name3 === "matmul") return productEmitter(program2, step) ?? stackEmitter(program2, step);
  if (name3 === "fused") return fusionEmitter(program2, step, step.attributes);
  if ("scalar" in step.op || name3 === "cast") {
    return fusionEmitter(program2, step, singleFusion(program2, step));
  }
  if (name3 === "oneHot") return oneHotEmitter(program2, step);
  if ("reduction" in step.op) {
    const { reduction } = step.op;
    return reductionEmitter(program2, step, reduction.name, step.attributes.producer);
  }
  if (isReduction(name3)) return reductionEmitter(program2, step, name3);
  if (name3 === "softmax" || name3 === "logSoftmax") {
    return normalizationEmitter(program2, step, name3);
  }
  return movesEmitter(program2, step) ?? nativeEmitter(program2, step);
});
var plainKernel = (function plainKernel(kernel, isParallel) {
  return {
    phases: [
      phaseOf(kernel)
    ],
    isParallel
  };
});
var fusionEmitter = (function fusionEmitter({ slots: slots2 }, step, fusion) {
  const { shape } = slots2[step.outputs[0]];
  if (sizeOf(shape) === 0) return null;
  let callsOut = false;
  return {
    prepare: (function (context) {
      callsOut = importScalars(context, fusion, step.inputs.map(((value2) => slots2[value2].dtype)));
    }),
    emit: (function ({ context, offsets }) {
      const operand2 = ((value2) => ({
        address: offsets[value2],
        ...slots2[value2]
      }));
      const kernel = emitFusion(context, fusion, {
        shape,
        inputs: step.inputs.map(operand2),
        outputs: step.outputs.map(operand2)
      });
      return plainKernel(kernel, !callsOut && sizeOf(shape) >= parallelElements);
    })
  };
});
var isReduction = (function isReduction(name3) {
  return reductionNames.includes(name3);
});
var reductionEmitter = (function reductionEmitter({ slots: slots2 }, step, name3, producer) {
  const { inputs, outputs: [output], attributes } = step;
  const shape = inputs.map(((value2) => slots2[value2].shape)).reduce(((a, b) => broadcast(name3, a, b)));
  if (!isReduction(name3) || sizeOf(shape) === 0) return null;
  let callsOut = false;
  return {
    prepare: (function (context) {
      if (producer === void 0) return;
      callsOut = importScalars(context, producer, inputs.map(((value2) => slots2[value2].dtype)));
    }),
    emit: (function ({ context, offsets, scratch: scratch2 }) {
      const operand2 = ((value2) => ({
        address: offsets[value2],
        ...slots2[value2]
      }));
      const reduced = {
        shape,
        run: attributes,
        inputs: inputs.map(operand2)
      };
      const [result, made2] = [
        operand2(output),
        producer && {
          producer
        }
      ];
      const split = callsOut ? null : splitReduction(name3, reduced);
      if (split === null) {
        const kernel = emitReduction(context, name3, {
          ...reduced,
          ...made2,
          output: result
        });
        return plainKernel(kernel, !callsOut && sizeOf(shape) >= parallelElements);
      }
      const pieces = {
        address: scratch2,
        dtype: result.dtype,
        shape: split.second.shape
      };
      const kernels = [
        emitReduction(context, name3, {
          ...split.first,
          ...made2,
          output: pieces
        }),
        emitReduction(context, name3, {
          ...split.second,
          inputs: [
            pieces
          ],
          output: result
        })
      ];
      const sharedScratch = sizeOf(pieces.shape) * bytesPerElement(pieces.dtype);
      return {
        phases: kernels.map(phaseOf),
        isParallel: true,
        sharedScratch
      };
    })
  };
});
var normalizationEmitter = (function normalizationEmitter({ slots: slots2 }, step, name3) {
  const [input, output] = [
    step.inputs[0],
    step.outputs[0]
  ];
  const { shape } = slots2[input];
  if (sizeOf(shape) === 0) return null;
  return {
    prepare: (function () {
    }),
    emit: (function ({ context, offsets }) {
      const kernel = emitNormalization(context, name3, {
        shape,
        axis: step.attributes.axis,
        inputs: [
          {
            address: offsets[input],
            ...slots2[input]
          }
        ],
        output: {
          address: offsets[output],
          ...slots2[output]
        }
      });
      return plainKernel(kernel, sizeOf(shape) >= parallelElements / 4);
    })
  };
});
var balanceBytes = (function balanceBytes(threads) {
  return boundsBytes + threads * lineBytes;
});
var waitOf = (function waitOf(balance, thread) {
  return i32.add(i32.mul(thread, lineBytes), balance + boundsBytes);
});
var emitBarrier = (function emitBarrier(module, address) {
  const arrivals = address;
  const round3 = address + 64;
  const params = [
    "i32",
    "i32"
  ];
  return module.function({
    params,
    result: "i32"
  }, ((f, threads, maySleep2) => {
    const looks2 = f.local("i32");
    f.if(i32.less(threads, 2), (() => f.return(looks2)));
    const present = f.let(atomic.load(round3));
    const isLast = i32.equal(i32.add(atomic.add(arrivals, 1), 1), threads);
    f.if(isLast, (() => {
      f.do(atomic.store(arrivals, 0));
      f.do(atomic.store(round3, i32.add(present, 1)));
      f.drop(atomic.notify(round3, -1));
    }), (() => waitWhile(f, round3, {
      value: present,
      looks: looks2,
      maySleep: maySleep2
    })));
    f.return(looks2);
  }));
});
var waitWhile = (function waitWhile(f, address, { value: value2, looks: looks2, maySleep: maySleep2 }) {
  f.block(((end) => {
    f.loop(((start) => {
      f.branchIf(end, i32.notEqual(atomic.load(address), value2));
      f.increase(looks2, 1);
      f.branchIf(start, i32.or(i32.less(looks2, spins), i32.isZero(maySleep2)));
      f.drop(atomic.wait(address, value2));
      f.branch(start);
    }));
  }));
});
var availableThreads = (function availableThreads() {
  return Math.min(globalThis.navigator?.hardwareConcurrency ?? 1, mostThreads);
});
var emitRun = (function emitRun(module, stages, kernels, { barrier, callerMaySleep, failure, balance, plan, program: program2 }) {
  module.function({
    export: "run",
    params: [
      "i32",
      "i32"
    ]
  }, ((f, index, count) => {
    const thread = barrier === null ? only : emitShare(f, balance, {
      index,
      count
    });
    const waited = f.local("i32");
    let isFine = false;
    const meet = (() => {
      if (barrier === null) return;
      const looks2 = call2(barrier, count, callerMaySleep ? i32.const(1) : index);
      if (isFine) f.increase(waited, looks2);
      else f.drop(looks2);
      isFine = false;
    });
    const alone = ((body) => f.if(i32.equal(index, 0), body));
    let mustMeet = false;
    stages.forEach((({ callOut: callOut2 }, i) => {
      const kernel = kernels[i];
      if (kernel?.isParallel) {
        for (const phase of kernel.phases) {
          if (i > 0 || phase !== kernel.phases[0]) meet();
          phase(f, thread);
          isFine = !kernel.isCoarse;
        }
        mustMeet = true;
      } else {
        if (mustMeet) meet();
        mustMeet = false;
        if (kernel && "phases" in kernel) {
          alone((() => runAlone(f, kernel)));
        } else {
          const failed = failureOf(i);
          const callOutNow = (() => f.store(i32.const(failure), i32.mul(call2(callOut2), failed)));
          const isTried = kernel && "attempt" in kernel;
          alone((() => isTried ? f.if(kernel.attempt(), callOutNow) : callOutNow()));
          meet();
          f.if(i32.equal(i32.load(i32.const(failure)), failed), (() => f.return()));
        }
      }
    }));
    if (mustMeet) meet();
    if (barrier !== null) f.store(waitOf(balance, index), waited);
    alone((() => {
      for (const { from, to } of plan.copies) {
        const bytes2 = bytesOfSlot(program2, from);
        f.do(memory.copy(plan.offsets[to], plan.offsets[from], bytes2));
      }
    }));
  }));
});
var emitShare = (function emitShare(f, balance, { index, count }) {
  const isAlone = i32.less(count, 2);
  const bound = ((i, ifAlone) => f.let(select(isAlone, i32.const(ifAlone), i32.load(i32.mul(i, 4), balance))));
  return {
    index,
    count,
    from: bound(index, 0),
    to: bound(i32.add(index, 1), whole)
  };
});
var failureOf = (function failureOf(step) {
  return step + 1;
});
var runAlone = (function runAlone(f, kernel) {
  for (const phase of kernel.phases) phase(f, only);
});
var emitRunOne = (function emitRunOne(module, stages, kernels) {
  module.function({
    export: "runOne",
    params: [
      "i32"
    ]
  }, ((f, step) => {
    stages.forEach((({ callOut: callOut2 }, i) => {
      f.if(i32.equal(step, i), (() => {
        const kernel = kernels[i];
        if (kernel && "phases" in kernel) runAlone(f, kernel);
        else if (kernel && "attempt" in kernel) {
          f.if(kernel.attempt(), (() => f.drop(call2(callOut2))));
        } else f.drop(call2(callOut2));
      }));
    }));
  }));
});
var emitProgram = (function emitProgram(program2, plan, { threads = availableThreads(), reproducible = false, memory: given, room = 0, runStep: runStep2, nameOf: nameOf5 }) {
  if (plan.bytes > mostPages * pageBytes) throw memoryError(plan.bytes);
  const features = detectFeatures();
  const steps = program2.steps.filter((({ op }) => !op.alias));
  const available = Math.max(1, Math.min(threads, availableThreads()));
  const most = features.threads && given === void 0 ? available : 1;
  const isShared = most > 1;
  const control = plan.bytes;
  const failure = control + barrierBytes;
  const balanceAt = failure + 64;
  const pointersAt = balanceAt + balanceBytes(most);
  const module = new ModuleBuilder();
  module.importMemory("env", "memory", {
    initial: 1,
    maximum: mostPages,
    shared: isShared
  });
  const context = new KernelContext(module, {
    fused: features.relaxedSimd && !reproducible
  });
  const stages = steps.map(((step, i) => {
    const emitter = emitterFor(program2, step);
    emitter?.prepare(context);
    const callOut2 = emitter === null || emitter.mayRefuse ? module.importFunction("steps", `${i}`, {
      result: "i32"
    }) : null;
    return {
      step,
      emitter,
      callOut: callOut2
    };
  }));
  const pointers = new Map(isShared ? movableInputs(program2, stages).map(((input, i) => [
    input,
    pointersAt + 4 * i
  ])) : []);
  const scratch2 = pointersAt + Math.ceil(4 * pointers.size / 64) * 64;
  const barrier = isShared ? emitBarrier(module, control) : null;
  let scratchBytes = 0;
  const kernels = stages.map((({ emitter }) => {
    if (emitter === null) return null;
    const { offsets } = plan;
    const kernel = emitter.emit({
      context,
      offsets,
      pointers,
      scratch: scratch2,
      reproducible
    });
    if ("attempt" in kernel) return kernel;
    const { sharedScratch = 0, scratchBytes: own = 0 } = kernel;
    scratchBytes = Math.max(scratchBytes, sharedScratch + own * most);
    return kernel;
  }));
  emitRun(module, stages, kernels, {
    barrier,
    callerMaySleep: features.sleep,
    failure,
    balance: balanceAt,
    plan,
    program: program2
  });
  emitRunOne(module, stages, kernels);
  const roomAt = scratch2 + Math.ceil(scratchBytes / 64) * 64;
  const bytes2 = roomAt + room;
  if (bytes2 > mostPages * pageBytes) throw memoryError(bytes2);
  const pages = Math.ceil(bytes2 / pageBytes);
  module.requirePages(pages, given === void 0 ? pages : mostPages);
  const arena = given ?? makeMemory(pages, isShared, bytes2);
  if (given !== void 0) growTo(given, pages, bytes2);
  let failed = null;
  const callOuts2 = stages.map((({ step }) => () => {
    try {
      runStep2(step, arena.buffer);
      return 0;
    } catch (error) {
      failed = error;
      return 1;
    }
  }));
  const native = nativeProducts(program2, {
    offsets: plan.offsets,
    scratch: scratch2
  });
  const products = native.length === 0 ? null : openProducts(arena, native, productSymbols);
  const compiled = module.compile();
  const instance = new WebAssembly.Instance(compiled, {
    env: {
      memory: arena
    },
    scalar: context.imports,
    [nativeModule]: {
      ...products?.functions
    },
    steps: Object.fromEntries(callOuts2.map(((f, i) => [
      `${i}`,
      f
    ])))
  });
  const words2 = new Int32Array(arena.buffer);
  for (const [input, pointer] of pointers) words2[pointer / 4] = plan.offsets[input];
  const exports = instance.exports;
  const isWorthSharing = isShared && kernels.some(((kernel) => kernel?.isParallel));
  const crew = !isWorthSharing ? null : new Crew({
    run: exports.run,
    shared: {
      module: compiled,
      memory: arena,
      native
    },
    balanceAt,
    most
  });
  const check = (() => {
    if (failed === null) return;
    const error = failed;
    failed = null;
    new Int32Array(arena.buffer, failure, 1)[0] = 0;
    throw error;
  });
  return {
    buffer: arena.buffer,
    movable: {
      pointers,
      room: roomAt
    },
    get threads() {
      return crew?.threads ?? 1;
    },
    run: (function () {
      if (crew === null) exports.run(0, 1);
      else crew.run();
      check();
    }),
    profile() {
      exports.runOne(-1);
      return stages.map(({ step, emitter }, i) => {
        const started = performance.now();
        exports.runOne(i);
        const milliseconds = performance.now() - started;
        check();
        const how = isNative(step.op) ? "blas" : emitter === null ? "reference" : "wasm";
        return {
          name: `${nameOf5(step)} (${how})`,
          milliseconds
        };
      });
    },
    dispose() {
      crew?.dispose();
      products?.close();
    }
  };
});
var movableInputs = (function movableInputs({ inputs, steps, outputs }, stages) {
  return inputs.filter(((input) => {
    const readers = steps.filter(((step) => step.inputs.includes(input)));
    const follows = ((step) => stages.find(((stage) => stage.step === step))?.emitter?.follows?.includes(input));
    return readers.length > 0 && readers.every(follows) && !outputs.includes(input);
  }));
});
var makeMemory = (function makeMemory(pages, shared2, bytes2) {
  try {
    return new WebAssembly.Memory({
      initial: pages,
      maximum: pages,
      shared: shared2
    });
  } catch (cause) {
    throw memoryError(bytes2, cause);
  }
});
var isInPieces = (function isInPieces(op, output, inputs) {
  const { length } = output.data;
  if (length < worthPieces || !("scalar" in op || op.name === "cast")) return false;
  return inputs.every(({ data }) => data.length === length || data.length === 1);
});
var callOf2 = (function callOf2(op, output, inputs, attributes) {
  let kinds2 = calls.get(op);
  if (kinds2 === void 0) calls.set(op, kinds2 = []);
  let call4 = kinds2.find((kind) => isOfKind(kind, inputs, attributes));
  if (call4 !== void 0) {
    if (call4.ready === void 0) call4.ready = prepare(op, output, inputs, attributes);
    return call4;
  }
  const slots2 = inputs.map((({ shape, data }) => ({
    shape,
    dtype: dtypeOf(data)
  })));
  const isEarly = isMoving(op) && output.data.length < worthWriting;
  const ready = isEarly ? void 0 : prepare(op, output, inputs, attributes);
  call4 = {
    inputs: slots2,
    attributes,
    ready
  };
  kinds2.push(call4);
  if (kept.push({
    call: call4,
    kinds: kinds2
  }) > mostKept) {
    const oldest = kept.shift();
    oldest.kinds.splice(oldest.kinds.indexOf(oldest.call), 1);
  }
  return call4;
});
var isWorthIt = (function isWorthIt(op, output, inputs) {
  if (op.name === "sum") return false;
  if (placed.has(op)) return false;
  if (op.name === "matmul") {
    const { shape } = inputs[0];
    const inner = Math.max(shape.at(-1), shape.at(-2) ?? 1);
    return output.data.length * inner >= worthMultiplying;
  }
  return output.data.length >= worthCopying || inputs[0].data.length >= worthCopying;
});
var inferDType = (function inferDType(op, inputs, attributes) {
  try {
    return op.dtype(inputs.map(((input) => input.dtype)), attributes);
  } catch (error) {
    if (!(error instanceof DTypeError) || inputs.length < 2) throw error;
    const shapes = inputs.map((input) => formatShape(input.shape)).join(" and ");
    throw new DTypeError(`${error.message} (shapes ${shapes})`);
  }
});
var compute = (function compute(op, inputs, attributes, shape, dtype) {
  if (op.alias) return inputs[0].numbers;
  const data = allocate(dtype, sizeOf(shape));
  backend ??= detectFeatures().simd ? wasm : reference;
  const blocks = inputs.map((({ numbers: numbers3, shape: shape2 }) => ({
    data: numbers3.array,
    shape: shape2
  })));
  backend.run(op, {
    data,
    shape
  }, blocks, attributes);
  return new Numbers(data);
});
var lifted = (function lifted(op, number, dtype) {
  fitting(op.name, number, dtype);
  return new Numbers(allocate(dtype, 1).fill(number));
});
var applyOp = (function applyOp(op, inputs, given) {
  for (const input of inputs) {
    if (!(input instanceof Tensor)) {
      throw new UsageError(`Cannot ${op.name} ${formatShape(inputs[0].shape)} and ${describe(input)}: use tensor([...])`);
    }
  }
  const attributes = ownAttributes(given);
  const shape = op.shape(inputs.map(((input) => input.shape)), attributes);
  const dtype = inferDType(op, inputs, attributes);
  const isSymbolic = inputs.some(((input) => input.isSymbolic));
  const isRemembered = isSymbolic || (isRecording() || isTracing()) && inputs.some(isTracked);
  return new Tensor({
    shape,
    dtype,
    data: isSymbolic ? null : compute(op, inputs, attributes, shape, dtype),
    origin: isRemembered ? originOf(op, inputs, attributes) : null
  });
});
var fromData = (function fromData(data, shape, dtype, options = {}) {
  const { requiresGrad = false, name: name3 = null } = options;
  return new Tensor({
    shape,
    dtype,
    data: new Numbers(data),
    requiresGrad,
    name: name3
  });
});
var areAllOf = (function areAllOf(dtype, entries) {
  if (!ArrayBuffer.isView(entries) || typeof entries[0] !== "number") return false;
  if (dtype === "int32") return wholeNumbers.some((kind) => entries instanceof kind);
  return dtype !== "bool";
});
var store2 = (function store2(dtype, entries) {
  const data = allocate(dtype, entries.length);
  if (areAllOf(dtype, entries)) {
    data.set(entries);
    return data;
  }
  for (let i = 0; i < data.length; i++) {
    const entry2 = entries[i];
    if (typeof entry2 !== "number" && typeof entry2 !== "boolean") {
      throw new DTypeError(`Cannot make a tensor: entry ${i} is ${describe(entry2)}, not a number`);
    }
    data[i] = dtype === "bool" && entry2 ? 1 : Number(entry2);
    if (dtype === "int32" && data[i] !== Number(entry2)) {
      const reason = Number.isInteger(entry2) ? "beyond 2^31" : "no whole number";
      throw new DTypeError(`Cannot make an int32 tensor: entry ${i} is ${entry2}, ${reason}`);
    }
  }
  return data;
});
var full = (function full(shape, number, options = {}) {
  optionsOf("make a tensor", options, tensorOptions);
  const dtype = checkDType("make a tensor of", options.dtype ?? "float32");
  const own = [
    ...checkShape("make", shape)
  ];
  const [entry2] = store2(dtype, [
    number
  ]);
  return fromData(allocate(dtype, sizeOf(own)).fill(entry2), own, dtype, options);
});
var zeros = (function zeros(shape, options = {}) {
  return full(shape, 0, options);
});
var checkTensors = (function checkTensors(name3, tensors) {
  const wrong = tensors.findIndex(((tensor2) => !(tensor2 instanceof Tensor)));
  if (wrong < 0) return;
  throw new UsageError(`Cannot ${name3} ${describe(tensors[wrong])}: use tensor([...])`);
});
var oneHotFor = (function oneHotFor(asker, labels, classes, { dtype }) {
  return applyOp(oneHot, [
    labels
  ], {
    classes,
    dtype,
    asker
  });
});
var rangeOf = (function rangeOf(low, high, dtype) {
  if (!Number.isFinite(high - low)) {
    throw new UsageError(`Cannot draw numbers from ${low} to ${high}: the range is infinite`);
  }
  const isWhole = dtype === "int32";
  if (isWhole) [low, high] = [
    Math.ceil(low),
    Math.ceil(high)
  ];
  const highest = high > low ? Math.max(low, below(high, dtype)) : Infinity;
  return {
    low,
    high,
    isWhole,
    highest
  };
});
var below = (function below(limit, dtype) {
  if (dtype === "int32") return limit - 1;
  const one2 = allocate(dtype, 1).fill(limit);
  const bits = dtype === "float64" ? new BigInt64Array(one2.buffer) : new Int32Array(one2.buffer);
  if (one2[0] < limit) return limit;
  if (one2[0] === 0) return dtype === "float64" ? -Number.MIN_VALUE : -(2 ** -149);
  if (bits instanceof BigInt64Array) bits[0] += limit > 0 ? -1n : 1n;
  else bits[0] += limit > 0 ? -1 : 1;
  return one2[0];
});
var traceNow = (function traceNow() {
  return isTracing() ? presentTrace() : 0;
});
var checkRandom = (function checkRandom(name3, random) {
  if (random === void 0 || random === null || random instanceof Random) return;
  throw new UsageError(`Cannot ${name3}: random is ${describe(random)}, not a generator, as new Random(0) is`);
});
var checkDrawn = (function checkDrawn({ dtype }) {
  if (dtype !== "bool") return;
  throw new DTypeError("Cannot draw numbers of bool: compare them, as in random.uniform(shape).less(0.5)");
});
var draw = (function draw(state, into, count, range) {
  let a = state[0], b = state[1], c = state[2], d = state[3];
  const low = range?.low ?? 0, width = range ? range.high - range.low : 0;
  const highest = range?.highest ?? 0, isWhole = range?.isWhole ?? false;
  const words2 = range ? 2 * count : count;
  let upper = 0;
  for (let i = 0; i < words2; i++) {
    const product2 = Math.imul(b, 5);
    const word2 = Math.imul(product2 << 7 | product2 >>> 25, 9);
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = d << 11 | d >>> 21;
    if (!range) into[i] = word2 >>> 0;
    else if (i % 2 === 0) upper = word2 >>> 5;
    else {
      const number = low + width * ((upper * 67108864 + (word2 >>> 6)) / 9007199254740992);
      const drawn = number > highest ? highest : number;
      into[i >> 1] = isWhole ? Math.floor(drawn) : drawn;
    }
  }
  state[0] = a;
  state[1] = b;
  state[2] = c;
  state[3] = d;
});
var other = (function other(text2, level2) {
  return {
    text: text2,
    level: level2,
    kind: "other"
  };
});
var viewsOf2 = (function viewsOf2({ slots: slots2 }, { offsets }, buffer) {
  return slots2.map((({ shape, dtype }, value2) => offsets[value2] < 0 ? null : viewOf(buffer, offsets[value2], sizeOf(shape), dtype)));
});
var bringIn = (function bringIn({ view: view2, turned }, data) {
  if (turned !== null) copyTurned(view2, data, turned[0], turned[1]);
  else if (data.length > 16) view2.set(data);
  else for (let i = 0; i < data.length; i++) view2[i] = data[i];
});
var copyTurned = (function copyTurned(to, from, rows, columns2) {
  const size = rows * columns2;
  for (let row = 0, at = 0; row < rows; row++) {
    for (let i = row; i < size; i += rows) to[at++] = from[i];
  }
});
var withEpilogue = (function withEpilogue(product2) {
  const op = fusedMatmul;
  if (!isNative(product2)) return op;
  const { blas } = product2;
  const native = {
    ...op,
    name: `${blas.name}.${op.name}`,
    blas
  };
  return native;
});
var isFusedProduct = (function isFusedProduct(step) {
  const { attributes } = step;
  return typeof attributes === "object" && attributes !== null && "epilogue" in attributes;
});
var withProducer = (function withProducer(reduction) {
  const reduced = (shapes) => shapes.reduce((a, b) => broadcast("fuse", a, b));
  const op = {
    name: `fused${reduction.name[0].toUpperCase()}${reduction.name.slice(1)}`,
    reduction,
    shape: (shapes, attributes) => reduction.shape([
      reduced(shapes)
    ], attributes),
    dtype: (_, { producer: { nodes, results } }) => reduction.dtype([
      nodes[results[0]].dtype
    ], null),
    forward(output, inputs, attributes) {
      const { nodes, results } = attributes.producer;
      const shape = reduced(inputs.map((input) => input.shape));
      const produced = temporary(shape, nodes[results[0]].dtype);
      runFusion([
        produced
      ], inputs, attributes.producer);
      reduction.forward(output, [
        produced
      ], attributes);
    },
    pullbacks: []
  };
  return op;
});
var isElementwise = (function isElementwise(op) {
  return "scalar" in op;
});
var isByElement = (function isByElement(op) {
  return isElementwise(op) || op === cast;
});
var fuse = (function fuse(program2) {
  const makers = /* @__PURE__ */ new Map();
  const groups = /* @__PURE__ */ new Set();
  for (const step of program2.steps) {
    const { shape } = program2.slots[step.outputs[0]];
    const sources = new Set(step.inputs.flatMap(((value2) => makers.get(value2) ?? [])));
    const group = {
      members: [
        step
      ],
      sources,
      readers: /* @__PURE__ */ new Set(),
      newest: Math.max(...step.outputs, ...[
        ...sources
      ].map(((source2) => source2.newest))),
      shape: isByElement(step.op) || isSingleProduct(program2, step) ? shape : null
    };
    groups.add(group);
    for (const source2 of group.sources) source2.readers.add(group);
    for (const value2 of step.outputs) makers.set(value2, group);
    const isMask2 = program2.slots[step.outputs[0]].dtype === "bool";
    if (!isByElement(step.op) || isMask2) continue;
    while (true) {
      const joining = [
        ...group.sources
      ].find(((source2) => mayJoin(source2, group)));
      if (joining === void 0) break;
      merge(joining, group, groups, makers);
    }
  }
  const ordered = inOrder(groups);
  const readers = readersOf(program2, ordered, makers);
  return {
    ...program2,
    steps: ordered.map(((group) => asStep(program2, group, readers)))
  };
});
var isCast = (function isCast({ op }) {
  return op === cast;
});
var isProduct = (function isProduct({ op }) {
  return op === matmul || isNative(op);
});
var isSingleProduct = (function isSingleProduct({ slots: slots2 }, step) {
  return isProduct(step) && step.inputs.every(((value2) => slots2[value2].shape.length === 2 && isFloat(slots2[value2].dtype)));
});
var mayJoin = (function mayJoin(source2, group) {
  if (source2.shape === null || group.shape === null || !sameShape(source2.shape, group.shape)) {
    return false;
  }
  if (source2.members.length + group.members.length > mostMembers) return false;
  const members = [
    ...source2.members,
    ...group.members
  ];
  const products = members.filter(isProduct).length;
  if (products > 1 || products === 1 && members.some(isCast)) return false;
  if (group.members.some(((member) => isProduct(member) && reads(member, source2)))) return false;
  const others = [
    ...group.sources
  ].filter(((other2) => other2 !== source2));
  return !others.some(((other2) => dependsOn(other2, source2)));
});
var dependsOn = (function dependsOn(group, source2) {
  const seen = /* @__PURE__ */ new Set();
  const stack2 = [
    group
  ];
  while (stack2.length > 0) {
    const next = stack2.pop();
    if (next === source2) return true;
    if (next.newest < source2.newest || seen.has(next)) continue;
    seen.add(next);
    stack2.push(...next.sources);
  }
  return false;
});
var merge = (function merge(source2, group, groups, makers) {
  group.members = [
    ...source2.members,
    ...group.members
  ].sort(((a, b) => a.outputs[0] - b.outputs[0]));
  group.sources.delete(source2);
  for (const other2 of source2.sources) {
    group.sources.add(other2);
    other2.readers.delete(source2);
    other2.readers.add(group);
  }
  for (const member of source2.members) {
    for (const value2 of member.outputs) makers.set(value2, group);
  }
  groups.delete(source2);
  for (const reader of source2.readers) {
    if (reader === group) continue;
    reader.sources.delete(source2);
    reader.sources.add(group);
    group.readers.add(reader);
  }
  raise(group, Math.max(group.newest, source2.newest));
});
var raise = (function raise(group, newest) {
  group.newest = newest;
  const stack2 = [
    ...group.readers
  ];
  while (stack2.length > 0) {
    const next = stack2.pop();
    if (next.newest >= newest) continue;
    next.newest = newest;
    stack2.push(...next.readers);
  }
});
var inOrder = (function inOrder(groups) {
  const ordered = /* @__PURE__ */ new Set();
  const stack2 = [
    ...groups
  ].reverse();
  while (stack2.length > 0) {
    const group = stack2.at(-1);
    const waiting = [
      ...group.sources
    ].filter(((source2) => !ordered.has(source2)));
    if (waiting.length > 0) stack2.push(...waiting);
    else ordered.add(stack2.pop());
  }
  return [
    ...ordered
  ];
});
var readersOf = (function readersOf(program2, groups, makers) {
  const readers = /* @__PURE__ */ new Map();
  const note = ((value2, reader) => {
    if (!makers.has(value2)) return;
    if (!readers.has(value2)) readers.set(value2, /* @__PURE__ */ new Set());
    readers.get(value2).add(reader);
  });
  for (const group of groups) {
    for (const member of group.members) for (const value2 of member.inputs) note(value2, group);
  }
  for (const value2 of program2.outputs) note(value2, null);
  return readers;
});
var asStep = (function asStep(program2, group, readers) {
  if (group.members.length === 1) return group.members[0];
  const product2 = group.members.find(isProduct);
  const steps = group.members.filter(((member) => member !== product2));
  const made2 = new Set(group.members.flatMap(((member) => member.outputs)));
  const operands = product2 === void 0 ? [] : [
    product2.outputs[0]
  ];
  for (const value2 of steps.flatMap(((step) => step.inputs))) {
    if (!made2.has(value2) && !operands.includes(value2)) operands.push(value2);
  }
  const isKept = ((value2) => [
    ...readers.get(value2) ?? []
  ].some(((r) => r !== group)));
  const places2 = new Map(operands.map(((value2, i) => [
    value2,
    i
  ])));
  steps.forEach(((step, i) => places2.set(step.outputs[0], operands.length + i)));
  if (product2 !== void 0 && isKept(product2.outputs[0])) {
    steps.push({
      op: identity,
      inputs: product2.outputs,
      outputs: product2.outputs,
      attributes: null
    });
  }
  const kept2 = steps.map(((_, i) => i)).filter(((i) => isKept(steps[i].outputs[0])));
  const fusion = {
    nodes: steps.map((({ op, inputs, outputs: outputs2, attributes }) => ({
      op,
      inputs: inputs.map(((value2) => places2.get(value2))),
      attributes,
      dtype: program2.slots[outputs2[0]].dtype
    }))),
    results: kept2
  };
  const outputs = kept2.map(((i) => steps[i].outputs[0]));
  if (product2 === void 0) return {
    op: fused,
    inputs: operands,
    outputs,
    attributes: fusion
  };
  return {
    op: withEpilogue(product2.op),
    inputs: [
      ...product2.inputs,
      ...operands.slice(1)
    ],
    outputs,
    attributes: {
      ...product2.attributes,
      epilogue: fusion
    }
  };
});
var fuseReductions = (function fuseReductions(program2) {
  const readers = /* @__PURE__ */ new Map();
  const values = [
    ...program2.steps.flatMap((({ inputs }) => inputs)),
    ...program2.outputs
  ];
  for (const value2 of values) readers.set(value2, (readers.get(value2) ?? 0) + 1);
  const makers = new Map(program2.steps.flatMap(((step) => step.outputs.map(((v) => [
    v,
    step
  ])))));
  const gone = /* @__PURE__ */ new Set();
  const steps = program2.steps.map(((step) => {
    const [input] = step.inputs;
    const maker = makers.get(input);
    if (!inOnePass.has(step.op) || maker === void 0 || readers.get(input) !== 1) return step;
    const producer = producerOf(program2, maker);
    if (producer === null) return step;
    gone.add(maker);
    const attributes = {
      ...step.attributes,
      producer
    };
    return {
      ...step,
      op: withProducer(step.op),
      inputs: maker.inputs,
      attributes
    };
  }));
  return {
    ...program2,
    steps: steps.filter(((step) => !gone.has(step)))
  };
});
var producerOf = (function producerOf(program2, step) {
  if (step.outputs.length > 1) return null;
  if (step.op === fused) return step.attributes;
  return isByElement(step.op) ? singleFusion(program2, step) : null;
});
var turnParameters = (function turnParameters(program2, least2 = worthTurning) {
  let turned = program2;
  for (let at = 0; at < program2.steps.length; at++) {
    const step = turned.steps[at];
    if (turned.turned?.has(step.outputs[0]) || !isGradientByData(turned, step, least2)) continue;
    const family = familyOf(turned, step);
    if (family !== null) turned = turn(turned, family);
  }
  return turned;
});
var isProduct2 = (function isProduct2({ op }) {
  return op.name === "matmul" || op.name === "fusedMatmul" || isNative(op);
});
var isGradientByData = (function isGradientByData({ slots: slots2, inputs }, step, least2) {
  if (!isProduct2(step)) return false;
  const [a, b] = step.inputs;
  const { transposeA, transposeB } = step.attributes;
  const areMatrices = [
    a,
    b,
    step.outputs[0]
  ].every(((value2) => slots2[value2].shape.length === 2));
  const work = sizeOf(slots2[step.outputs[0]].shape) * slots2[b].shape[0];
  return transposeA && !transposeB && inputs.includes(b) && !inputs.includes(a) && areMatrices && work >= least2;
});
var elementwiseValues = (function elementwiseValues(step) {
  if (isProduct2(step)) return [
    ...step.inputs.slice(2),
    ...step.outputs
  ];
  const isFused = step.op.name === "fused" || isElementwise(step.op);
  return isFused ? [
    ...step.inputs,
    ...step.outputs
  ] : null;
});
var familyOf = (function familyOf(program2, start) {
  const { slots: slots2, steps, constants } = program2;
  const { shape } = slots2[start.outputs[0]];
  const family = new Set(start.outputs);
  const waiting = [
    ...family
  ];
  while (waiting.length > 0) {
    const value2 = waiting.pop();
    if (constants.has(value2)) return null;
    for (const step of steps) {
      if (![
        ...step.inputs,
        ...step.outputs
      ].includes(value2)) continue;
      const partners = elementwiseValues(step);
      if (partners === null) return null;
      if (!partners.includes(value2)) continue;
      if (!partners.every(((other2) => fits(slots2[other2].shape, shape)))) return null;
      for (const other2 of partners) {
        if (sizeOf(slots2[other2].shape) === 1 || family.has(other2)) continue;
        family.add(other2);
        waiting.push(other2);
      }
    }
  }
  return family;
});
var fits = (function fits(partner, shape) {
  return sizeOf(partner) === 1 || sameShape(partner, shape);
});
var turn = (function turn(program2, family) {
  const turned = new Set(program2.turned);
  for (const value2 of family) turned.add(value2);
  return {
    ...program2,
    turned,
    slots: program2.slots.map(((slot, value2) => family.has(value2) ? {
      ...slot,
      shape: slot.shape.toReversed()
    } : slot)),
    steps: program2.steps.map(((step) => isProduct2(step) ? turnProduct(step, family) : step))
  };
});
var turnProduct = (function turnProduct(step, family) {
  const [a, b, ...others] = step.inputs;
  const attributes = step.attributes;
  const transposeA = attributes.transposeA !== family.has(a);
  const transposeB = attributes.transposeB !== family.has(b);
  if (!family.has(step.outputs[0])) {
    return {
      ...step,
      attributes: {
        ...attributes,
        transposeA,
        transposeB
      }
    };
  }
  return {
    ...step,
    inputs: [
      b,
      a,
      ...others
    ],
    attributes: {
      ...attributes,
      transposeA: !transposeB,
      transposeB: !transposeA
    }
  };
});
var refuseFirst = (function refuseFirst(program2) {
  const makers = /* @__PURE__ */ new Map();
  for (const step of program2.steps) for (const value2 of step.outputs) makers.set(value2, step);
  const ordered = /* @__PURE__ */ new Set();
  const stack2 = [];
  for (const step of [
    ...program2.steps.filter((({ op }) => op.mayRefuse)),
    ...program2.steps
  ]) {
    stack2.push(step);
    while (stack2.length > 0) {
      const next = stack2.at(-1);
      const waiting = next.inputs.flatMap(((value2) => makers.get(value2) ?? [])).filter(((maker) => !ordered.has(maker)));
      if (waiting.length > 0) stack2.push(...waiting.reverse());
      else ordered.add(stack2.pop());
    }
  }
  return {
    ...program2,
    steps: [
      ...ordered
    ]
  };
});
var replacements2 = (function replacements2({ slots: slots2 }) {
  return Int32Array.from(slots2, ((_, value2) => value2));
});
var reading = (function reading(step, replacement) {
  if (step.inputs.every(((value2) => replacement[value2] === value2))) return step;
  return {
    ...step,
    inputs: step.inputs.map(((value2) => replacement[value2]))
  };
});
var removeIdentities = (function removeIdentities(program2) {
  const replacement = replacements2(program2);
  const handsOn = (({ op, inputs, outputs }) => op === identity || op === stopGradient || op === reshape && sameShape(program2.slots[inputs[0]].shape, program2.slots[outputs[0]].shape));
  const steps = [];
  for (const step of program2.steps) {
    if (handsOn(step)) replacement[step.outputs[0]] = replacement[step.inputs[0]];
    else steps.push(reading(step, replacement));
  }
  return {
    ...program2,
    steps,
    outputs: program2.outputs.map(((value2) => replacement[value2]))
  };
});
var shareCommonSteps = (function shareCommonSteps(program2) {
  const replacement = replacements2(program2);
  const seen = /* @__PURE__ */ new Map();
  const ops = [
    ...new Set(program2.steps.map((({ op }) => op)))
  ];
  const ids = new Map(ops.map(((op, id) => [
    op,
    id
  ])));
  const steps = [];
  for (const [value2, data] of program2.constants) {
    const { shape, dtype } = program2.slots[value2];
    if (data.length !== 1) continue;
    const key = `${dtype} ${shape} ${Object.is(data[0], -0) ? "-0" : data[0]}`;
    if (seen.has(key)) replacement[value2] = seen.get(key);
    else seen.set(key, value2);
  }
  for (const original of program2.steps) {
    const step = reading(original, replacement);
    const key = keyOf(step, ids.get(step.op), program2.slots.length);
    const earlier = seen.get(key);
    if (earlier === void 0) {
      seen.set(key, step.outputs[0]);
      steps.push(step);
    } else replacement[step.outputs[0]] = earlier;
  }
  return {
    ...program2,
    steps,
    outputs: program2.outputs.map(((value2) => replacement[value2]))
  };
});
var keyOf = (function keyOf({ inputs, attributes }, op, valueCount) {
  const [a, b = valueCount] = inputs;
  const key = (op * (valueCount + 1) + a) * (valueCount + 1) + b;
  const isEnough = inputs.length <= 2 && attributes === void 0 && Number.isSafeInteger(key);
  return isEnough ? key : `${op} ${inputs.join()} ${attributesKey(attributes)}`;
});
var removeDeadSteps = (function removeDeadSteps(program2) {
  const isNeeded = new Uint8Array(program2.slots.length);
  for (const value2 of program2.outputs) isNeeded[value2] = 1;
  const steps = [];
  for (const step of program2.steps.toReversed()) {
    if (!step.outputs.some(((value2) => isNeeded[value2]))) continue;
    for (const value2 of step.inputs) isNeeded[value2] = 1;
    steps.push(step);
  }
  const constants = new Map([
    ...program2.constants
  ].filter((([value2]) => isNeeded[value2])));
  return {
    ...program2,
    steps: steps.reverse(),
    constants
  };
});
var readUnbroadcast = (function readUnbroadcast(program2) {
  const source2 = /* @__PURE__ */ new Map();
  for (const { op, inputs, outputs } of program2.steps) {
    if (op === broadcastTo) source2.set(outputs[0], inputs[0]);
  }
  const slots2 = [
    ...program2.slots
  ], constants = new Map(program2.constants);
  for (const [value2, data] of program2.constants) {
    if (data.length < 2 || !data.every(((number2) => Object.is(number2, data[0])))) continue;
    const number = slots2.push({
      shape: [],
      dtype: slots2[value2].dtype
    }) - 1;
    constants.set(number, data.slice(0, 1));
    source2.set(value2, number);
  }
  const steps = program2.steps.map(((step) => {
    const { op, attributes, outputs } = step;
    if (!isElementwise(op)) return step;
    const { shape } = slots2[outputs[0]];
    const inputs = step.inputs.reduce(((inputs2, value2, i) => {
      if (!source2.has(value2)) return inputs2;
      const others = inputs2.with(i, source2.get(value2));
      const shapes = others.map(((other2) => slots2[other2].shape));
      return sameShape(op.shape(shapes, attributes), shape) ? others : inputs2;
    }), step.inputs);
    return {
      ...step,
      inputs
    };
  }));
  return {
    ...program2,
    slots: slots2,
    constants,
    steps
  };
});
var foldTransposes = (function foldTransposes(program2) {
  const source2 = /* @__PURE__ */ new Map();
  for (const { op, inputs, outputs, attributes } of program2.steps) {
    if (op !== permute) continue;
    const { axes } = attributes;
    const last2 = axes.length - 1;
    const swapsLast = axes.every((axis, i) => axis === (i === last2 ? last2 - 1 : i === last2 - 1 ? last2 : i));
    if (swapsLast) source2.set(outputs[0], inputs[0]);
  }
  const steps = program2.steps.map(((step) => {
    if (step.op !== matmul) return step;
    const [a, b] = step.inputs;
    const { transposeA, transposeB } = step.attributes;
    return {
      ...step,
      inputs: [
        source2.get(a) ?? a,
        source2.get(b) ?? b
      ],
      attributes: {
        transposeA: transposeA !== source2.has(a),
        transposeB: transposeB !== source2.has(b)
      }
    };
  }));
  return {
    ...program2,
    steps
  };
});
var optimize = (function optimize(program2, blas) {
  const all = blas === void 0 ? passes : passes.toSpliced(passes.indexOf(fuse), 0, nativeProducts2(blas));
  return all.reduce(((optimized, pass) => pass(optimized)), program2);
});
var makeExecutable = (function makeExecutable(program2, plan, { threads, reproducible, backend: backend2 = "wasm", blas }, room = 0) {
  if (backend2 === "reference" || !detectFeatures().simd) return referenceExecutable(program2, plan);
  const callsAlone = blas !== void 0 && blas.threads !== 1;
  return emitProgram(program2, plan, {
    threads: threads ?? (callsAlone ? 1 : void 0),
    reproducible,
    room,
    nameOf: nameOf4,
    runStep: callOuts(program2, plan)
  });
});
var callOuts = (function callOuts({ slots: slots2 }, { offsets }) {
  const blocks = /* @__PURE__ */ new Map();
  return (step, buffer) => {
    let own = blocks.get(step);
    if (own === void 0) {
      const block2 = (value2) => {
        const { shape, dtype } = slots2[value2];
        return {
          shape,
          data: viewOf(buffer, offsets[value2], sizeOf(shape), dtype)
        };
      };
      own = {
        outputs: step.outputs.map(block2),
        inputs: step.inputs.map(block2)
      };
      blocks.set(step, own);
    }
    runStep(step, own.outputs, own.inputs);
  };
});
var bytesOf = (function bytesOf({ shape, dtype }) {
  return Math.ceil(Math.max(sizeOf(shape) * bytesPerElement(dtype), 1) / alignment) * alignment;
});
var planMemory = (function planMemory(program2, replaces = /* @__PURE__ */ new Map()) {
  const { slots: slots2, inputs, constants, steps, outputs } = program2;
  const roots = aliasRoots(program2);
  const lastRead = lastReads(program2, roots);
  const offsets = new Array(slots2.length).fill(-1);
  const free = new FreeList();
  for (const value2 of [
    ...inputs,
    ...constants.keys()
  ]) {
    offsets[value2] = free.take(bytesOf(slots2[value2]));
  }
  const copies2 = [];
  const inPlace = /* @__PURE__ */ new Map();
  for (const [result, input] of replaces) {
    const isSafe = roots[result] === result && canOverwrite(program2, roots, lastRead, result, input);
    if (isSafe) inPlace.set(result, input);
    else copies2.push({
      from: result,
      to: input
    });
  }
  const kept2 = new Set(outputs.map(((value2) => roots[value2])));
  const fixed = /* @__PURE__ */ new Set([
    ...inputs,
    ...constants.keys(),
    ...inPlace.keys()
  ]);
  steps.forEach(((step, at) => {
    for (const value2 of step.outputs) {
      if (roots[value2] !== value2) continue;
      const over2 = inPlace.get(value2);
      offsets[value2] = over2 !== void 0 ? offsets[over2] : free.take(bytesOf(slots2[value2]));
    }
    for (const value2 of new Set([
      ...step.inputs,
      ...step.outputs
    ].map(((value3) => roots[value3])))) {
      if (lastRead[value2] > at || kept2.has(value2) || fixed.has(value2)) continue;
      free.give(offsets[value2], bytesOf(slots2[value2]));
    }
  }));
  slots2.forEach(((_, value2) => offsets[value2] = offsets[roots[value2]]));
  return {
    offsets,
    bytes: free.bytes,
    copies: copies2
  };
});
var aliasRoots = (function aliasRoots({ slots: slots2, steps }) {
  const roots = slots2.map(((_, value2) => value2));
  for (const { op, inputs, outputs } of steps) {
    if (op.alias) roots[outputs[0]] = roots[inputs[0]];
  }
  return roots;
});
var lastReads = (function lastReads({ slots: slots2, steps }, roots) {
  const last2 = slots2.map((() => -1));
  steps.forEach(((step, at) => {
    for (const value2 of step.inputs) last2[roots[value2]] = at;
  }));
  return last2;
});
var canOverwrite = (function canOverwrite({ slots: slots2, steps }, roots, lastRead, result, input) {
  const at = steps.findIndex(((step) => step.outputs.includes(result)));
  if (at < 0 || lastRead[input] > at) return false;
  if (steps.slice(at).some((({ op: op2 }) => op2.mayRefuse))) return false;
  const { op, inputs } = steps[at];
  const isProduct3 = isFusedProduct(steps[at]);
  const inStep = isProduct3 || isElementwise(op) || op.mayOverwrite || op.name === "fused";
  if (!inStep) return !inputs.some((value2) => roots[value2] === input);
  const first2 = isProduct3 ? 2 : 0;
  return inputs.every(((value2, i) => roots[value2] !== input || i >= first2 && sameShape(slots2[value2].shape, slots2[result].shape)));
});
var placing = (function placing(program2, { args, result }, options) {
  const names2 = leavesOf(args).map((({ name: name3 }) => name3));
  const leaves = leavesOf(result).map((({ shape, dtype, requiresGrad, name: name3 }) => {
    return {
      shape,
      dtype,
      requiresGrad,
      name: name3
    };
  }));
  const likely = replacements3(program2, args, result);
  const isSingle = result instanceof Tensor;
  const { slots: slots2, inputs, outputs, turned } = program2;
  return (({ mayReplace, shelves: before = [] }) => {
    const { plan, replaces } = planFor(program2, mayReplace ? likely : none4, isSingle);
    const room = before.reduce((sum3, shelf) => sum3 + (shelf?.wanted ?? 0), 0);
    const executable = makeExecutable(program2, plan, options, room);
    const views = viewsOf2(program2, plan, executable.buffer);
    for (const [value2, data] of program2.constants) views[value2].set(data);
    const placeOf3 = ((value2) => ({
      view: views[value2],
      turned: turned?.has(value2) ? slots2[value2].shape : null
    }));
    const placed2 = leaves.map(((leaf, i) => {
      const value2 = outputs[i];
      const input = outputs.indexOf(value2) === i ? replaces.get(value2) : void 0;
      const slot = input === void 0 ? -1 : inputs.indexOf(input);
      return {
        parts: {
          ...leaf,
          data: null
        },
        place: placeOf3(input ?? value2),
        slot,
        isRenamed: slot < 0 || leaf.name === null || names2[slot] !== leaf.name
      };
    }));
    const isReplaced = inputs.map(((_, slot) => placed2.some(((output) => output.slot === slot))));
    const shelves = inputs.map(((input, slot) => {
      const isMovable = !isReplaced[slot] && executable.movable?.pointers.has(input);
      return before[slot] ?? (isMovable ? new Shelf(slots2[input], placeOf3(input).turned) : null);
    }));
    furnish(shelves, program2, plan, executable);
    return {
      executable,
      bytes: plan.bytes,
      inputs: inputs.map(placeOf3),
      outputs: placed2,
      present: inputs.map((() => new Present())),
      shelves,
      isReplaced
    };
  });
});
var furnish = (function furnish(shelves, { inputs }, { offsets }, { buffer, movable }) {
  let start = movable?.room ?? 0;
  shelves.forEach(((shelf, slot) => {
    const input = inputs[slot], pointer = movable?.pointers.get(input);
    if (shelf === null || pointer === void 0 || shelf.wanted === 0) return;
    shelf.moveTo({
      buffer,
      start,
      home: offsets[input],
      pointer
    });
    start += shelf.wanted;
  }));
});
var planFor = (function planFor(program2, replaces, isSingle) {
  const plan = planMemory(program2, replaces);
  if (!isSingle || plan.copies.length === 0) return {
    plan,
    replaces
  };
  return {
    plan: planMemory(program2),
    replaces: none4
  };
});
var replacements3 = (function replacements3(program2, args, result) {
  const { slots: slots2, inputs, outputs, steps, turned } = program2;
  const roots = aliasRoots(program2);
  const computed = new Set(steps.filter((({ op }) => !op.alias)).flatMap(((step) => step.outputs)));
  const staying = new Set(outputs.map(((value2) => roots[value2])));
  const withoutHead = ((path) => path.replace(/^(\[\d+\]|[^.[]+)\.?/, ""));
  const waiting = entriesOf(args).map((([path], i) => ({
    path: withoutHead(path),
    at: inputs[i]
  }))).filter((({ at }) => !staying.has(at)));
  const pairs = /* @__PURE__ */ new Map();
  entriesOf(result).forEach((([path], i) => {
    const value2 = outputs[i];
    if (pairs.has(value2) || !computed.has(roots[value2])) return;
    const fits2 = waiting.findIndex(((input) => (input.path === path || input.path === withoutHead(path)) && slots2[input.at].dtype === slots2[value2].dtype && sameShape(slots2[input.at].shape, slots2[value2].shape) && turned?.has(input.at) === turned?.has(value2)));
    if (fits2 < 0) return;
    pairs.set(value2, waiting[fits2].at);
    waiting.splice(fits2, 1);
  }));
  return pairs;
});
var matcherOf = (function matcherOf(node, isFrozen = false, around2 = /* @__PURE__ */ new Set()) {
  if (around2.has(node) || isFrozen && isTraced(node)) {
    return {
      matches: (other2) => Object.is(other2, node),
      holdsLeaf: false
    };
  }
  if (node instanceof Tensor) return {
    matches: tensorMatcher(node),
    holdsLeaf: true
  };
  if (node instanceof Value) return {
    matches: matchesValue,
    holdsLeaf: true
  };
  const within3 = new Set(around2).add(node);
  if (!isBranch(node)) return {
    matches: plainMatcher(node, within3),
    holdsLeaf: false
  };
  const found2 = Object.values(node).map(((child) => matcherOf(child, isFrozen, within3)));
  const holdsLeaf = found2.some(((child) => child.holdsLeaf));
  const children = found2.map(((child) => child.matches));
  const matches = Array.isArray(node) && Object.getPrototypeOf(node) === Array.prototype ? arrayMatcher(children) : objectMatcher(node, children, holdsLeaf);
  return {
    matches,
    holdsLeaf
  };
});
var tensorMatcher = (function tensorMatcher({ shape, dtype, requiresGrad }) {
  let known2 = shape;
  return (node, found2) => {
    if (!(node instanceof Tensor)) return false;
    found2.push(node);
    if (node.dtype !== dtype || node.requiresGrad !== requiresGrad) return false;
    if (node.shape !== known2) {
      if (!sameShape(node.shape, known2)) return false;
      known2 = node.shape;
    }
    return true;
  };
});
var plainMatcher = (function plainMatcher(value2, around2) {
  const matches = contentsMatcher(value2, around2);
  return matches === null ? (node) => Object.is(node, value2) : (node, found2) => Object.is(node, value2) && matches(node, found2);
});
var contentsMatcher = (function contentsMatcher(value2, around2) {
  if (value2 instanceof Date) {
    const time = value2.getTime();
    return () => Object.is(value2.getTime(), time);
  }
  if (value2 instanceof Map || value2 instanceof Set) {
    const before = [
      ...value2
    ].flat().map((part2) => matcherOf(part2, true, around2).matches);
    return (_, found2) => {
      const now2 = [
        ...value2
      ].flat();
      return now2.length === before.length && now2.every((part2, i) => before[i](part2, found2));
    };
  }
  if (!ArrayBuffer.isView(value2) || value2 instanceof DataView) return null;
  const now = value2;
  const numbers3 = Array.from(now);
  return () => numbers3.every((number, i) => Object.is(now[i], number));
});
var arrayMatcher = (function arrayMatcher(children) {
  return (node, found2) => {
    if (!Array.isArray(node) || node.length !== children.length) return false;
    for (let i = 0; i < children.length; i++) if (!children[i](node[i], found2)) return false;
    return true;
  };
});
var objectMatcher = (function objectMatcher(node, children, holdsLeaf) {
  const prototype = Object.getPrototypeOf(node);
  const keys = Object.keys(node);
  const inherits = hasKeys(prototype);
  const isPlain = prototype === Object.prototype || prototype === Array.prototype;
  const self = isPlain || holdsLeaf || isRecord(node) ? null : node;
  return (other2, found2) => {
    if (typeof other2 !== "object" || other2 === null || self !== null && self !== other2) {
      return false;
    }
    if (Object.getPrototypeOf(other2) !== prototype) return false;
    let i = 0;
    for (const key in other2) {
      if (inherits && !Object.hasOwn(other2, key)) continue;
      if (key !== keys[i] || !children[i](other2[key], found2)) return false;
      i++;
    }
    return i === keys.length;
  };
});
var hasKeys = (function hasKeys(object) {
  for (const _ in object) return true;
  return false;
});
var checkCollection = (function checkCollection(node) {
  if (!(node instanceof Map || node instanceof Set)) return;
  const leaf = tracedIn(node, /* @__PURE__ */ new Set());
  if (leaf === null) return;
  throw new TracingError(`Cannot compile a function that returns ${describe(node)} with ${describe(leaf)} in it: use an object or an array`);
});
var rebuilder = (function rebuilder(tree) {
  let count = 0;
  const plan = ((node) => {
    if (isTraced(node)) {
      const place2 = count++;
      return ((leaves) => leaves[place2]);
    }
    checkCollection(node);
    if (!isBranch(node)) return () => node;
    const before = count;
    const children = Object.values(node).map(plan);
    if (count === before) return (() => node);
    if (Array.isArray(node)) return ((leaves) => children.map(((build) => build(leaves))));
    const prototype = Object.getPrototypeOf(node);
    const keys = Object.keys(node);
    return ((leaves) => {
      const copy2 = Object.create(prototype);
      for (let i = 0; i < keys.length; i++) copy2[keys[i]] = children[i](leaves);
      return copy2;
    });
  });
  return plan(tree);
});
var one = (function one(write) {
  return ([x], attributes) => write(asNumber(x), attributes);
});
var two = (function two(write) {
  return ([a, b]) => write(asNumber(a), asNumber(b));
});
var compare3 = (function compare3(write) {
  return two((a, b) => write(both(a), both(b)));
});
var again = (function again(write) {
  return ([x], attributes, once) => write(once(x), attributes);
});
var symbolic = (function symbolic(leaf) {
  const { shape, dtype, requiresGrad, name: name3 } = leaf;
  if (leaf instanceof Value) return new Value(null, {
    requiresGrad,
    name: name3
  });
  return new Tensor({
    shape,
    dtype,
    requiresGrad,
    name: name3,
    data: null
  });
});
var tracedCall = (function tracedCall({ origin, isSymbolic }) {
  const isOwn = origin !== null && (isSymbolic || origin.trace === presentTrace());
  return isOwn ? origin : null;
});
var trace = (function trace(f, args) {
  const inputs = [];
  const symbols2 = mapTree(args, ((leaf) => {
    const symbol = symbolic(leaf);
    inputs.push(symbol);
    return symbol;
  }));
  const result = insideTrace((() => f(...symbols2)));
  if (result instanceof Promise) {
    throw new UsageError("Cannot compile an asynchronous function: a program runs in one go");
  }
  if (/ (Async)?Generator\]$| Iterator\]$/.test(Object.prototype.toString.call(result))) {
    throw new UsageError("Cannot compile a generator: a program runs in one go");
  }
  const outputs = leavesOf(result);
  checkKind([
    ...inputs,
    ...outputs
  ]);
  const order = history(outputs, pushTraced);
  const own = new Set(inputs);
  const used = order.filter(((x) => tracedCall(x) === null && !own.has(x)));
  const stray = used.find(((x) => x.isSymbolic));
  if (stray !== void 0) {
    throw new TracingError(`Cannot compile: the function uses ${kindOf(stray)} that an earlier trace left behind: return what is needed later`);
  }
  const captured = used.filter(((x) => x.requiresGrad));
  const passed = new Set(leavesOf(args));
  for (const leaf of captured.filter((x) => passed.has(x))) {
    throw new TracingError(`Cannot compile: the function reads ${titleOf(leaf)} from outside, though it is among its arguments: take it from there`);
  }
  const program2 = numbered(order, [
    ...inputs,
    ...captured
  ], outputs);
  return {
    program: program2,
    result,
    captured,
    usesTracked: used.some(isTracked)
  };
});
var checkKind = (function checkKind(leaves) {
  if (leaves.some(isValue) && !leaves.every(isValue)) {
    throw new UsageError("Cannot compile a function of both tensors and Values: take and return one kind");
  }
});
var isValue = (function isValue(leaf) {
  return leaf instanceof Value;
});
var numbered = (function numbered(order, inputs, outputs) {
  const inputNumbers = new Map(inputs.map(((input, number) => [
    input,
    number
  ])));
  const slots2 = inputs.map(slotOf);
  const numbers3 = new Int32Array(order.length);
  const isLive = new Uint8Array(order.length);
  const constants = /* @__PURE__ */ new Map();
  const steps = [];
  order.forEach(((x, place2) => {
    const origin = tracedCall(x);
    const input = origin === null ? inputNumbers.get(x) : void 0;
    numbers3[place2] = input ?? slots2.push(slotOf(x)) - 1;
    const operands = origin?.inputs.map(((operand2) => placeIn(order, operand2))) ?? [];
    isLive[place2] = +(input !== void 0 || x.isSymbolic || operands.some((at) => isLive[at]));
    if (input !== void 0) return;
    if (origin === null || !isLive[place2]) {
      constants.set(numbers3[place2], frozen(x));
    } else {
      const { op, attributes } = origin;
      const inputs2 = operands.map(((at) => numbers3[at]));
      steps.push({
        op,
        inputs: inputs2,
        outputs: [
          numbers3[place2]
        ],
        attributes
      });
    }
  }));
  return {
    slots: slots2,
    inputs: inputs.map(((_, number) => number)),
    constants,
    steps,
    outputs: outputs.map(((x) => inputNumbers.get(x) ?? numbers3[placeIn(order, x)]))
  };
});
var frozen = (function frozen(x) {
  return isValue(x) ? Float64Array.of(x.data) : x.numbers.array.slice();
});
var slotOf = (function slotOf(x) {
  return isValue(x) ? scalarSlot : {
    shape: x.shape,
    dtype: x.dtype
  };
});
var compile = (function compile(f, options = {}) {
  if (typeof f !== "function") {
    throw new UsageError(`Cannot compile ${describe(f)}: it takes a function of tensors or Values`);
  }
  optionsOf("compile", options, {
    threads: "1",
    reproducible: null,
    backend: null,
    reuseResults: null,
    blas: null
  });
  checkOptions(options);
  if (options.reproducible && options.blas) {
    const { name: name3 } = options.blas;
    throw new UsageError(`Cannot compile reproducibly with ${name3}: its sums are its own`);
  }
  const programs2 = new Programs(f, options);
  const call4 = ((...args) => {
    const ready = isTracing() ? null : programs2.readyFor(args);
    return ready === null ? f(...args) : ready.program.run(ready.leaves);
  });
  Object.defineProperty(call4, "name", {
    value: `compiled ${f.name}`.trim()
  });
  const dispose = () => programs2.dispose();
  return Object.assign(call4, {
    explain: (...args) => {
      const ready = programs2.readyFor(args);
      if (ready !== null) return ready.program.explain(ready.leaves);
      throw new UsageError("Cannot explain a call on tensors that are being differentiated");
    },
    dispose,
    [Symbol.dispose]: dispose
  });
});
var checkOptions = (function checkOptions({ threads, backend: backend2, reproducible, reuseResults }) {
  const isWhole = Number.isInteger(threads) || threads === Infinity;
  if (threads !== void 0 && !(isWhole && threads > 0)) {
    throw new UsageError(`Cannot compile for ${describe(threads)} threads: it takes a whole number above zero`);
  }
  if (backend2 !== void 0 && backend2 !== "wasm" && backend2 !== "reference") {
    throw new UsageError(`Cannot compile for the backend ${describe(backend2)}: it is "wasm" or "reference"`);
  }
  for (const [name3, option] of Object.entries({
    reproducible,
    reuseResults
  })) {
    if (option === void 0 || typeof option === "boolean") continue;
    throw new UsageError(`Cannot compile: ${name3} is ${describe(option)}, not true or false`);
  }
});
var isPassedThrough = (function isPassedThrough(leaves) {
  const transforming = isTransforming();
  for (let i = 0; i < leaves.length; i++) {
    const leaf = leaves[i];
    if (leaf.origin !== null || transforming && leaf.requiresGrad || leaf.isSymbolic) return true;
  }
  return false;
});
var mayBeDifferentiated = (function mayBeDifferentiated({ usesTracked }) {
  return isTransforming() && usesTracked;
});
var wide = (function wide(array, read2) {
  const bytes2 = array.BYTES_PER_ELEMENT;
  return {
    bytes: bytes2,
    decode({ buffer }) {
      const view2 = new DataView(buffer);
      const numbers3 = new array(buffer);
      for (let i = 0; i < numbers3.length; i++) numbers3[i] = read2(view2, i * bytes2);
      return numbers3;
    }
  };
});
var fans = (function fans(shape) {
  if (shape.length < 2) {
    throw new ShapeError(`Cannot initialize ${formatShape(shape)}: weights have at least two axes, outputs and inputs`);
  }
  const kernel = sizeOf(shape.slice(2));
  return {
    fanIn: shape[1] * kernel,
    fanOut: shape[0] * kernel
  };
});
var uniformFanIn = (function uniformFanIn() {
  return ((shape, random, dtype) => uniform(1 / Math.sqrt(fans(shape).fanIn))(shape, random, dtype));
});
var startingParameters = (function startingParameters(shape, { random: given, dtype = "float32", initializer = uniformFanIn(), bias = true }) {
  checkRandom("make weights", given);
  const random = given ?? unseeded;
  if (typeof initializer !== "function") {
    throw new UsageError(`Cannot make weights by ${describe(initializer)}: an initializer is a function, as nn.init.xavierUniform() is`);
  }
  const bound = 1 / Math.sqrt(fans(shape).fanIn);
  const drawn = initializer(shape, random, dtype);
  if (!(drawn instanceof Tensor) || !sameShape(drawn.shape, shape)) {
    const what = drawn instanceof Tensor ? formatShape(drawn.shape) : describe(drawn);
    throw new ShapeError(`Cannot make weights ${formatShape(shape)}: the initializer made ${what}`);
  }
  const weight = drawn.asParameter("weight");
  if (!bias) return {
    weight,
    bias: null
  };
  const biases = random.uniform([
    shape[0]
  ], {
    low: -bound,
    high: bound,
    dtype
  });
  return {
    weight,
    bias: biases.asParameter("bias")
  };
});
var mlp = (function mlp(widths, options = {}) {
  if (!Array.isArray(widths)) {
    throw new UsageError(`Cannot make an mlp of widths ${describe(widths)}: they are an array, as in [784, 128, 10]`);
  }
  if (widths.length < 2) {
    throw new UsageError(`Cannot make an mlp of widths ${formatShape(widths)}: it takes at least inputs and outputs`);
  }
  const { activation = "relu", random = unseeded, ...rest } = optionsOf("make an mlp", options, {
    activation: '"tanh"',
    ...layerOptions
  });
  new Activation(activation);
  const layers = [];
  for (let i = 1; i < widths.length; i++) {
    if (i > 1) layers.push(new Activation(activation));
    layers.push(new Linear(widths[i - 1], widths[i], {
      random,
      ...rest
    }));
  }
  return new Sequential(layers);
});
var reduce4 = (function reduce4(losses, reduction = "mean") {
  switch (reduction) {
    case "mean":
      return losses.mean();
    case "sum":
      return losses.sum();
    case "none":
      return losses;
    default:
      reduction;
      throw new UsageError(`Cannot reduce losses by "${reduction}": there are mean, sum and none`);
  }
});
var checkShapes = (function checkShapes(name3, outputs, targets) {
  checkTensors(name3, [
    outputs,
    targets
  ]);
  if (!sameShape(outputs.shape, targets.shape)) {
    throw new ShapeError(`Cannot ${name3} ${formatShape(outputs.shape)} and ${formatShape(targets.shape)}: outputs and targets have one shape`);
  }
});
var meanSquaredError = (function meanSquaredError(outputs, targets, options = {}) {
  const { reduction } = optionsOf("meanSquaredError", options, lossOptions);
  checkShapes("meanSquaredError", outputs, targets);
  return reduce4(outputs.sub(targets).square(), reduction);
});
var crossEntropy = (function crossEntropy(logits, targets, options = {}) {
  checkTensors("crossEntropy", [
    logits,
    targets
  ]);
  optionsOf("crossEntropy", options, crossEntropyOptions);
  const axis = logits.rank === 1 ? 0 : 1;
  const classes = logits.shape[axis];
  const positions = logits.shape.filter(((_, i) => i !== axis));
  checkTargets(logits.shape, positions, targets);
  checkOptions2(classes, targets, options);
  const last2 = ((x) => axis === x.rank - 1 ? x : x.moveAxis(axis, -1));
  const logs = last2(logits.logSoftmax(axis));
  const { weights, labelSmoothing = 0 } = options;
  const smoothing = labelSmoothing === 0 ? null : {
    share: labelSmoothing,
    classes
  };
  if (isFloat(targets.dtype)) {
    const own = last2(targets);
    const smooth = smoothing === null ? own : own.mul(1 - smoothing.share).add(smoothing.share / smoothing.classes);
    const weighted = weights === void 0 ? smooth : smooth.mul(weights);
    return reduce4(logs.mul(weighted).sum(-1).neg(), options.reduction);
  }
  return classLosses(logs, targets, options, smoothing);
});
var checkTargets = (function checkTargets(logits, positions, targets) {
  const isIndices = sameShape(targets.shape, positions);
  if (isFloat(targets.dtype) && isIndices && !sameShape(logits, positions)) {
    throw new DTypeError(`Cannot crossEntropy ${formatShape(logits)} and targets ${formatShape(targets.shape)} of ${targets.dtype}: class indices are int32, as in .cast("int32")`);
  }
  const expected = isFloat(targets.dtype) ? logits : positions;
  if (logits.length === 0 || !sameShape(targets.shape, expected)) {
    throw new ShapeError(`Cannot crossEntropy ${formatShape(logits)} and ${targets.dtype} targets ${formatShape(targets.shape)}: targets are class indices (int32) ${formatShape(positions)} or probabilities ${formatShape(logits)}`);
  }
});
var checkOptions2 = (function checkOptions2(classes, targets, { weights, ignoreIndex, labelSmoothing = 0 }) {
  if (!(labelSmoothing >= 0 && labelSmoothing <= 1)) {
    throw new UsageError(`Cannot crossEntropy with labelSmoothing ${labelSmoothing}: it is a number from 0 to 1`);
  }
  if (ignoreIndex !== void 0 && isFloat(targets.dtype)) {
    throw new UsageError("Cannot crossEntropy probabilities with an ignoreIndex: they have none");
  }
  if (weights !== void 0) checkTensors("crossEntropy", [
    weights
  ]);
  if (weights !== void 0 && !sameShape(weights.shape, [
    classes
  ])) {
    throw new ShapeError(`Cannot crossEntropy ${classes} classes with weights ${formatShape(weights.shape)}: there is one weight for each class`);
  }
});
var classLosses = (function classLosses(logs, targets, { weights, ignoreIndex, reduction = "mean" }, smoothing) {
  const counts = ignoreIndex === void 0 ? null : targets.notEqual(ignoreIndex);
  const known2 = counts === null ? targets : targets.where(counts, 0);
  const isTarget = oneHotFor("crossEntropy", known2, logs.shape.at(-1), {
    dtype: "bool"
  });
  const pick2 = ((x) => x.broadcastTo(logs.shape).where(isTarget, 0).sum(-1));
  const keep = ((x) => counts === null ? x : x.where(counts, 0));
  const weight = weights === void 0 ? null : keep(pick2(weights));
  const own = pick2(weights === void 0 ? logs : logs.mul(weights)).neg();
  let losses = keep(own);
  if (smoothing !== null) {
    const all = (weights === void 0 ? logs : logs.mul(weights)).sum(-1).neg();
    const spread = keep(all).mul(smoothing.share / smoothing.classes);
    losses = losses.mul(1 - smoothing.share).add(spread);
  }
  if (reduction !== "mean" || weight === null && counts === null) {
    return reduce4(losses, reduction);
  }
  const total = weight === null ? counts.cast(losses.dtype).sum() : weight.sum();
  return losses.sum().div(total);
});
var apply = (function apply(change, parameter, gradient, slots2) {
  if (!sameShape(parameter.shape, gradient.shape)) {
    throw new ShapeError(`Cannot update ${formatShape(parameter.shape)} by a gradient of shape ` + formatShape(gradient.shape));
  }
  const updated = change(parameter, gradient, slots2);
  const remembered = Object.entries(updated.slots).map((([name3, slot]) => [
    name3,
    withoutDenormals(slot)
  ]));
  return {
    parameter: updated.parameter,
    slots: Object.fromEntries(remembered)
  };
});
var withoutDenormals = (function withoutDenormals(slot) {
  const smallest = slot.dtype === "float64" ? 2 ** -1022 : 2 ** -126;
  return slot.maskedFill(slot.abs().less(smallest), 0);
});
var checkOption = (function checkOption(optimizer, option, value2, least2 = 0) {
  if (typeof value2 === "number" && value2 >= least2 && value2 < Infinity) return;
  throw new UsageError(`Cannot make ${optimizer}: ${option} is ${describe(value2)}, not a number >= ${least2}`);
});
var adamRule = (function adamRule(name3, options, decay) {
  const { learningRate, betas: [beta1, beta2], epsilon, weightDecay, amsgrad } = options;
  checkOption(name3, "learningRate", learningRate);
  checkOption(name3, "epsilon", epsilon);
  checkOption(name3, "weightDecay", weightDecay);
  for (const beta of [
    beta1,
    beta2
  ]) {
    if (typeof beta === "number" && beta >= 0 && beta < 1) continue;
    throw new UsageError(`Cannot make ${name3}: a beta is ${describe(beta)}, not a number from 0 below 1`);
  }
  const correction = ((beta, step) => step.mul(Math.log(beta)).expm1().neg());
  return {
    name: name3,
    slots: {
      mean: 0,
      square: 0,
      ...amsgrad ? {
        largest: 0
      } : {}
    },
    update: ((step) => {
      const root = correction(beta2, step).sqrt();
      const size = correction(beta1, step).reciprocal().mul(learningRate);
      return ((before, change, slots2) => {
        const { parameter, gradient } = decay(before, change);
        const { mean: meanBefore, square: squareBefore, largest: largestBefore } = slots2;
        const mean = meanBefore.mul(beta1).add(gradient.mul(1 - beta1));
        const square2 = squareBefore.mul(beta2).add(gradient.square().mul(1 - beta2));
        const largest3 = amsgrad ? largestBefore.maximum(square2) : square2;
        const deviation = isTransforming() ? largest3.root(2) : largest3.sqrt();
        const divisor = deviation.div(root.cast(parameter.dtype)).add(epsilon);
        return {
          parameter: parameter.sub(mean.mul(size.cast(parameter.dtype)).div(divisor)),
          slots: {
            mean,
            square: square2,
            ...amsgrad ? {
              largest: largest3
            } : {}
          }
        };
      });
    })
  };
});
var complete = (function complete(name3, options, usualDecay) {
  const { learningRate = 1e-3, betas = [
    0.9,
    0.999
  ], epsilon = 1e-8, weightDecay = usualDecay, amsgrad = false } = optionsOf(`make ${name3}`, options, adamOptions);
  if (!Array.isArray(betas) && !ArrayBuffer.isView(betas)) {
    throw new UsageError(`Cannot make ${name3}: betas are ${describe(betas)}, not two numbers`);
  }
  return {
    learningRate,
    betas,
    epsilon,
    weightDecay,
    amsgrad
  };
});
var adam = (function adam(options = {}) {
  const all = complete("adam", options, 0);
  return new Optimizer(adamRule("adam", all, ((parameter, gradient) => ({
    parameter,
    gradient: all.weightDecay === 0 ? gradient : gradient.add(parameter.mul(all.weightDecay))
  }))));
});
var sgd = (function sgd(options) {
  const given = options ?? {};
  const { learningRate, momentum = 0, dampening = 0, nesterov = false, weightDecay = 0 } = optionsOf("make sgd", given, {
    learningRate: "0.1",
    momentum: null,
    dampening: null,
    nesterov: null,
    weightDecay: null
  });
  checkOption("sgd", "learningRate", learningRate);
  checkOption("sgd", "momentum", momentum);
  checkOption("sgd", "dampening", dampening);
  checkOption("sgd", "weightDecay", weightDecay);
  if (nesterov && (momentum === 0 || dampening !== 0)) {
    throw new UsageError("Cannot make sgd: nesterov takes a momentum above 0 and no dampening");
  }
  return new Optimizer({
    name: "sgd",
    slots: momentum === 0 ? {} : {
      velocity: 0
    },
    update: ((step) => ((parameter, gradient, slots2) => {
      const { velocity: before } = slots2;
      const g = weightDecay === 0 ? gradient : gradient.add(parameter.mul(weightDecay));
      if (momentum === 0) return {
        parameter: parameter.sub(g.mul(learningRate)),
        slots: slots2
      };
      const joining = dampening === 0 ? g : g.where(step.equal(1), g.mul(1 - dampening));
      const velocity = before.mul(momentum).add(joining);
      const direction = nesterov ? g.add(velocity.mul(momentum)) : velocity;
      return {
        parameter: parameter.sub(direction.mul(learningRate)),
        slots: {
          velocity
        }
      };
    }))
  });
});
var __defProp = Object.defineProperty;
var __export = ((target, all) => {
  for (var name3 in all)
    __defProp(target, name3, { get: all[name3], enumerable: true });
});

// src/ops/describe.ts
var copy = Symbol.for("turunan.copy");
var thisCopy = {};
var hasClasses = false;

function describe(thing) {
  if (typeof thing === "string") return `"${thing}"`;
  if (typeof thing === "function") return "a function";
  if (typeof thing === "bigint") return `${thing}n`;
  if (Array.isArray(thing)) return "an array";
  if (typeof thing !== "object" || thing === null) return String(thing);
  const name3 = thing.constructor?.name ?? "Object";
  if (name3 === "Object") return "an object";
  const title = `${/^[AEIO]|^Un/.test(name3) ? "an" : "a"} ${name3}`;
  const { [copy]: its = thisCopy } = thing;
  return its === thisCopy || !hasClasses ? title : `${title} of another copy of turunan`;
}

// src/ops/error.ts
var UsageError = class extends Error {
  /** Makes the error; `message` is one sentence: the action, then the state it met. */
  constructor(message, options) {
    const limit = traces.stackTraceLimit;
    traces.stackTraceLimit = 0;
    super(message, options);
    traces.stackTraceLimit = limit;
    this.name = new.target.name;
    const stack2 = [
      `${this.name}: ${message}`,
      ...callerFrames()
    ].join("\n");
    Object.defineProperty(this, "stack", {
      value: stack2,
      writable: true,
      configurable: true
    });
  }
};
var traces = Error;
var here = import.meta.url;
var library = here.endsWith("/ops/error.ts") ? new URL("../", here).href : here;
function callerFrames() {
  const limit = traces.stackTraceLimit;
  traces.stackTraceLimit = 200;
  const frames = (new Error().stack ?? "").split("\n").filter((line) => /^\s+at /.test(line));
  traces.stackTraceLimit = limit;
  const isCaller = (frame2) => ![
    library,
    "<anonymous>",
    "(native",
    "wasm://"
  ].some((own) => frame2.includes(own));
  return frames.filter(isCaller).slice(0, limit);
}

// src/ops/dtype.ts
var arrays = {
  float32: Float32Array,
  float64: Float64Array,
  int32: Int32Array,
  bool: Uint8Array
};



var DTypeError = class extends UsageError {
};









// src/ops/shape.ts
var ShapeError = class extends UsageError {
};
function formatShape(shape) {
  return `[${shape.join(", ")}]`;
}









// src/ops/loops.ts



var longRun = 24;


function addStrided(lengths, to, from) {
  const target = to.data;
  const source2 = from.data;
  forEachRun(lengths, to, from, (t, s, step, stride, n) => {
    for (let i = 0; i < n; i++, t += step, s += stride) target[t] += source2[s];
  });
}


function choose(output, condition, a, b) {
  const operands = [
    condition,
    a,
    b
  ];
  const loop = joinAxes({
    lengths: output.shape,
    strides: operands.map((operand2) => broadcastStrides(operand2.shape, output.shape))
  });
  const n = loop.lengths.at(-1) ?? 1;
  const [stepC, stepA, stepB] = loop.strides.map((own) => own.at(-1) ?? 0);
  const to = output.data;
  let at = 0;
  forEachRow(loop, [
    0,
    0,
    0
  ], (offsets) => {
    let [c, i, j] = offsets;
    for (const end = at + n; at < end; at++, c += stepC, i += stepA, j += stepB) {
      to[at] = condition.data[c] ? a.data[i] : b.data[j];
    }
  });
}
function lanesAlong(shape, first2, last2 = first2) {
  return {
    outer: sizeOf(shape.slice(0, first2)),
    length: sizeOf(shape.slice(first2, last2 + 1)),
    inner: sizeOf(shape.slice(last2 + 1))
  };
}

// src/ops/indexing.ts
var IndexError = class extends UsageError {
};
function resolveIndex(name3, index, count) {
  if (index < -count || index >= count) {
    throw new IndexError(`Cannot ${name3} at index ${index}: there are ${count} entries`);
  }
  return index < 0 ? index + count : index;
}
function checkIndexDType(name3, dtype) {
  if (dtype !== "int32") {
    throw new DTypeError(`Cannot ${name3} at indices of kind ${dtype}: they are int32`);
  }
}
function checkGather(name3, x, index, axis) {
  const fits2 = x.length === index.length && index.every((length, i) => i === axis || length <= x[i]);
  if (!fits2) {
    throw new ShapeError(`Cannot ${name3} ${formatShape(x)} at indices ${formatShape(index)} along axis ${axis}: the other axes must fit`);
  }
}
function forEachEntry(name3, index, { axis, shape }, entry2) {
  const counters = new Int32Array(index.shape.length);
  for (let at = 0; at < index.data.length; at++) {
    let place2 = 0;
    for (let i = 0; i < shape.length; i++) {
      const own = i === axis ? resolveIndex(name3, index.data[at], shape[i]) : counters[i];
      place2 = place2 * shape[i] + own;
    }
    entry2(at, place2);
    for (let i = counters.length - 1; i >= 0 && ++counters[i] === index.shape[i]; i--) {
      counters[i] = 0;
    }
  }
}
var gather = {
  name: "gather",
  mayRefuse: true,
  shape: ([x, index], { axis }) => {
    checkGather("gather", x, index, axis);
    return index;
  },
  dtype: ([x, index]) => {
    checkIndexDType("gather", index);
    return x;
  },
  forward: (output, [x, index], { axis }) => forEachEntry("gather", index, {
    axis,
    shape: x.shape
  }, (at, place2) => {
    output.data[at] = x.data[place2];
  }),
  pullbacks: [
    (g, [x, index], _, { axis }) => g.scatterInto(x.shape, index, {
      axis
    }),
    null
  ]
};
var scatter = {
  name: "scatter",
  mayRefuse: true,
  shape: ([x, index], { axis, shape }) => {
    checkGather("scatter", shape, index, axis);
    if (!sameShape(x, index)) {
      throw new ShapeError(`Cannot scatter ${formatShape(x)} at indices ${formatShape(index)}: the shapes differ`);
    }
    return shape;
  },
  dtype: ([x, index]) => {
    checkIndexDType("scatter", index);
    return numericDType("scatter", [
      x
    ]);
  },
  forward: (output, [x, index], into) => {
    output.data.fill(0);
    forEachEntry("scatter", index, into, (at, place2) => {
      output.data[place2] += x.data[at];
    });
  },
  pullbacks: [
    (g, [_x, index], _, { axis }) => g.gather(index, {
      axis
    }),
    null
  ]
};
var take = {
  name: "take",
  mayRefuse: true,
  shape: ([x, index], { axis }) => [
    ...x.slice(0, axis),
    ...index,
    ...x.slice(axis + 1)
  ],
  dtype: ([x, index]) => {
    checkIndexDType("take", index);
    return x;
  },
  forward: (output, [x, index], { axis }) => {
    const { outer, length, inner } = lanesAlong(x.shape, axis);
    const count = index.data.length;
    for (let o = 0; o < outer; o++) {
      for (let i = 0; i < count; i++) {
        const from = (o * length + resolveIndex("take", index.data[i], length)) * inner;
        output.data.set(x.data.subarray(from, from + inner), (o * count + i) * inner);
      }
    }
  },
  pullbacks: [
    (g, [x, index], _, { axis }) => g.putInto(x.shape, index, {
      axis
    }),
    null
  ]
};
var put = {
  name: "put",
  mayRefuse: true,
  shape: ([x, index], { axis, shape }) => {
    const part2 = [
      ...shape.slice(0, axis),
      ...index,
      ...shape.slice(axis + 1)
    ];
    if (!sameShape(x, part2)) {
      throw new ShapeError(`Cannot put ${formatShape(x)} into ${formatShape(shape)} at indices ${formatShape(index)}: it must be ${formatShape(part2)}`);
    }
    return shape;
  },
  dtype: ([x, index]) => {
    checkIndexDType("put", index);
    return numericDType("put", [
      x
    ]);
  },
  forward: (output, [x, index], { axis, shape }) => {
    const { outer, length, inner } = lanesAlong(shape, axis);
    const count = index.data.length;
    output.data.fill(0);
    for (let o = 0; o < outer; o++) {
      for (let i = 0; i < count; i++) {
        const to = (o * length + resolveIndex("put", index.data[i], length)) * inner;
        const from = (o * count + i) * inner;
        for (let n = 0; n < inner; n++) output.data[to + n] += x.data[from + n];
      }
    }
  },
  pullbacks: [
    (g, [_x, index], _, { axis }) => g.take(index, {
      axis
    }),
    null
  ]
};
var oneHot = {
  name: "oneHot",
  mayRefuse: true,
  shape: (([labels], { classes, asker }) => checkShape(asker, [
    ...labels,
    classes
  ])),
  dtype: (([labels], { asker, dtype }) => {
    if (labels !== "int32") {
      throw new DTypeError(`Cannot ${asker} labels of kind ${labels}: class indices are int32`);
    }
    return dtype;
  }),
  forward: (output, [labels], { classes, asker }) => {
    output.data.fill(0);
    for (let i = 0; i < labels.data.length; i++) {
      const label2 = labels.data[i];
      if (label2 < 0 || label2 >= classes) {
        throw new IndexError(`Cannot ${asker} label ${label2} at position ${i}: there are ${classes} classes, 0 to ${classes - 1}`);
      }
      output.data[i * classes + label2] = 1;
    }
  },
  pullbacks: [
    null
  ]
};

// src/autodiff/recording.ts
var recording = true;
var transforms = 0;
var traces2 = 0;
var traceCount = 0;





function presentTrace() {
  return traceCount;
}


function noGrad(f) {
  if (typeof f !== "function") {
    throw new UsageError(`Cannot run ${describe(f)} without gradients: noGrad takes a function`);
  }
  return withRecording(false, f);
}

// src/autodiff/backward.ts


var pushAll = (({ origin }, stack2, met) => {
  if (origin === null) return;
  for (let i = origin.inputs.length - 1; i >= 0; i--) {
    const input = origin.inputs[i];
    if (input.place < met) stack2.push(input);
  }
});
var lastPlace = 0;





// src/autodiff/traced.ts
var TracingError = class extends UsageError {
};



// src/autodiff/tree.ts

var records = /* @__PURE__ */ new WeakSet();











// src/autodiff/variables.ts


function holdsFunction(tree) {
  if (!isBranch(tree) || isTraced(tree)) return false;
  return Object.values(tree).some((child) => typeof child === "function" || holdsFunction(child));
}
function checkNotBypassed(results, { variables: variables2, inputs }) {
  const used = new Set(history(results));
  const other2 = leavesOf(inputs).find((leaf) => used.has(leaf));
  if (other2 === void 0 || variables2.some((variable) => used.has(variable))) return;
  throw new UsageError(`Cannot differentiate by a leaf of shape ${formatShape(other2.shape)}: the function reads it from outside, though it is among its arguments. A function that is kept in a field reads the object that it was made in: write a method`);
}

function released(tree) {
  return mapTree(tree, (leaf) => leaf.detach());
}
function checkAlike(name3, given, [what, leaf]) {
  if (!sameShape(given.shape, leaf.shape)) {
    throw new ShapeError(`Cannot ${name3} of shape ${formatShape(given.shape)}: ${what} has shape ` + formatShape(leaf.shape));
  }
  const kindOf3 = (one2) => "size" in one2 ? one2.dtype : "a Value";
  const [kind, wanted] = [
    kindOf3(given),
    kindOf3(leaf)
  ];
  if (kind === wanted) return;
  throw new DTypeError(`Cannot ${name3} of kind ${kind}: ${what} is ${wanted}`);
}

// src/autodiff/transforms.ts

function grad(f) {
  const both2 = valueAndGrad(f);
  return (inputs, ...rest) => both2(inputs, ...rest)[1];
}
function gradients(result, sources) {
  checkScalar("differentiate", result);
  if (!Array.isArray(sources)) {
    throw new UsageError(`Cannot differentiate by ${describe(sources)}: sources are in an array, as in [x]`);
  }
  checkRecorded(result, sources);
  const leaves = {
    variables: sources
  };
  return pullBack([
    result
  ], [
    result.fillLike(1)
  ], leaves, true);
}
function vjp(f, ...inputs) {
  checkFunction("vjp", f);
  const { result, ...leaves } = applyToVariables("vjp", (x) => f(...x), inputs);
  const results = leavesOf(result);
  const pullback = (cotangent) => {
    const seeds = leavesLike("vjp", result, cotangent);
    seeds.forEach((seed, i) => {
      if (!results[i].isDifferentiable) return;
      checkAlike("vjp a cotangent", seed, [
        "the result",
        results[i]
      ]);
    });
    const record = mayBeAsked([
      ...results,
      ...seeds
    ], leaves.variables);
    const cotangents = pullBack(results, seeds, leaves, record);
    const tree = rebuild(inputs, cotangents);
    return inputs.length === 1 ? tree[0] : tree;
  };
  return [
    mayBeAsked(results, leaves.variables) ? result : released(result),
    pullback
  ];
}
function jvp(f, inputs, tangents) {
  checkFunction("jvp", f);
  if (!Array.isArray(inputs) || !Array.isArray(tangents)) {
    throw new UsageError(`Cannot jvp at ${describe(inputs)} along ${describe(tangents)}: both are arrays, one entry for each input`);
  }
  const { result, ...leaves } = applyToVariables("jvp", (x) => f(...x), inputs);
  const { variables: variables2 } = leaves;
  const directions = leavesLike("jvp", inputs, tangents);
  directions.forEach((direction, i) => {
    checkAlike("jvp along a tangent", direction, [
      "the input",
      variables2[i]
    ]);
  });
  const all = leavesOf(result);
  const results = all.filter((leaf) => leaf.isDifferentiable);
  const probes = results.map((leaf) => leaf.fillLike(0).asVariable());
  const pulled = pullBack(results, probes, leaves, true);
  const record = mayBeAsked([
    ...pulled,
    ...directions
  ], [
    ...variables2,
    ...probes
  ]);
  const along2 = pullBack(pulled, directions, {
    variables: probes
  }, record);
  const tangent = rebuild(result, all.map((leaf) => leaf.isDifferentiable ? along2.shift() : leaf.fillLike(0)));
  return [
    mayBeAsked(all, variables2) ? result : released(result),
    tangent
  ];
}
function jacobian(f) {
  checkFunction("jacobian", f);
  return (inputs) => {
    const { result, variables: variables2 } = applyToVariables("jacobian", f, inputs);
    if (typeof result !== "object" || result === null) {
      throw new UsageError(`Cannot jacobian a function that returns ${describe(result)}: it returns a tensor`);
    }
    return mapTree(result, (leaf) => {
      if (!("size" in leaf)) {
        throw new UsageError("Cannot jacobian a function that returns a Value: use gradients");
      }
      const output = leaf;
      const record = mayBeAsked([
        output
      ], variables2);
      const rows = Array.from({
        length: output.size
      }, (_, i) => pullBack([
        output
      ], [
        output.unitLike(i)
      ], {
        variables: variables2
      }, record));
      const blocks = variables2.map((variable, v) => {
        const own = variable;
        const shape = [
          ...output.shape,
          ...own.shape
        ];
        const lines = rows.map((row) => row[v].reshape([
          1,
          own.size
        ]));
        return lines.length === 0 ? own.fillLike(0).broadcastTo(shape) : lines[0].concat(lines.slice(1), {
          axis: 0
        }).reshape(shape);
      });
      return rebuild(inputs, blocks);
    });
  };
}
function hessian(f) {
  return jacobian(grad(f));
}
function checkRecorded(result, sources) {
  const used = /* @__PURE__ */ new Set();
  for (const [i, source2] of sources.entries()) {
    if (!isTraced(source2)) {
      throw new UsageError(`Cannot differentiate by ${describe(source2)}: source ${i} is no tensor or Value`);
    }
    if (isTracked(source2) || source2.isSymbolic || !source2.isDifferentiable) continue;
    if (used.size === 0) {
      for (const value2 of history([
        result
      ])) used.add(value2);
    }
    if (used.has(source2)) continue;
    throw new UsageError(`Cannot differentiate by source ${i}, of shape ${formatShape(source2.shape)}: nobody has recorded what is computed from it, make it with requiresGrad`);
  }
}



// src/ops/options.ts

function checkWhole(name3, what, number) {
  if (Number.isInteger(number)) return;
  throw new UsageError(`Cannot ${name3}: ${what} is ${describe(number)}, not a whole number`);
}


// src/autodiff/check_gradients.ts
var GradientError = class extends UsageError {
};
function checkGradients(f, inputs, options = {}) {
  if (typeof f !== "function" || !Array.isArray(inputs)) {
    throw new UsageError(`Cannot check gradients of ${describe(f)} at ${describe(inputs)}: it takes a function and an array of tensors`);
  }
  const { order = 1, epsilon = 1e-5, tolerance = 1e-6, random = sines() } = optionsOf("check gradients", options, {
    order: "2",
    epsilon: null,
    tolerance: null,
    random: null
  });
  if (!(Number.isInteger(order) && order > 0)) {
    throw new UsageError(`Cannot check gradients: order is ${describe(order)}, not a whole number above 0`);
  }
  if (!(Number.isFinite(epsilon) && epsilon > 0)) {
    throw new UsageError(`Cannot check gradients: epsilon is ${describe(epsilon)}, not a number above 0`);
  }
  if (!(Number.isFinite(tolerance) && tolerance >= 0)) {
    throw new UsageError(`Cannot check gradients: tolerance is ${describe(tolerance)}, not a number from 0 up`);
  }
  const points = inputs.map((input, i) => {
    checkDoublePrecision(`by input ${i}`, input);
    return input.detach().clone();
  });
  let derivative = f;
  for (let current = 1; current <= order; current++) {
    derivative = checkOrder(derivative, points, {
      order: current,
      epsilon,
      tolerance,
      random
    });
  }
}
function checkOrder(f, points, check) {
  const [result, pullback] = vjp(f, ...points);
  if (!isTraced(result) || !("dtype" in result)) {
    throw new UsageError("Cannot check gradients: the function must return one tensor");
  }
  checkDoublePrecision("of a result", result);
  const cotangent = result.size === 1 ? result.fillLike(1) : directionLike(result, check);
  const gradients2 = [
    pullback(cotangent)
  ].flat();
  points.forEach((_, input) => compareElements(f, points, {
    input,
    gradients: gradients2,
    cotangent,
    check
  }));
  const directions = points.map((point) => directionLike(point, check));
  const forwards = dot(cotangent, jvp(f, [
    ...points
  ], directions)[1]);
  const backwards = gradients2.reduce((total, g, i) => total + dot(g, directions[i]), 0);
  if (!agree(forwards, backwards, check)) {
    throw new GradientError(`Cannot confirm ${nameOf(check.order)} along a direction: forwards it is ${forwards}, backwards ${backwards}`);
  }
  const gradient = grad((xs) => f(...xs).mul(cotangent).sum());
  return (...xs) => gradient(xs).map((g, i) => g.mul(directions[i]).sum()).reduce((total, g) => total.add(g));
}
function compareElements(f, points, { input, gradients: gradients2, cotangent, check }) {
  const moved2 = points.map((point) => point.clone());
  const { data, shape } = moved2[input];
  const at = (x, element) => {
    data[element] = x;
    return withRecording(false, () => f(...moved2).clone());
  };
  for (let element = 0; element < data.length; element++) {
    const x = data[element];
    const high = x + check.epsilon * Math.max(1, Math.abs(x));
    const low = x - check.epsilon * Math.max(1, Math.abs(x));
    const change = at(high, element).sub(at(low, element));
    data[element] = x;
    const difference = dot(change, cotangent) / (high - low);
    const derivative = gradients2[input].data[element];
    if (!agree(derivative, difference, check)) {
      throw new GradientError(`Cannot confirm ${nameOf(check.order)} by input ${input} at element ${formatShape(indexOf(element, shape))}: it is ${derivative}, central differences say ${difference}`);
    }
  }
}
function checkDoublePrecision(what, value2) {
  if (value2.dtype !== "float64") {
    throw new DTypeError(`Cannot check gradients ${what} of kind ${value2.dtype}: rounding would hide mistakes, cast it, as in .cast("float64")`);
  }
}
function agree(a, b, { tolerance }) {
  return a === b || Math.abs(a - b) <= tolerance * Math.max(1, Math.abs(a), Math.abs(b));
}
function dot(a, b) {
  return a.mul(b).sum().item();
}
function directionLike(point, { random }) {
  const direction = point.fillLike(0);
  for (let i = 0; i < direction.size; i++) {
    const number = 2 * random.next() - 1;
    direction.data[i] = number < 0 ? number - 0.5 : number + 0.5;
  }
  return direction;
}
function sines() {
  let count = 0;
  return {
    next: () => (Math.sin(++count * count) + 1) / 2
  };
}
function indexOf(element, shape) {
  return stridesOf(shape).map((stride, axis) => Math.floor(element / stride) % shape[axis]);
}
function nameOf(order) {
  const names2 = [
    "first",
    "second",
    "third"
  ];
  return `the ${names2[order - 1] ?? `${order}th`} derivative`;
}

// src/autodiff/on_numbers.ts
var places = {
  g: 0,
  y: 1,
  inputs: [
    2,
    3,
    4
  ]
};
function forwardOnNumbers(op, inputCount) {
  const { scalar } = op;
  const { y, inputs } = places;
  const read2 = inputs.slice(0, inputCount).map((at) => `numbers[${at}], `).join("");
  const code = `(numbers, attributes) => { numbers[${y}] = k0(${read2}attributes); }`;
  op.onNumbers = generated(code, [
    scalar
  ]) ?? ((numbers3, attributes) => {
    numbers3[y] = scalar(...numbers3.subarray(inputs[0], inputs[0] + inputCount), attributes);
  });
  return op.onNumbers;
}
function pullbackOnNumbers(pullback, attributes, make2) {
  const codes = /* @__PURE__ */ new Map();
  const parameter = (code) => {
    const symbol = make2(null);
    codes.set(symbol, code);
    return symbol;
  };
  const [g, y, ...inputs] = [
    places.g,
    places.y,
    ...places.inputs
  ].map((at) => parameter(`numbers[${at}]`));
  const named = Object.keys(attributes ?? {}).map((name3) => [
    name3,
    parameter(`attributes.${name3}`)
  ]);
  const result = pullback(g, inputs, y, Object.fromEntries(named));
  pullback.onNumbers = written(result, codes) ?? interpreted(pullback, make2);
  return pullback.onNumbers;
}
function written(result, codes) {
  const constants = [];
  const constant3 = (thing) => `k${constants.push(thing) - 1}`;
  const lines = [];
  for (const value2 of history([
    result
  ])) {
    if (codes.has(value2)) continue;
    if (value2.origin === null) {
      codes.set(value2, constant3(value2.data));
      continue;
    }
    const { op, inputs, attributes } = value2.origin;
    const operands = inputs.map((input) => codes.get(input));
    if (attributes !== void 0) operands.push(constant3(attributes));
    codes.set(value2, `t${lines.length}`);
    const { scalar } = op;
    lines.push(`const t${lines.length} = ${constant3(scalar)}(${operands.join(", ")});`);
  }
  lines.push(`sums[at] += ${codes.get(result)};`);
  return generated(`(numbers, attributes, sums, at) => { ${lines.join(" ")} }`, constants);
}
var generatedCount = 0;
function generated(code, constants) {
  const body = `return ${code}; // ${generatedCount++}`;
  try {
    return new Function(...constants.map((_, i) => `k${i}`), body)(...constants);
  } catch {
    return null;
  }
}
function interpreted(pullback, make2) {
  return (numbers3, attributes, sums2, at) => {
    const [g, y, ...inputs] = Array.from(numbers3, make2);
    sums2[at] += pullback(g, inputs, y, attributes).data;
  };
}

// src/ops/elementwise.ts
var elementwise_exports = {};
__export(elementwise_exports, {
  abs: (() => abs),
  acos: () => acos,
  acosh: () => acosh,
  add: (() => add),
  asin: () => asin,
  asinh: () => asinh,
  atan: () => atan,
  atan2: () => atan2,
  atanh: () => atanh,
  ceil: () => ceil,
  clamp: () => clamp,
  cos: () => cos,
  cosh: () => cosh,
  div: (() => div),
  elu: () => elu,
  equal: () => equal,
  erf: () => erf2,
  erfc: () => erfc2,
  exp: (() => exp),
  exp2: () => exp2,
  expm1: (() => expm1),
  floor: () => floor,
  fmod: () => fmod,
  greater: (() => greater),
  greaterEqual: () => greaterEqual,
  hardtanh: () => hardtanh,
  hypot: () => hypot,
  identity: (() => identity),
  isFinite: () => isFinite,
  isNaN: () => isNaN,
  leakyRelu: () => leakyRelu,
  less: (() => less),
  lessEqual: () => lessEqual,
  log: () => log,
  log10: () => log10,
  log1p: () => log1p,
  log2: () => log2,
  logaddexp: () => logaddexp,
  logicalAnd: () => logicalAnd,
  logicalNot: () => logicalNot,
  logicalOr: () => logicalOr,
  logicalXor: () => logicalXor,
  maximum: () => maximum,
  minimum: () => minimum,
  mul: (() => mul),
  neg: (() => neg),
  normalCdf: () => normalCdf2,
  notEqual: () => notEqual,
  pow: () => pow,
  power: () => power2,
  reciprocal: (() => reciprocal),
  relu: (() => relu),
  remainder: () => remainder2,
  round: () => round,
  rsqrt: () => rsqrt,
  sigmoid: () => sigmoid2,
  sign: () => sign,
  sin: () => sin,
  sinh: () => sinh,
  softplus: () => softplus2,
  sqrt: (() => sqrt),
  square: (() => square),
  stopGradient: () => stopGradient,
  sub: (() => sub),
  tan: () => tan,
  tanh: (() => tanh),
  trunc: () => trunc,
  where: (() => where)
});

// src/ops/elementwise_op.ts






// src/ops/special.ts
var small = {
  numerator: [
    3.1611237438705655,
    113.86415415105016,
    377.485237685302,
    3209.3775891384694,
    0.18577770618460315
  ],
  denominator: [
    23.601290952344122,
    244.02463793444417,
    1282.6165260773723,
    2844.236833439171
  ]
};
var middle = {
  numerator: [
    0.5641884969886701,
    8.883149794388377,
    66.11919063714163,
    298.6351381974001,
    881.952221241769,
    1712.0476126340707,
    2051.0783778260716,
    1230.3393547979972,
    21531153547440383e-24
  ],
  denominator: [
    15.744926110709835,
    117.6939508913125,
    537.1811018620099,
    1621.3895745666903,
    3290.7992357334597,
    4362.619090143247,
    3439.3676741437216,
    1230.3393548037495
  ]
};
var large = {
  numerator: [
    0.30532663496123236,
    0.36034489994980445,
    0.12578172611122926,
    0.016083785148742275,
    6587491615298378e-19,
    0.016315387137302097
  ],
  denominator: [
    2.568520192289822,
    1.8729528499234673,
    0.5279051029514285,
    0.06051834131244132,
    0.0023352049762686918
  ]
};
function quotient({ numerator, denominator }, x) {
  const last2 = numerator.length - 1;
  let above = numerator[last2] * x;
  let below2 = x;
  for (let i = 0; i < last2 - 1; i++) {
    above = (above + numerator[i]) * x;
    below2 = (below2 + denominator[i]) * x;
  }
  return (above + numerator[last2 - 1]) / (below2 + denominator[last2 - 1]);
}
function gaussian(x, factor = 1) {
  const coarse2 = Math.trunc(x * 16) / 16;
  return Math.exp(-factor * coarse2 * coarse2) * Math.exp(-factor * (x - coarse2) * (x + coarse2));
}
function scaledTail(x) {
  if (x <= 4) return quotient(middle, x);
  const inverse = 1 / (x * x);
  return (1 / Math.sqrt(Math.PI) - inverse * quotient(large, inverse)) / x;
}
function tail(x) {
  return x > 27.3 ? 0 : gaussian(x) * scaledTail(x);
}
function erf(x) {
  const size = Math.abs(x);
  if (size <= 0.46875) return x * quotient(small, x * x);
  if (Number.isNaN(x)) return x;
  return x > 0 ? 1 - tail(size) : tail(size) - 1;
}
function erfc(x) {
  const size = Math.abs(x);
  if (size <= 0.46875) return 1 - x * quotient(small, x * x);
  if (Number.isNaN(x)) return x;
  return x > 0 ? tail(size) : 2 - tail(size);
}
function normalCdf(x) {
  const size = Math.abs(x), scaled2 = size * Math.SQRT1_2;
  if (scaled2 <= 0.46875) return 0.5 + x * Math.SQRT1_2 * quotient(small, scaled2 * scaled2) / 2;
  if (Number.isNaN(x)) return x;
  const rest = size > 39 ? 0 : gaussian(size, 0.5) * scaledTail(scaled2) / 2;
  return x > 0 ? 1 - rest : rest;
}
function sigmoid(x) {
  if (x >= 0) return 1 / (1 + Math.exp(-x));
  const e = Math.exp(x);
  return e / (1 + e);
}
function softplus(x) {
  return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
}
function logAddExp(a, b) {
  if (a === b) return a + Math.LN2;
  return Math.max(a, b) + Math.log1p(Math.exp(-Math.abs(a - b)));
}
function remainder(a, b) {
  const left = a % b;
  return left !== 0 && left < 0 !== b < 0 ? left + b : left;
}
function roundHalfEven(x) {
  const rounded2 = Math.round(x);
  return Math.abs(x - Math.trunc(x)) === 0.5 && rounded2 % 2 !== 0 ? rounded2 - 1 : rounded2;
}
function power(a, b) {
  return a === 1 || a === -1 && Math.abs(b) === Infinity ? 1 : Math.pow(a, b);
}

// src/ops/elementwise.ts
var add = binary("add", (a, b) => a + b, ((g) => g), ((g) => g));
var sub = binary("sub", (a, b) => a - b, ((g) => g), (g) => g.neg());
var mul = onIntegers(binary("mul", (a, b) => a * b, (g, _a, b) => g.mul(b), (g, a) => g.mul(a)), Math.imul);
var div = binary("div", ((a, b) => a / b), ((g, _a, b) => g.div(b)), (g, _a, b, y) => g.mul(y).div(b).neg(), floatDType);
var neg = unary("neg", ((x) => -x), ((g) => g.neg()), numericDType);
var reciprocal = unary("reciprocal", (x) => 1 / x, (g, _x, y) => g.mul(y).mul(y).neg());
var abs = unary("abs", Math.abs, (g, x) => g.mul(x.sign()), numericDType);
var sign = unary("sign", (x) => +(x > 0) - +(x < 0), null, numericDType);
var remainder2 = binary("remainder", remainder, (g) => g, (g, a, b, y) => g.mul(wholeQuotient(a, b, y).where(b.isFinite(), a.div(b).floor())).neg());
var fmod = binary("fmod", (a, b) => a % b, (g) => g, (g, a, b, y) => g.mul(wholeQuotient(a, b, y).where(b.isFinite(), 0)).neg());
var wholeQuotient = (a, b, y) => a.sub(y).div(b).round();
var floor = unary("floor", Math.floor, null);
var ceil = unary("ceil", Math.ceil, null);
var round = unary("round", roundHalfEven, null);
var trunc = unary("trunc", Math.trunc, null);
var hasReciprocal = (x) => x.square().greater(0);
var square = onIntegers(unary("square", (x) => x * x, ((g, x) => g.mul(x).mul(2)), numericDType), (x) => Math.imul(x, x));
var sqrt = unary("sqrt", Math.sqrt, (g, _x, y) => g.mul(0.5).div(y));
var rsqrt = unary("rsqrt", (x) => 1 / Math.sqrt(x), (g, x, y) => g.mul(y).div(x).mul(-0.5));
var power2 = unary("power", (x, { exponent }) => power(x, exponent), (g, x, _y, { exponent, lower }) => g.mul(exponent).mul(x.pow(lower)), (_, dtypes) => floatDType("pow", dtypes));
var pow = {
  ...binary("pow", power, (g, a, b) => g.mul(b).mul(a.pow(b.sub(1).where(hasReciprocal(a).logicalOr(b.notEqual(0)), 0))), (g, a, b, y) => g.mul(y).mul(a.where(a.notEqual(0).logicalOr(b.less(0)), 1).log()), floatDType),
  byNumber: (exponent) => ({
    op: power2,
    attributes: {
      exponent,
      lower: exponent === 0 ? 0 : exponent - 1
    }
  })
};
var hypot = binary("hypot", (a, b) => Math.hypot(a, b), (g, a, _b, y) => g.mul(a.div(y)), (g, _a, b, y) => g.mul(b.div(y)), floatDType);
var exp = unary("exp", Math.exp, (g, _x, y) => g.mul(y));
var exp2 = unary("exp2", (x) => 2 ** x, (g, _x, y) => g.mul(y).mul(Math.LN2));
var expm1 = unary("expm1", Math.expm1, (g, _x, y) => g.mul(y.add(1)));
var log = unary("log", Math.log, (g, x) => g.div(x));
var log2 = unary("log2", Math.log2, (g, x) => g.div(x).mul(Math.LOG2E));
var log10 = unary("log10", Math.log10, (g, x) => g.div(x).mul(Math.LOG10E));
var log1p = unary("log1p", Math.log1p, (g, x) => g.div(x.add(1)));
var logaddexp = binary("logaddexp", logAddExp, (g, a, b) => g.mul(a.sub(b).sigmoid()), (g, a, b) => g.mul(b.sub(a).sigmoid()), floatDType);
var sin = unary("sin", Math.sin, (g, x) => g.mul(x.cos()));
var cos = unary("cos", Math.cos, (g, x) => g.mul(x.sin()).neg());
var tan = unary("tan", Math.tan, (g, _x, y) => g.mul(y.square().add(1)));
var asin = unary("asin", Math.asin, (g, x) => g.div(complement(x).sqrt()));
var acos = unary("acos", Math.acos, (g, x) => g.div(complement(x).sqrt()).neg());
var atan = unary("atan", Math.atan, (g, x) => g.div(x.square().add(1)));
var atan2 = binary("atan2", Math.atan2, (g, y, x) => g.mul(x.div(y.square().add(x.square()))), (g, y, x) => g.mul(y.div(y.square().add(x.square()))).neg(), floatDType);
var sinh = unary("sinh", Math.sinh, (g, x) => g.mul(x.cosh()));
var cosh = unary("cosh", Math.cosh, (g, x) => g.mul(x.sinh()));
var tanh = unary("tanh", Math.tanh, ((g, _x, y) => g.sub(g.mul(y).mul(y))));
var asinh = unary("asinh", Math.asinh, (g, x) => g.div(x.hypot(1)));
var acosh = unary("acosh", Math.acosh, (g, x) => g.div(x.sub(1).sqrt()).div(x.add(1).sqrt()));
var atanh = unary("atanh", Math.atanh, (g, x) => g.div(complement(x)));
var complement = (x) => x.neg().add(1).mul(x.add(1));
var sigmoid2 = unary("sigmoid", sigmoid, (g, _x, y) => g.mul(y).mul(y.neg().add(1)));
var softplus2 = unary("softplus", softplus, (g, x) => g.mul(x.sigmoid()));
var relu = unary("relu", (x) => x <= 0 ? 0 : x, ((g, _x, y) => g.where(y.greater(0), 0)), numericDType);
var leakyRelu = unary("leakyRelu", (x, { slope }) => x > 0 ? x : slope * x, (g, x, _y, { slope }) => g.where(x.greater(0), g.mul(slope)));
var elu = unary("elu", (x, { alpha }) => x > 0 ? x : alpha * Math.expm1(x), (g, x, _y, { alpha }) => {
  const below2 = x.where(x.lessEqual(0), 0);
  return g.where(x.greater(0), g.mul(below2.exp()).mul(alpha));
});
var erf2 = unary("erf", erf, (g, x) => g.mul(bell(x)));
var erfc2 = unary("erfc", erfc, (g, x) => g.mul(bell(x)).neg());
var normalCdf2 = unary("normalCdf", normalCdf, (g, x) => g.mul(normalDensity(x)));
var bell = (x) => x.square().neg().exp().mul(2 / Math.sqrt(Math.PI));
var normalDensity = (x) => x.square().mul(-0.5).exp().mul(1 / Math.sqrt(2 * Math.PI));
var maximum = binary("maximum", (a, b) => Math.max(a, b), (g, a, b) => g.where(a.greater(b), g.mul(0.5).where(a.equal(b), 0)), (g, a, b) => g.where(b.greater(a), g.mul(0.5).where(a.equal(b), 0)));
var minimum = binary("minimum", (a, b) => Math.min(a, b), (g, a, b) => g.where(a.less(b), g.mul(0.5).where(a.equal(b), 0)), (g, a, b) => g.where(b.less(a), g.mul(0.5).where(a.equal(b), 0)));
function boundedDType(name3, dtypes, { min: min2, max: max2 }) {
  const dtype = numericDType(name3, dtypes);
  for (const bound of [
    min2,
    max2
  ]) {
    const isFar = Math.abs(bound) >= 2 ** 31 && bound === min2 === bound < 0;
    if (!isFar) fitting(name3, bound, dtype);
  }
  return dtype;
}
var clamp = unary("clamp", (x, { min: min2, max: max2 }) => Math.min(Math.max(x, min2), max2), (g, x, _y, { min: min2, max: max2 }) => g.where(x.greaterEqual(min2).logicalAnd(x.lessEqual(max2)), 0), boundedDType);
var hardtanh = unary("hardtanh", (x, { min: min2, max: max2 }) => Math.min(Math.max(x, min2), max2), (g, x, _y, { min: min2, max: max2 }) => g.where(x.greater(min2).logicalAnd(x.less(max2)), 0), boundedDType);
var equal = comparison("equal", (a, b) => a === b);
var notEqual = comparison("notEqual", (a, b) => a !== b);
var less = comparison("less", (a, b) => a < b);
var lessEqual = comparison("lessEqual", (a, b) => a <= b);
var greater = comparison("greater", (a, b) => a > b);
var greaterEqual = comparison("greaterEqual", (a, b) => a >= b);
var logicalAnd = comparison("logicalAnd", (a, b) => a !== 0 && b !== 0);
var logicalOr = comparison("logicalOr", (a, b) => a !== 0 || b !== 0);
var logicalXor = comparison("logicalXor", (a, b) => a !== 0 !== (b !== 0));
var logicalNot = predicate("logicalNot", (x) => x === 0);
var isNaN = predicate("isNaN", Number.isNaN);
var isFinite = predicate("isFinite", Number.isFinite);
var where = {
  name: "where",
  scalar: (condition, a, b) => condition ? a : b,
  shape: (([condition, a, b]) => broadcast("where", condition, broadcast("where", a, b))),
  dtype: (([condition, a, b]) => {
    if (condition !== "bool") {
      throw new DTypeError(`Cannot where ${condition}: the condition is bool, as in x.greater(0)`);
    }
    return sameDType("where", [
      a,
      b
    ]);
  }),
  forward: (output, [condition, a, b]) => choose(output, condition, a, b),
  pullbacks: [
    null,
    ((g, [condition]) => g.where(condition, 0)),
    (g, [condition]) => g.where(condition.logicalNot(), 0)
  ]
};
var identity = {
  ...unary("identity", (x) => x, (g) => g, ((_, dtypes) => dtypes[0])),
  alias: true
};
var stopGradient = {
  ...unary("stopGradient", (x) => x, null, (_, dtypes) => dtypes[0]),
  alias: true
};

// src/values/format.ts
function nested(data, shape, isBool) {
  const build = (axis, start, size) => {
    if (axis === shape.length) return isBool ? data[start] !== 0 : data[start];
    const step = shape[axis] === 0 ? 0 : size / shape[axis];
    return Array.from({
      length: shape[axis]
    }, (_, i) => build(axis + 1, start + i * step, step));
  };
  return build(0, 0, sizeOf(shape));
}
var edge = 3;
function formatTensor(tensor2, data) {
  const { name: name3, shape, dtype, requiresGrad } = tensor2;
  const title = [
    "Tensor",
    ...name3 === null ? [] : [
      name3
    ],
    formatShape(shape),
    dtype,
    ...requiresGrad ? [
      "requiresGrad"
    ] : []
  ].join(" ");
  if (data === null) return `${title} (traced)`;
  if (shape.length === 0) return `${title} ${formatNumber(data[0], dtype)}`;
  const longest2 = longestAxis(shape);
  const shown2 = shape.map((length) => shownIndices(length, longest2));
  const strides = shape.map((_, axis) => sizeOf(shape.slice(axis + 1)));
  const cells = [];
  const collect = (axis, start) => {
    if (axis === shape.length) return cells.push(formatNumber(data[start], dtype));
    for (const i of shown2[axis]) if (i !== null) collect(axis + 1, start + i * strides[axis]);
    return 0;
  };
  collect(0, 0);
  const width = Math.max(0, ...cells.map((cell) => cell.length));
  let next = 0;
  const write = (axis) => {
    if (axis === shape.length) return cells[next++].padStart(width);
    const parts = shown2[axis].map((i) => i === null ? "\u2026" : write(axis + 1));
    const between5 = axis === shape.length - 1 ? ", " : `,${"\n".repeat(Math.min(shape.length - 1 - axis, 2))}${" ".repeat(axis + 1)}`;
    return `[${parts.join(between5)}]`;
  };
  return `${title}
${write(0)}`;
}
function longestAxis(shape) {
  return sizeOf(shape) > 1e3 ? 2 * edge : 10;
}
function shownIndices(length, longest2) {
  if (length <= longest2) return Array.from({
    length
  }, (_, i) => i);
  return [
    ...Array.from({
      length: edge
    }, (_, i) => i),
    null,
    ...Array.from({
      length: edge
    }, (_, i) => length - edge + i)
  ];
}
function formatNumber(x, dtype = "float64") {
  if (dtype === "bool") return x === 0 ? "false" : "true";
  if (Object.is(x, -0)) return "-0";
  if (Number.isInteger(x) && Math.abs(x) < 1e15) return String(x);
  return String(Number(x.toPrecision(6)));
}

// src/values/display.ts
var replacements = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;"
};
function escapeHtml(text2) {
  return text2.replace(/[&<>"']/g, (mark) => replacements[mark]);
}
function htmlTable(rows, { headers, words: words2 = 0, isBracketed = false } = {}) {
  const row = (cells, name3) => {
    const set = cells.map((text2, i) => {
      const style2 = `padding:.15em .6em;text-align:${i < words2 ? "left" : "right"}`;
      return `<${name3} style="${style2}">${escapeHtml(text2)}</${name3}>`;
    });
    return `<tr>${set.join("")}</tr>`;
  };
  const head = headers === void 0 ? "" : `<thead>${row(headers, "th")}</thead>`;
  const body = rows.map((cells) => row(cells, "td")).join("");
  const side2 = "1.5px solid currentColor";
  const brackets = isBracketed ? `border-left:${side2};border-right:${side2};` : "";
  const style = "border-collapse:collapse;margin:.4em 0;font-variant-numeric:tabular-nums;";
  return `<table style="${style}${brackets}">${head}<tbody>${body}</tbody></table>`;
}
function htmlNote(text2) {
  return `<div style="opacity:.7;font-size:90%">${escapeHtml(text2)}</div>`;
}
function displayValue(value2) {
  const { name: name3, origin, isSymbolic } = value2;
  const cells = [
    ...name3 === null ? [] : [
      [
        "name",
        name3
      ]
    ],
    [
      "value",
      isSymbolic ? "traced" : formatNumber(value2.data)
    ],
    ...isSymbolic ? [] : [
      [
        "gradient",
        formatNumber(value2.grad)
      ]
    ],
    ...origin === null ? [] : [
      [
        "from",
        call(origin)
      ]
    ]
  ];
  const headers = cells.map(([header]) => header);
  return {
    "text/plain": String(value2),
    "text/html": htmlTable([
      cells.map(([, cell]) => cell)
    ], {
      headers
    })
  };
}
function call({ op, inputs }) {
  const written3 = inputs.map((input) => input.name ?? (input.isSymbolic ? "\u2026" : formatNumber(input.data)));
  return `${op.name}(${written3.join(", ")})`;
}
function displayTensor(tensor2, data) {
  const text2 = String(tensor2);
  const [title] = text2.split("\n", 1);
  const tables = data === null || tensor2.shape.length === 0 ? "" : matrices(tensor2, data);
  return {
    "text/plain": text2,
    "text/html": `<div>${htmlNote(title)}${tables}</div>`
  };
}
function matrices({ shape, dtype }, data) {
  const longest2 = longestAxis(shape);
  const shown2 = shape.map((length) => shownIndices(length, longest2));
  const strides = shape.map((_, axis) => sizeOf(shape.slice(axis + 1)));
  const [rows, columns2] = [
    shape.length - 2,
    shape.length - 1
  ];
  const line = (start) => shown2[columns2].map((i) => i === null ? "\u2026" : formatNumber(data[start + i], dtype));
  const table = (start) => htmlTable(rows < 0 ? [
    line(start)
  ] : shown2[rows].map((i) => {
    return i === null ? shown2[columns2].map(() => "\u2026") : line(start + i * strides[rows]);
  }), {
    isBracketed: true
  });
  const parts = [];
  const visit = (axis, start, place2) => {
    if (axis >= rows) {
      const title = place2.length === 0 ? "" : htmlNote(`${formatShape(place2).slice(0, -1)}, \u2026]`);
      parts.push(`<div>${title}${table(start)}</div>`);
      return;
    }
    for (const i of shown2[axis]) {
      if (i === null) parts.push("<div>\u2026</div>");
      else visit(axis + 1, start + i * strides[axis], [
        ...place2,
        i
      ]);
    }
  };
  visit(0, 0, []);
  return `<div style="display:flex;flex-wrap:wrap;gap:1em;overflow-x:auto">${parts.join("")}</div>`;
}

// src/values/arithmetic.ts
var Arithmetic = class {
  static {
    declareOwn(this);
  }
  // Arithmetic
  /** The sum `this + other`. */
  
  /** The difference `this - other`. */
  
  /** The product `this * other`. */
  
  /** The quotient `this / other`. */
  
  /** The power `this ^ exponent`; the derivative of `x^0` is 0, also at `x = 0`. */
  pow(exponent) {
    return this.apply(pow, [
      exponent
    ]);
  }
  /**
   * `this - other * floor(this / other)`: the remainder with the divisor's sign, as Python's `%`; a 0
   * has the sign of the dividend, as in PyTorch.
   */
  remainder(other2) {
    return this.apply(remainder2, [
      other2
    ]);
  }
  /** `this - other * trunc(this / other)`: the remainder with the dividend's sign, as JavaScript's `%`. */
  fmod(other2) {
    return this.apply(fmod, [
      other2
    ]);
  }
  /** The larger of the two; on a tie each gets half of the derivative. */
  maximum(other2) {
    return this.apply(maximum, [
      other2
    ]);
  }
  /** The smaller of the two; on a tie each gets half of the derivative. */
  minimum(other2) {
    return this.apply(minimum, [
      other2
    ]);
  }
  /** `sqrt(this^2 + other^2)`, without overflow. */
  hypot(other2) {
    return this.apply(hypot, [
      other2
    ]);
  }
  /** The angle of the point `(x, y)` in radians, `this` being `y` and `other` `x`. */
  atan2(other2) {
    return this.apply(atan2, [
      other2
    ]);
  }
  /** `log(e^this + e^other)`, without overflow. */
  logaddexp(other2) {
    return this.apply(logaddexp, [
      other2
    ]);
  }
  /** The negative `-this`. */
  
  /** `1 / this`. */
  
  /** The absolute value; its derivative at 0 is 0. */
  
  /** -1, 0 or 1; the derivative is 0. */
  sign() {
    return this.apply(sign, []);
  }
  /** `this * this`. */
  
  /** The square root; its derivative at 0 is infinite. */
  
  /** `1 / sqrt(this)`. */
  rsqrt() {
    return this.apply(rsqrt, []);
  }
  /** The next whole number below; the derivative is 0. */
  floor() {
    return this.apply(floor, []);
  }
  /** The next whole number above; the derivative is 0. */
  ceil() {
    return this.apply(ceil, []);
  }
  /** The nearest whole number, halves to the even one; the derivative is 0. */
  round() {
    return this.apply(round, []);
  }
  /** The whole number towards 0; the derivative is 0. */
  trunc() {
    return this.apply(trunc, []);
  }
  /** This value held between `min` and `max`; on a bound the derivative is 1. */
  clamp(min2 = null, max2 = null) {
    const bounds = {
      min: min2 ?? -Infinity,
      max: max2 ?? Infinity
    };
    checkNumber("clamp", "min", bounds.min);
    checkNumber("clamp", "max", bounds.max);
    return this.apply(clamp, [], bounds);
  }
  /** The weighted mean `this + weight * (end - this)`. */
  lerp(end, weight) {
    return this.add(this.neg().add(end).mul(weight));
  }
  // Comparisons and choices
  /** Whether the two are equal. */
  equal(other2) {
    return this.apply(equal, [
      other2
    ]);
  }
  /** Whether the two differ. */
  notEqual(other2) {
    return this.apply(notEqual, [
      other2
    ]);
  }
  /** Whether `this < other`. */
  
  /** Whether `this <= other`. */
  lessEqual(other2) {
    return this.apply(lessEqual, [
      other2
    ]);
  }
  /** Whether `this > other`. */
  
  /** Whether `this >= other`. */
  greaterEqual(other2) {
    return this.apply(greaterEqual, [
      other2
    ]);
  }
  /** Whether neither is zero. */
  logicalAnd(other2) {
    return this.apply(logicalAnd, [
      other2
    ]);
  }
  /** Whether not both are zero. */
  logicalOr(other2) {
    return this.apply(logicalOr, [
      other2
    ]);
  }
  /** Whether exactly one of the two is zero. */
  logicalXor(other2) {
    return this.apply(logicalXor, [
      other2
    ]);
  }
  /** Whether this is zero. */
  logicalNot() {
    return this.apply(logicalNot, []);
  }
  /** Whether this is not a number. */
  isNaN() {
    return this.apply(isNaN, []);
  }
  /** Whether this is neither infinite nor NaN. */
  isFinite() {
    return this.apply(isFinite, []);
  }
  /** This value where `condition` holds, `other` elsewhere. */
  
  /** `number` where `mask` holds, this value elsewhere. */
  
  /** The same value, through which no derivative flows. */
  stopGradient() {
    return this.apply(stopGradient, []);
  }
  /**
   * What JavaScript's own operators get: the text, as in a template. As a number, as in `x * 2` or
   * `x < 1`, which would be NaN or false without a word, it throws a `UsageError`.
   */
  [Symbol.toPrimitive](hint) {
    if (hint !== "number") return this.toString();
    throw new UsageError(`Cannot use a ${this.constructor.name} as a number: read it by .item(), or calculate by methods, as in x.mul(2)`);
  }
static {
  methodsOf(this.prototype, {
add: (function (other2) {
    return this.apply(add, [
      other2
    ]);
  }),
sub: (function (other2) {
    return this.apply(sub, [
      other2
    ]);
  }),
mul: (function (other2) {
    return this.apply(mul, [
      other2
    ]);
  }),
div: (function (other2) {
    return this.apply(div, [
      other2
    ]);
  }),
neg: (function () {
    return this.apply(neg, []);
  }),
reciprocal: (function () {
    return this.apply(reciprocal, []);
  }),
abs: (function () {
    return this.apply(abs, []);
  }),
square: (function () {
    return this.apply(square, []);
  }),
sqrt: (function () {
    return this.apply(sqrt, []);
  }),
less: (function (other2) {
    return this.apply(less, [
      other2
    ]);
  }),
greater: (function (other2) {
    return this.apply(greater, [
      other2
    ]);
  }),
where: (function (condition, other2) {
    checkCondition("where", condition);
    return condition.apply(where, [
      this,
      other2
    ]);
  }),
maskedFill: (function (mask, number) {
    checkCondition("maskedFill", mask);
    return mask.apply(where, [
      number,
      this
    ]);
  })
}); }
};


// src/values/functions.ts
var selu = {
  scale: 1.0507009873554805,
  alpha: 1.6732632423543772
};
var Functions = class extends Arithmetic {
  // Exponentials and logarithms
  /** `e^this`. */
  
  /** `2^this`. */
  exp2() {
    return this.apply(exp2, []);
  }
  /** `e^this - 1`, exact near 0. */
  
  /** The natural logarithm. */
  log() {
    return this.apply(log, []);
  }
  /** The logarithm to base 2. */
  log2() {
    return this.apply(log2, []);
  }
  /** The logarithm to base 10. */
  log10() {
    return this.apply(log10, []);
  }
  /** `log(1 + this)`, exact near 0. */
  log1p() {
    return this.apply(log1p, []);
  }
  // Trigonometric and hyperbolic functions, angles in radians
  /** The sine. */
  sin() {
    return this.apply(sin, []);
  }
  /** The cosine. */
  cos() {
    return this.apply(cos, []);
  }
  /** The tangent. */
  tan() {
    return this.apply(tan, []);
  }
  /** The arcsine. */
  asin() {
    return this.apply(asin, []);
  }
  /** The arccosine. */
  acos() {
    return this.apply(acos, []);
  }
  /** The arctangent. */
  atan() {
    return this.apply(atan, []);
  }
  /** The hyperbolic sine. */
  sinh() {
    return this.apply(sinh, []);
  }
  /** The hyperbolic cosine. */
  cosh() {
    return this.apply(cosh, []);
  }
  /** The hyperbolic tangent. */
  
  /** The inverse hyperbolic sine. */
  asinh() {
    return this.apply(asinh, []);
  }
  /** The inverse hyperbolic cosine. */
  acosh() {
    return this.apply(acosh, []);
  }
  /** The inverse hyperbolic tangent. */
  atanh() {
    return this.apply(atanh, []);
  }
  // Functions of probability and activation functions
  /** The error function, `2/sqrt(pi)` times the integral of `e^(-t^2)` from 0. */
  erf() {
    return this.apply(erf2, []);
  }
  /** `1 - erf(this)`, exact where it is tiny. */
  erfc() {
    return this.apply(erfc2, []);
  }
  /**
   * How likely a standard normal number is to be at most this (`ndtr` in SciPy and PyTorch):
   * `erfc(-this / sqrt(2)) / 2`, exact where it is tiny.
   */
  normalCdf() {
    return this.apply(normalCdf2, []);
  }
  /** The logistic function `1 / (1 + e^-x)`. */
  sigmoid() {
    return this.apply(sigmoid2, []);
  }
  /** `log(sigmoid(x))`, without overflow. */
  logSigmoid() {
    return this.neg().softplus().neg();
  }
  /** `log(1 + e^(beta x)) / beta`, exact at every size. */
  softplus(beta = 1) {
    checkNumber("softplus", "beta", beta);
    if (beta === 1) return this.apply(softplus2, []);
    const scaled2 = this.mul(beta);
    return this.where(scaled2.greater(40), scaled2.apply(softplus2, []).div(beta));
  }
  /** `x / (1 + |x|)`. */
  softsign() {
    return this.div(this.abs().add(1));
  }
  /** `max(x, 0)`; its derivative at 0 is 0. */
  
  /** `min(max(x, 0), 6)`; its derivative at 0 and 6 is 0. */
  relu6() {
    return this.apply(hardtanh, [], {
      min: 0,
      max: 6
    });
  }
  /** `x` above 0, `slope * x` below; its derivative at 0 is the slope. */
  leakyRelu(slope = 0.01) {
    checkNumber("leakyRelu", "slope", slope);
    return this.apply(leakyRelu, [], {
      slope
    });
  }
  /** `x` above 0, `alpha * (e^x - 1)` below; its derivative at 0 is `alpha`. */
  elu(alpha = 1) {
    checkNumber("elu", "alpha", alpha);
    return this.apply(elu, [], {
      alpha
    });
  }
  /** The self-normalising ELU of Klambauer et al. (2017), with their two constants. */
  selu() {
    return this.elu(selu.alpha).mul(selu.scale);
  }
  /**
   * `x * Phi(x)`, `Phi` being the distribution function of the standard normal distribution
   * (Hendrycks and Gimpel, 2016); `"tanh"` is their approximation of it.
   */
  gelu(approximate = "none") {
    if (approximate === "none") return this.mul(this.normalCdf());
    if (approximate !== "tanh") {
      throw new UsageError(`Cannot gelu by ${describe(approximate)}: it is "none" or "tanh"`);
    }
    const inner = this.pow(3).mul(0.044715).add(this).mul(Math.sqrt(2 / Math.PI));
    return this.mul(inner.tanh().add(1)).mul(0.5);
  }
  /** `x * sigmoid(x)`, also called swish. */
  silu() {
    return this.mul(this.sigmoid());
  }
  /** `x * tanh(softplus(x))`. */
  mish() {
    return this.mul(this.softplus().tanh());
  }
  /** `x` held between `min` and `max`; on a bound the derivative is 0. */
  hardtanh(min2 = -1, max2 = 1) {
    checkNumber("hardtanh", "min", min2);
    checkNumber("hardtanh", "max", max2);
    return this.apply(hardtanh, [], {
      min: min2,
      max: max2
    });
  }
  /** `x / 6 + 1/2` held between 0 and 1. */
  hardSigmoid() {
    return this.div(6).add(0.5).hardtanh(0, 1);
  }
  /** `x * min(max(x + 3, 0), 6) / 6`. */
  hardSwish() {
    return this.mul(this.add(3).clamp(0, 6)).div(6);
  }
static {
  methodsOf(this.prototype, {
exp: (function () {
    return this.apply(exp, []);
  }),
expm1: (function () {
    return this.apply(expm1, []);
  }),
tanh: (function () {
    return this.apply(tanh, []);
  }),
relu: (function () {
    return this.apply(relu, []);
  })
}); }
};

// src/values/number_cell.ts
var blockLength = 256;
var block = new Float64Array(2 * blockLength);
var last = blockLength - 1;
var made = 0;
var NumberCell = class extends Functions {
  /** How many values were made before it: a formula names variables in this order. */
  id;
  #block;
  /** Holds a number, or null to trace a function. */
  constructor(number) {
    super();
    this.id = made++;
    const at = this.id & last;
    if (at === 0) block = new Float64Array(2 * blockLength);
    this.#block = number === null ? null : block;
    if (number !== null) block[at] = number;
  }
  /** The number; it may be changed, as gradient descent does. */
  get data() {
    if (this.#block === null) throw untimely("read");
    return this.#block[this.id & last];
  }
  set data(number) {
    if (this.#block === null) throw untimely("change");
    this.#block[this.id & last] = number;
  }
  /** What `backward()` has added up so far. */
  get grad() {
    return this.#block === null ? 0 : this.#block[blockLength + (this.id & last)];
  }
  set grad(number) {
    if (this.#block === null) throw untimely("change");
    this.#block[blockLength + (this.id & last)] = number;
  }
  /** Forgets the derivative in `grad`. */
  zeroGrad() {
    this.grad = 0;
  }
  /** Whether the number is not known yet, since a function is being traced. */
  get isSymbolic() {
    return this.#block === null;
  }
  /** The number. */
  item() {
    return this.data;
  }
  /** What becomes of it in JSON: the number alone, `null` for NaN and infinities. */
  toJSON() {
    return this.data;
  }
};
function untimely(action) {
  return new TracingError(`Cannot ${action} the number of a Value while it is being traced`);
}

// src/values/value.ts
var scalarShape = [];
var numbers = new Float64Array(5);
var numbersBack = new Float64Array(5);
var none = {};
var Value = class Value extends NumberCell {
  /** @internal */
  place = 0;
  #op = null;
  #first = null;
  #second = null;
  #details;
  /** Makes a value of its number, or of null to trace a function; users call `value`. */
  constructor(number, details = none) {
    super(number);
    this.#details = details;
  }
  /** What it is called in a formula, or null. */
  get name() {
    return this.#details.name ?? null;
  }
  /** Whether derivatives by it are wanted: so for every value that is not a plain number. */
  get requiresGrad() {
    return this.#details.requiresGrad ?? false;
  }
  /** The call that made it, or null where it was not computed or nobody will ask. */
  get origin() {
    if (this.#op === null) return null;
    const { attributes, third, isCut = false, trace: trace3 = 0 } = this.#details;
    const inputs = [
      this.#first
    ];
    if (this.#second !== null) inputs.push(this.#second);
    if (third) inputs.push(third);
    return {
      op: this.#op,
      inputs,
      attributes,
      isCut,
      trace: trace3
    };
  }
  /** A scalar has no axes. */
  get shape() {
    return scalarShape;
  }
  /** A number in double precision. */
  get dtype() {
    return "float64";
  }
  /** A value holds a floating-point number. */
  get isDifferentiable() {
    return true;
  }
  /** The value with its name and derivative. */
  toString() {
    const title = this.name === null ? "Value" : `Value ${this.name}`;
    if (this.isSymbolic) return `${title} (traced)`;
    return `${title} ${formatNumber(this.data)}, grad ${formatNumber(this.grad)}`;
  }
  /** What `console.log` shows in Deno. */
  [Symbol.for("Deno.customInspect")]() {
    return this.toString();
  }
  /** What `console.log` shows in Node. */
  [Symbol.for("nodejs.util.inspect.custom")]() {
    return this.toString();
  }
  /** What a notebook shows. */
  [Symbol.for("Jupyter.display")]() {
    return displayValue(this);
  }
  // Derivatives
  /**
   * Adds to the `grad` of every value that this one was computed from its derivative by it. Calling
   * it twice adds up twice; `zeroGrad` clears. A function that is compiled has to return derivatives
   * instead, as `gradients` gives them.
   */
  backward() {
    if (isTracing() || this.isSymbolic) {
      throw new TracingError("Cannot backward while a function is being traced: return what gradients() or grad() gives");
    }
    if (!Value.#isTracked(this) || this.#details.isCut === true) {
      throw new UsageError("Cannot backward from a Value that depends on none made by value()");
    }
    const order = history([
      this
    ], Value.#pushSources);
    const cotangents = new Float64Array(order.length).fill(-0);
    cotangents[order.length - 1] = 1;
    const start = order[0].place;
    for (let i = order.length - 1; i >= 0; i--) Value.#carryBack(order[i], start, cotangents);
  }
  /** Adds the cotangent of a value to its `grad`, and what becomes of it to those of its inputs. */
  static #carryBack(value2, start, cotangents) {
    const g = cotangents[value2.place - start];
    value2.grad += g;
    if (value2.#op === null || value2.#details.isCut === true) return;
    const first2 = value2.#first;
    const second = value2.#second;
    const third = value2.#details.third ?? null;
    numbersBack[0] = g;
    numbersBack[1] = value2.data;
    numbersBack[2] = first2.data;
    if (second !== null) numbersBack[3] = second.data;
    if (third !== null) numbersBack[4] = third.data;
    const rules = value2.#op.pullbacks;
    Value.#pull(value2, first2, rules[0], cotangents, start);
    if (second !== null) Value.#pull(value2, second, rules[1], cotangents, start);
    if (third !== null) Value.#pull(value2, third, rules[2], cotangents, start);
  }
  /** Adds to the cotangent of an input what a rule makes of the numbers that are laid out. */
  static #pull(value2, input, rule, cotangents, start) {
    if (rule === null || input.place < start) return;
    const { attributes } = value2.#details;
    const pullback = rule.onNumbers ?? pullbackOnNumbers(rule, attributes, make);
    pullback(numbersBack, attributes, cotangents, input.place - start);
  }
  /** Puts the inputs that derivatives flow back to on the stack of a walk, the first on top. */
  static #pushSources(value2, stack2, met) {
    if (value2.#op === null || value2.#details.isCut === true) return;
    const rules = value2.#op.pullbacks;
    const first2 = value2.#first;
    const second = value2.#second;
    const third = value2.#details.third ?? null;
    if (third !== null && rules[2] !== null && Value.#isNewSource(third, met)) stack2.push(third);
    if (second !== null && rules[1] !== null && Value.#isNewSource(second, met)) stack2.push(second);
    if (rules[0] !== null && Value.#isNewSource(first2, met)) stack2.push(first2);
  }
  /** Whether derivatives flow back to a value that a walk has not met yet. */
  static #isNewSource(value2, met) {
    return value2.place < met && Value.#isTracked(value2);
  }
  /** Whether derivatives flow back to a value. */
  static #isTracked(value2) {
    return value2.#op !== null || value2.#details.requiresGrad === true;
  }
  /** A scalar is never broadcast: this cotangent itself. */
  sumLike(_input) {
    return this;
  }
  /** The same number as a variable of a transform, still connected to this value. */
  asVariable() {
    if (Value.#isTracked(this) || this.isSymbolic) return this.apply(identity, []);
    return new Value(this.data, {
      name: this.name,
      requiresGrad: true
    });
  }
  /** The same number without a history. */
  detach() {
    if (this.isSymbolic || isTracing() && Value.#isTracked(this)) {
      return this.apply(stopGradient, []);
    }
    return new Value(this.data, {
      name: this.name
    });
  }
  /** A plain number. */
  fillLike(number) {
    return new Value(number);
  }
  /** @internal */
  apply(op, others, attributes) {
    const second = others.length > 0 ? others[0] : null;
    const third = others.length > 1 ? others[1] : null;
    return Value.#call(op, attributes, this, second, third);
  }
  /** Applies an operation to one to three inputs; `apply` is small so that its array is not made. */
  static #call(op, attributes, first2, b, c) {
    const second = b === null ? null : operand(op, b);
    const third = c === null ? null : operand(op, c);
    const given = third !== null ? 3 : second !== null ? 2 : 1;
    if (given < op.pullbacks.length) operand(op, null);
    const isKnown = !(first2.isSymbolic || second?.isSymbolic || third?.isSymbolic);
    const isTracked2 = Value.#isTracked(first2) || second !== null && Value.#isTracked(second) || third !== null && Value.#isTracked(third);
    const isRemembered = !isKnown || isTracked2 && (isRecording() || isTracing());
    const isUsual = attributes === void 0 && third === null && !isTracing();
    const details = isUsual || !isRemembered ? none : {
      attributes,
      third,
      isCut: !isRecording(),
      trace: presentTrace()
    };
    const result = new Value(isKnown ? 0 : null, details);
    if (isKnown) {
      Value.#compute(op, attributes, first2, second, third);
      result.data = numbers[1];
    }
    if (!isRemembered) return result;
    result.#op = op;
    result.#first = first2;
    result.#second = second;
    return result;
  }
  /** Leaves among the numbers what an operation makes of its one to three inputs. */
  static #compute(op, attributes, first2, second, third) {
    numbers[2] = first2.data;
    if (second !== null) numbers[3] = second.data;
    if (third !== null) numbers[4] = third.data;
    const inputCount = third !== null ? 3 : second !== null ? 2 : 1;
    (op.onNumbers ?? forwardOnNumbers(op, inputCount))(numbers, attributes);
  }
};
var make = (number) => new Value(number);
function operand(op, other2) {
  if (typeof other2 === "number") return new Value(other2);
  if (other2 instanceof Value) return other2;
  throw new UsageError(`Cannot ${op.name} a Value and ${describe(other2)}: use a number`);
}
function value(data, name3) {
  const isNumber3 = typeof data === "number", isNamed = typeof (name3 ?? "") === "string";
  if (isNumber3 && isNamed) return new Value(data, {
    name: name3 ?? null,
    requiresGrad: true
  });
  const what = isNumber3 ? `named ${describe(name3)}` : `of ${describe(data)}`;
  const why = isNumber3 ? 'a name is a text, as in value(2, "x")' : "it is no number";
  throw new UsageError(`Cannot make a Value ${what}: ${why}`);
}

// src/ops/op.ts



function sameAttributes(a, b) {
  if (Object.is(a, b)) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  let fields = 0;
  for (const field in a) {
    if (!sameAttributes(a[field], b[field])) return false;
    fields++;
  }
  for (const _ in b) fields--;
  return fields === 0;
}

// src/ops/moves.ts


function runOf({ lengths, from, to }) {
  const loop = joinAxes({
    lengths,
    strides: [
      from.strides,
      to.strides
    ]
  });
  const [read2, written3] = loop.strides.map((strides) => strides.at(-1));
  return written3 === 1 && (read2 === 1 || read2 === 0) ? loop.lengths.at(-1) : 1;
}



// src/ops/window.ts
function windowCounts(name3, shape, windows) {
  const { lengths, strides, dilations } = windows;
  const before = shape.length - lengths.length;
  return lengths.map((length, i) => {
    const span = dilations[i] * (length - 1) + 1;
    const available = shape[before + i];
    if (span <= available) return Math.floor((available - span) / strides[i]) + 1;
    throw new ShapeError(`Cannot ${name3} ${formatShape(shape)}: axis ${before + i} has length ${available}, a window spans ${span}`);
  });
}
var unfold = moving({
  name: "unfold",
  shape: ([x], windows) => {
    const before = x.slice(0, x.length - windows.lengths.length);
    const natural = [
      ...before,
      ...windowCounts("unfold", x, windows),
      ...windows.lengths
    ];
    return windows.axes.map((axis) => natural[axis]);
  },
  dtype: ([x]) => x,
  moves: ([x], output, windows) => readAlong(walkAlong(windows, x), output),
  pullbacks: [
    (g, [x], _, windows) => g.fold(windows, x.shape)
  ]
});
var fold = moving({
  name: "fold",
  shape: ([x], { shape, ...windows }) => {
    const unfolded = unfold.shape([
      shape
    ], windows);
    if (sameShape(x, unfolded)) return shape;
    throw new ShapeError(`Cannot fold ${formatShape(x)} into ${formatShape(shape)}: its windows are ` + formatShape(unfolded));
  },
  dtype: (dtypes) => numericDType("fold", dtypes),
  moves: ([x], output, windows) => ({
    fill: 0,
    moves: [
      {
        input: 0,
        lengths: x,
        from: wholeOf(x),
        to: walkAlong(windows, output)
      }
    ],
    adds: true
  }),
  pullbacks: [
    (g, _, _y, windows) => g.unfold(windows)
  ]
});
function walkAlong({ lengths, strides, dilations, axes }, shape) {
  const own = stridesOf(shape);
  const before = shape.length - lengths.length;
  const natural = [
    ...own.slice(0, before),
    ...strides.map((stride, i) => stride * own[before + i]),
    ...dilations.map((dilation, i) => dilation * own[before + i])
  ];
  return {
    start: 0,
    strides: axes.map((axis) => natural[axis])
  };
}

// src/ops/linalg.ts


var matmul = {
  name: "matmul",
  shape: (([a, b], transposition) => {
    checkProduct(a, b, transposition);
    const { rows, columns: columns2 } = productSizes(a, b, transposition);
    if (a.length === 2 && b.length === 2) return [
      rows,
      columns2
    ];
    return [
      ...broadcast("matmul", a.slice(0, -2), b.slice(0, -2)),
      rows,
      columns2
    ];
  }),
  dtype: ((dtypes) => numericDType("matmul", dtypes)),
  forward: (output, [a, b], transposition) => {
    const { rows, inner, columns: columns2 } = productSizes(a.shape, b.shape, transposition);
    const batch = output.shape.slice(0, -2);
    const count = sizeOf(batch);
    for (let i = 0; i < count; i++) {
      multiply({
        data: output.data,
        start: i * rows * columns2,
        row: columns2,
        column: 1
      }, view(a.data, batchOf(i, batch, a.shape) * rows * inner, a.shape, transposition.transposeA), view(b.data, batchOf(i, batch, b.shape) * inner * columns2, b.shape, transposition.transposeB), {
        rows,
        inner,
        columns: columns2
      });
    }
  },
  pullbacks: [
    ((g, [_, b], _y, t) => t.transposeA ? b.matmul(g, {
      transposeA: t.transposeB,
      transposeB: true
    }) : g.matmul(b, {
      transposeB: !t.transposeB
    })),
    ((g, [a], _y, t) => t.transposeB ? g.matmul(a, {
      transposeA: true,
      transposeB: t.transposeA
    }) : a.matmul(g, {
      transposeA: !t.transposeA
    }))
  ]
};
function batchOf(i, batch, shape) {
  let index = 0;
  let stride = 1;
  for (let axis = 1; axis <= batch.length; axis++) {
    const length = batch.at(-axis);
    const own = shape.length >= axis + 2 ? shape.at(-axis - 2) : 1;
    if (own !== 1) index += i % length * stride;
    stride *= own;
    i = Math.floor(i / length);
  }
  return index;
}
function view(data, start, shape, transposed3) {
  const length = shape.at(-1);
  return transposed3 ? {
    data,
    start,
    row: 1,
    column: length
  } : {
    data,
    start,
    row: length,
    column: 1
  };
}
function multiply(c, a, b, { rows, inner, columns: columns2 }) {
  const tiledRows = rows - rows % 4;
  const tiledColumns = columns2 - columns2 % 4;
  for (let i = 0; i < tiledRows; i += 4) {
    for (let j = 0; j < tiledColumns; j += 4) multiplyTile(c, a, b, i, j, inner);
  }
  for (let i = 0; i < rows; i++) {
    const first2 = i < tiledRows ? tiledColumns : 0;
    for (let j = first2; j < columns2; j++) {
      let sum3 = 0;
      for (let k = 0; k < inner; k++) {
        sum3 += a.data[a.start + i * a.row + k * a.column] * b.data[b.start + k * b.row + j * b.column];
      }
      c.data[c.start + i * c.row + j * c.column] = sum3;
    }
  }
}
function multiplyTile(c, a, b, i, j, inner) {
  const x = a.data, y = b.data;
  let at = a.start + i * a.row, bt = b.start + j * b.column;
  const a1 = a.row, a2 = 2 * a.row, a3 = 3 * a.row;
  const b1 = b.column, b2 = 2 * b.column, b3 = 3 * b.column;
  let c00 = 0, c01 = 0, c02 = 0, c03 = 0, c10 = 0, c11 = 0, c12 = 0, c13 = 0;
  let c20 = 0, c21 = 0, c22 = 0, c23 = 0, c30 = 0, c31 = 0, c32 = 0, c33 = 0;
  for (let k = 0; k < inner; k++, at += a.column, bt += b.row) {
    const x0 = x[at], x1 = x[at + a1], x2 = x[at + a2], x3 = x[at + a3];
    const y0 = y[bt], y1 = y[bt + b1], y2 = y[bt + b2], y3 = y[bt + b3];
    c00 += x0 * y0, c01 += x0 * y1, c02 += x0 * y2, c03 += x0 * y3;
    c10 += x1 * y0, c11 += x1 * y1, c12 += x1 * y2, c13 += x1 * y3;
    c20 += x2 * y0, c21 += x2 * y1, c22 += x2 * y2, c23 += x2 * y3;
    c30 += x3 * y0, c31 += x3 * y1, c32 += x3 * y2, c33 += x3 * y3;
  }
  const to = c.data, s = c.start + i * c.row + j;
  const r1 = s + c.row, r2 = r1 + c.row, r3 = r2 + c.row;
  to[s] = c00, to[s + 1] = c01, to[s + 2] = c02, to[s + 3] = c03;
  to[r1] = c10, to[r1 + 1] = c11, to[r1 + 2] = c12, to[r1 + 3] = c13;
  to[r2] = c20, to[r2 + 1] = c21, to[r2 + 2] = c22, to[r2 + 3] = c23;
  to[r3] = c30, to[r3 + 1] = c31, to[r3 + 2] = c32, to[r3 + 3] = c33;
}

// src/ops/structural.ts
var keepsDType = (([x]) => x);
var reshape = {
  name: "reshape",
  shape: (([x], { shape }) => {
    if (sizeOf(x) !== sizeOf(shape)) {
      throw new ShapeError(`Cannot reshape ${formatShape(x)} to ${formatShape(shape)}: it has ${sizeOf(x)} elements, not ${sizeOf(shape)}`);
    }
    return shape;
  }),
  dtype: keepsDType,
  forward: (output, [x]) => output.data.set(x.data),
  pullbacks: [
    (g, [x]) => g.reshape(x.shape)
  ],
  alias: true
};
var permute = moving({
  name: "permute",
  shape: ([x], { axes }) => axes.map((axis) => x[axis]),
  dtype: keepsDType,
  moves: ([x], output, { axes }) => {
    const strides = stridesOf(x);
    return readAlong({
      start: 0,
      strides: axes.map((axis) => strides[axis])
    }, output);
  },
  pullbacks: [
    (g, _, _y, { axes }) => g.permute(axes.map((_2, axis) => axes.indexOf(axis)))
  ]
});
var broadcastTo = moving({
  name: "broadcastTo",
  shape: (([x], { shape }) => {
    if (!sameShape(broadcast("broadcastTo", x, shape), shape)) {
      throw new ShapeError(`Cannot broadcastTo ${formatShape(shape)} from ${formatShape(x)}`);
    }
    return shape;
  }),
  dtype: keepsDType,
  moves: (([x], output) => readAlong({
    start: 0,
    strides: broadcastStrides(x, output)
  }, output)),
  pullbacks: [
    (g) => g
  ]
});


var wideRow = 64;
function sumLanes(to, from, { outer, length, inner }) {
  for (let o = 0; o < outer; o++) {
    for (let i = 0; i < inner; i++) {
      let total = 0;
      const start = o * length * inner + i;
      const end = start + length * inner;
      for (let at = start; at < end; at += inner) total += from[at];
      to[o * inner + i] = total;
    }
  }
}
function sumRows(to, from, { outer, length, inner }) {
  const totals = new Float64Array(inner);
  for (let o = 0, at = 0; o < outer; o++) {
    totals.fill(0);
    for (let l = 0; l < length; l++) {
      for (let i = 0; i < inner; i++, at++) totals[i] += from[at];
    }
    to.set(totals, o * inner);
  }
}
var sum = {
  name: "sum",
  shape: (([x], run2) => withoutRun(x, run2)),
  dtype: (([x]) => x === "bool" ? "int32" : x),
  forward: (output, [x], { first: first2, last: last2 }) => {
    const lanes = lanesAlong(x.shape, first2, last2);
    if (lanes.inner < wideRow) sumLanes(output.data, x.data, lanes);
    else sumRows(output.data, x.data, lanes);
  },
  pullbacks: [
    ((g, [x], _, run2) => g.reshape(keepRun(x.shape, run2)).broadcastTo(x.shape))
  ]
};
var slice = moving({
  name: "slice",
  shape: (_, { lengths }) => lengths,
  dtype: keepsDType,
  moves: ([x], output, place2) => readAlong(walkAt(place2, x), output),
  pullbacks: [
    (g, [x], _, place2) => g.unslice(place2, x.shape)
  ]
});
var unslice = moving({
  name: "unslice",
  shape: (_, { shape }) => shape,
  dtype: keepsDType,
  moves: ([x], output, { value: value2, ...place2 }) => ({
    fill: value2,
    moves: [
      {
        input: 0,
        lengths: x,
        from: wholeOf(x),
        to: walkAt(place2, output)
      }
    ]
  }),
  pullbacks: [
    (g, _, _y, place2) => g.sliceAt(place2)
  ]
});
var overwrite = moving({
  name: "overwrite",
  shape: ([x]) => x,
  dtype: (dtypes) => sameDType("overwrite", dtypes),
  moves: ([x, part2], output, place2) => ({
    moves: [
      {
        input: 0,
        lengths: x,
        from: wholeOf(x),
        to: wholeOf(output)
      },
      {
        input: 1,
        lengths: part2,
        from: wholeOf(part2),
        to: walkAt(place2, output)
      }
    ]
  }),
  pullbacks: [
    (g, [_, part2], _y, place2) => g.overwriteAt(place2, part2.fillLike(0)),
    (g, _, _y, place2) => g.sliceAt(place2)
  ]
});
var band = {
  name: "band",
  shape: ([x]) => {
    if (x.length >= 2) return x;
    throw new ShapeError(`Cannot take a triangle of ${formatShape(x)}: a matrix has two axes`);
  },
  dtype: keepsDType,
  forward: (output, [x], { lowest, highest }) => {
    const columns2 = x.shape.at(-1), rows = x.shape.at(-2);
    const within3 = (column) => Math.min(Math.max(column, 0), columns2);
    for (let start = 0, row = 0; start < x.data.length; start += columns2, row = (row + 1) % rows) {
      const from = start + within3(row + lowest), to = start + within3(row + highest + 1);
      output.data.fill(0, start, start + columns2);
      for (let at = from; at < to; at++) output.data[at] = x.data[at];
    }
  },
  pullbacks: [
    (g, _, _y, { lowest, highest }) => g.band(lowest, highest)
  ]
};
var concat = moving({
  name: "concat",
  shape: (shapes, { axis }) => {
    const first2 = shapes[0];
    for (const shape of shapes) {
      const differs = first2.findIndex((length, i) => i !== axis && length !== shape[i]);
      if (shape.length !== first2.length) {
        throw new ShapeError(`Cannot concat ${formatShape(first2)} and ${formatShape(shape)}: ranks are ${first2.length} and ${shape.length}`);
      }
      if (differs >= 0) {
        throw new ShapeError(`Cannot concat ${formatShape(first2)} and ${formatShape(shape)} along axis ${axis}: axis ${differs} has lengths ${first2[differs]} and ${shape[differs]}`);
      }
    }
    const total = shapes.reduce((length, shape) => length + shape[axis], 0);
    return first2.map((length, i) => i === axis ? total : length);
  },
  dtype: (dtypes) => sameDType("concat", dtypes),
  moves: (shapes, output, { axis }) => {
    const strides = stridesOf(output);
    let start = 0;
    const moves = shapes.map((shape, input) => {
      const move = {
        input,
        lengths: shape,
        from: wholeOf(shape),
        to: {
          start,
          strides
        }
      };
      start += shape[axis] * strides[axis];
      return move;
    });
    return {
      moves
    };
  },
  pullbacks: (index) => (g, inputs, _, { axis }) => {
    const before = inputs.slice(0, index).reduce((total, x) => total + x.shape[axis], 0);
    const shape = inputs[index].shape;
    return g.sliceAt({
      starts: shape.map((_2, i) => i === axis ? before : 0),
      steps: shape.map(() => 1),
      lengths: shape
    });
  }
});
var cast = {
  name: "cast",
  shape: ([x]) => x,
  dtype: (_, { dtype }) => dtype,
  forward: (output, [x], { dtype }) => {
    if (dtype !== "bool") return output.data.set(x.data);
    for (let i = 0; i < x.data.length; i++) output.data[i] = x.data[i] === 0 ? 0 : 1;
  },
  pullbacks: [
    (g, [x]) => g.cast(x.dtype)
  ]
};
function walkAt({ starts, steps }, shape) {
  const strides = stridesOf(shape);
  return {
    start: starts.reduce((start, index, axis) => start + index * strides[axis], 0),
    strides: steps.map((step, axis) => step * strides[axis])
  };
}

// src/ops/reduction.ts
function forEachLane({ outer, length, inner }, lane) {
  for (let o = 0; o < outer; o++) {
    for (let i = 0; i < inner; i++) lane(o * length * inner + i, o * inner + i);
  }
}
function nonEmpty(name3, shape, { first: first2, last: last2 }) {
  const empty2 = shape.findIndex((length, axis) => length === 0 && axis >= first2 && axis <= last2);
  if (empty2 >= 0) {
    throw new ShapeError(`Cannot ${name3} ${formatShape(shape)}: axis ${empty2} is empty`);
  }
}
function extremePlace(data, start, { length, inner }, beats2) {
  let best = 0;
  let extreme2 = data[start];
  for (let l = 1; l < length && extreme2 === extreme2; l++) {
    const x = data[start + l * inner];
    if (beats2(x, extreme2) || x !== x) {
      best = l;
      extreme2 = x;
    }
  }
  return best;
}


var isGreater = (a, b) => a > b;
var isLess = (a, b) => a < b;
var max = extreme("max", isGreater);
var min = extreme("min", isLess);
var argmax = extremeIndex("argmax", isGreater);
var argmin = extremeIndex("argmin", isLess);
var logsumexp = {
  name: "logsumexp",
  shape: ([x], run2) => withoutRun(x, run2),
  dtype: (dtypes) => floatDType("logsumexp", dtypes),
  forward: (output, [x], { first: first2, last: last2 }) => {
    const lanes = lanesAlong(x.shape, first2, last2);
    forEachLane(lanes, (start, place2) => {
      const largest3 = largestOf(x.data, start, lanes);
      const shift2 = Math.abs(largest3) === Infinity ? 0 : largest3;
      output.data[place2] = shift2 + Math.log(sumOfExponentials(x.data, start, lanes, shift2));
    });
  },
  pullbacks: [
    (g, [x], y, run2) => {
      const kept2 = keepRun(x.shape, run2);
      return x.sub(y.reshape(kept2)).exp().mul(g.reshape(kept2));
    }
  ]
};
function largestOf(data, start, { length, inner }) {
  let largest3 = -Infinity;
  for (let l = 0; l < length; l++) largest3 = Math.max(largest3, data[start + l * inner]);
  return largest3;
}
function sumOfExponentials(data, start, { length, inner }, shift2) {
  let total = 0;
  for (let l = 0; l < length; l++) total += Math.exp(data[start + l * inner] - shift2);
  return total;
}
var softmax = {
  name: "softmax",
  shape: ([x]) => x,
  dtype: (dtypes) => floatDType("softmax", dtypes),
  mayOverwrite: true,
  forward: (output, [x], { axis }) => {
    const lanes = lanesAlong(x.shape, axis);
    forEachLane(lanes, (start) => {
      const shift2 = largestOf(x.data, start, lanes);
      const total = sumOfExponentials(x.data, start, lanes, shift2);
      const end = start + lanes.length * lanes.inner;
      for (let at = start; at < end; at += lanes.inner) {
        output.data[at] = Math.exp(x.data[at] - shift2) / total;
      }
    });
  },
  pullbacks: [
    (g, _, y, { axis }) => g.sub(g.mul(y).sum(axis, {
      keepDims: true
    })).mul(y)
  ]
};
var logSoftmax = {
  name: "logSoftmax",
  shape: (([x]) => x),
  dtype: ((dtypes) => floatDType("logSoftmax", dtypes)),
  mayOverwrite: true,
  forward: (output, [x], { axis }) => {
    const lanes = lanesAlong(x.shape, axis);
    forEachLane(lanes, (start) => {
      const shift2 = largestOf(x.data, start, lanes);
      const logTotal = Math.log(sumOfExponentials(x.data, start, lanes, shift2));
      const end = start + lanes.length * lanes.inner;
      for (let at = start; at < end; at += lanes.inner) {
        output.data[at] = x.data[at] - shift2 - logTotal;
      }
    });
  },
  pullbacks: [
    ((g, _, y, { axis }) => g.sub(y.exp().mul(g.sum(axis, {
      keepDims: true
    }))))
  ]
};
var cumsum = {
  name: "cumsum",
  shape: ([x]) => x,
  dtype: (dtypes) => numericDType("cumsum", dtypes),
  forward: (output, [x], { axis, reverse: reverse2 }) => {
    const lanes = lanesAlong(x.shape, axis);
    forEachLane(lanes, (start) => {
      let total = 0;
      for (let l = 0; l < lanes.length; l++) {
        const at = start + (reverse2 ? lanes.length - 1 - l : l) * lanes.inner;
        total += x.data[at];
        output.data[at] = total;
      }
    });
  },
  pullbacks: [
    (g, _, _y, { axis, reverse: reverse2 }) => g.cumsum(axis, {
      reverse: !reverse2
    })
  ]
};
var argsort = {
  name: "argsort",
  shape: ([x]) => x,
  dtype: ([x]) => {
    if (x === "bool") throw new DTypeError("Cannot argsort bool: it takes numbers");
    return "int32";
  },
  forward: (output, [x], { axis, descending }) => {
    const lanes = lanesAlong(x.shape, axis);
    const rankOf = lanes.length <= mostPlaces ? rankOfSingles(x.data) : null;
    const placesOf2 = rankOf === null ? byComparing(x.data, lanes, descending) : byKeys(rankOf, lanes, descending);
    forEachLane(lanes, (start) => {
      const places2 = placesOf2(start);
      for (let l = 0; l < lanes.length; l++) {
        output.data[start + l * lanes.inner] = places2[l];
      }
    });
  },
  pullbacks: [
    null
  ]
};
var mostPlaces = 2 ** 21;
function byKeys(rankOf, { length, inner }, descending) {
  const keys = new Float64Array(length);
  return (start) => {
    for (let l = 0; l < length; l++) {
      const rank = rankOf(start + l * inner);
      keys[l] = (descending ? 2 ** 32 - 1 - rank : rank) * mostPlaces + l;
    }
    keys.sort();
    for (let l = 0; l < length; l++) keys[l] %= mostPlaces;
    return keys;
  };
}
function byComparing(data, { length, inner }, descending) {
  const order = new Int32Array(length);
  const sign2 = descending ? -1 : 1;
  return (start) => {
    const at = (l) => data[start + l * inner];
    for (let l = 0; l < length; l++) order[l] = l;
    return order.sort((a, b) => sign2 * compare(at(a), at(b)) || a - b);
  };
}
function rankOfSingles(data) {
  if (data instanceof Int32Array) return (at) => data[at] + 2 ** 31;
  if (!(data instanceof Float32Array)) return null;
  const bits = new Int32Array(data.buffer, data.byteOffset, data.length);
  return (at) => {
    const x = data[at];
    if (x !== x) return 2 ** 32 - 1;
    if (x === 0) return 2 ** 31;
    return (bits[at] >= 0 ? bits[at] ^ -(2 ** 31) : ~bits[at]) >>> 0;
  };
}
function compare(a, b) {
  if (a === b) return 0;
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
  return a < b ? -1 : 1;
}
function axesOf({ first: first2, last: last2 }) {
  return Array.from({
    length: last2 - first2 + 1
  }, (_, i) => first2 + i);
}

// src/values/range.ts
function placeOf(name3, shape, parts) {
  if (!Array.isArray(parts) && !ArrayBuffer.isView(parts)) {
    throw new ShapeError(`Cannot ${name3} ${formatShape(shape)} by ${describe(parts)}: parts are in an array, one for each axis, as in [0, { start: 1 }]`);
  }
  if (parts.length > shape.length) {
    throw new ShapeError(`Cannot ${name3} ${formatShape(shape)} along ${parts.length} axes: it has ${shape.length}`);
  }
  const ranges = shape.map((length, axis) => resolveRange(name3, parts[axis], length, axis));
  return {
    starts: ranges.map((range) => range.start),
    steps: ranges.map((range) => range.step),
    lengths: ranges.map((range) => range.length)
  };
}
function withoutIndices(shape, parts) {
  return shape.filter((_, axis) => typeof parts[axis] !== "number");
}
var rangeOptions = {
  start: "1",
  stop: null,
  step: null
};
function resolveRange(name3, part2, length, axis) {
  if (part2 === null || part2 === void 0) return {
    start: 0,
    step: 1,
    length
  };
  if (typeof part2 === "number") {
    if (!Number.isInteger(part2) || part2 < -length || part2 >= length) {
      throw new ShapeError(`Cannot ${name3} axis ${axis} at index ${part2}: it has length ${length}`);
    }
    return {
      start: part2 < 0 ? part2 + length : part2,
      step: 1,
      length: 1
    };
  }
  if (typeof part2 !== "object" || Array.isArray(part2) || "shape" in part2) {
    throw new ShapeError(`Cannot ${name3} axis ${axis} by ${describe(part2)}: a part is an index, a range or null`);
  }
  const { start, stop, step = 1 } = optionsOf(`${name3} by a range`, part2, rangeOptions);
  if (!Number.isInteger(step) || step === 0) {
    throw new ShapeError(`Cannot ${name3} axis ${axis} in steps of ${step}`);
  }
  for (const index of [
    start ?? 0,
    stop ?? 0
  ]) {
    if (!Number.isInteger(index) && Math.abs(index) !== Infinity) {
      throw new ShapeError(`Cannot ${name3} axis ${axis} at ${index}: an index is a whole number`);
    }
  }
  const lowest = step > 0 ? 0 : -1;
  const highest = step > 0 ? length : length - 1;
  const resolve = (index) => Math.min(Math.max(index < 0 ? index + length : index, lowest), highest);
  const from = start === null || start === void 0 ? step > 0 ? lowest : highest : resolve(start);
  const to = stop === null || stop === void 0 ? step > 0 ? highest : lowest : resolve(stop);
  return {
    start: from,
    step,
    length: Math.max(0, Math.ceil((to - from) / step))
  };
}

// src/values/rearrangements.ts
var Rearrangements = class Rearrangements extends Functions {
  /** Throws unless others are an array of tensors. */
  checkOperands(name3, others) {
    const cannot2 = `Cannot ${name3} ${formatShape(this.shape)} and`;
    if (!Array.isArray(others)) {
      throw new UsageError(`${cannot2} ${describe(others)}: use an array of tensors`);
    }
    for (const other2 of others) {
      if (other2 instanceof Rearrangements) continue;
      throw new UsageError(`${cannot2} ${describe(other2)}: use tensor([...])`);
    }
  }
  /** The number of elements. */
  get size() {
    return sizeOf(this.shape);
  }
  /** The number of axes. */
  get rank() {
    return this.shape.length;
  }
  /** The same numbers under another shape, in row-major order; one length may be -1. */
  
  /** One axis, or the axes from `first` to `last` merged into one. */
  flatten(first2 = 0, last2 = -1) {
    if (this.rank === 0) return this.reshape([
      1
    ]);
    const from = resolveAxis("flatten", first2, this.shape);
    const to = resolveAxis("flatten", last2, this.shape);
    if (from > to) {
      throw new ShapeError(`Cannot flatten ${formatShape(this.shape)} from axis ${first2} to ${last2}: they are in order`);
    }
    const merged = sizeOf(this.shape.slice(from, to + 1));
    return this.reshape([
      ...this.shape.slice(0, from),
      merged,
      ...this.shape.slice(to + 1)
    ]);
  }
  /** The axes in another order: axis `i` of the result is axis `axes[i]` of this tensor. */
  permute(axes) {
    checkAxes("permute", axes, this.shape);
    if (axes.length !== this.rank) {
      throw new ShapeError(`Cannot permute ${formatShape(this.shape)} by ${formatShape(axes)}: it has ${this.rank} axes`);
    }
    resolveAxes("permute", axes, this.shape);
    const order = axes.map((axis) => resolveAxis("permute", axis, this.shape));
    return order.every((axis, i) => axis === i) ? this : this.call(permute, [], {
      axes: order
    });
  }
  /** Two axes exchanged, the last two unless told otherwise; a vector stays as it is. */
  transpose(a = -2, b = -1) {
    if (this.rank < 2 && a === -2 && b === -1) return this;
    const axes = this.shape.map((_, axis) => axis);
    const first2 = resolveAxis("transpose", a, this.shape);
    const second = resolveAxis("transpose", b, this.shape);
    [axes[first2], axes[second]] = [
      second,
      first2
    ];
    return this.permute(axes);
  }
  /** The axis `source` moved to `destination`. */
  moveAxis(source2, destination) {
    const from = resolveAxis("moveAxis", source2, this.shape);
    const to = resolveAxis("moveAxis", destination, this.shape);
    const axes = this.shape.map((_, axis) => axis).filter((axis) => axis !== from);
    return this.permute(axes.toSpliced(to, 0, from));
  }
  /** Without an axis of length 1, or without all of them; an axis of another length stays. */
  squeeze(axis) {
    const axes = resolveAxes("squeeze", axis, this.shape);
    return this.reshape(this.shape.filter((length, i) => length !== 1 || !axes.includes(i)));
  }
  /** With a new axis of length 1 before `axis` of the result. */
  unsqueeze(axis) {
    const at = resolveAxis("unsqueeze", axis, [
      ...this.shape,
      1
    ]);
    return this.reshape(this.shape.toSpliced(at, 0, 1));
  }
  /** Repeated along axes of length 1 and along new axes at the front. */
  
  /**
   * A part of each axis: `null` takes all of it, an index one entry (and drops the axis), a range
   * every so many. Axes that are not named are taken whole.
   */
  slice(parts) {
    const part2 = this.sliceAt(placeOf("slice", this.shape, parts));
    return part2.reshape(withoutIndices(part2.shape, parts));
  }
  /** One axis sliced, the others whole. */
  sliceAlong(axis, part2) {
    return this.slice(this.shape.map((_, own) => own === axis ? part2 : null));
  }
  /**
   * A copy with `values` where `slice(parts)` would read, as `x[parts] = values` in NumPy; the shape
   * stays. A number or a smaller tensor is broadcast to the place.
   */
  withSlice(parts, values) {
    const place2 = placeOf("withSlice", this.shape, parts);
    const isSingle = typeof values === "number" || typeof values === "boolean";
    if (!isSingle) this.checkOperands("withSlice", [
      values
    ]);
    const own = isSingle ? this.fillOf([], fitting("withSlice", values, this.dtype)) : values;
    const part2 = own.broadcastTo(withoutIndices(place2.lengths, parts));
    return this.overwriteAt(place2, part2.reshape(place2.lengths));
  }
  /** The numbers at a place: from a start, so many, a step apart along each axis. */
  sliceAt({ starts, steps, lengths }) {
    const isWhole = sameShape(lengths, this.shape) && steps.every((step) => step === 1);
    return isWhole ? this : this.call(slice, [], {
      starts,
      steps,
      lengths
    });
  }
  /** A copy with `part` at a place. */
  overwriteAt({ starts, steps, lengths }, part2) {
    return this.call(overwrite, [
      part2
    ], {
      starts,
      steps,
      lengths
    });
  }
  /** An array of `shape` filled with `value`, with this at a place: the adjoint of `sliceAt`. */
  unslice({ starts, steps, lengths }, shape, value2 = 0) {
    return this.call(unslice, [], {
      starts,
      steps,
      lengths,
      shape,
      value: value2
    });
  }
  /** With `value` before and after along each axis: `padding` holds `[before, after]` of each. */
  pad(padding, options = {}) {
    const { value: given = 0 } = optionsOf("pad", options, {
      value: "1"
    });
    const value2 = fitting("pad", given, this.dtype);
    const arePairs = Array.isArray(padding) && padding.length === this.rank && padding.every((pair) => Array.isArray(pair) && pair.length === 2 && pair.every((n) => Number.isInteger(n) && n >= 0));
    if (!arePairs) {
      throw new ShapeError(`Cannot pad ${formatShape(this.shape)}: it takes a pair of whole numbers, before and after, for each of its ${this.rank} axes`);
    }
    if (padding.flat().every((n) => n === 0)) return this;
    return this.unslice({
      starts: padding.map(([before]) => before),
      steps: this.shape.map(() => 1),
      lengths: this.shape
    }, this.shape.map((length, axis) => length + padding[axis][0] + padding[axis][1]), value2);
  }
  /** The axes walked backwards; all of them unless told otherwise. */
  flip(axes) {
    const flipped = resolveAxes("flip", axes, this.shape);
    return this.sliceAt({
      starts: this.shape.map((length, axis) => flipped.includes(axis) ? length - 1 : 0),
      steps: this.shape.map((_, axis) => flipped.includes(axis) ? -1 : 1),
      lengths: this.shape
    });
  }
  /** This tensor and `others` one after the other along an axis. */
  concat(others, options = {}) {
    const { axis = 0 } = optionsOf("concat", options, {
      axis: "1"
    });
    this.checkOperands("concat", others);
    if (others.length === 0) return this;
    return this.call(concat, others, {
      axis: resolveAxis("concat", axis, this.shape)
    });
  }
  /** The slices along an axis, without it. */
  unbind(axis = 0) {
    const along2 = resolveAxis("unbind", axis, this.shape);
    return Array.from({
      length: this.shape[along2]
    }, (_, i) => this.sliceAlong(along2, i));
  }
  /** Pieces of the given lengths along an axis, which must add up to the whole. */
  split(lengths, options = {}) {
    const { axis = 0 } = optionsOf("split", options, {
      axis: "1"
    });
    const along2 = resolveAxis("split", axis, this.shape);
    checkShape("split into", lengths);
    const total = lengths.reduce((sum3, length) => sum3 + length, 0);
    if (total !== this.shape[along2]) {
      throw new ShapeError(`Cannot split ${formatShape(this.shape)} into lengths ${formatShape(lengths)}: axis ${along2} has length ${this.shape[along2]}, they add up to ${total}`);
    }
    let start = 0;
    return lengths.map((length) => this.sliceAlong(along2, {
      start,
      stop: start += length
    }));
  }
  /**
   * Each element `shifts` places further along `axes`; what leaves at the end comes in at the start.
   * The shape stays. Without axes the flattened elements are rolled.
   */
  roll(shifts, axes) {
    const areMany = Array.isArray(shifts) || ArrayBuffer.isView(shifts);
    const distances = areMany ? Array.from(shifts) : [
      shifts
    ];
    for (const distance of distances) checkWhole("roll", "a shift", distance);
    if (axes === void 0 || axes === null) {
      const distance = distances.reduce((sum3, shift2) => sum3 + shift2, 0);
      return this.flatten().rollAlong(0, distance).reshape(this.shape);
    }
    const list2 = typeof axes === "number" ? [
      axes
    ] : axes;
    if (list2.length !== distances.length) {
      throw new ShapeError(`Cannot roll ${formatShape(this.shape)} by ${formatShape(distances)} along axes ${formatShape(list2)}: there is one shift for each axis`);
    }
    return list2.reduce((x, axis, i) => x.rollAlong(resolveAxis("roll", axis, this.shape), distances[i]), this);
  }
  /** Rolled along one axis. */
  rollAlong(axis, shift2) {
    const stop = -shift2 % (this.shape[axis] || 1);
    if (stop === 0) return this;
    const beginning = this.sliceAlong(axis, {
      stop
    });
    return this.sliceAlong(axis, {
      start: stop
    }).concat([
      beginning
    ], {
      axis
    });
  }
  /**
   * The whole repeated along each axis, as NumPy's `tile`: axis `i` becomes `counts[i]` times as
   * long. Counts align at the right; missing ones are 1, further ones make new axes at the front.
   */
  tile(counts) {
    checkShape("tile by", counts);
    const rank = Math.max(this.rank, counts.length);
    const lengths = [
      ...new Array(rank - this.rank).fill(1),
      ...this.shape
    ];
    const times3 = [
      ...new Array(rank - counts.length).fill(1),
      ...counts
    ];
    return this.reshape(lengths.flatMap((length) => [
      1,
      length
    ])).broadcastTo(lengths.flatMap((length, axis) => [
      times3[axis],
      length
    ])).reshape(lengths.map((length, axis) => times3[axis] * length));
  }
  /**
   * Each element repeated `count` times along an axis, which becomes that much longer; without an
   * axis the flattened elements.
   */
  repeatInterleave(count, axis = null) {
    if (axis === null) return this.flatten().repeatInterleave(count, 0);
    checkShape("repeatInterleave by", [
      count
    ]);
    const at = resolveAxis("repeatInterleave", axis, this.shape);
    const apart = this.unsqueeze(at + 1);
    return apart.broadcastTo(apart.shape.with(at + 1, count)).reshape(this.shape.with(at, this.shape[at] * count));
  }
  /** The numbers as another kind; fractions are cut off for integers, nonzero is true. */
  
static {
  methodsOf(this.prototype, {
reshape: (function (shape) {
    const inferred = Array.isArray(shape) ? shape.indexOf(-1) : -1;
    const known2 = inferred < 0 ? shape : shape.with(inferred, 1);
    checkShape("reshape to", known2);
    if (inferred < 0) {
      return sameShape(shape, this.shape) ? this : this.call(reshape, [], {
        shape
      });
    }
    const length = this.size / sizeOf(known2);
    if (!Number.isInteger(length)) {
      throw new ShapeError(`Cannot reshape ${formatShape(this.shape)} to ${formatShape(shape)}: ${this.size} elements do not divide evenly`);
    }
    return this.reshape(shape.with(inferred, length));
  }),
broadcastTo: (function (shape) {
    checkShape("broadcastTo", shape);
    return sameShape(shape, this.shape) ? this : this.call(broadcastTo, [], {
      shape
    });
  }),
cast: (function (dtype) {
    if (dtype === this.dtype) return this;
    checkDType(`cast ${formatShape(this.shape)} to`, dtype);
    return this.call(cast, [], {
      dtype
    });
  })
}); }
};

// src/values/indexing.ts
var Indexing = class extends Rearrangements {
  /** Whole slices along an axis, which gives way to the axes of `index` (int32). */
  take(index, options = {}) {
    const { axis = 0 } = optionsOf("take", options, {
      axis: "1"
    });
    return this.call(take, [
      index
    ], {
      axis: resolveAxis("take", axis, this.shape)
    });
  }
  /** Zeros of `shape` with slices of this added at `index`: the adjoint of `take`. */
  putInto(shape, index, options) {
    return this.call(put, [
      index
    ], {
      axis: resolveAxis("put", options?.axis, shape),
      shape
    });
  }
  /** One element for each index (int32): `out[i][j] = x[index[i][j]][j]` along axis 0. */
  gather(index, options) {
    return this.call(gather, [
      index
    ], {
      axis: resolveAxis("gather", options?.axis, this.shape)
    });
  }
  /** Zeros of `shape` with each element of this added at its index: the adjoint of `gather`. */
  scatterInto(shape, index, options) {
    const axis = resolveAxis("scatter", options?.axis, shape);
    return this.call(scatter, [
      index
    ], {
      axis,
      shape
    });
  }
  /** For each label (int32) a row of zeros with a one at the label, along a new last axis. */
  oneHot(classes, options = {}) {
    const { dtype = "float32" } = optionsOf("oneHot", options, {
      dtype: '"float64"'
    });
    checkDType("make a tensor of", dtype);
    return this.call(oneHot, [], {
      classes,
      dtype,
      asker: "oneHot"
    });
  }
  /**
   * One element for each index (int32) along an axis, the other axes of the two broadcast, as NumPy's
   * `take_along_axis`: `x.takeAlongAxis(x.argsort(1), { axis: 1 })` is `x.sort(1)`. With `axis: null`
   * the flattened elements.
   */
  takeAlongAxis(index, options) {
    const axis = options?.axis;
    this.checkOperands("takeAlongAxis", [
      index
    ]);
    if (axis === null) return this.flatten().takeAlongAxis(index.flatten(), {
      axis: 0
    });
    const along2 = resolveAxis("takeAlongAxis", axis, this.shape);
    const at = resolveAxis("takeAlongAxis", axis, index.shape);
    const others = broadcast("takeAlongAxis", this.shape.with(along2, 1), index.shape.with(at, 1));
    return this.broadcastTo(others.with(along2, this.shape[along2])).gather(index.broadcastTo(others.with(along2, index.shape[at])), {
      axis: along2
    });
  }
  /**
   * One element, or slice, for each tuple of indices (int32) into the leading axes, as NumPy's
   * `x[i, j]`: `out[k] = x[i[k], j[k]]`. The indices broadcast, and their axes replace the leading
   * ones.
   */
  takeAt(indices) {
    this.checkOperands("takeAt", indices);
    if (indices.length > this.rank) {
      throw new ShapeError(`Cannot takeAt ${formatShape(this.shape)} by ${indices.length} indices: it has ${this.rank} axes`);
    }
    const shape = indices.map((index) => index.shape).reduce((a, b) => broadcast("takeAt", a, b), []);
    const [first2, ...others] = indices.map((index) => index.broadcastTo(shape).flatten());
    if (first2 === void 0) return this;
    const entries = others.reduce((rows, index) => {
      const rest = rows.shape.slice(2);
      const column = index.reshape([
        index.size,
        1,
        ...rest.map(() => 1)
      ]);
      return rows.gather(column.broadcastTo([
        index.size,
        1,
        ...rest
      ]), {
        axis: 1
      }).squeeze(1);
    }, this.take(first2));
    return entries.reshape([
      ...shape,
      ...entries.shape.slice(1)
    ]);
  }
  /**
   * The elements where `mask` (bool, broadcast to this shape) holds, in row-major order: a vector as
   * long as there are. It cannot be traced, since its length depends on the numbers.
   */
  maskedSelect(mask) {
    this.checkOperands("maskedSelect", [
      mask
    ]);
    const holds2 = mask.broadcastTo(this.shape).data;
    const places2 = [];
    for (let i = 0; i < holds2.length; i++) if (holds2[i]) places2.push(i);
    const index = mask.cast("int32").fillOf([
      places2.length
    ], 0);
    index.data.set(places2);
    return this.flatten().take(index);
  }
  /**
   * This with each element of `source` added at its index (int32) along an axis, several at one place
   * adding up: `out[index[i][j]][j] += source[i][j]` along axis 0. `index` has at most the shape of
   * `source`, or it throws a `ShapeError`.
   */
  scatterAdd(index, source2, options) {
    this.checkOperands("scatterAdd", [
      index,
      source2
    ]);
    const isCovered = index.rank === source2.rank && index.shape.every((length, i) => length <= source2.shape[i]);
    if (!isCovered) {
      throw new ShapeError(`Cannot scatterAdd ${formatShape(source2.shape)} at indices ${formatShape(index.shape)}: there is a number for each index`);
    }
    const place2 = {
      starts: index.shape.map(() => 0),
      steps: index.shape.map(() => 1)
    };
    const used = source2.sliceAt({
      ...place2,
      lengths: index.shape
    });
    const axis = resolveAxis("scatterAdd", options?.axis, this.shape);
    return this.add(used.scatterInto(this.shape, index, {
      axis
    }));
  }
  /**
   * This with the slices of `source` added at the places along an axis that `index` (int32, a vector)
   * names, several at one place adding up: `out[index[i]] += source[i]` along axis 0.
   */
  indexAdd(index, source2, options = {}) {
    const { axis = 0 } = optionsOf("indexAdd", options, {
      axis: "1"
    });
    this.checkOperands("indexAdd", [
      index,
      source2
    ]);
    const along2 = resolveAxis("indexAdd", axis, this.shape);
    return this.add(source2.putInto(this.shape, index, {
      axis: along2
    }));
  }
};

// src/values/reductions.ts
var reductionOptions = {
  keepDims: "true"
};
var varianceOptions = {
  ...reductionOptions,
  ddof: null
};
var Reductions = class extends Indexing {
  /** Applies an operation that takes a run of neighbouring axes, whichever axes are meant. */
  
  /** The axes moved to the front, so that they are neighbours. */
  gathered(axes) {
    const others = this.shape.map((_, axis) => axis).filter((axis) => !axes.includes(axis));
    return this.permute([
      ...axes,
      ...others
    ]);
  }
  /** The sum. */
  
  /** The mean; NaN where there is nothing to average. */
  
  /** The largest element; ties share the derivative evenly. NaN is larger than everything. */
  max(axes, options = {}) {
    const { keepDims = false } = optionsOf("max", options, reductionOptions);
    return this.reduce(max, axes, keepDims);
  }
  /** The smallest element; ties share the derivative evenly. NaN is smaller than everything. */
  min(axes, options = {}) {
    const { keepDims = false } = optionsOf("min", options, reductionOptions);
    return this.reduce(min, axes, keepDims);
  }
  /** The index of the largest element along an axis, or in the flattened array; int32. */
  argmax(axis = null, options = {}) {
    const { keepDims = false } = optionsOf("argmax", options, reductionOptions);
    return this.extremeIndex(argmax, axis, keepDims);
  }
  /** The index of the smallest element along an axis, or in the flattened array; int32. */
  argmin(axis = null, options = {}) {
    const { keepDims = false } = optionsOf("argmin", options, reductionOptions);
    return this.extremeIndex(argmin, axis, keepDims);
  }
  /** Where the extreme number is, along one axis or in all of the tensor. */
  extremeIndex(op, axis, keepDims) {
    if (axis !== null) return this.reduce(op, axis, keepDims);
    const index = this.flatten().reduce(op, 0, false);
    return keepDims ? index.reshape(this.shape.map(() => 1)) : index;
  }
  /** The product, multiplied up as a tree so that its derivatives are right with zeros too. */
  prod(axes, options = {}) {
    const { keepDims = false } = optionsOf("prod", options, reductionOptions);
    const reduced = resolveAxes("prod", axes, this.shape);
    const kept2 = this.shape.filter((_, axis) => !reduced.includes(axis));
    let factors = this.gathered(reduced).reshape([
      this.count("prod", axes),
      ...kept2
    ]);
    if (factors.shape[0] === 0) factors = this.fillOf([
      1,
      ...kept2
    ], 1);
    while (factors.shape[0] > 1) {
      const count = factors.shape[0];
      const half = Math.floor(count / 2);
      const products = factors.slice([
        {
          stop: half
        }
      ]).mul(factors.slice([
        {
          start: half,
          stop: 2 * half
        }
      ]));
      factors = count % 2 === 0 ? products : products.concat([
        factors.slice([
          {
            start: -1
          }
        ])
      ]);
    }
    const shape = keepDims ? this.shape.map((length, axis) => reduced.includes(axis) ? 1 : length) : kept2;
    return factors.reshape(shape);
  }
  /**
   * The variance with divisor `count - ddof`: 0 for a population, 1 for a sample of it. Of no more
   * than `ddof` numbers it is infinite, or NaN.
   */
  var(axes, options = {}) {
    const { keepDims = false, ddof = 0 } = optionsOf("var", options, varianceOptions);
    floatDType("var", [
      this.dtype
    ]);
    const count = this.count("var", axes);
    const rough = this.sub(this.mean(axes, {
      keepDims: true
    }));
    const deviation = rough.sub(rough.mean(axes, {
      keepDims: true
    }));
    checkNumber("var", "ddof", ddof);
    return deviation.square().sum(axes, {
      keepDims
    }).div(Math.max(0, count - ddof));
  }
  /** The standard deviation with divisor `count - ddof`; where it is 0, so is its derivative. */
  std(axes, options = {}) {
    optionsOf("std", options, varianceOptions);
    resolveAxes("std", axes, this.shape);
    return this.var(axes, options).root(2);
  }
  /**
   * The p-norm, the p-th root of the sum of `|x|^p`; of infinity the largest, of -infinity the
   * smallest absolute value, of 0 how many are not zero. Where a norm is 0 its derivative is 0, and
   * for p below 2 those by an element which is 0, of every order.
   */
  norm(axes, options = {}) {
    const { p = 2, keepDims = false } = optionsOf("norm", options, {
      p: "1",
      keepDims: null
    });
    resolveAxes("norm", axes, this.shape);
    checkNumber("norm", "p", p);
    if (p === Infinity) return this.abs().max(axes, {
      keepDims
    });
    if (p === -Infinity) return this.abs().min(axes, {
      keepDims
    });
    if (p === 0 && !isFloat(this.dtype)) {
      return this.nonzero().cast(this.dtype).sum(axes, {
        keepDims
      });
    }
    if (p === 1) return this.abs().sum(axes, {
      keepDims
    });
    const sum3 = this.absolutePower(p).sum(axes, {
      keepDims
    });
    return p === 0 ? sum3 : sum3.root(p);
  }
  /** `|x|^p`, or for p = 0 whether x is not 0; its derivative at 0 is 0 and not infinite. */
  absolutePower(p) {
    if (p === 2) return this.square();
    if (p > 2) return p % 2 === 0 ? this.pow(p) : this.abs().pow(p);
    const isNonzero = this.notEqual(0);
    return this.where(isNonzero, 1).abs().pow(p).where(isNonzero, p < 0 ? Infinity : 0);
  }
  /** @internal The p-th root of a sum of powers; where that is 0 its derivative is 0, not infinite. */
  root(p) {
    const hasRoot = this.notEqual(0);
    const safe = this.where(hasRoot, 1);
    return (p === 2 ? safe.sqrt() : safe.pow(1 / p)).where(hasRoot, 0);
  }
  /** Whether any element is nonzero. */
  any(axes, options = {}) {
    const { keepDims = false } = optionsOf("any", options, reductionOptions);
    resolveAxes("any", axes, this.shape);
    return this.nonzero().sum(axes, {
      keepDims
    }).greater(0);
  }
  /** Whether all elements are nonzero. */
  all(axes, options = {}) {
    const { keepDims = false } = optionsOf("all", options, reductionOptions);
    const count = this.count("all", axes);
    return this.nonzero().sum(axes, {
      keepDims
    }).equal(count);
  }
  /** Which numbers are not zero, as truth values. */
  nonzero() {
    return this.dtype === "bool" ? this : this.notEqual(0);
  }
  /** `log(sum(e^x))`, without overflow. */
  logsumexp(axes, options = {}) {
    const { keepDims = false } = optionsOf("logsumexp", options, reductionOptions);
    return this.reduce(logsumexp, axes, keepDims);
  }
  /** `e^x` divided by its sum along an axis, without overflow. */
  softmax(axis = -1) {
    return this.call(softmax, [], {
      axis: resolveAxis("softmax", axis, this.shape)
    });
  }
  /** The logarithm of the softmax along an axis, without overflow. */
  
  /** The running sum along an axis, or from its end. */
  cumsum(axis, options = {}) {
    const { reverse: reverse2 = false } = optionsOf("cumsum", options, {
      reverse: "true"
    });
    const along2 = resolveAxis("cumsum", axis, this.shape);
    return this.call(cumsum, [], {
      axis: along2,
      reverse: reverse2
    });
  }
  /** The running product along an axis; its derivatives are right with zeros too. */
  cumprod(axis) {
    const along2 = resolveAxis("cumprod", axis, this.shape);
    const length = this.shape[along2];
    let result = this;
    for (let distance = 1; distance < length; distance *= 2) {
      const shifted = result.sliceAlong(along2, {
        stop: length - distance
      }).pad(this.shape.map((_, own) => [
        own === along2 ? distance : 0,
        0
      ]), {
        value: 1
      });
      result = result.mul(shifted);
    }
    return result;
  }
  /** The indices (int32) that put each lane along an axis in order; equal elements keep theirs. */
  argsort(axis = -1, options = {}) {
    const { descending = false } = optionsOf("argsort", options, {
      descending: "true"
    });
    const along2 = resolveAxis("argsort", axis, this.shape);
    return this.call(argsort, [], {
      axis: along2,
      descending
    });
  }
  /** The elements in order along an axis; NaN counts as the largest. */
  sort(axis = -1, options = {}) {
    const { descending = false } = optionsOf("sort", options, {
      descending: "true"
    });
    return this.gather(this.argsort(axis, {
      descending
    }), {
      axis
    });
  }
  /** The `k` largest elements along an axis, in descending order, and their indices (int32). */
  topK(k, options = {}) {
    const { axis = -1 } = optionsOf("topK", options, {
      axis: "1"
    });
    const along2 = resolveAxis("topK", axis, this.shape);
    if (!Number.isInteger(k) || k < 0 || k > this.shape[along2]) {
      throw new ShapeError(`Cannot topK ${formatShape(this.shape)} for ${k} elements: axis ${along2} has length ${this.shape[along2]}`);
    }
    const indices = this.argsort(along2, {
      descending: true
    }).sliceAlong(along2, {
      stop: k
    });
    return [
      this.gather(indices, {
        axis: along2
      }),
      indices
    ];
  }
  /** How many numbers a reduction over these axes takes together. */
  
static {
  methodsOf(this.prototype, {
reduce: (function (op, axes, keepDims) {
    const reduced = resolveAxes(op.name, axes, this.shape);
    if (reduced.length === 0) return this.call(op, [], {
      first: this.rank,
      last: this.rank - 1
    });
    const runs = runsOf(reduced);
    const isByRuns = runs.length === 1 || op === sum || op === logsumexp;
    const result = isByRuns ? runs.reduceRight(((rest, run2) => rest.call(op, [], run2)), this) : this.gathered(reduced).call(op, [], {
      first: 0,
      last: reduced.length - 1
    });
    if (!keepDims) return result;
    return result.reshape(this.shape.map(((length, axis) => reduced.includes(axis) ? 1 : length)));
  }),
sum: (function (axes, options = {}) {
    const { keepDims = false } = optionsOf("sum", options, reductionOptions);
    return this.reduce(sum, axes, keepDims);
  }),
mean: (function (axes, options = {}) {
    optionsOf("mean", options, reductionOptions);
    floatDType("mean", [
      this.dtype
    ]);
    const count = this.count("mean", axes);
    return this.sum(axes, options).div(count);
  }),
logSoftmax: (function (axis = -1) {
    return this.call(logSoftmax, [], {
      axis: resolveAxis("logSoftmax", axis, this.shape)
    });
  }),
count: (function (name3, axes) {
    return sizeOf(resolveAxes(name3, axes, this.shape).map(((axis) => this.shape[axis])));
  })
}); }
};


// src/values/matrices.ts
var matmulOptions = {
  transposeA: "true",
  transposeB: null
};
var Matrices = class Matrices extends Reductions {
  // Products
  /**
   * The matrix product over the last two axes, as NumPy's: a vector is a row on the left and a
   * column on the right, and the axes before the last two broadcast. Either side may be read
   * transposed at no cost.
   */
  
  /** The inner product of two vectors, a scalar. */
  dot(other2) {
    this.checkVectors("dot", other2);
    return this.matmul(other2);
  }
  /** The outer product of two vectors: `out[i][j] = this[i] * other[j]`. */
  outer(other2) {
    this.checkVectors("outer", other2);
    return this.unsqueeze(1).mul(other2);
  }
  /** Throws unless both are vectors. */
  checkVectors(name3, other2) {
    this.checkOperands(name3, [
      other2
    ]);
    if (this.rank === 1 && other2.rank === 1) return;
    throw new ShapeError(`Cannot ${name3} ${formatShape(this.shape)} and ${formatShape(other2.shape)}: they are no vectors`);
  }
  // Diagonals and triangles
  /**
   * The diagonal over two axes, the first two unless told otherwise, which give way to a new last
   * axis; `offset` counts diagonals above (or, if negative, below) the main one.
   */
  diagonal(offset2 = 0, options = {}) {
    const { axis1 = 0, axis2 = 1 } = optionsOf("diagonal", options, {
      axis1: "0",
      axis2: null
    });
    checkWhole("take a diagonal", "offset", offset2);
    const from = resolveAxis("diagonal", axis1, this.shape);
    const to = resolveAxis("diagonal", axis2, this.shape);
    if (from === to) {
      throw new ShapeError(`Cannot take the diagonal of ${formatShape(this.shape)} over axis ${from} alone`);
    }
    const others = this.shape.map((_, axis) => axis).filter((axis) => axis !== from && axis !== to);
    const [rows, columns2] = [
      this.shape[from],
      this.shape[to]
    ];
    const start = offset2 < 0 ? -offset2 * columns2 : offset2;
    const count = Math.max(0, Math.min(rows + Math.min(offset2, 0), columns2 - Math.max(offset2, 0)));
    const lines = this.permute([
      ...others,
      from,
      to
    ]).flatten(-2);
    return lines.sliceAt({
      starts: [
        ...others.map(() => 0),
        count === 0 ? 0 : start
      ],
      steps: [
        ...others.map(() => 1),
        columns2 + 1
      ],
      lengths: [
        ...lines.shape.slice(0, -1),
        count
      ]
    });
  }
  /**
   * The square matrix with this vector on a diagonal and zeros elsewhere; `offset` counts diagonals
   * above (or, if negative, below) the main one.
   */
  diag(offset2 = 0) {
    if (this.rank !== 1) {
      throw new ShapeError(`Cannot diag ${formatShape(this.shape)}: it takes a vector, as diagonal() returns`);
    }
    const size = this.size + Math.abs(offset2);
    const start = offset2 < 0 ? -offset2 * size : offset2;
    return this.unslice({
      starts: [
        start
      ],
      steps: [
        size + 1
      ],
      lengths: this.shape
    }, [
      size * size
    ]).reshape([
      size,
      size
    ]);
  }
  /** The sum of the diagonal over the first two axes. */
  trace() {
    return this.diagonal().sum(-1);
  }
  /** The last two axes with zeros above a diagonal; `offset` counts from the main one upwards. */
  tril(offset2 = 0) {
    return this.band(-Infinity, offset2);
  }
  /** The last two axes with zeros below a diagonal; `offset` counts from the main one upwards. */
  triu(offset2 = 0) {
    return this.band(offset2, Infinity);
  }
  /** The last two axes with zeros outside the diagonals from `lowest` to `highest`. */
  band(lowest, highest) {
    for (const offset2 of [
      lowest,
      highest
    ]) {
      if (Math.abs(offset2) !== Infinity) checkWhole("take a triangle", "offset", offset2);
    }
    return this.call(band, [], {
      lowest,
      highest
    });
  }
static {
  methodsOf(this.prototype, {
matmul: (function (other2, options = {}) {
    const { transposeA = false, transposeB = false } = optionsOf("matmul", options, matmulOptions);
    if (!(other2 instanceof Matrices)) {
      throw new UsageError(`Cannot matmul ${formatShape(this.shape)} by ${describe(other2)}`);
    }
    const transposition = {
      transposeA,
      transposeB
    };
    if (this.rank === 2 && other2.rank === 2) return this.call(matmul, [
      other2
    ], transposition);
    checkProduct(this.shape, other2.shape, transposition);
    if (this.rank === 1) {
      const product2 = this.unsqueeze(0).matmul(other2, {
        transposeB
      });
      return product2.squeeze(other2.rank === 1 ? 0 : -2);
    }
    if (other2.rank === 1) return this.matmul(other2.unsqueeze(1), {
      transposeA
    }).squeeze(-1);
    if (this.rank > 2 && other2.rank === 2 && !transposeA) {
      const rows = this.shape.slice(0, -1);
      return this.reshape([
        sizeOf(rows),
        this.shape.at(-1)
      ]).matmul(other2, {
        transposeB
      }).reshape([
        ...rows,
        other2.shape[transposeB ? 0 : 1]
      ]);
    }
    return this.call(matmul, [
      other2
    ], transposition);
  })
}); }
};

// src/values/windows.ts
var windowOptions = {
  stride: "2",
  padding: null,
  dilation: null
};
var Windows = class extends Matrices {
  /** The numbers of windows over the last axes, in new axes. */
  unfold({ lengths, strides, dilations, axes }) {
    return this.call(unfold, [], {
      lengths,
      strides,
      dilations,
      axes
    });
  }
  /** Zeros of `shape` with each window of this added where it lies: the adjoint of `unfold`. */
  fold({ lengths, strides, dilations, axes }, shape) {
    return this.call(fold, [], {
      lengths,
      strides,
      dilations,
      axes,
      shape
    });
  }
  /** With as many numbers on both sides of the last axes, and at the end what windows reach for. */
  padAround(padding, value2, reaching) {
    const before = this.rank - padding.length;
    const ends = padding.map((n, i) => {
      const length = this.shape[before + i];
      return n + (reaching === void 0 ? 0 : missingAtEnd(length, n, reaching, i));
    });
    const none5 = new Array(before).fill([
      0,
      0
    ]);
    return this.pad([
      ...none5,
      ...padding.map((n, i) => [
        n,
        ends[i]
      ])
    ], {
      value: value2
    });
  }
};
function missingAtEnd(length, padding, { lengths, strides, dilations }, axis) {
  const span = dilations[axis] * (lengths[axis] - 1) + 1;
  const stride = strides[axis];
  let last2 = Math.ceil((length + 2 * padding - span) / stride);
  if (last2 * stride >= length + padding) last2--;
  return Math.max(0, last2 * stride + span - length - 2 * padding);
}
function placement(name3, rank, { stride = 1, padding = 0, dilation = 1 }) {
  return {
    strides: perAxis(name3, "stride", stride, rank, 1),
    padding: perAxis(name3, "padding", padding, rank, 0),
    dilations: perAxis(name3, "dilation", dilation, rank, 1)
  };
}
function perAxis(name3, option, given, rank, least2) {
  const numbers3 = typeof given === "number" ? new Array(rank).fill(given) : given;
  const isRight = Array.isArray(numbers3) && numbers3.length === rank && numbers3.every((n) => Number.isInteger(n) && n >= least2);
  if (isRight) return numbers3;
  const text2 = Array.isArray(given) ? formatShape(given) : describe(given);
  const each2 = rank === 1 ? "" : `, or one for each of ${rank} axes`;
  throw new UsageError(`Cannot ${name3} with a ${option} of ${text2}: it is a whole number >= ${least2}${each2}`);
}

// src/values/pooling.ts
var maxPoolOptions = {
  ...windowOptions,
  ceilMode: null
};
var avgPoolOptions = {
  stride: "2",
  padding: null,
  countIncludePad: null
};
var Pooling = class extends Windows {
  /** The largest number of each window over the last axis; `stride` is `size` unless given. */
  maxPool1d(size, options = {}) {
    return this.maxPool("maxPool1d", 1, size, optionsOf("maxPool1d", options, maxPoolOptions));
  }
  /**
   * The largest number of each window over the last two axes, which are `[height, width]` as pairs in
   * the options are; `stride` is `size` unless given. Of equal numbers the first has the derivative.
   */
  maxPool2d(size, options = {}) {
    return this.maxPool("maxPool2d", 2, size, optionsOf("maxPool2d", options, maxPoolOptions));
  }
  /** The mean of each window over the last axis; `stride` is `size` unless given. */
  avgPool1d(size, options = {}) {
    return this.avgPool("avgPool1d", 1, size, optionsOf("avgPool1d", options, avgPoolOptions));
  }
  /** The mean of each window over the last two axes; `stride` is `size` unless given. */
  avgPool2d(size, options = {}) {
    return this.avgPool("avgPool2d", 2, size, optionsOf("avgPool2d", options, avgPoolOptions));
  }
  /** The greatest number of each window over the last `rank` axes. */
  maxPool(name3, rank, size, { ceilMode = false, ...options }) {
    const windows = this.poolWindows(name3, rank, size, options);
    const lowest = this.dtype === "int32" ? -(2 ** 31) : -Infinity;
    const padded = this.padAround(windows.padding, lowest, ceilMode ? windows : void 0);
    const numbers3 = padded.numbersIn(name3, windows);
    const first2 = numbers3.argmax(0);
    const places2 = first2.fillOf([
      numbers3.shape[0]
    ], 0);
    places2.data.set(places2.data.map((_, i) => i));
    const isFirst = places2.reshape([
      -1,
      ...first2.shape.map(() => 1)
    ]).equal(first2);
    return numbers3.where(isFirst, 0).sum(0);
  }
  /** The mean of each window over the last `rank` axes. */
  avgPool(name3, rank, size, { countIncludePad = true, ...options }) {
    const windows = this.poolWindows(name3, rank, size, options);
    const numbers3 = this.padAround(windows.padding, 0).numbersIn(name3, windows);
    if (countIncludePad) return numbers3.mean(0);
    const ones3 = this.fillOf(this.shape.slice(-rank), 1).padAround(windows.padding, 0);
    const counted = ones3.numbersIn(name3, {
      ...windows,
      axes: windowsFirst(rank, rank)
    });
    return numbers3.sum(0).div(counted.sum(0));
  }
  /** The numbers of every window, along a first axis. */
  numbersIn(name3, windows) {
    windowCounts(name3, this.shape, windows);
    return this.unfold(windows).flatten(0, windows.lengths.length - 1);
  }
  /** The windows of a pool, what they hold in the first axes. */
  poolWindows(name3, rank, size, options) {
    if (this.rank < rank) {
      throw new ShapeError(`Cannot ${name3} ${formatShape(this.shape)}: windows slide over its last ${rank} axes`);
    }
    const lengths = perAxis(name3, "size", size, rank, 1);
    const placed2 = placement(name3, rank, {
      stride: size,
      ...options
    });
    const over2 = placed2.padding.findIndex((padding, i) => padding > lengths[i] / 2);
    if (over2 >= 0) {
      throw new ShapeError(`Cannot ${name3} ${formatShape(this.shape)}: a padding of ${placed2.padding[over2]} is more than half of a window of ${lengths[over2]}`);
    }
    return {
      lengths,
      ...placed2,
      axes: windowsFirst(this.rank, rank)
    };
  }
};
function windowsFirst(rank, windowRank) {
  const axes = Array.from({
    length: rank + windowRank
  }, (_, axis) => axis);
  return [
    ...axes.slice(rank),
    ...axes.slice(0, rank)
  ];
}

// src/values/convolutions.ts
var convolutionOptions = {
  ...windowOptions,
  groups: null,
  bias: null
};
var Convolutions = class Convolutions extends Pooling {
  /**
   * The cross-correlation of `[batch, channels, length]` with a weight `[outputs, channels / groups,
   * window]`, as deep learning calls convolution: `[batch, outputs, windows]`.
   */
  conv1d(weight, options = {}) {
    return this.convolve("conv1d", 1, weight, options);
  }
  /**
   * The cross-correlation of `[batch, channels, height, width]` with a weight `[outputs, channels /
   * groups, height, width]`, as deep learning calls convolution: `[batch, outputs, height, width]`.
   * Pairs in the options are `[height, width]`.
   */
  conv2d(weight, options = {}) {
    return this.convolve("conv2d", 2, weight, options);
  }
  /**
   * What `conv1d` with these options does to a cotangent: from `[batch, channels, windows]` by a
   * weight `[channels, outputs / groups, window]` to `[batch, outputs, length]`.
   */
  convTranspose1d(weight, options = {}) {
    return this.convolveBack("convTranspose1d", 1, weight, options);
  }
  /**
   * What `conv2d` with these options does to a cotangent: from `[batch, channels, height, width]` by
   * a weight `[channels, outputs / groups, height, width]` to `[batch, outputs, height, width]`.
   */
  convTranspose2d(weight, options = {}) {
    return this.convolveBack("convTranspose2d", 2, weight, options);
  }
  /** The weights by the windows, in whichever of two ways is faster. */
  convolve(name3, rank, weight, options) {
    const { groups = 1, bias = null } = optionsOf(name3, options, convolutionOptions);
    this.checkWeight(name3, rank, weight);
    const [batch, channels] = this.shape;
    const [outputs, depth, ...lengths] = weight.shape;
    if (channels !== depth * groups || outputs % groups !== 0) {
      const found2 = `${channels} channels, weights for ${depth} each, ${outputs} outputs`;
      throw new ShapeError(`${cannot(name3, this.shape, weight.shape)} in ${groupsText(groups)}: ${found2}`);
    }
    this.checkBias(name3, bias, outputs);
    const windows = {
      lengths,
      ...placement(name3, rank, options)
    };
    const padded = this.padAround(windows.padding, 0);
    const counts = windowCounts(name3, padded.shape, windows);
    const parts = {
      images: padded.reshape([
        batch,
        groups,
        depth,
        ...padded.shape.slice(2)
      ]),
      weights: weight.reshape([
        groups,
        outputs / groups,
        depth * sizeOf(lengths)
      ]),
      ...{
        windows,
        counts,
        bias
      }
    };
    return sizeOf(counts) >= manyWindows ? convolveEach(parts) : convolveAll(parts);
  }
  /** The adjoint of that product, each row added where its window lies. */
  convolveBack(name3, rank, weight, options) {
    const { groups = 1, bias = null, outputPadding = 0 } = optionsOf(name3, options, {
      ...convolutionOptions,
      outputPadding: null
    });
    this.checkWeight(name3, rank, weight);
    const [batch, channels, ...counts] = this.shape;
    const [inputs, width, ...lengths] = weight.shape;
    if (channels !== inputs || channels % groups !== 0) {
      const found2 = `in ${groupsText(groups)}: ${channels} channels, weights for ${inputs}`;
      throw new ShapeError(`${cannot(name3, this.shape, weight.shape)} ${found2}`);
    }
    this.checkBias(name3, bias, width * groups);
    const windows = {
      lengths,
      ...placement(name3, rank, options)
    };
    const full2 = counts.map((count, i) => Math.max(count - 1, 0) * windows.strides[i] + windows.dilations[i] * (lengths[i] - 1) + 1);
    const more = perAxis(name3, "outputPadding", outputPadding, rank, 0);
    const kept2 = full2.map((length, i) => length + more[i] - 2 * windows.padding[i]);
    if (kept2.some((length) => length < 1)) {
      const found2 = `a padding of ${formatShape(windows.padding)} leaves nothing`;
      throw new ShapeError(`${cannot(name3, this.shape, weight.shape)}: ${found2}`);
    }
    const rows = this.reshape([
      batch,
      groups,
      channels / groups,
      ...counts
    ]).permute([
      1,
      0,
      ...counts.map((_, i) => 3 + i),
      2
    ]).reshape([
      groups,
      batch * sizeOf(counts),
      channels / groups
    ]);
    const columns2 = weight.reshape([
      groups,
      channels / groups,
      width * sizeOf(lengths)
    ]);
    const spread = productOf(rows, columns2, false).reshape([
      groups,
      batch,
      ...counts,
      width,
      ...lengths
    ]).fold({
      ...windows,
      axes: rowsOfWindows(rank)
    }, [
      batch,
      groups,
      width,
      ...full2
    ]).reshape([
      batch,
      groups * width,
      ...full2
    ]);
    const result = spread.pad([
      [
        0,
        0
      ],
      [
        0,
        0
      ],
      ...more.map((n) => [
        0,
        n
      ])
    ]).sliceAt({
      starts: [
        0,
        0,
        ...windows.padding
      ],
      steps: spread.shape.map(() => 1),
      lengths: [
        batch,
        groups * width,
        ...kept2
      ]
    });
    return bias === null ? result : result.add(bias.reshape([
      -1,
      ...kept2.map(() => 1)
    ]));
  }
  /** Throws where the bias is no vector of a number for each output channel. */
  checkBias(name3, bias, outputs) {
    if (bias === null) return;
    const isTensor = bias instanceof Convolutions;
    if (isTensor && sameShape(bias.shape, [
      outputs
    ])) return;
    const found2 = isTensor ? formatShape(bias.shape) : describe(bias);
    throw new ShapeError(`Cannot ${name3} with a bias of ${found2}: it is a vector, a number for each of ${outputs} output channels`);
  }
  /** Throws where the weights or this have not the axes of a convolution. */
  checkWeight(name3, rank, weight) {
    if (!(weight instanceof Convolutions)) {
      throw new UsageError(`Cannot ${name3} ${formatShape(this.shape)} by ${describe(weight)}: use tensor([...])`);
    }
    if (this.rank === rank + 2 && weight.rank === rank + 2) return;
    throw new ShapeError(`${cannot(name3, this.shape, weight.shape)}: both have ${rank + 2} axes, batch or outputs first and channels second`);
  }
};
function convolveEach({ images, weights, windows, counts, bias }) {
  const [batch] = images.shape;
  const [groups, outputs, inner] = weights.shape;
  const columns2 = images.unfold({
    ...windows,
    axes: columnsOfWindows(counts.length)
  }).reshape([
    batch,
    groups,
    inner,
    sizeOf(counts)
  ]);
  const products = groups === 1 ? weights.squeeze(0).matmul(columns2.squeeze(1)) : weights.matmul(columns2);
  const sums2 = products.reshape([
    batch,
    groups * outputs,
    ...counts
  ]);
  return bias === null ? sums2 : sums2.add(bias.reshape([
    -1,
    ...counts.map(() => 1)
  ]));
}
function convolveAll({ images, weights, windows, counts, bias }) {
  const [batch] = images.shape;
  const [groups, outputs, inner] = weights.shape;
  const rows = images.unfold({
    ...windows,
    axes: rowsOfWindows(counts.length)
  }).reshape([
    groups,
    batch * sizeOf(counts),
    inner
  ]);
  const products = productOf(rows, weights, true);
  const sums2 = groups === 1 ? products : products.permute([
    1,
    0,
    2
  ]).flatten(1);
  return (bias === null ? sums2 : sums2.add(bias)).reshape([
    batch,
    ...counts,
    groups * outputs
  ]).moveAxis(-1, 1);
}
var manyWindows = 256;
function rowsOfWindows(rank) {
  return [
    1,
    0,
    ...along(rank, 3),
    2,
    ...along(rank, 3 + rank)
  ];
}
function columnsOfWindows(rank) {
  return [
    0,
    1,
    2,
    ...along(rank, 3 + rank),
    ...along(rank, 3)
  ];
}
function along(count, first2) {
  return Array.from({
    length: count
  }, (_, i) => first2 + i);
}
function productOf(rows, columns2, transposeB) {
  return rows.shape[0] === 1 ? rows.squeeze(0).matmul(columns2.squeeze(0), {
    transposeB
  }) : rows.matmul(columns2, {
    transposeB
  });
}
function cannot(name3, shape, weight) {
  return `Cannot ${name3} ${formatShape(shape)} by ${formatShape(weight)}`;
}
function groupsText(groups) {
  return groups === 1 ? "one group" : `${groups} groups`;
}

// src/backends/reference.ts
var reference = {
  name: "reference",
  run: ((op, output, inputs, attributes) => op.forward(output, inputs, attributes))
};

// src/backends/wasm/math/mod.ts
var mod_exports = {};
__export(mod_exports, {
  acos: (() => acos3),
  acosh: (() => acosh3),
  asin: (() => asin3),
  asinh: (() => asinh3),
  atan: (() => atan4),
  atan2: (() => atan23),
  atanh: (() => atanh3),
  cos: (() => cos3),
  cosh: (() => cosh3),
  erf: (() => erf3),
  erfc: (() => erfc3),
  exp: (() => exp3),
  exp2: (() => exp22),
  expm1: (() => expm12),
  fmod: (() => fmod3),
  hypot: (() => hypot3),
  log: (() => log3),
  log10: (() => log102),
  log1p: (() => log1p2),
  log2: (() => log22),
  logaddexp: (() => logaddexp3),
  normalCdf: (() => normalCdf3),
  pow: (() => pow3),
  remainder: (() => remainder4),
  sigmoid: (() => sigmoid3),
  sin: (() => sin3),
  sinh: (() => sinh3),
  softplus: (() => softplus3),
  tan: (() => tan3),
  tanh: (() => tanh2)
});

// src/backends/wasm/assembler/expression.ts
var typeCodes = {
  i32: 127,
  i64: 126,
  f32: 125,
  f64: 124,
  v128: 123,
  void: 64
};
var none2 = [];
var Expression = class {
  /** What it leaves on the stack. */
  type;
  instruction;
  operands;
  immediates;
  /** An instruction given by its bytes and unsigned numbers, with what it takes from the stack. */
  constructor(type, instruction, operands = none2, immediates = none2) {
    this.type = type;
    this.instruction = instruction;
    this.operands = operands;
    this.immediates = immediates;
  }
  /** Writes the bytes of the whole tree. */
  
static {
  methodsOf(this.prototype, {
writeTo: (function (code) {
    const { operands, instruction, immediates } = this;
    for (let i = 0; i < operands.length; i++) operands[i].writeTo(code);
    code.instruction(instruction);
    for (let i = 0; i < immediates.length; i++) code.unsigned(immediates[i]);
  })
}); }
};
var localGet = [
  32
];
var Local = class extends Expression {
  /** Which variable it is, parameters first. */
  index;
  /** The variable with this index. */
  constructor(type, index) {
    super(type, localGet, none2, [
      index
    ]);
    this.index = index;
  }
};
var Constant = class extends Expression {
  value;
  constructor(type, value2) {
    super(type, none2);
    this.value = value2;
  }
  
static {
  methodsOf(this.prototype, {
writeTo: (function (code) {
    const { value: value2 } = this;
    switch (this.type) {
      case "i32":
        code.byte(65);
        return code.signed32(Number(value2));
      case "i64":
        code.byte(66);
        return code.signed64(BigInt(value2));
      case "f32":
        code.byte(67);
        return code.float32(Number(value2));
      case "f64":
        code.byte(68);
        return code.float64(Number(value2));
    }
  })
}); }
};







// src/backends/wasm/assembler/scalar_instructions.ts
var i32 = {
  const: ((value2) => constant("i32", value2)),
  load: load("i32", 2, 40),
  load8Signed: load("i32", 0, 44),
  load8Unsigned: load("i32", 0, 45),
  load16Unsigned: load("i32", 1, 47),
  store: store("i32", 2, 54),
  store8: store("i32", 0, 58),
  store16: store("i32", 1, 59),
  isZero: unary2("i32", "i32", 69),
  equal: binary2("i32", "i32", 70),
  notEqual: binary2("i32", "i32", 71),
  less: binary2("i32", "i32", 72),
  lessUnsigned: binary2("i32", "i32", 73),
  greater: binary2("i32", "i32", 74),
  lessEqual: binary2("i32", "i32", 76),
  lessEqualUnsigned: binary2("i32", "i32", 77),
  greaterEqual: binary2("i32", "i32", 78),
  greaterEqualUnsigned: binary2("i32", "i32", 79),
  countOnes: unary2("i32", "i32", 105),
  add: binary2("i32", "i32", 106),
  sub: binary2("i32", "i32", 107),
  mul: binary2("i32", "i32", 108),
  div: binary2("i32", "i32", 109),
  divUnsigned: binary2("i32", "i32", 110),
  remainder: binary2("i32", "i32", 111),
  remainderUnsigned: binary2("i32", "i32", 112),
  and: binary2("i32", "i32", 113),
  or: binary2("i32", "i32", 114),
  xor: binary2("i32", "i32", 115),
  shiftLeft: binary2("i32", "i32", 116),
  shiftRight: binary2("i32", "i32", 117),
  shiftRightUnsigned: binary2("i32", "i32", 118),
  wrapI64: unary2("i64", "i32", 167),
  reinterpretF32: unary2("f32", "i32", 188),
  /** Rounds towards zero; NaN gives 0 and what is too large the nearest end. */
  truncateF32: unary2("f32", "i32", 252, 0),
  /** Rounds towards zero; NaN gives 0 and what is too large the nearest end. */
  truncateF64: unary2("f64", "i32", 252, 2)
};
var i64 = {
  const: (value2) => constant("i64", value2),
  load: load("i64", 3, 41),
  store: store("i64", 3, 55),
  isZero: unary2("i64", "i32", 80),
  equal: binary2("i64", "i32", 81),
  notEqual: binary2("i64", "i32", 82),
  less: binary2("i64", "i32", 83),
  lessUnsigned: binary2("i64", "i32", 84),
  greater: binary2("i64", "i32", 85),
  countOnes: unary2("i64", "i64", 123),
  add: binary2("i64", "i64", 124),
  sub: binary2("i64", "i64", 125),
  mul: binary2("i64", "i64", 126),
  and: binary2("i64", "i64", 131),
  or: binary2("i64", "i64", 132),
  xor: binary2("i64", "i64", 133),
  shiftLeft: binary2("i64", "i64", 134),
  shiftRightUnsigned: binary2("i64", "i64", 136),
  extendI32: unary2("i32", "i64", 172),
  extendI32Unsigned: unary2("i32", "i64", 173),
  /** Rounds towards zero; NaN gives 0 and what is too large the nearest end. */
  truncateF64: unary2("f64", "i64", 252, 6),
  reinterpretF64: unary2("f64", "i64", 189)
};
var f32 = {
  const: ((value2) => constant("f32", value2)),
  load: load("f32", 2, 42),
  store: store("f32", 2, 56),
  equal: binary2("f32", "i32", 91),
  notEqual: binary2("f32", "i32", 92),
  less: binary2("f32", "i32", 93),
  greater: binary2("f32", "i32", 94),
  lessEqual: binary2("f32", "i32", 95),
  greaterEqual: binary2("f32", "i32", 96),
  abs: unary2("f32", "f32", 139),
  neg: unary2("f32", "f32", 140),
  ceil: unary2("f32", "f32", 141),
  floor: unary2("f32", "f32", 142),
  truncate: unary2("f32", "f32", 143),
  /** To the nearest whole number, halves to the even one. */
  nearest: unary2("f32", "f32", 144),
  sqrt: unary2("f32", "f32", 145),
  add: binary2("f32", "f32", 146),
  sub: binary2("f32", "f32", 147),
  mul: binary2("f32", "f32", 148),
  div: binary2("f32", "f32", 149),
  min: binary2("f32", "f32", 150),
  max: binary2("f32", "f32", 151),
  copySign: binary2("f32", "f32", 152),
  demoteF64: unary2("f64", "f32", 182)
};
var f64 = {
  const: ((value2) => constant("f64", value2)),
  load: load("f64", 3, 43),
  store: store("f64", 3, 57),
  equal: binary2("f64", "i32", 97),
  notEqual: binary2("f64", "i32", 98),
  less: binary2("f64", "i32", 99),
  greater: binary2("f64", "i32", 100),
  lessEqual: binary2("f64", "i32", 101),
  greaterEqual: binary2("f64", "i32", 102),
  abs: unary2("f64", "f64", 153),
  neg: unary2("f64", "f64", 154),
  ceil: unary2("f64", "f64", 155),
  floor: unary2("f64", "f64", 156),
  truncate: unary2("f64", "f64", 157),
  /** To the nearest whole number, halves to the even one. */
  nearest: unary2("f64", "f64", 158),
  sqrt: unary2("f64", "f64", 159),
  add: binary2("f64", "f64", 160),
  sub: binary2("f64", "f64", 161),
  mul: binary2("f64", "f64", 162),
  div: binary2("f64", "f64", 163),
  min: binary2("f64", "f64", 164),
  max: binary2("f64", "f64", 165),
  copySign: binary2("f64", "f64", 166),
  convertI32Unsigned: unary2("i32", "f64", 184),
  convertI64: unary2("i64", "f64", 185),
  promoteF32: unary2("f32", "f64", 187),
  reinterpretI64: unary2("i64", "f64", 191)
};
var selectNumber = [
  27
];
var selectVector = [
  28,
  1,
  123
];


var memory = {
  /** The number of 64 KiB pages. */
  size: () => new Expression("i32", [
    63,
    0
  ]),
  /** Sets `length` bytes to `value`. */
  fill: ((address, value2, length) => new Expression("void", [
    252,
    11,
    0
  ], i32Operands(address, value2, length))),
  /** Copies `length` bytes; the two ranges may overlap. */
  copy: (to, from, length) => new Expression("void", [
    252,
    10,
    0,
    0
  ], i32Operands(to, from, length))
};
var atomic = {
  load: load("i32", 2, 254, 16),
  store: store("i32", 2, 254, 23),
  /** Adds to memory and yields what was there before. */
  add: ((address, value2, offset2 = 0) => new Expression("i32", [
    254,
    30
  ], i32Operands(address, value2), [
    2,
    offset2
  ])),
  /** Replaces what is in memory and yields what was there before. */
  exchange: (address, value2, offset2 = 0) => new Expression("i32", [
    254,
    65
  ], i32Operands(address, value2), [
    2,
    offset2
  ]),
  /** Replaces `expected` alone, and yields what was there before. */
  compareExchange: (address, expected, replacement, offset2 = 0) => new Expression("i32", [
    254,
    72
  ], i32Operands(address, expected, replacement), [
    2,
    offset2
  ]),
  /** Sleeps while memory holds `expected`: 0 woken, 1 it held another value, 2 timed out. */
  wait: ((address, expected, nanoseconds = -1n) => new Expression("i32", [
    254,
    1,
    2,
    0
  ], [
    ...i32Operands(address, expected),
    expression("i64", nanoseconds)
  ])),
  /** Wakes up to `count` threads that sleep on the address, and yields how many. */
  notify: ((address, count) => new Expression("i32", [
    254,
    0,
    2,
    0
  ], i32Operands(address, count))),
  /** Orders all that came before against all that comes after. */
  fence: () => new Expression("void", [
    254,
    3,
    0
  ])
};


// src/backends/wasm/assembler/encoding.ts
var scratch = new DataView(new ArrayBuffer(8));
var ByteWriter = class {
  /** How many bytes there are. */
  length = 0;
  #bytes;
  /** No bytes yet, but room for as many as are expected. */
  constructor(expected = 512) {
    this.#bytes = new Uint8Array(expected);
  }
  /** Writes one byte. */
  
  /** Writes the few bytes of an instruction. */
  
  /** Writes bytes that are there already. */
  
  /** Writes an unsigned whole number (below 2^53) in LEB128: seven bits a byte, lowest first. */
  
  /** Writes a whole number of up to 32 bits in signed LEB128; 2^31 and up stand for their bits. */
  
  /** Writes a whole number of up to 64 bits in signed LEB128. */
  
  /** Writes the four bytes of a single-precision number. */
  
  /** Writes the eight bytes of a double-precision number. */
  float64(value2) {
    scratch.setFloat64(0, value2, true);
    for (let i = 0; i < 8; i++) this.byte(scratch.getUint8(i));
  }
  /** The bytes so far: no copy of them. */
  get written() {
    return this.#bytes.subarray(0, this.length);
  }
  #grow(more) {
    const grown = new Uint8Array(2 * this.#bytes.length + more);
    grown.set(this.#bytes);
    this.#bytes = grown;
  }
static {
  methodsOf(this.prototype, {
byte: (function (value2) {
    if (this.length === this.#bytes.length) this.#grow(1);
    this.#bytes[this.length++] = value2;
  }),
instruction: (function (values) {
    let { length } = this;
    if (length + values.length > this.#bytes.length) this.#grow(values.length);
    const bytes2 = this.#bytes;
    for (let i = 0; i < values.length; i++) bytes2[length++] = values[i];
    this.length = length;
  }),
bytes: (function (values) {
    if (this.length + values.length > this.#bytes.length) this.#grow(values.length);
    this.#bytes.set(values, this.length);
    this.length += values.length;
  }),
unsigned: (function (value2) {
    if ((value2 & 127) === value2) return this.byte(value2);
    if (!Number.isSafeInteger(value2) || value2 < 0) {
      throw new RangeError(`Cannot encode ${value2} as an unsigned number`);
    }
    let rest = value2;
    while (rest > 127) {
      this.byte(rest % 128 | 128);
      rest = Math.floor(rest / 128);
    }
    this.byte(rest);
  }),
signed32: (function (value2) {
    if ((value2 & 63) === value2) return this.byte(value2);
    if (!Number.isInteger(value2) || value2 < -(2 ** 31) || value2 >= 2 ** 32) {
      throw new RangeError(`Cannot encode ${value2} as a 32-bit number`);
    }
    let rest = value2 | 0;
    while (rest < -64 || rest > 63) {
      this.byte(rest & 127 | 128);
      rest >>= 7;
    }
    this.byte(rest & 127);
  }),
signed64: (function (value2) {
    let rest = BigInt.asIntN(64, value2);
    while (rest < -64n || rest > 63n) {
      this.byte(Number(rest & 127n) | 128);
      rest >>= 7n;
    }
    this.byte(Number(rest & 127n));
  }),
float32: (function (value2) {
    scratch.setFloat32(0, value2, true);
    for (let i = 0; i < 4; i++) this.byte(scratch.getUint8(i));
  })
}); }
};




// src/backends/wasm/assembler/simd_instructions.ts
var v128 = {
  /** Sixteen bytes. */
  const: ((bytes2) => {
    if (bytes2.length !== 16) throw new RangeError(`Cannot make a v128 of ${bytes2.length} bytes`);
    return new Expression("v128", simd(12).concat(bytes2));
  }),
  load: load("v128", 4, ...simd(0)),
  store: store("v128", 4, ...simd(11)),
  /** One 32-bit number in all four lanes. */
  load32Splat: load("v128", 2, ...simd(9)),
  /** One 64-bit number in both lanes. */
  load64Splat: load("v128", 3, ...simd(10)),
  /** One 32-bit number, then zeros. */
  load32Zero: load("v128", 2, ...simd(92)),
  /** One 64-bit number, then zeros. */
  load64Zero: load("v128", 3, ...simd(93)),
  /** Replaces one 32-bit lane by a number in memory. */
  load32Lane: loadLane(2, 86),
  /** Replaces one 64-bit lane by a number in memory. */
  load64Lane: loadLane(3, 87),
  /** Writes one 32-bit lane. */
  store32Lane: storeLane(2, 90),
  /** Writes one 64-bit lane. */
  store64Lane: storeLane(3, 91),
  not: vector1(77),
  and: vector2(78),
  /** `a` where `b` has no bit. */
  andNot: vector2(79),
  or: vector2(80),
  xor: vector2(81),
  /** Bits of `a` where `mask` has one, else of `b`. */
  bitselect: vector3(82),
  anyTrue: toI32(83)
};
var i8x16 = {
  /** Sixteen bytes chosen from `a` (0 to 15) and `b` (16 to 31). */
  shuffle: ((a, b, bytes2) => {
    if (bytes2.length !== 16) throw new RangeError(`Cannot shuffle ${bytes2.length} bytes`);
    return new Expression("v128", simd(13).concat(bytes2), [
      a,
      b
    ]);
  }),
  /** Bytes of `a` at the positions in `b`; a position past the end gives 0. */
  swizzle: vector2(14),
  /** The same where every position is below 16 or at least 128; needs relaxed SIMD. */
  relaxedSwizzle: vector2(256),
  bitmask: toI32(100)
};
var i32x4 = {
  splat: splat("i32", 17),
  extract: extract("i32", 27),
  replace: replace("i32", 28),
  /** Four lanes chosen from `a` (0 to 3) and `b` (4 to 7). */
  shuffle: shuffle(4),
  equal: vector2(55),
  notEqual: vector2(56),
  less: vector2(57),
  lessUnsigned: vector2(58),
  greater: vector2(59),
  abs: vector1(160),
  neg: vector1(161),
  allTrue: toI32(163),
  bitmask: toI32(164),
  shiftLeft: shift(171),
  shiftRight: shift(172),
  shiftRightUnsigned: shift(173),
  add: vector2(174),
  sub: vector2(177),
  mul: vector2(181),
  min: vector2(182),
  max: vector2(184),
  /** Rounds towards zero; NaN gives 0 and what is too large the nearest end. */
  truncateF32x4: vector1(248)
};
var i64x2 = {
  splat: splat("i64", 18),
  extract: extract("i64", 29),
  replace: replace("i64", 30),
  /** Two lanes chosen from `a` (0 and 1) and `b` (2 and 3). */
  shuffle: shuffle(8),
  bitmask: toI32(196),
  /** The two low 32-bit integers, with their signs. */
  extendLowI32x4: vector1(199),
  shiftLeft: shift(203),
  shiftRight: shift(204),
  shiftRightUnsigned: shift(205),
  add: vector2(206),
  sub: vector2(209),
  equal: vector2(214),
  notEqual: vector2(215)
};
var f32x4 = {
  splat: splat("f32", 19),
  extract: extract("f32", 31),
  replace: replace("f32", 32),
  /** Four lanes chosen from `a` (0 to 3) and `b` (4 to 7). */
  shuffle: shuffle(4),
  equal: vector2(65),
  notEqual: vector2(66),
  less: vector2(67),
  greater: vector2(68),
  lessEqual: vector2(69),
  greaterEqual: vector2(70),
  ceil: vector1(103),
  floor: vector1(104),
  truncate: vector1(105),
  nearest: vector1(106),
  abs: vector1(224),
  neg: vector1(225),
  sqrt: vector1(227),
  add: vector2(228),
  sub: vector2(229),
  mul: vector2(230),
  div: vector2(231),
  min: vector2(232),
  max: vector2(233),
  /** `b < a ? b : a`: one instruction on x64, and the second operand's way with NaN. */
  pmin: vector2(234),
  /** `a < b ? b : a`: one instruction on x64, and the second operand's way with NaN. */
  pmax: vector2(235),
  convertI32x4: vector1(250),
  /** Two doubles rounded into the low lanes; the high lanes are 0. */
  demoteF64x2Zero: vector1(94),
  /** `a * b + c`, rounded once or twice as the machine likes; needs relaxed SIMD. */
  relaxedMadd: vector3(261),
  /** `c - a * b`, rounded once or twice as the machine likes; needs relaxed SIMD. */
  relaxedNmadd: vector3(262)
};
var f64x2 = {
  splat: splat("f64", 20),
  extract: extract("f64", 33),
  replace: replace("f64", 34),
  /** Two lanes chosen from `a` (0 and 1) and `b` (2 and 3). */
  shuffle: shuffle(8),
  equal: vector2(71),
  notEqual: vector2(72),
  less: vector2(73),
  greater: vector2(74),
  lessEqual: vector2(75),
  greaterEqual: vector2(76),
  ceil: vector1(116),
  floor: vector1(117),
  truncate: vector1(122),
  nearest: vector1(148),
  abs: vector1(236),
  neg: vector1(237),
  sqrt: vector1(239),
  add: vector2(240),
  sub: vector2(241),
  mul: vector2(242),
  div: vector2(243),
  min: vector2(244),
  max: vector2(245),
  /** `b < a ? b : a`: one instruction on x64, and the second operand's way with NaN. */
  pmin: vector2(246),
  /** `a < b ? b : a`: one instruction on x64, and the second operand's way with NaN. */
  pmax: vector2(247),
  /** The two low 32-bit integers as doubles. */
  convertLowI32x4: vector1(254),
  /** The two low single-precision numbers as doubles. */
  promoteLowF32x4: vector1(95),
  /** `a * b + c`, rounded once or twice as the machine likes; needs relaxed SIMD. */
  relaxedMadd: vector3(263),
  /** `c - a * b`, rounded once or twice as the machine likes; needs relaxed SIMD. */
  relaxedNmadd: vector3(264)
};













// src/backends/wasm/assembler/function_builder.ts
var callOf = [
  16
];
var globalGet = [
  35
];

function globalValue(global) {
  return new Expression(global.type, globalGet, [], [
    global.index
  ]);
}
var FunctionBuilder = class {
  #start = new ByteWriter(64);
  #code = new ByteWriter();
  #locals = [];
  #params;
  #depth = 0;
  #turns = null;
  /** A body with this many parameters and no statement yet. */
  constructor(params) {
    this.#params = params;
  }
  /** A new variable, which is zero at first. */
  
  /** A new variable that holds `value`. */
  
  /** A new variable that holds `value` from the start of the function, whatever is written first. */
  
  /** Gives a variable a value. */
  
  /** Gives a variable of the module a value. */
  setGlobal(global, value2) {
    expression(global.type, value2).writeTo(this.#code);
    this.#instruction(36, global.index);
  }
  /** Adds to an integer variable, as pointers and counters need. */
  
  /** Writes a value of any type to memory. */
  
  /** Runs what has an effect and no value. */
  
  /**
   * Bodies that need nothing of one another, written so that their instructions on vectors take
   * turns: while one waits for a result, the processor finds work in the others.
   */
  
  /** Runs what has a value, for its effect alone. */
  
  /** Leaves the function, with its value if it has one. */
  
  /** Stops the program: reaching this is a mistake. */
  
  /** Statements that run if `condition` is not zero, and others that run if it is. */
  
  /** Statements whose end can be branched to. */
  
  /** Statements whose start can be branched to; without a branch they run once. */
  
  /** Goes to a label. */
  
  /** Goes to a label if `condition` is not zero. */
  
  /** Goes to the label at position `index`, or to `otherwise` past the last. */
  branchTable(index, labels, otherwise) {
    expression("i32", index).writeTo(this.#code);
    this.#instruction(14, labels.length);
    for (const label2 of [
      ...labels,
      otherwise
    ]) this.#code.unsigned(this.#depth - label2.depth);
  }
  /** Repeats while `condition` is not zero. */
  
  /** Runs once, then repeats while `condition` is not zero. */
  
  /** Counts `counter` up through a range; a range known to be empty writes no code. */
  
  /** The bytes of the body, its variables first. */
  
  /** The code of a body, instruction by instruction. */
  #piecesOf(body) {
    const [code, outer] = [
      this.#code,
      this.#turns
    ];
    const { ends } = this.#turns = {
      depth: this.#depth,
      ends: []
    };
    this.#code = new ByteWriter();
    body();
    const { written: written3 } = this.#code;
    [this.#code, this.#turns] = [
      code,
      outer
    ];
    return [
      ...ends,
      written3.length
    ].map(((end, i) => written3.subarray(ends[i - 1] ?? 0, end)));
  }
  /** An expression whose operands had turns of their own, where turns are taken. */
  #parted(whole2) {
    const { type, instruction, operands, immediates } = whole2;
    if (this.#turns === null || operands.length === 0) return whole2;
    const isPart2 = ((x) => x.type === "v128" && x.operands.length > 0);
    const parts = operands.map(((operand2) => isPart2(operand2) ? this.let(operand2) : operand2));
    return new Expression(type, instruction, parts, immediates);
  }
  #endTurn() {
    if (this.#turns?.depth === this.#depth) this.#turns.ends.push(this.#code.length);
  }
  #open(instruction, condition) {
    condition?.writeTo(this.#code);
    this.#code.byte(instruction);
    this.#code.byte(typeCodes.void);
    return {
      depth: ++this.#depth
    };
  }
  #close() {
    this.#code.byte(11);
    this.#depth--;
  }
  #instruction(code, immediate) {
    this.#code.byte(code);
    this.#code.unsigned(immediate);
  }
static {
  methodsOf(this.prototype, {
local: (function (type) {
    this.#locals.push(type);
    return new Local(type, this.#params + this.#locals.length - 1);
  }),
let: (function (value2) {
    const local = this.local(value2.type);
    this.set(local, value2);
    return local;
  }),
atStart: (function (value2) {
    const local = this.local(value2.type);
    value2.writeTo(this.#start);
    this.#start.byte(33);
    this.#start.unsigned(local.index);
    return local;
  }),
set: (function (local, value2) {
    this.#parted(expression(local.type, value2)).writeTo(this.#code);
    this.#instruction(33, local.index);
    this.#endTurn();
  }),
increase: (function (local, by) {
    this.set(local, i32.add(local, by));
  }),
store: (function (address, value2, offset2 = 0) {
    const { type } = value2;
    if (type === "i32") this.do(i32.store(address, value2, offset2));
    else if (type === "i64") this.do(i64.store(address, value2, offset2));
    else if (type === "f32") this.do(f32.store(address, value2, offset2));
    else if (type === "f64") this.do(f64.store(address, value2, offset2));
    else this.do(v128.store(address, value2, offset2));
  }),
do: (function (effect) {
    this.#parted(effect).writeTo(this.#code);
    this.#endTurn();
  }),
inTurns: (function (bodies) {
    const all = bodies.map(((body) => this.#piecesOf(body)));
    const most = Math.max(0, ...all.map(((pieces) => pieces.length)));
    for (let turn2 = 0; turn2 < most; turn2++) {
      for (const pieces of all) if (turn2 < pieces.length) this.#code.bytes(pieces[turn2]);
    }
  }),
drop: (function (value2) {
    value2.writeTo(this.#code);
    this.#code.byte(26);
  }),
return: (function (value2) {
    value2?.writeTo(this.#code);
    this.#code.byte(15);
  }),
unreachable: (function () {
    this.#code.byte(0);
  }),
if: (function (condition, then, otherwise) {
    this.#open(4, expression("i32", condition));
    then();
    if (otherwise) {
      this.#code.byte(5);
      otherwise();
    }
    this.#close();
  }),
block: (function (body) {
    body(this.#open(2));
    this.#close();
  }),
loop: (function (body) {
    body(this.#open(3));
    this.#close();
  }),
branch: (function (label2) {
    this.#instruction(12, this.#depth - label2.depth);
  }),
branchIf: (function (label2, condition) {
    expression("i32", condition).writeTo(this.#code);
    this.#instruction(13, this.#depth - label2.depth);
  }),
while: (function (condition, body) {
    this.if(condition, (() => this.doWhile(condition, body)));
  }),
doWhile: (function (condition, body) {
    this.loop(((start) => {
      body();
      this.branchIf(start, condition);
    }));
  }),
for: (function (counter, { from = 0, below: below2, step = 1 }, body) {
    const known2 = typeof from === "number" && typeof below2 === "number";
    if (known2 && from >= below2) return;
    const more = i32.less(counter, below2);
    const round3 = (() => {
      body();
      this.increase(counter, step);
    });
    this.set(counter, from);
    if (known2) this.doWhile(more, round3);
    else this.while(more, round3);
  }),
bytes: (function () {
    const runs = [];
    for (const type of this.#locals) {
      const last2 = runs.at(-1);
      if (last2?.[0] === type) last2[1]++;
      else runs.push([
        type,
        1
      ]);
    }
    const body = new ByteWriter(this.#start.length + this.#code.length + 64);
    body.unsigned(runs.length);
    for (const [type, count] of runs) {
      body.unsigned(count);
      body.byte(typeCodes[type]);
    }
    body.bytes(this.#start.written);
    body.bytes(this.#code.written);
    body.byte(11);
    return body.written;
  })
}); }
};

// src/backends/wasm/assembler/module_builder.ts
var empty = new Uint8Array();
var ModuleBuilder = class {
  #types = /* @__PURE__ */ new Map();
  #typeBytes = [];
  #imports = [];
  #functionTypes = [];
  #memories = [];
  #globals = [];
  #exports = [];
  #bodies = [];
  #importedFunctions = 0;
  #importedMemory;
  /** Takes its one memory from outside. */
  
  /**
   * Says how many pages the imported memory has at least, and at most, when that is known only after
   * the functions are written. Accesses at constant offsets below need one check instead of two.
   */
  
  /** Takes a function from outside; all imports come before the first own function. */
  
  /** Has a memory of its own, exported by the given name. */
  
  /** Has a variable that functions can read and set. */
  global(type, value2) {
    const bytes2 = new ByteWriter(16);
    bytes2.bytes([
      typeCodes[type],
      1
    ]);
    constant(type, value2).writeTo(bytes2);
    bytes2.byte(11);
    this.#globals.push(bytes2.written);
    return {
      type,
      index: this.#globals.length - 1
    };
  }
  /** Has a function; `body` gets a builder and one variable per parameter. */
  
  /** The whole module in the binary format. */
  
  /** The module, compiled and ready to be instantiated in any thread. */
  
  #signature({ params, result }) {
    const inputs = params ?? [];
    const output = result ?? "void";
    const bytes2 = [
      96,
      ...list(inputs.map(((type2) => [
        typeCodes[type2]
      ])))
    ];
    bytes2.push(...output === "void" ? [
      0
    ] : [
      1,
      typeCodes[output]
    ]);
    const key = bytes2.join();
    const known2 = this.#types.get(key);
    const type = known2 ?? this.#typeBytes.push(bytes2) - 1;
    this.#types.set(key, type);
    return {
      params: inputs,
      result: output,
      type
    };
  }
static {
  methodsOf(this.prototype, {
importMemory: (function (module, field, limits) {
    this.#importedMemory = {
      place: [
        ...name(module),
        ...name(field),
        2
      ],
      limits
    };
  }),
requirePages: (function (initial, maximum2) {
    if (!this.#importedMemory) throw new Error("Cannot require pages: no memory is imported");
    const { place: place2, limits } = this.#importedMemory;
    const limited = maximum2 === void 0 ? limits : {
      ...limits,
      maximum: maximum2
    };
    this.#importedMemory = {
      place: place2,
      limits: {
        ...limited,
        initial
      }
    };
  }),
importFunction: (function (module, field, signature = {}) {
    if (this.#functionTypes.length > 0) {
      throw new Error(`Cannot import ${module}.${field}: imports come before functions`);
    }
    const { params, result, type } = this.#signature(signature);
    this.#imports.push([
      ...name(module),
      ...name(field),
      0,
      ...unsigned(type)
    ]);
    return {
      params,
      result,
      index: this.#importedFunctions++
    };
  }),
memory: (function (exportName, limits) {
    this.#memories.push(limitBytes(limits));
    this.#exports.push([
      ...name(exportName),
      2,
      0
    ]);
  }),
function: (function (options, body) {
    const { params, result, type } = this.#signature(options);
    const index = this.#importedFunctions + this.#functionTypes.length;
    this.#functionTypes.push(unsigned(type));
    const position = this.#bodies.push(empty) - 1;
    if (options.export !== void 0) {
      this.#exports.push([
        ...name(options.export),
        0,
        ...unsigned(index)
      ]);
    }
    const builder = new FunctionBuilder(params.length);
    const locals = params.map(((type2, i) => new Local(type2, i)));
    body(builder, ...locals);
    if (result !== "void") builder.unreachable();
    this.#bodies[position] = builder.bytes();
    return {
      params,
      result,
      index
    };
  }),
bytes: (function () {
    const memory3 = this.#importedMemory;
    const memoryImport = memory3 ? [
      [
        ...memory3.place,
        ...limitBytes(memory3.limits)
      ]
    ] : [];
    const sections = [
      ...section(1, this.#typeBytes),
      ...section(2, [
        ...memoryImport,
        ...this.#imports
      ]),
      ...section(3, this.#functionTypes),
      ...section(5, this.#memories),
      ...section(6, this.#globals),
      ...section(7, this.#exports),
      ...section(10, this.#bodies.flatMap(((body) => [
        unsigned(body.length),
        body
      ])), this.#bodies.length)
    ];
    const module = new ByteWriter(8 + totalLength(sections));
    module.bytes([
      0,
      97,
      115,
      109,
      1,
      0,
      0,
      0
    ]);
    for (const chunk of sections) module.bytes(chunk);
    return module.written;
  }),
compile: (function () {
    return new WebAssembly.Module(this.bytes());
  })
}); }
};




// src/backends/wasm/math/constants.ts
var known = /* @__PURE__ */ new WeakMap();




// src/backends/wasm/math/float_code.ts


function estrin({ number, mul: mul2, multiplyAdd, hold: hold2 }, x, coefficients2) {
  let terms = coefficients2.toReversed().map(number);
  let power5 = hold2(x);
  while (terms.length > 2) {
    const pairs = terms.flatMap((low2, i) => {
      if (i % 2 === 1) return [];
      const high2 = terms[i + 1];
      return [
        high2 === void 0 ? low2 : hold2(multiplyAdd(high2, power5, low2))
      ];
    });
    power5 = hold2(mul2(power5, power5));
    terms = pairs;
  }
  const [low, high] = terms;
  return high === void 0 ? low : multiplyAdd(high, power5, low);
}



// src/backends/wasm/math/exponential.ts
var single = {
  fraction: 23,
  bias: 127,
  ln2: [
    0.693359375,
    -21219444005469057e-20
  ],
  powers: [
    -150.1,
    128.1
  ],
  minusOne: -18,
  ofPower: [
    1381458e-9,
    8368745e-9,
    0.04166839,
    0.16666521,
    0.49999994
  ],
  ofPowerLess1: [
    1984587e-10,
    0.0013940668,
    833339e-8,
    0.04166636,
    0.16666666,
    0.5
  ]
};
var doubleCoefficients = [
  2087531936291113e-24,
  2510902442311293e-23,
  2755740280822275e-22,
  27557244254289118e-22,
  24801587172188985e-21,
  198412698860734e-18,
  0.0013888888888962628,
  0.008333333333321653,
  0.041666666666666505,
  0.16666666666666677,
  0.5
];
var double = {
  fraction: 52,
  bias: 1023,
  ln2: [
    0.6931471803691238,
    19082149292705877e-26
  ],
  powers: [
    -1075.1,
    1024.1
  ],
  minusOne: -38,
  ofPower: doubleCoefficients,
  ofPowerLess1: doubleCoefficients
};
var precisionOf = (({ dtype }) => dtype === "float32" ? single : double);







function timesExp(code, factor, x, rest) {
  const { number, add: add2, mul: mul2, hold: hold2 } = code;
  const [coarse2, fine] = [
    hold2(x),
    hold2(rest)
  ];
  const { bias } = precisionOf(code);
  const { n, integer } = round2(code, [
    add2(coarse2, fine),
    number(Math.LOG2E)
  ], 2 * bias);
  const r = hold2(add2(reduce(code, coarse2, n), fine));
  return scale(code, mul2(expNear0(code, r), factor), integer);
}

var coarse = [
  247271689752036e-19,
  199154368081557e-18,
  0.00138891788666032,
  0.00833326700539734,
  0.0416666642175046,
  0.166666668855793,
  0.500000000061906,
  0.999999999980608,
  0.999999999999762
];
function expForSingles(code, operand2) {
  const { number, mul: mul2, negatedMultiplyAdd, bits, hold: hold2 } = code;
  const { bias, fraction } = double;
  const x = between(code, operand2, [
    -200,
    200
  ]);
  const { n, integer } = round2(code, [
    x,
    number(Math.LOG2E)
  ], bias);
  const r = hold2(negatedMultiplyAdd(n, number(Math.LN2), x));
  return mul2(polynomial(code, r, coarse), bits.shiftLeft(integer, fraction));
}
function exp22(code, x) {
  const { number, sub: sub2, mul: mul2, hold: hold2 } = code;
  const { powers: powers2, bias } = precisionOf(code);
  const within3 = between(code, x, powers2);
  const { n, integer } = round2(code, [
    within3,
    number(1)
  ], 2 * bias);
  return scale(code, expNear0(code, hold2(mul2(sub2(within3, n), number(Math.LN2)))), integer);
}



// src/backends/wasm/math/two_parts.ts
function firstHalf({ integer, hold: hold2 }, x) {
  return hold2(v128.andNot(x, integer(2 ** 27 - 1)));
}
function lostInProduct(code, a, b, product2) {
  const { add: add2, sub: sub2, mul: mul2, hold: hold2 } = code;
  const [highA, highB] = [
    firstHalf(code, a),
    firstHalf(code, b)
  ];
  const [lowA, lowB] = [
    hold2(sub2(a, highA)),
    hold2(sub2(b, highB))
  ];
  const first2 = sub2(mul2(highA, highB), product2);
  return add2(add2(add2(first2, mul2(highA, lowB)), mul2(lowA, highB)), mul2(lowA, lowB));
}
function sumInTwoParts({ add: add2, sub: sub2, hold: hold2 }, a, b) {
  const high = hold2(add2(a, b));
  return {
    high,
    low: hold2(sub2(b, sub2(high, a)))
  };
}

// src/backends/wasm/math/logarithm.ts
var single2 = {
  fraction: 23,
  bias: 127,
  ln2: [
    0.693359375,
    -21219444005469057e-20
  ],
  rootOfHalf: 1060439283,
  leastNormal: 2 ** -126,
  coefficients: [
    0.06746638,
    -0.116756506,
    0.11888163,
    -0.1240559,
    0.14219552,
    -0.16667996,
    0.20002119,
    -0.2500001,
    0.33333313
  ]
};
var double2 = {
  fraction: 52,
  bias: 1023,
  ln2: [
    0.6931471803691238,
    19082149292705877e-26
  ],
  rootOfHalf: 1072079006 * 2 ** 32,
  leastNormal: 2 ** -1022,
  coefficients: [
    0.13251319912287723,
    0.13250119072859887,
    0.1538709071966058,
    0.18181775666270608,
    0.2222222264678884,
    0.2857142856908592,
    0.4000000000000625,
    0.6666666666666666
  ]
};
var precisionOf2 = (({ dtype }) => dtype === "float32" ? single2 : double2);





function log1p2(code, operand2) {
  const { f, number, add: add2, sub: sub2, abs: abs2, less: less2, greaterEqual: greaterEqual2, hold: hold2, select: select3 } = code;
  const x = hold2(operand2);
  const u = hold2(add2(number(1), x));
  const rounded2 = hold2(sub2(u, number(1)));
  const lost = add2(sub2(number(1), sub2(u, rounded2)), sub2(x, rounded2));
  const result = f.let(logOfSum(code, u, lost));
  const isNormal = v128.and(greaterEqual2(u, number(2 ** -60)), less2(u, number(Infinity)));
  const isTiny = less2(abs2(x), number(1e-30));
  f.if(v128.anyTrue(v128.or(isTiny, v128.not(isNormal))), () => {
    f.set(result, select3(isTiny, x, orSpecial(code, u, result)));
  });
  return result;
}
function log1pOfUnit(code, operand2) {
  const { number, add: add2, sub: sub2, hold: hold2 } = code;
  const x = hold2(operand2);
  const u = hold2(add2(number(1), x));
  return logOfSum(code, u, sub2(x, sub2(u, number(1))));
}
function logOfSum(code, u, lost) {
  const { number, integer, add: add2, mul: mul2, bits, hold: hold2 } = code;
  const { fraction, bias } = precisionOf2(code);
  const { k, f, exponent } = takeApart(code, u);
  const inversePower = bits.shiftLeft(bits.sub(integer(2 * bias + 1), exponent), fraction);
  const correction = mul2(mul2(lost, number(0.5)), inversePower);
  return putTogether(code, {
    k,
    f: hold2(add2(f, correction))
  });
}
function log22(code, operand2) {
  const { number, sub: sub2, multiplyAdd } = code;
  return ofAny(code, code.hold(operand2), (x, scaled2) => {
    const { k, f } = takeApart(code, x);
    const fractional = putTogether(code, {
      k: number(0),
      f
    });
    return multiplyAdd(fractional, number(Math.LOG2E), sub2(k, scaled2));
  });
}
function log102(code, operand2) {
  return code.mul(log3(code, operand2), code.number(Math.LOG10E));
}
function softplus3(code, operand2) {
  const { number, add: add2, abs: abs2, neg: neg2, lessEqual: lessEqual2, hold: hold2 } = code;
  const x = hold2(operand2);
  const positive = v128.andNot(x, lessEqual2(x, number(0)));
  return add2(positive, log1pOfUnit(code, exp3(code, neg2(abs2(x)))));
}
function logaddexp2(code, first2, second) {
  const { number, add: add2, sub: sub2, max: max2, abs: abs2, neg: neg2, equal: equal2, hold: hold2, select: select3 } = code;
  const [a, b] = [
    hold2(first2),
    hold2(second)
  ];
  const distance = neg2(abs2(sub2(a, b)));
  const result = add2(max2(a, b), log1pOfUnit(code, exp3(code, distance)));
  return select3(equal2(a, b), add2(a, number(Math.LN2)), result);
}
function logInTwoParts(code, x) {
  const { number, add: add2, sub: sub2, mul: mul2, div: div2, less: less2, hold: hold2, select: select3 } = code;
  const { fraction, leastNormal, ln2, coefficients: coefficients2 } = precisionOf2(code);
  const tiny = hold2(less2(x, number(leastNormal)));
  const parts = takeApart(code, select3(tiny, mul2(x, number(2 ** fraction)), x));
  const k = hold2(sub2(parts.k, v128.and(tiny, number(fraction))));
  const { f } = parts;
  const divisor = sumInTwoParts(code, number(2), f);
  const s = hold2(div2(f, divisor.high));
  const product2 = hold2(mul2(s, divisor.high));
  const lost = add2(lostInProduct(code, s, divisor.high, product2), mul2(s, divisor.low));
  const rest = div2(sub2(sub2(f, product2), lost), divisor.high);
  const square2 = hold2(mul2(s, s));
  const series = mul2(mul2(square2, s), polynomial(code, square2, coefficients2));
  const first2 = sumInTwoParts(code, hold2(mul2(k, number(ln2[0]))), hold2(add2(s, s)));
  const small2 = add2(mul2(k, number(ln2[1])), add2(add2(rest, rest), series));
  return sumInTwoParts(code, first2.high, hold2(add2(first2.low, small2)));
}

// src/backends/wasm/math/hyperbolic.ts
function sigmoid3(code, operand2) {
  const { number, add: add2, div: div2, abs: abs2, neg: neg2, greaterEqual: greaterEqual2, hold: hold2, select: select3 } = code;
  const x = hold2(operand2);
  const e = hold2(exp3(code, neg2(abs2(x))));
  return div2(select3(greaterEqual2(x, number(0)), number(1), e), add2(number(1), e));
}

function halfExp(code, size) {
  const { number, mul: mul2, hold: hold2 } = code;
  const root = hold2(exp3(code, mul2(size, number(0.5))));
  return mul2(mul2(root, number(0.5)), root);
}
function sinh2(code, operand2) {
  const { number, add: add2, mul: mul2, div: div2, abs: abs2, less: less2, pmin, hold: hold2, select: select3 } = code;
  const x = hold2(operand2);
  const size = hold2(abs2(x));
  const e = hold2(expm1OfPositive(code, pmin(size, number(22))));
  const small2 = mul2(number(0.5), add2(e, div2(e, add2(e, number(1)))));
  return withSignOf(code, select3(less2(size, number(22)), small2, halfExp(code, size)), x);
}
function cosh2(code, operand2) {
  const { number, add: add2, div: div2, abs: abs2, hold: hold2 } = code;
  const half = hold2(halfExp(code, hold2(abs2(operand2))));
  return add2(half, div2(number(0.25), half));
}
function asinh2(code, operand2) {
  const { number, add: add2, mul: mul2, div: div2, sqrt: sqrt2, abs: abs2, less: less2, hold: hold2, select: select3 } = code;
  const x = hold2(operand2);
  const size = hold2(abs2(x));
  const square2 = hold2(mul2(size, size));
  const root = sqrt2(add2(square2, number(1)));
  const near = log1p2(code, add2(size, div2(square2, add2(number(1), root))));
  const far = add2(log3(code, size), number(Math.LN2));
  return withSignOf(code, select3(less2(size, number(1e9)), near, far), x);
}
function acosh2(code, operand2) {
  const { number, add: add2, sub: sub2, mul: mul2, sqrt: sqrt2, less: less2, hold: hold2, select: select3 } = code;
  const x = hold2(operand2);
  const above = hold2(sub2(x, number(1)));
  const roots = mul2(sqrt2(above), sqrt2(add2(above, number(2))));
  const near = log1p2(code, add2(above, roots));
  const far = add2(log3(code, x), number(Math.LN2));
  return select3(less2(x, number(1e9)), near, far);
}
function atanh2(code, operand2) {
  const { number, add: add2, sub: sub2, mul: mul2, div: div2, abs: abs2, hold: hold2 } = code;
  const x = hold2(operand2);
  const size = hold2(abs2(x));
  const ratio = div2(add2(size, size), sub2(number(1), size));
  return withSignOf(code, mul2(number(0.5), log1p2(code, ratio)), x);
}

// src/backends/wasm/math/inverse_trigonometric.ts
var coefficients = [
  0.015207916153921058,
  -0.03348700735592189,
  0.045040878478369725,
  -0.05218536646119918,
  0.058770423205311645,
  -0.06666228850842033,
  0.07692282900276358,
  -0.09090908150785074,
  0.11111111088351032,
  -0.14285714285390785,
  0.19999999999997692,
  -0.33333333333333326
];
var restOfQuarterPi = 3061616997868383e-32;
function atanOfRatio(code, ratio) {
  const { number, add: add2, sub: sub2, mul: mul2, div: div2, greater: greater2, hold: hold2, select: select3 } = code;
  const t = hold2(ratio);
  const isLarge = hold2(greater2(t, number(Math.SQRT2 - 1)));
  const s = hold2(select3(isLarge, div2(sub2(t, number(1)), add2(t, number(1))), t));
  const square2 = hold2(mul2(s, s));
  const series = mul2(mul2(square2, s), polynomial(code, square2, coefficients));
  const moved2 = add2(series, v128.and(isLarge, number(restOfQuarterPi)));
  return add2(v128.and(isLarge, number(Math.PI / 4)), add2(s, moved2));
}
function firstQuadrant(code, y, x) {
  const { number, add: add2, sub: sub2, div: div2, pmin, pmax, greater: greater2, equal: equal2, hold: hold2, select: select3 } = code;
  const [least2, most] = [
    hold2(pmin(y, x)),
    hold2(pmax(y, x))
  ];
  const ratio = select3(equal2(most, number(0)), number(0), div2(least2, most));
  const isDiagonal = equal2(least2, number(Infinity));
  const angle = hold2(atanOfRatio(code, select3(isDiagonal, number(1), hold2(ratio))));
  const whole2 = select3(greater2(y, x), sub2(number(Math.PI / 2), angle), angle);
  const sum3 = hold2(add2(y, x));
  return select3(equal2(sum3, sum3), whole2, sum3);
}
function atan22(code, first2, second) {
  const { number, integer, sub: sub2, abs: abs2, bits, hold: hold2, select: select3 } = code;
  const [y, x] = [
    hold2(first2),
    hold2(second)
  ];
  const angle = hold2(firstQuadrant(code, hold2(abs2(y)), hold2(abs2(x))));
  const isLeft = bits.sub(integer(0), bits.shiftRightUnsigned(x, 63));
  return withSignOf(code, select3(isLeft, sub2(number(Math.PI), angle), angle), y);
}
function atan3(code, operand2) {
  const { number, abs: abs2, hold: hold2 } = code;
  const x = hold2(operand2);
  return withSignOf(code, firstQuadrant(code, hold2(abs2(x)), hold2(number(1))), x);
}
function asin2(code, operand2) {
  const { number, add: add2, sub: sub2, mul: mul2, sqrt: sqrt2, abs: abs2, hold: hold2 } = code;
  const x = hold2(operand2);
  const size = hold2(abs2(x));
  const other2 = sqrt2(mul2(sub2(number(1), size), add2(number(1), size)));
  return withSignOf(code, firstQuadrant(code, size, hold2(other2)), x);
}
function acos2(code, operand2) {
  const { number, add: add2, sub: sub2, sqrt: sqrt2, hold: hold2 } = code;
  const x = hold2(operand2);
  const half = firstQuadrant(code, hold2(sqrt2(sub2(number(1), x))), hold2(sqrt2(add2(number(1), x))));
  const angle = hold2(half);
  return add2(angle, angle);
}

// src/backends/wasm/math/power.ts
function pow2(code, base, exponent) {
  return powerOf(code, [
    base,
    exponent
  ], preciseOfSize);
}
function powForSingles(code, base, exponent) {
  return powerOf(code, [
    base,
    exponent
  ], (code2, size, b) => expForSingles(code2, code2.mul(bounded(code2, b), log3(code2, size))));
}
function powerOf(code, [base, exponent], ofSize) {
  const { number, mul: mul2, abs: abs2, truncate, less: less2, equal: equal2, notEqual: notEqual2, hold: hold2, select: select3 } = code;
  const [a, b] = [
    hold2(base),
    hold2(exponent)
  ];
  const size = hold2(abs2(a));
  const isInteger = hold2(equal2(b, truncate(b)));
  const half = hold2(mul2(b, number(0.5)));
  const isOdd = v128.and(isInteger, notEqual2(half, truncate(half)));
  const signed = v128.xor(ofSize(code, size, b), v128.and(isOdd, v128.and(a, number(-0))));
  const isFiniteNegative = v128.and(less2(a, number(0)), less2(size, number(Infinity)));
  const isImaginary = v128.andNot(isFiniteNegative, isInteger);
  const isNaN2 = v128.or(notEqual2(a, a), notEqual2(b, b));
  const result = select3(v128.or(isImaginary, isNaN2), number(NaN), signed);
  return select3(v128.or(equal2(b, number(0)), equal2(a, number(1))), number(1), result);
}
function bounded({ number, pmin, pmax, hold: hold2 }, exponent) {
  const huge = 2 ** 900;
  return hold2(pmin(pmax(exponent, number(-huge)), number(huge)));
}
function preciseOfSize(code, size, exponent) {
  const { number, add: add2, mul: mul2, abs: abs2, greater: greater2, less: less2, equal: equal2, hold: hold2, select: select3 } = code;
  const b = bounded(code, exponent);
  const log4 = logInTwoParts(code, size);
  const high = hold2(mul2(b, log4.high));
  const lost = add2(lostInProduct(code, b, log4.high, high), mul2(b, log4.low));
  const matters = less2(abs2(high), number(1e3));
  const ofOrdinary = mul2(exp3(code, high), add2(number(1), v128.and(matters, lost)));
  const isExtreme = v128.or(equal2(size, number(0)), equal2(size, number(Infinity)));
  const isLarge = v128.xor(greater2(size, number(1)), less2(b, number(0)));
  return select3(hold2(isExtreme), v128.and(isLarge, number(Infinity)), ofOrdinary);
}
function power3(code, operand2, exponent) {
  const { number, add: add2, div: div2, sqrt: sqrt2, equal: equal2, hold: hold2, select: select3 } = code;
  const x = hold2(operand2);
  const root = () => {
    const infinite = number(Infinity);
    return select3(equal2(x, number(-Infinity)), infinite, sqrt2(add2(x, number(0))));
  };
  if (exponent === 0) return number(1);
  if (exponent === -1) return div2(number(1), x);
  if (exponent === 0.5) return root();
  if (exponent === -0.5) return div2(number(1), hold2(root()));
  if ([
    1,
    2,
    3,
    4
  ].includes(exponent)) return wholePower(code, x, exponent);
  const isWhole = Number.isInteger(exponent) && Math.abs(exponent) <= 16;
  const inDoubles2 = (wide2, x2) => {
    if (code.dtype === "float64") return pow2(wide2, x2, number(exponent));
    if (!isWhole) return powForSingles(wide2, x2, wide2.number(exponent));
    const positive = wholePower(wide2, hold2(x2), Math.abs(exponent));
    return exponent < 0 ? wide2.div(wide2.number(1), hold2(positive)) : positive;
  };
  return (code.dtype === "float32" ? throughDoubles(inDoubles2) : inDoubles2)(code, x);
}
function wholePower({ mul: mul2, hold: hold2 }, x, exponent) {
  let product2 = null;
  let square2 = x;
  for (let rest = exponent; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) product2 = product2 === null ? square2 : hold2(mul2(product2, square2));
    if (rest > 1) square2 = hold2(mul2(square2, square2));
  }
  return product2;
}
function hypot2(code, first2, second) {
  const { number, add: add2, mul: mul2, div: div2, sqrt: sqrt2, abs: abs2, pmin, pmax, equal: equal2, hold: hold2, select: select3 } = code;
  const [a, b] = [
    hold2(abs2(first2)),
    hold2(abs2(second))
  ];
  const most = hold2(pmax(a, b));
  const ratio = hold2(div2(pmin(a, b), most));
  const length = mul2(most, sqrt2(add2(number(1), mul2(ratio, ratio))));
  const sum3 = hold2(add2(a, b));
  const orZero = select3(equal2(sum3, number(0)), number(0), select3(equal2(sum3, sum3), length, sum3));
  const infinite = number(Infinity);
  return select3(v128.or(equal2(a, infinite), equal2(b, infinite)), infinite, hold2(orZero));
}

// src/backends/wasm/math/remainder.ts
function fmod2(code, first2, second) {
  const { context, hold: hold2 } = code;
  const [a, b] = [
    hold2(first2),
    hold2(second)
  ];
  const signature = {
    params: [
      "f64",
      "f64"
    ],
    result: "f64"
  };
  const callee = context.function("fmod", signature, writeRemainder);
  const left = (lane) => call2(callee, f64x2.extract(a, lane), f64x2.extract(b, lane));
  return f64x2.replace(f64x2.splat(left(0)), 1, left(1));
}
function remainder3(code, first2, second) {
  const { number, add: add2, less: less2, notEqual: notEqual2, hold: hold2, select: select3 } = code;
  const [a, b] = [
    hold2(first2),
    hold2(second)
  ];
  const left = hold2(fmod2(code, a, b));
  const signsDiffer = v128.xor(less2(left, number(0)), less2(b, number(0)));
  const isBelow = v128.and(notEqual2(left, number(0)), signsDiffer);
  return select3(hold2(isBelow), add2(left, b), left);
}
function writeRemainder(f, a, b) {
  const left = f.let(f64.abs(a));
  const least2 = f.let(f64.abs(b));
  const isDefined = i32.and(f64.less(left, Infinity), f64.greater(least2, 0));
  f.if(i32.isZero(isDefined), () => f.return(f64.const(NaN)));
  f.if(f64.less(left, least2), () => f.return(a));
  const step = f.let(least2);
  f.while(f64.lessEqual(f64.add(step, step), left), () => f.set(step, f64.add(step, step)));
  f.while(f64.greaterEqual(step, least2), () => {
    f.if(f64.greaterEqual(left, step), () => f.set(left, f64.sub(left, step)));
    f.set(step, f64.mul(step, 0.5));
  });
  f.return(f64.copySign(left, a));
}

// src/backends/wasm/math/large_angle.ts
var twoOverPi = "0xa2f9836e4e441529fc2757d1f534ddc0db6295993c439041fe5163abdebbc561b7246e3a424dd2e006492eea09d1921cfe1deb1cb129a73ee88235f52ebb4484e99c7026b45f7e413991d639835339f49c845f8bbdf9283b1ff897ffde05980fef2f118b5a0a6d1f6d367ecf27cb09b74f463f669e5fea2d7527bac7ebe5f17b3d0739f78a5292ea6bfb5fb11f8d5d0856033046fc7b6babf0cfbc209af4361d";
function wordsOfTwoOverPi() {
  const bits = BigInt(twoOverPi);
  const words2 = Array.from({
    length: 20
  }, (_, i) => (bits >> BigInt(64 * (19 - i))) % 2n ** 64n);
  return [
    0n,
    ...words2
  ];
}
function largeAngle(context) {
  const quadrant = context.global("quadrant");
  const word2 = context.function("word of 2/pi", {
    params: [
      "i32"
    ],
    result: "i64"
  }, writeWords);
  const signature = {
    params: [
      "f64"
    ],
    result: "f64"
  };
  const remainder5 = context.function("large angle", signature, (f, x) => {
    const bits = f.let(i64.reinterpretF64(x));
    const exponent = i32.and(i32.wrapI64(i64.shiftRightUnsigned(bits, 52n)), 2047);
    const offset2 = f.let(i32.sub(exponent, 1075 - 62));
    f.if(i32.greaterEqual(offset2, 2047 - 1075 + 62), () => f.return(f64.sub(x, x)));
    const m = f.let(i64.or(i64.and(bits, 2n ** 52n - 1n), 2n ** 52n));
    const [high, low, rest] = product(f, m, windowAt(f, word2, offset2));
    const fraction = f.let(joined(high, low, 2));
    const more = f.let(joined(low, rest, 2));
    const turns = i64.add(i64.shiftRightUnsigned(high, 62n), i64.shiftRightUnsigned(fraction, 63n));
    const turned = f.let(i32.wrapI64(turns));
    const finer = f64.mul(f64.convertI64(i64.shiftRightUnsigned(more, 1n)), 2 ** -63);
    const angle = f64.mul(f64.add(f64.convertI64(fraction), finer), Math.PI / 2 * 2 ** -64);
    const result = f.let(angle);
    f.if(f64.less(x, 0), () => {
      f.set(turned, i32.sub(0, turned));
      f.set(result, f64.neg(result));
    });
    f.setGlobal(quadrant, turned);
    f.return(result);
  });
  return {
    remainder: remainder5,
    quadrant
  };
}
function writeWords(f, index) {
  const words2 = wordsOfTwoOverPi();
  const open = (labels) => {
    if (labels.length === words2.length) return f.branchTable(index, labels, labels.at(-1));
    f.block((label2) => open([
      ...labels,
      label2
    ]));
    f.return(i64.const(words2[labels.length]));
  };
  open([]);
}
function windowAt(f, word2, offset2) {
  const index = f.let(i32.shiftRightUnsigned(offset2, 6));
  const shift2 = f.let(i64.extendI32(i32.and(offset2, 63)));
  const four = [
    0,
    1,
    2,
    3
  ].map((i) => f.let(call2(word2, i32.add(index, i))));
  const at = (i) => {
    const next = i64.shiftRightUnsigned(four[i + 1], 1n);
    const moved2 = i64.shiftRightUnsigned(next, i64.sub(63n, shift2));
    return f.let(i64.or(i64.shiftLeft(four[i], shift2), moved2));
  };
  return [
    at(0),
    at(1),
    at(2)
  ];
}
function product(f, m, [a, b, c]) {
  const lowB = f.let(i64.mul(m, b));
  const middle2 = f.let(i64.add(lowB, highHalf(f, m, c)));
  const carry = i64.extendI32Unsigned(i64.lessUnsigned(middle2, lowB));
  const high = i64.add(i64.add(i64.mul(m, a), highHalf(f, m, b)), carry);
  return [
    f.let(high),
    middle2,
    f.let(i64.mul(m, c))
  ];
}
function highHalf(f, m, a) {
  const low = (x) => i64.and(x, 2n ** 32n - 1n);
  const high = (x) => i64.shiftRightUnsigned(x, 32n);
  const first2 = f.let(i64.add(i64.mul(high(m), low(a)), high(i64.mul(low(m), low(a)))));
  const second = f.let(i64.add(i64.mul(low(m), high(a)), low(first2)));
  return i64.add(i64.mul(high(m), high(a)), i64.add(high(first2), high(second)));
}
function joined(a, b, from) {
  return i64.or(i64.shiftLeft(a, BigInt(from)), i64.shiftRightUnsigned(b, BigInt(64 - from)));
}

// src/backends/wasm/math/trigonometric.ts
var halfPi = [
  1.5707963267341256,
  6077100506303966e-26,
  20222662487959506e-37
];
var rounder = 1.5 * 2 ** 52;
var largest = 2 ** 20;
var sineCoefficients = [
  15896812052782232e-26,
  -25050758389579453e-24,
  27557313693613624e-22,
  -19841269829812535e-20,
  0.00833333333332242,
  -0.16666666666666632
];
var cosineCoefficients = [
  -1135965861803576e-26,
  20875723476029083e-25,
  -275573143537799e-21,
  2480158728948704e-20,
  -0.0013888888888874131,
  0.0416666666666666
];
function reduce2(code, x) {
  const { f, context, number, sub: sub2, multiplyAdd, negatedMultiplyAdd, abs: abs2, hold: hold2 } = code;
  const quadrant = f.let(multiplyAdd(x, number(2 / Math.PI), number(rounder)));
  const n = hold2(sub2(quadrant, number(rounder)));
  const part2 = (rest2, length) => negatedMultiplyAdd(n, number(length), rest2);
  const rest = f.let(halfPi.reduce(part2, x));
  f.if(v128.anyTrue(v128.not(code.lessEqual(abs2(x), number(largest)))), () => {
    const large2 = largeAngle(context);
    for (const lane of [
      0,
      1
    ]) {
      const angle = f64x2.extract(x, lane);
      f.if(f64.greater(f64.abs(angle), largest), () => {
        f.set(rest, f64x2.replace(rest, lane, call2(large2.remainder, angle)));
        const turned = i64.extendI32(globalValue(large2.quadrant));
        f.set(quadrant, i64x2.replace(quadrant, lane, turned));
      });
    }
  });
  return {
    rest,
    quadrant
  };
}
function sineNear0(code, rest) {
  const { mul: mul2, multiplyAdd, hold: hold2 } = code;
  const square2 = hold2(mul2(rest, rest));
  const cube = mul2(square2, rest);
  return multiplyAdd(cube, polynomial(code, square2, sineCoefficients), rest);
}
function cosineNear0(code, rest) {
  const { number, mul: mul2, sub: sub2, multiplyAdd, hold: hold2 } = code;
  const square2 = hold2(mul2(rest, rest));
  const start = sub2(number(1), mul2(square2, number(0.5)));
  return multiplyAdd(mul2(square2, square2), polynomial(code, square2, cosineCoefficients), start);
}
function sineOf(code, { rest, quadrant }, turned) {
  const { integer, bits, hold: hold2, select: select3 } = code;
  const turns = hold2(turned === 0 ? quadrant : bits.add(quadrant, integer(turned)));
  const isOdd = bits.sub(integer(0), v128.and(turns, integer(1)));
  const value2 = select3(hold2(isOdd), cosineNear0(code, rest), sineNear0(code, rest));
  const sign2 = bits.shiftLeft(v128.and(turns, integer(2)), 62);
  return v128.xor(value2, sign2);
}
function sin2(code, operand2) {
  const { number, abs: abs2, less: less2, hold: hold2, select: select3 } = code;
  const x = hold2(operand2);
  const result = sineOf(code, reduce2(code, x), 0);
  return select3(less2(abs2(x), number(1e-8)), x, result);
}
function cos2(code, operand2) {
  return sineOf(code, reduce2(code, code.hold(operand2)), 1);
}
function tan2(code, operand2) {
  const { number, abs: abs2, less: less2, div: div2, hold: hold2, select: select3 } = code;
  const x = hold2(operand2);
  const reduced = reduce2(code, x);
  const result = div2(sineOf(code, reduced, 0), sineOf(code, reduced, 1));
  return select3(less2(abs2(x), number(1e-8)), x, result);
}

// src/backends/wasm/math/error_function.ts
var singleNear0 = [
  78538484e-12,
  -80101896e-11,
  0.0051883273,
  -0.026853811,
  0.112835854,
  -0.37612626,
  0.12837917
];
var singleTail = [
  -18637803e-11,
  0.0029476478,
  -0.021838026,
  0.103106685,
  0.6381449,
  1.1270891,
  3415318e-10
];
var doubleNear0 = [
  -14618441321282917e-23,
  16370955957084287e-22,
  -14922990295838226e-21,
  12055285871013896e-20,
  -8548326505839159e-19,
  0.005223977621974562,
  -0.026866170644997654,
  0.11283791670954864,
  -0.3761263890318375,
  0.12837916709551256
];
var doubleTail = [
  7186092960144148e-24,
  7267079867951311e-23,
  -8071488545173316e-23,
  -5876240774696601e-22,
  29941187064394553e-23,
  3456240463179041e-21,
  -6991552219453452e-22,
  -20095120580826106e-21,
  4938077465219139e-21,
  12509822198714638e-20,
  -10515726148479329e-20,
  -7798321301823254e-19,
  0.0018886900109331122,
  0.00252939180587165,
  -0.023770514890950806,
  0.06830802734435357,
  -0.11927366341643425,
  0.12964515870275492,
  -0.04756229435343295,
  -0.13562110612458114,
  1.2530080582697296
];
var coarseTail = [
  -0.0242473229632456,
  0.0110798479664669,
  0.0645614675394181,
  -0.00236011340331406,
  -0.151536901995387,
  -0.136390381842829,
  0.224270718208037,
  0.807747845722635,
  1.27789054403887,
  1.38500973160156,
  1.14167043576489,
  0.744552887432429,
  0.389283567997657
];
var singleNormalNear0 = [
  104465638e-12,
  -0.00118269594,
  0.00997274981,
  -0.0664903305,
  0.39894228
];
var singleNormalTail = [
  0.0741749979,
  -0.100355022,
  -0.0235511193,
  0.124718624,
  -0.0406788394,
  -0.141441647,
  0.0847724461,
  0.322496021,
  0.315751892
];
function erf3(code, operand2) {
  const x = code.hold(operand2);
  return code.dtype === "float32" ? erfOfSingles(code, x) : erfOfDoubles(code, x);
}
function erfOfSingles(code, x) {
  const { number, sub: sub2, mul: mul2, multiplyAdd, neg: neg2, abs: abs2, pmin, less: less2, hold: hold2, select: select3 } = code;
  const size = hold2(abs2(x));
  const within3 = hold2(pmin(size, number(4)));
  const tail2 = sub2(number(1), expOfNegative(code, neg2(polynomial(code, within3, singleTail))));
  const near0 = multiplyAdd(x, polynomial(code, hold2(mul2(x, x)), singleNear0), x);
  return select3(less2(size, number(1)), near0, withSignOf(code, hold2(tail2), x));
}
function erfOfDoubles(code, x) {
  const { number, sub: sub2, mul: mul2, multiplyAdd, abs: abs2, less: less2, hold: hold2, select: select3 } = code;
  const size = hold2(abs2(x));
  const tail2 = withSignOf(code, sub2(number(1), tailOfDoubles(code, size)), x);
  const near0 = multiplyAdd(x, polynomial(code, hold2(mul2(x, x)), doubleNear0), x);
  return select3(less2(size, number(0.5)), near0, tail2);
}
function erfc3(code, operand2) {
  return (code.dtype === "float32" ? erfcOfSingles : erfcOfDoubles)(code, operand2);
}
var erfcOfSingles = throughDoubles((code, operand2) => {
  const { number, sub: sub2, mul: mul2, div: div2, multiplyAdd, neg: neg2, abs: abs2, pmin, less: less2, hold: hold2, select: select3 } = code;
  const x = hold2(operand2);
  const size = hold2(pmin(abs2(x), number(11)));
  const t = hold2(div2(number(1), multiplyAdd(size, number(0.3), number(1))));
  const scaled2 = mul2(polynomial(code, hold2(sub2(t, number(0.6))), coarseTail), t);
  const tail2 = hold2(mul2(scaled2, expForSingles(code, neg2(mul2(size, size)))));
  return select3(less2(x, number(0)), sub2(number(2), tail2), tail2);
});
function erfcOfDoubles(code, operand2) {
  const { number, sub: sub2, mul: mul2, multiplyAdd, abs: abs2, less: less2, hold: hold2, select: select3 } = code;
  const x = hold2(operand2);
  const size = hold2(abs2(x));
  const tail2 = hold2(tailOfDoubles(code, size));
  const far = select3(less2(x, number(0)), sub2(number(2), tail2), tail2);
  const ofX = multiplyAdd(x, polynomial(code, hold2(mul2(x, x)), doubleNear0), x);
  return select3(less2(size, number(0.5)), sub2(number(1), ofX), far);
}
function normalCdf3(code, operand2) {
  return (code.dtype === "float32" ? normalCdfOfSingles : normalCdfOfDoubles)(code, operand2);
}
function normalCdfOfSingles(code, operand2) {
  const { number, integer, add: add2, sub: sub2, mul: mul2, div: div2, multiplyAdd, abs: abs2, pmin, less: less2, hold: hold2, select: select3 } = code;
  const x = hold2(operand2);
  const size = hold2(pmin(abs2(x), number(14.5)));
  const t = hold2(div2(number(1), multiplyAdd(size, number(0.5), number(1))));
  const scaled2 = mul2(polynomial(code, hold2(sub2(t, number(0.4375))), singleNormalTail), t);
  const coarse2 = hold2(v128.andNot(size, integer(2 ** 12 - 1)));
  const square2 = mul2(mul2(coarse2, coarse2), number(-0.5));
  const rest = mul2(mul2(sub2(coarse2, size), add2(coarse2, size)), number(0.5));
  const tail2 = hold2(timesExp(code, scaled2, square2, rest));
  const far = select3(less2(x, number(0)), tail2, sub2(number(1), tail2));
  const near0 = multiplyAdd(x, polynomial(code, hold2(mul2(x, x)), singleNormalNear0), number(0.5));
  return select3(less2(size, number(0.68)), near0, far);
}
function normalCdfOfDoubles(code, operand2) {
  const { number, sub: sub2, mul: mul2, multiplyAdd, abs: abs2, pmin, less: less2, hold: hold2, select: select3 } = code;
  const x = hold2(operand2);
  const size = hold2(pmin(abs2(x), number(39)));
  const scaled2 = hold2(mul2(size, number(Math.SQRT1_2)));
  const half = mul2(number(0.5), scaledTailOfDoubles(code, scaled2));
  const tail2 = hold2(mul2(half, gaussian2(code, size, 0.5)));
  const far = select3(less2(x, number(0)), tail2, sub2(number(1), tail2));
  const z = hold2(mul2(x, number(Math.SQRT1_2)));
  const ofZ = multiplyAdd(z, polynomial(code, hold2(mul2(z, z)), doubleNear0), z);
  return select3(less2(scaled2, number(0.5)), multiplyAdd(ofZ, number(0.5), number(0.5)), far);
}
function tailOfDoubles(code, size) {
  const x = code.hold(code.pmin(size, code.number(28)));
  return code.mul(scaledTailOfDoubles(code, x), gaussian2(code, x));
}
function scaledTailOfDoubles(code, x) {
  const { number, add: add2, sub: sub2, div: div2, hold: hold2 } = code;
  const t = hold2(div2(sub2(x, number(3)), add2(x, number(3))));
  return div2(polynomial(code, t, doubleTail), add2(number(1), add2(x, x)));
}
function gaussian2(code, x, factor = 1) {
  const { number, integer, add: add2, sub: sub2, mul: mul2, hold: hold2 } = code;
  const coarse2 = hold2(v128.andNot(x, integer(2 ** 27 - 1)));
  const rest = hold2(mul2(mul2(sub2(coarse2, x), add2(coarse2, x)), number(factor)));
  const correction = polynomial(code, rest, [
    1 / 6,
    0.5,
    1,
    1
  ]);
  return mul2(exp3(code, mul2(mul2(coarse2, coarse2), number(-factor))), correction);
}

// src/backends/wasm/math/mod.ts
var acos3 = inDoubles(acos2);
var acosh3 = inDoubles(acosh2);
var asin3 = inDoubles(asin2);
var asinh3 = inDoubles(asinh2);
var atan4 = inDoubles(atan3);
var atan23 = inDoubles(atan22);
var atanh3 = inDoubles(atanh2);
var cos3 = inDoubles(cos2);
var cosh3 = inDoubles(cosh2);
var fmod3 = inDoubles(fmod2);
var hypot3 = inDoubles(hypot2);
var logaddexp3 = inDoubles(logaddexp2);
var pow3 = inDoubles(pow2, powForSingles);
var remainder4 = inDoubles(remainder3);
var sin3 = inDoubles(sin2);
var sinh3 = inDoubles(sinh2);
var tan3 = inDoubles(tan2);


// src/backends/wasm/share.ts
var whole = 1 << 16;




// src/backends/wasm/elementwise/lane_code.ts








function isNarrow(dtype) {
  return dtype === "float32" || dtype === "int32";
}

// src/backends/wasm/elementwise/call_out.ts
function callOut(code, scalar, inputs) {
  const { context, lanes } = code;
  const callee = context.scalar(scalar);
  const held = inputs.map((x) => hold(code, x));
  let result = hold(code, v128.const(Array(16).fill(0)));
  for (let lane = 0; lane < lanes; lane++) {
    const numbers3 = held.map((x, i) => extract2(scalar.inputs[i], lanes, x, lane));
    result = hold(code, replace2(scalar.result, lanes, result, lane, call2(callee, ...numbers3)));
  }
  return result;
}
function extract2(dtype, lanes, vector, lane) {
  switch (dtype) {
    case "float32":
      return f32x4.extract(vector, lane);
    case "float64":
      return f64x2.extract(vector, lane);
    case "int32":
      return i32x4.extract(vector, lane);
    case "bool":
      return i32.and(i32x4.extract(vector, lane * (4 / lanes)), 1);
  }
}
function replace2(dtype, lanes, vector, lane, value2) {
  switch (dtype) {
    case "float32":
      return f32x4.replace(vector, lane, value2);
    case "float64":
      return f64x2.replace(vector, lane, value2);
    case "int32":
      return i32x4.replace(vector, lane, value2);
    case "bool": {
      const mask = i32x4.splat(i32.sub(0, i32.notEqual(value2, 0)));
      const bytes2 = 16 / lanes;
      const from = (byte) => Math.floor(byte / bytes2) === lane ? 16 + byte : byte;
      return i8x16.shuffle(vector, mask, Array.from({
        length: 16
      }, (_, byte) => from(byte)));
    }
  }
}

// src/backends/wasm/elementwise/float_ops.ts
var floatOps = {
  add: (({ add: add2 }, [a, b]) => add2(a, b)),
  sub: (({ sub: sub2 }, [a, b]) => sub2(a, b)),
  mul: (({ mul: mul2 }, [a, b]) => mul2(a, b)),
  div: (({ div: div2 }, [a, b]) => div2(a, b)),
  neg: (({ neg: neg2 }, [x]) => neg2(x)),
  abs: (({ abs: abs2 }, [x]) => abs2(x)),
  reciprocal: (({ div: div2, number }, [x]) => div2(number(1), x)),
  square: (({ mul: mul2 }, [x]) => mul2(x, x)),
  sqrt: (({ sqrt: sqrt2 }, [x]) => sqrt2(x)),
  rsqrt: ({ div: div2, sqrt: sqrt2, number }, [x]) => div2(number(1), sqrt2(x)),
  floor: ({ floor: floor2 }, [x]) => floor2(x),
  ceil: ({ ceil: ceil2 }, [x]) => ceil2(x),
  round: ({ nearest }, [x]) => nearest(x),
  trunc: ({ truncate }, [x]) => truncate(x),
  sign: ({ sub: sub2, less: less2, greater: greater2, number }, [x]) => sub2(v128.and(greater2(x, number(0)), number(1)), v128.and(less2(x, number(0)), number(1))),
  relu: (({ lessEqual: lessEqual2, number }, [x]) => v128.andNot(x, lessEqual2(x, number(0)))),
  leakyRelu: ({ greater: greater2, mul: mul2, number, select: select3 }, [x], { slope }) => select3(greater2(x, number(0)), x, mul2(x, number(slope))),
  elu: (code, [x], { alpha }) => {
    const { greater: greater2, mul: mul2, number, select: select3 } = code;
    return select3(greater2(x, number(0)), x, mul2(expm12(code, x), number(alpha)));
  },
  power: (code, [x], { exponent }) => power3(code, x, exponent),
  maximum: ({ max: max2 }, [a, b]) => max2(a, b),
  minimum: ({ min: min2 }, [a, b]) => min2(a, b),
  clamp: (code, [x], bounds) => within(code, x, bounds),
  hardtanh: (code, [x], bounds) => within(code, x, bounds),
  ...functionsOf(mod_exports)
};

function within({ min: min2, max: max2, number }, x, bounds) {
  return min2(max2(x, number(bounds.min)), number(bounds.max));
}

// src/backends/wasm/elementwise/integer_ops.ts
var integerOps = {
  add: (_, [a, b]) => i32x4.add(a, b),
  sub: (_, [a, b]) => i32x4.sub(a, b),
  neg: (_, [x]) => i32x4.neg(x),
  abs: (_, [x]) => i32x4.abs(x),
  sign: ({ f }, [x]) => i32x4.sub(i32x4.less(x, constantOf(f, "i32", 0)), i32x4.greater(x, constantOf(f, "i32", 0))),
  relu: ({ f }, [x]) => i32x4.max(x, constantOf(f, "i32", 0)),
  maximum: (_, [a, b]) => i32x4.max(a, b),
  minimum: (_, [a, b]) => i32x4.min(a, b),
  mul: (_, [a, b]) => i32x4.mul(a, b),
  square: (code, [x]) => {
    const held = hold(code, x);
    return i32x4.mul(held, held);
  },
  clamp: asDoubles("clamp"),
  hardtanh: asDoubles("hardtanh"),
  fmod: asDoubles("fmod"),
  remainder: asDoubles("remainder")
};

function integersOf(doubles) {
  const zeros3 = v128.const(Array(16).fill(0));
  return doubles.flatMap((pair) => [
    f64x2.extract(pair, 0),
    f64x2.extract(pair, 1)
  ]).reduce((vector, x, lane) => {
    const high = f64.mul(f64.truncate(f64.mul(x, 2 ** -32)), 2 ** 32);
    return i32x4.replace(vector, lane, i32.wrapI64(i64.truncateF64(f64.sub(x, high))));
  }, zeros3);
}

// src/backends/wasm/elementwise/truth_ops.ts
var truthOps = {
  equal: comparison2("equal"),
  notEqual: comparison2("notEqual"),
  less: comparison2("less"),
  lessEqual: comparison2("lessEqual"),
  greater: comparison2("greater"),
  greaterEqual: comparison2("greaterEqual"),
  logicalAnd: (code, [a, b]) => v128.and(truth(code, a), truth(code, b)),
  logicalOr: (code, [a, b]) => v128.or(truth(code, a), truth(code, b)),
  logicalXor: (code, [a, b]) => v128.xor(truth(code, a), truth(code, b)),
  logicalNot: (code, [x]) => v128.not(truth(code, x)),
  isNaN: predicate2(false, (code, { dtype, vector }) => {
    const { notEqual: notEqual2 } = code.float(dtype);
    return notEqual2(vector, vector);
  }),
  isFinite: predicate2(true, (code, { dtype, vector }) => {
    const { less: less2, abs: abs2, number } = code.float(dtype);
    return less2(abs2(vector), number(Infinity));
  })
};
function truth(code, { dtype, vector }) {
  if (dtype === "bool") return vector;
  return maskFrom(code, dtype, compare2(code, "notEqual", dtype, vector, v128.const(Array(16).fill(0))));
}


var compareIntegers = {
  equal: i32x4.equal,
  notEqual: i32x4.notEqual,
  less: i32x4.less,
  greater: i32x4.greater,
  lessEqual: (a, b) => v128.not(i32x4.greater(a, b)),
  greaterEqual: (a, b) => v128.not(i32x4.less(a, b))
};
var compareMasks = {
  equal: (a, b) => v128.not(v128.xor(a, b)),
  notEqual: v128.xor,
  less: (a, b) => v128.andNot(b, a),
  greater: v128.andNot,
  lessEqual: (a, b) => v128.not(v128.andNot(a, b)),
  greaterEqual: (a, b) => v128.not(v128.andNot(b, a))
};


// src/backends/wasm/elementwise/cast.ts

function toInteger(code, { dtype, vector }) {
  if (dtype === "bool") {
    return v128.and(maskFor(code, "int32", vector), constantOf(code.f, "i32", 1));
  }
  if (dtype === "float64") return integersOf([
    hold(code, vector)
  ]);
  const { f, lanes } = code;
  const held = hold(code, vector);
  const result = f.let(i32x4.truncateF32x4(held));
  const isSmall = f32x4.less(f32x4.abs(held), constantOf(f, "f32", 2 ** 31));
  f.if(v128.anyTrue(v128.not(isSmall)), () => {
    const low = hold(code, f64x2.promoteLowF32x4(held));
    const high = hold(code, f64x2.promoteLowF32x4(i32x4.shuffle(held, held, [
      2,
      3,
      2,
      3
    ])));
    f.set(result, integersOf(lanes === 2 ? [
      low
    ] : [
      low,
      high
    ]));
  });
  return result;
}
function toSingle(code, { dtype, vector }) {
  if (dtype === "int32") return f32x4.convertI32x4(vector);
  if (dtype === "float64") return f32x4.demoteF64x2Zero(vector);
  return v128.and(maskFor(code, "float32", vector), constantOf(code.f, "f32", 1));
}
function toDouble({ f }, { dtype, vector }) {
  if (dtype === "int32") return f64x2.convertLowI32x4(vector);
  if (dtype === "float32") return f64x2.promoteLowF32x4(vector);
  return v128.and(vector, constantOf(f, "f64", 1));
}

// src/backends/wasm/elementwise/fused_values.ts





// src/backends/wasm/elementwise/memory.ts



function everywhere(lanes, value2) {
  const splat4 = i32x4.splat(value2);
  return lanes === 4 ? splat4 : i64x2.extendLowI32x4(splat4);
}

function storeBytes({ f }, address, value2, count, offset2) {
  if (count === 4) return f.do(i32.store(address, value2, offset2));
  if (count >= 2) f.do(i32.store16(address, value2, offset2));
  if (count === 2) return;
  const last2 = count === 1 ? value2 : i32.shiftRightUnsigned(value2, 16);
  f.do(i32.store8(address, last2, offset2 + count - 1));
}
var none3 = 128;

function bytesOfMask(code, mask) {
  const { f, lanes } = code;
  const width = 16 / lanes;
  const gather3 = Array.from({
    length: 16
  }, (_, i) => i < lanes ? i * width : none3);
  const bytes2 = i32x4.extract(i8x16.swizzle(mask, v128.const(gather3)), 0);
  return f.let(i32.and(bytes2, 16843009));
}

// src/backends/wasm/elementwise/row_loop.ts

var shortRow = 4;



// src/backends/wasm/elementwise/walk.ts





// src/backends/wasm/elementwise/fused_source.ts
var FusedSource = class {
  #code;
  #fusion;
  #inputs;
  #constants;
  /** Writes what is the same in every row. */
  constructor(code, fusion, inputs) {
    this.#code = code;
    this.#fusion = fusion;
    this.#inputs = inputs;
    this.#constants = this.#known(/* @__PURE__ */ new Map(), isConstant, (({ address }) => i32.const(address)));
  }
  /** Writes what is the same along a row that begins `offset` elements after `startOf`. */
  
  /** What `known` and the inputs that stay where they are determine. */
  #known(known2, stays, startOf2) {
    return this.#complete(known2, ((input) => {
      return stays(input) ? loadEverywhere(this.#code, input.dtype, startOf2(input)) : null;
    }));
  }
  /** All values that follow from what is known and from the inputs that can be loaded. */
  #complete(known2, load2) {
    const values = new Map(known2);
    this.#inputs.forEach(((input, i) => {
      const vector = values.has(i) ? null : load2(input);
      if (vector) values.set(i, {
        dtype: input.dtype,
        vector: hold(this.#code, vector)
      });
    }));
    this.#fusion.nodes.forEach(((node, i) => {
      const number = this.#inputs.length + i;
      if (values.has(number) || !node.inputs.every(((input) => values.has(input)))) return;
      const inputs = node.inputs.map(((input) => values.get(input)));
      values.set(number, nodeValue(this.#code, node, inputs));
    }));
    return values;
  }
static {
  methodsOf(this.prototype, {
row: (function (startOf2, offset2) {
    const { f } = this.#code;
    const known2 = this.#known(this.#constants, (({ advances }) => !advances), startOf2);
    const pointers = /* @__PURE__ */ new Map();
    for (const input of this.#inputs) {
      if (input.advances) pointers.set(input, pointerAt(f, input, startOf2, offset2));
    }
    const valuesAt = ((count, position = 0) => {
      const values = this.#complete(known2, ((input) => {
        const { at, bytes: bytes2 } = pointers.get(input);
        const distance = position * this.#code.lanes * bytes2;
        return loadElements(this.#code, input.dtype, at, count, distance);
      }));
      return this.#fusion.results.map(((result) => values.get(this.#inputs.length + result)));
    });
    return {
      pointers: [
        ...pointers.values()
      ],
      valuesAt
    };
  })
}); }
};

// src/backends/wasm/elementwise/fusion.ts

var manyRows = 32;
var pieceUnit = 64;





// src/backends/wasm/moves/fill.ts
function emitFill(module, { address, dtype, size, number }) {
  const bytes2 = bytesPerElement(dtype);
  return module.function({
    params: [
      "i32",
      "i32"
    ]
  }, (f, from, to) => {
    const piece = stretchOf(f, size * bytes2, {
      from,
      to
    }, 256);
    const at = f.let(i32.add(piece.from, address));
    const end = f.let(i32.add(piece.to, address));
    const pattern = allocate(dtype, 16 / bytes2).fill(number);
    const patternBytes = new Uint8Array(pattern.buffer);
    if (patternBytes.every((byte) => byte === patternBytes[0])) {
      return f.do(memory.fill(at, patternBytes[0], i32.sub(end, at)));
    }
    const vector = f.let(v128.const([
      ...patternBytes
    ]));
    f.while(i32.lessEqualUnsigned(i32.add(at, 16), end), () => {
      f.do(v128.store(at, vector));
      f.increase(at, 16);
    });
    f.while(i32.lessUnsigned(at, end), () => {
      f.do(bytes2 === 8 ? v128.store64Lane(at, vector, 0) : v128.store32Lane(at, vector, 0));
      f.increase(at, bytes2);
    });
  });
}

// src/backends/wasm/moves/unit.ts
var vectors = unit(16, v128.load, v128.store);
var halves = unit(8, i64.load, i64.store);
var words = unit(4, i32.load, i32.store);
var bytes = unit(1, i32.load8Unsigned, i32.store8);
var copies = {
  float32: [
    vectors,
    halves,
    words
  ],
  int32: [
    vectors,
    halves,
    words
  ],
  float64: [
    vectors,
    halves
  ],
  bool: [
    vectors,
    halves,
    words,
    bytes
  ]
};
var sums = {
  float32: [
    unit(16, v128.load, v128.store, f32x4.add),
    unit(4, f32.load, f32.store, f32.add)
  ],
  int32: [
    unit(16, v128.load, v128.store, i32x4.add),
    unit(4, i32.load, i32.store, i32.add)
  ],
  float64: [
    unit(16, v128.load, v128.store, f64x2.add),
    unit(8, f64.load, f64.store, f64.add)
  ]
};
function unitsOf(dtype, adds) {
  return adds && dtype !== "bool" ? sums[dtype] : copies[dtype];
}

function moveRun(f, units, to, from, length) {
  let done2 = 0;
  for (const { bytes: bytes2, move } of units) {
    for (; length - done2 >= bytes2; done2 += bytes2) {
      f.do(move({
        ...to,
        offset: to.offset + done2
      }, {
        ...from,
        offset: from.offset + done2
      }));
    }
  }
}

// src/backends/wasm/moves/move.ts
var unrolledBytes = 128;
var pieceBytes = 256;
function emitMove(module, route) {
  const units = unitsOf(route.dtype, route.adds);
  return module.function({
    params: [
      "i32",
      "i32"
    ]
  }, (f, from, to) => {
    if (route.lengths.includes(0)) return;
    const { axes, run: run2, target, source: source2 } = joined2(route);
    const at = {
      to: f.let(i32.const(target)),
      from: f.let(i32.const(source2))
    };
    const share = {
      from,
      to
    };
    if (axes.length > 0) return walkAlong2(f, axes, {
      units,
      run: run2,
      at,
      share
    });
    const { from: start, to: end } = stretchOf(f, run2, share, pieceBytes);
    advance(f, at, {
      to: 1,
      from: 1
    }, start);
    moveLongRun(f, units, at, f.let(i32.sub(end, start)));
  });
}
function touchesTwice(route) {
  const { axes: [outer, ...others], run: run2 } = joined2(route);
  if (outer === void 0 || !route.adds) return false;
  const extent = others.reduce((sum3, { length, to }) => sum3 + (length - 1) * Math.abs(to), run2);
  return Math.abs(outer.to) < extent;
}
function joined2({ lengths, dtype, from, to, source: source2, target }) {
  const bytes2 = bytesPerElement(dtype);
  const loop = joinAxes({
    lengths,
    strides: [
      to.strides,
      from.strides
    ]
  });
  const axes = loop.lengths.map((length, axis) => ({
    length,
    to: loop.strides[0][axis] * bytes2,
    from: loop.strides[1][axis] * bytes2
  }));
  const inner = axes.at(-1);
  const isRun = inner?.to === bytes2 && inner.from === bytes2;
  return {
    axes: isRun ? axes.slice(0, -1) : axes,
    run: isRun ? inner.length * bytes2 : bytes2,
    target: target + to.start * bytes2,
    source: source2 + from.start * bytes2
  };
}
function walkAlong2(f, axes, work) {
  const { units, run: run2, at, share } = work;
  let atoms = [
    {
      to: 0,
      from: 0
    }
  ];
  const loops = [
    ...axes
  ];
  while (loops.length > 1 && run2 * atoms.length * loops.at(-1).length <= unrolledBytes) {
    atoms = repeated(atoms, loops.pop());
  }
  const step = (position, atoms2) => {
    if (run2 > unrolledBytes) moveLongRun(f, units, copyOf2(f, position), f.let(i32.const(run2)));
    else moveAtoms(f, units, position, atoms2, run2);
  };
  const visit = (depth, position) => {
    const axis = loops[depth];
    const stretch = depth === 0 ? stretchOf(f, axis.length, share) : null;
    const here2 = copyOf2(f, position);
    if (stretch) advance(f, here2, axis, stretch.from);
    const left = f.let(stretch ? i32.sub(stretch.to, stretch.from) : i32.const(axis.length));
    const isInner = depth === loops.length - 1;
    const together = isInner ? Math.floor(unrolledBytes / (run2 * atoms.length)) : 1;
    for (const count of /* @__PURE__ */ new Set([
      Math.max(1, Math.min(together, 8)),
      1
    ])) {
      if (axis.length < count) continue;
      f.while(i32.greaterEqual(left, count), () => {
        if (isInner) step(here2, repeated(atoms, {
          ...axis,
          length: count
        }));
        else visit(depth + 1, here2);
        f.increase(here2.to, count * axis.to);
        f.increase(here2.from, count * axis.from);
        f.increase(left, -count);
      });
    }
  };
  visit(0, at);
}
function repeated(atoms, { length, to, from }) {
  return Array.from({
    length
  }, (_, i) => i).flatMap((i) => atoms.map((atom) => ({
    to: atom.to + i * to,
    from: atom.from + i * from
  })));
}
function moveAtoms(f, units, at, atoms, run2) {
  const lowest = (side2) => Math.min(0, ...atoms.map((atom) => atom[side2]));
  const base = (side2) => lowest(side2) === 0 ? at[side2] : f.let(i32.add(at[side2], lowest(side2)));
  const [to, from] = [
    base("to"),
    base("from")
  ];
  for (const atom of atoms) {
    moveRun(f, units, {
      at: to,
      offset: atom.to - lowest("to")
    }, {
      at: from,
      offset: atom.from - lowest("from")
    }, run2);
  }
}
function moveLongRun(f, units, { to, from }, left) {
  const rounds = [
    4 * units[0].bytes,
    ...units.map(({ bytes: bytes2 }) => bytes2)
  ];
  for (const bytes2 of rounds) {
    f.while(i32.greaterEqual(left, bytes2), () => {
      moveRun(f, units, {
        at: to,
        offset: 0
      }, {
        at: from,
        offset: 0
      }, bytes2);
      f.increase(to, bytes2);
      f.increase(from, bytes2);
      f.increase(left, -bytes2);
    });
  }
}
function copyOf2(f, { to, from }) {
  return {
    to: f.let(to),
    from: f.let(from)
  };
}
function advance(f, at, { to, from }, steps) {
  f.increase(at.to, i32.mul(steps, to));
  f.increase(at.from, i32.mul(steps, from));
}

// src/backends/wasm/moves_kernel.ts
var parallelMoves = 1 << 14;
function movesEmitter({ slots: slots2 }, step) {
  const { op, inputs, outputs, attributes } = step;
  if (!isMoving(op)) return null;
  const output = outputs[0];
  const { shape, dtype } = slots2[output];
  const shapes = inputs.map((value2) => slots2[value2].shape);
  const { fill, moves, adds = false } = op.moves(shapes, shape, attributes);
  const size = moves.reduce((sum3, { lengths }) => sum3 + sizeOf(lengths), 0);
  return {
    prepare() {
    },
    emit({ context, offsets }) {
      const target = offsets[output];
      const routes = moves.map((move) => ({
        ...move,
        dtype,
        adds,
        source: offsets[inputs[move.input]],
        target
      }));
      const kernels = routes.map((route) => emitMove(context.module, route));
      if (fill !== void 0) {
        const filled = {
          address: target,
          dtype,
          size: sizeOf(shape),
          number: fill
        };
        kernels.unshift(emitFill(context.module, filled));
      }
      const isParallel = size >= parallelMoves && !routes.some(touchesTwice);
      return {
        phases: kernels.map(phaseOf),
        isParallel
      };
    }
  };
}

// src/backends/blas/native_matmul.ts
function nativeMatmul(blas) {
  return {
    ...matmul,
    name: `${blas.name}.matmul`,
    forward: (output, inputs, transposition) => blas.multiply(output, inputs, transposition),
    blas
  };
}


// src/backends/wasm/features.ts
var found;






// src/backends/wasm/matmul/bounds.ts


// src/backends/wasm/matmul/times.ts


// src/backends/wasm/vector.ts




// src/backends/wasm/matmul/packing.ts





// src/backends/wasm/matmul/compress.ts













// src/backends/wasm/matmul/kernel.ts

var notPacked = -1;





// src/backends/wasm/matmul/layout.ts






// src/backends/wasm/matmul/result.ts







// src/backends/wasm/matmul/merge.ts
var wholeVectors = 4;


// src/backends/wasm/matmul/dot_tile.ts



// src/backends/wasm/matmul/tile.ts


// src/backends/wasm/matmul/dense.ts




// src/backends/wasm/matmul/sparse.ts
var vectorsPerAddress = {
  1: 4,
  2: 3
};




// src/backends/wasm/matmul/parts.ts





var blockParams = new Array(9).fill("i32");







// src/backends/wasm/matmul/plan.ts








// src/backends/wasm/matmul.ts




// src/backends/wasm/product_kernel.ts
var parallelProduct = 1 << 16;





function bytesOfSums({ sizes: { m, n }, dtype }) {
  return Math.ceil(m * n * bytesPerElement(dtype) / 64) * 64;
}





// src/backends/wasm/native_kernel.ts
var nativeModule = "blas";
var sparseBelow = 0.25;
function nativeEmitter(program2, step) {
  const { op } = step;
  if (!isNative(op) || op.blas.path === null) return null;
  const isParallel = op.blas.threads === 1;
  const product2 = productOf2(program2, step);
  let callee;
  let callsOut = false;
  return {
    prepare(context) {
      const params = [
        "i32",
        "i32"
      ];
      callee = context.module.importFunction(nativeModule, nameOf2(step), {
        params
      });
      callsOut = importEpilogue(context, program2, product2);
    },
    emit(site) {
      const multiply2 = (f, { index, count }) => f.do(call2(callee, index, count));
      const { address, primary } = placeOfSums(program2, product2, site);
      const after = epilogueAfter(program2, product2, site, address);
      const native = {
        phases: [
          multiply2,
          ...after.map((kernel) => callsOut ? phaseAlone(kernel) : phaseOf(kernel))
        ],
        isParallel,
        isCoarse: true,
        sharedScratch: primary < 0 ? bytesOfSums(product2) : 0
      };
      const { sizes, dtype, transposition } = product2;
      const mayChoose = isParallel && !callsOut && maySkipZeros({
        ...sizes,
        ...transposition,
        dtype
      });
      return mayChoose ? eitherOf(emitProduct(program2, product2, site), native, product2, site) : native;
    }
  };
}
function epilogueAfter(program2, { step, dtype, epilogue, sizes: { m, n } }, site, address) {
  if (epilogue === null) return [];
  const shape = [
    m,
    n
  ];
  const operand2 = (value2) => ({
    address: site.offsets[value2],
    ...program2.slots[value2]
  });
  const sums2 = {
    address,
    shape,
    dtype
  };
  const kernel = emitFusion(site.context, epilogue, {
    shape,
    inputs: [
      sums2,
      ...step.inputs.slice(2).map(operand2)
    ],
    outputs: step.outputs.map(operand2)
  });
  return [
    kernel
  ];
}
function phaseAlone(kernel) {
  return (f, { index }) => f.if(i32.isZero(index), () => f.do(call2(kernel, 0, whole)));
}
function eitherOf(withoutZeros, native, { step, dtype, sizes: { m, k }, transposition: { transposeA } }, { context, offsets }) {
  const [rows, columns2] = transposeA ? [
    k,
    m
  ] : [
    m,
    k
  ];
  const stride = columns2 * bytesPerElement(dtype);
  const params = [
    "i32",
    "i32",
    "i32"
  ];
  const look = context.module.function({
    params,
    result: "i32"
  }, (f, from, outer, inner) => {
    const left = {
      from,
      outer,
      inner,
      stride
    };
    f.return(emitIsSparse(f, vectorType(dtype, false), left, sparseBelow));
  });
  let isSparse;
  const phases = Math.max(withoutZeros.phases.length, native.phases.length);
  return {
    ...withoutZeros,
    phases: Array.from({
      length: phases
    }, (_, i) => (f, thread) => {
      if (i === 0) isSparse = f.let(call2(look, offsets[step.inputs[0]], rows, columns2));
      const phaseOf2 = (kernel) => () => kernel.phases[i]?.(f, thread);
      f.if(isSparse, phaseOf2(withoutZeros), phaseOf2(native));
    }),
    isCoarse: true,
    sharedScratch: Math.max(withoutZeros.sharedScratch, native.sharedScratch)
  };
}

function nameOf2({ outputs }) {
  return `${outputs[0]}`;
}

// src/backends/wasm/one_hot_kernel.ts


// src/backends/wasm/reduction/lane_group.ts
var blockLength2 = 128;



// src/backends/wasm/reduction/fold.ts


function longSum(group, term2) {
  const { code, code: { f, lanes }, walk: { sideBySide } } = group.source;
  const zero2 = everywhere2(group, "float32", 0);
  const near = variables(group, zero2);
  const low = variables(group, zero2);
  const high = lanes === 4 ? variables(group, zero2) : [];
  const addTo = (far, numbers3) => f.set(far, f64x2.add(far, f64x2.promoteLowF32x4(numbers3)));
  group.each((element) => {
    const sum3 = near[element.slot];
    const value2 = {
      dtype: "float32",
      vector: term2(element)
    };
    f.set(sum3, f32x4.add(sum3, orElse(group, element, value2, zero2)));
  }, () => near.forEach((sum3, slot) => {
    addTo(low[slot], sum3);
    if (lanes === 4) addTo(high[slot], f32x4.shuffle(sum3, sum3, [
      2,
      3,
      2,
      3
    ]));
    f.set(sum3, zero2);
  }));
  const singles = (pair) => hold(code, f32x4.demoteF64x2Zero(pair));
  if (!sideBySide) {
    const total = singles(addedHalves(code, [
      ...low,
      ...high
    ]));
    const everywhere3 = hold(code, f32x4.shuffle(total, total, [
      0,
      0,
      0,
      0
    ]));
    return near.map(() => everywhere3);
  }
  return low.map((sums2, slot) => {
    const first2 = singles(sums2);
    const second = lanes === 4 ? singles(high[slot]) : first2;
    return hold(code, f32x4.shuffle(first2, second, [
      0,
      1,
      4,
      5
    ]));
  });
}
function addedHalves(code, pairs) {
  const total = hold(code, pairs.reduce((a, b) => f64x2.add(a, b)));
  return f64x2.add(total, i64x2.shuffle(total, total, [
    1,
    0
  ]));
}






// src/backends/wasm/reduction/extreme.ts
function extremeOf(group, extreme2) {
  const { code, dtype } = group.source;
  const start = startOf(group, extreme2);
  if (dtype === "int32") {
    return fold2(group, {
      dtype,
      start,
      combine: i32x4[extreme2],
      term: (x) => x.value()
    });
  }
  const { notEqual: notEqual2, number } = code.float(dtype);
  const combine = extremeOfNumbers(group, extreme2);
  const none5 = everywhere2(group, dtype, 0);
  const unordered = variables(group, none5);
  const best = fold2(group, {
    dtype,
    start,
    combine,
    term: (element) => {
      const x = hold(code, element.value());
      const isNaN3 = orElse(group, element, {
        dtype,
        vector: notEqual2(x, x)
      }, none5);
      const seen = unordered[element.slot];
      code.f.set(seen, v128.or(seen, isNaN3));
      return x;
    }
  });
  const isNaN2 = gather2(group, dtype, unordered, v128.or);
  return best.map((value2, slot) => v128.bitselect(number(NaN), value2, isNaN2[slot]));
}

function placeOfExtreme(group, extreme2) {
  const { code, code: { f }, dtype } = group.source;
  const start = everywhere2(group, dtype, startOf(group, extreme2));
  const best = variables(group, start);
  const places2 = variables(group, everywhere2(group, "int32", 0));
  const stateOf2 = (vector, place2) => [
    {
      dtype,
      vector: hold(code, vector)
    },
    {
      dtype: "int32",
      vector: hold(code, place2)
    }
  ];
  const better = (a, b, replace3) => {
    const mask = hold(code, replace3);
    return stateOf2(v128.bitselect(b[0].vector, a[0].vector, maskFor(code, dtype, mask)), v128.bitselect(b[1].vector, a[1].vector, maskFor(code, "int32", mask)));
  };
  group.each((element) => {
    const [x, place2] = [
      best[element.slot],
      places2[element.slot]
    ];
    const next = stateOf2(orElse(group, element, {
      dtype,
      vector: element.value()
    }, start), element.index());
    const now = stateOf2(x, place2);
    const [extremest, index] = better(now, next, beats(group, extreme2, next[0], now[0]));
    f.set(x, extremest.vector);
    f.set(place2, index.vector);
  });
  const states2 = best.map((vector, slot) => stateOf2(vector, places2[slot]));
  const combined = group.gather(states2, (a, b) => {
    const worse = hold(code, beats(group, extreme2, a[0], b[0]));
    const wins = beats(group, extreme2, b[0], a[0]);
    const earlier = maskFrom(code, "int32", i32x4.less(b[1].vector, a[1].vector));
    return better(a, b, v128.or(wins, v128.andNot(earlier, worse)));
  });
  return combined.map((state) => state[1].vector);
}
function beats({ source: { code, dtype } }, extreme2, { vector: a }, { vector: b }) {
  if (dtype === "int32") {
    const compare4 = extreme2 === "max" ? i32x4.greater : i32x4.less;
    return maskFrom(code, dtype, compare4(a, b));
  }
  const { lessEqual: lessEqual2, greaterEqual: greaterEqual2, equal: equal2 } = code.float(dtype);
  const notBetter = extreme2 === "max" ? lessEqual2(a, b) : greaterEqual2(a, b);
  return maskFrom(code, dtype, v128.andNot(equal2(b, b), notBetter));
}
function startOf({ source: { dtype } }, extreme2) {
  const largest3 = dtype === "int32" ? 2 ** 31 - 1 : Infinity;
  const smallest = dtype === "int32" ? -(2 ** 31) : -Infinity;
  return extreme2 === "max" ? smallest : largest3;
}

// src/backends/wasm/reduction/exponentials.ts
function logSumExp(group) {
  const float = floatOf(group);
  const shifts = largest2(group).map((x) => {
    const isInfinite = float.equal(float.abs(x), float.number(Infinity));
    return float.hold(float.select(isInfinite, float.number(0), x));
  });
  const totals = sum2(group, float.dtype, (element) => exp3(float, float.sub(element.value(), shifts[element.slot])));
  return totals.map((total, slot) => float.add(shifts[slot], log3(float, total)));
}
function writeSoftmax(group) {
  const float = floatOf(group);
  const shifts = largest2(group);
  const totals = sum2(group, float.dtype, (element) => {
    const power5 = float.hold(expOfNegative(float, float.sub(element.value(), shifts[element.slot])));
    element.store(power5);
    return power5;
  });
  const inverses = totals.map((total) => float.hold(float.div(float.number(1), total)));
  group.each((element) => element.store(float.mul(element.stored(), inverses[element.slot])));
}




// src/backends/wasm/reduction/reduction_walk.ts



// src/backends/wasm/reduction/row_lane.ts
var RowLane = class {
  source;
  slots;
  #result;
  /** The lane with number `result`. */
  constructor(source2, slots2, result) {
    this.source = source2;
    this.slots = slots2;
    this.#result = result;
  }
  
  
  
  /** Visits the elements of one of the lane's rows, or of a piece of it. */
  #along(row, visit, piece) {
    const { source: source2, slots: slots2 } = this;
    const { code: { f, lanes }, walk: { depth, length }, indexed, inTurns } = source2;
    const begun = beginRow(source2, i32.add(i32.mul(this.#result, depth), row), piece?.from);
    const start = i32.mul(row, length);
    const index = {
      at: f.let(piece ? i32.add(start, piece.from) : start),
      bytes: 1
    };
    const pointers = [
      ...begun.pointers,
      ...indexed ? [
        index
      ] : []
    ];
    const loop = {
      lanes,
      length,
      piece,
      unrolled: slots2,
      inTurns,
      pointers
    };
    alongRow(f, loop, ((count, position) => {
      const order = laneIntegers(lanes, ((lane) => position * lanes + lane));
      const indexAt = () => i32x4.add(i32x4.splat(index.at), order);
      visit(elementAt(source2, begun, {
        slot: position % slots2,
        count,
        position
      }, indexAt));
    }));
  }
static {
  methodsOf(this.prototype, {
each: (function (visit, afterBlock) {
    const { code: { f, lanes }, walk: { depth, length } } = this.source;
    const block2 = blockLength2 * this.slots * lanes;
    const row = f.local("i32");
    f.for(row, {
      below: depth
    }, (() => {
      if (!afterBlock || length <= block2) {
        this.#along(row, visit);
        return afterBlock?.();
      }
      const from = f.local("i32");
      f.for(from, {
        below: length,
        step: block2
      }, () => {
        const end = f.let(i32.add(from, block2));
        const to = f.let(least(end, length));
        this.#along(row, visit, {
          from,
          to
        });
        afterBlock();
      });
    }));
  }),
gather: (function (states2, combine) {
    const { code, code: { lanes } } = this.source;
    const holding = ((a, b) => combine(a, b).map((({ dtype, vector }) => ({
      dtype,
      vector: hold(code, vector)
    }))));
    const moved2 = ((state, order) => state.map(((value2) => ({
      ...value2,
      vector: permuteLanes(lanes, value2, order)
    }))));
    const orders = lanes === 4 ? [
      [
        2,
        3,
        0,
        1
      ],
      [
        1,
        0,
        3,
        2
      ]
    ] : [
      [
        1,
        0
      ]
    ];
    const all = orders.reduce(((state, order) => holding(state, moved2(state, order))), states2.reduce(holding));
    return states2.map((() => all));
  }),
storeResults: (function ({ address, dtype }, results) {
    const at = i32.add(address, i32.mul(this.#result, bytesPerElement(dtype)));
    storeElements(this.source.code, dtype, at, results[0], 1);
  })
}); }
};

// src/backends/wasm/reduction/side_by_side.ts
var SideBySideLanes = class {
  source;
  slots;
  #columns;
  /** The lanes at some columns. */
  constructor(source2, columns2) {
    this.source = source2;
    this.slots = columns2.vectors;
    this.#columns = columns2;
  }
  
  
  
  /** Visits the elements in one row. */
  #row(index, visit) {
    const { source: source2, slots: slots2 } = this;
    const { result, column } = this.#columns;
    const row = i32.add(i32.mul(result, source2.walk.depth), index);
    const begun = beginRow(source2, row, column);
    for (let slot = 0; slot < slots2; slot++) {
      const place2 = {
        slot,
        count: this.#count(slot),
        position: slot
      };
      visit(elementAt(source2, begun, place2, () => i32x4.splat(index)));
    }
  }
  #count(slot) {
    return slot === this.slots - 1 ? this.#columns.lastCount : this.source.code.lanes;
  }
static {
  methodsOf(this.prototype, {
each: (function (visit, afterBlock) {
    const { code: { f }, walk: { depth } } = this.source;
    const index = f.local("i32");
    if (!afterBlock || depth <= blockLength2) {
      f.for(index, {
        below: depth
      }, (() => this.#row(index, visit)));
      return afterBlock?.();
    }
    const block2 = f.local("i32");
    f.for(block2, {
      below: depth,
      step: blockLength2
    }, () => {
      const within3 = f.local("i32");
      f.for(within3, {
        below: blockLength2
      }, () => {
        f.set(index, i32.add(block2, within3));
        f.if(i32.less(index, depth), () => this.#row(index, visit));
      });
      afterBlock();
    });
  }),
gather: (function (states2) {
    return states2;
  }),
storeResults: (function ({ address, dtype }, results) {
    const { code, code: { f }, walk: { length } } = this.source;
    const { result, column } = this.#columns;
    const bytes2 = bytesPerElement(dtype);
    const place2 = i32.add(i32.mul(result, length), column);
    const at = f.let(i32.add(address, i32.mul(place2, bytes2)));
    results.forEach(((vector, slot) => {
      storeElements(code, dtype, at, vector, this.#count(slot), slot * code.lanes * bytes2);
    }));
  })
}); }
};

// src/backends/wasm/reduction/reduction.ts
var reductionNames = [
  "sum",
  "max",
  "min",
  "argmax",
  "argmin",
  "logsumexp"
];



var manyRows2 = 32;
var pieceUnit2 = 16;
var slots = 4;





// src/backends/wasm/reduction/split.ts
var worthSplitting = 1 << 15;
var enoughResults = 16;
var mostPieces = 64;
var leastPieces = 4;
var divisible = /* @__PURE__ */ new Set([
  "sum",
  "max",
  "min",
  "logsumexp"
]);


// src/backends/wasm/stack_kernel.ts
var parallelStack = 1 << 16;
var manyMatrices = 8;
function stackEmitter({ slots: slots2 }, step) {
  const [a, b, out] = [
    ...step.inputs,
    step.outputs[0]
  ];
  const { dtype, shape } = slots2[out];
  if (dtype !== "float32" && dtype !== "float64") return null;
  const transposition = step.attributes;
  const [left, right] = [
    slots2[a].shape,
    slots2[b].shape
  ];
  const { rows: m, inner: k, columns: n } = productSizes(left, right, transposition);
  const batch = shape.slice(0, -2);
  const count = sizeOf(batch);
  if (m * k * n * count === 0) return null;
  return {
    prepare() {
    },
    emit({ context, offsets, scratch: scratch2, reproducible }) {
      const { kernel, scratchBytes } = emitMatmul(context.module, {
        ...{
          m,
          k,
          n,
          dtype,
          reproducible
        },
        ...transposition,
        undivided: true
      });
      const addresses = [
        out,
        a,
        b
      ].map((value2) => offsets[value2]);
      const walk = walkOf2(batch, [
        shape,
        left,
        right
      ], bytesPerElement(dtype));
      const multiply2 = (f, { index, from, to }) => {
        const own = f.let(i32.add(scratch2, i32.mul(index, scratchBytes)));
        const isDivided = count >= manyMatrices;
        const part2 = isDivided ? stretchOf(f, count, {
          from,
          to
        }) : {
          from: 0,
          to: count
        };
        const share = isDivided ? {
          from: i32.const(0),
          to: i32.const(whole)
        } : {
          from,
          to
        };
        const matrix = f.local("i32");
        f.for(matrix, {
          from: part2.from,
          below: part2.to
        }, () => {
          const places2 = placesOf(f, walk, matrix);
          const [c, x, y] = places2.map((place2, i) => i32.add(place2, addresses[i]));
          f.do(call2(kernel, share.from, share.to, c, x, y, own));
        });
      };
      const isParallel = count * m * n * k >= parallelStack;
      return {
        phases: [
          multiply2
        ],
        isParallel,
        scratchBytes
      };
    }
  };
}
function walkOf2(batch, stacks, bytes2) {
  const strides = stacks.map((stack2) => {
    const size = sizeOf(stack2.slice(-2)) * bytes2;
    return broadcastStrides(stack2.slice(0, -2), batch).map((stride) => stride * size);
  });
  return joinAxes({
    lengths: batch,
    strides
  });
}
function placesOf(f, { lengths, strides }, matrix) {
  const rowMajor2 = stridesOf(lengths);
  const steps = lengths.map((length, axis) => f.let(i32.remainderUnsigned(i32.divUnsigned(matrix, rowMajor2[axis]), length)));
  return strides.map((own) => steps.reduce((sum3, step, axis) => i32.add(sum3, i32.mul(step, own[axis])), i32.const(0)));
}

// src/backends/wasm/kernels.ts
var parallelElements = 1 << 14;







// src/backends/blas/foreign.ts
var gemm = ((scalar) => ({
  parameters: [
    ...[
      "i32",
      "i32",
      "i32",
      "i32",
      "i32",
      "i32"
    ],
    ...[
      scalar,
      "buffer",
      "i32",
      "buffer",
      "i32",
      scalar,
      "buffer",
      "i32"
    ]
  ],
  result: "void"
}));
var optional = ((result, ...parameters) => ({
  parameters,
  result,
  optional: true
}));
var productSymbols = {
  cblas_sgemm: gemm("f32"),
  cblas_dgemm: gemm("f64")
};
var symbols = {
  ...productSymbols,
  openblas_get_config: optional("pointer"),
  openblas_get_corename: optional("pointer"),
  openblas_get_parallel: optional("i32"),
  openblas_get_num_threads: optional("i32"),
  openblas_set_num_threads: optional("void", "i32"),
  MKL_Get_Version_String: optional("void", "buffer", "i32"),
  MKL_Get_Max_Threads: optional("i32"),
  MKL_Set_Num_Threads: optional("void", "i32"),
  bli_info_get_version_str: optional("pointer"),
  bli_thread_get_num_threads: optional("isize"),
  bli_thread_set_num_threads: optional("void", "isize")
};
function runtime() {
  const { Deno: deno } = globalThis;
  if (deno?.dlopen !== void 0 && deno.build !== void 0) return deno;
  throw new UsageError("Cannot open a BLAS: libraries of the system are opened by Deno only");
}
function systemName() {
  return runtime().build.os;
}
function openLibrary(path) {
  return runtime().dlopen(path, symbols);
}
function textAt(pointer) {
  const { UnsafePointerView } = runtime();
  if (pointer === null) return "";
  try {
    return new UnsafePointerView(pointer).getCString();
  } catch {
    return "";
  }
}

// src/backends/blas/products.ts
function openProducts(memory3, products, symbols2) {
  const { Deno: deno } = globalThis;
  const libraries = /* @__PURE__ */ new Map();
  const libraryAt = (path) => {
    if (!libraries.has(path)) libraries.set(path, deno.dlopen(path, symbols2));
    return libraries.get(path);
  };
  const rowsOfGrid = (m, n, parts) => {
    const rows = Array.from({
      length: parts
    }, (_, i) => i + 1).filter((r) => parts % r === 0);
    const edges = (r) => m / r + n * r / parts;
    return rows.reduce((best, r) => edges(r) < edges(best) ? r : best);
  };
  const shareOf = (total, part2, parts) => {
    const units = Math.ceil(total / 16);
    const start = (i) => Math.min(total, Math.floor(units * i / parts) * 16);
    return [
      start(part2),
      start(part2 + 1)
    ];
  };
  const functionOf2 = ({ path, isDouble, sizes, transposed: transposed3, offsets }) => {
    const [m, n, k] = sizes;
    const [transposeA, transposeB] = transposed3;
    const call4 = libraryAt(path).symbols[isDouble ? "cblas_dgemm" : "cblas_sgemm"];
    const Numbers2 = isDouble ? Float64Array : Float32Array;
    const view2 = (start, index) => new Numbers2(memory3.buffer, start + index * Numbers2.BYTES_PER_ELEMENT);
    const lda = transposeA ? m : k;
    const ldb = transposeB ? k : n;
    const how = [
      101,
      transposeA ? 112 : 111,
      transposeB ? 112 : 111
    ];
    return (part2, parts) => {
      const down = rowsOfGrid(m, n, parts);
      const [row, rowEnd] = shareOf(m, part2 % down, down);
      const [column, columnEnd] = shareOf(n, Math.floor(part2 / down), parts / down);
      if (row === rowEnd || column === columnEnd) return;
      const a = view2(offsets[0], transposeA ? row : row * lda);
      const b = view2(offsets[1], transposeB ? column * ldb : column);
      const c = view2(offsets[2], row * n + column);
      call4(...how, rowEnd - row, columnEnd - column, k, 1, a, lda, b, ldb, 0, c, n);
    };
  };
  return {
    functions: Object.fromEntries(products.map((product2) => [
      product2.name,
      functionOf2(product2)
    ])),
    close() {
      libraries.forEach((library2) => library2.close());
      libraries.clear();
    }
  };
}

// src/backends/executable.ts
var memoryErrors = /* @__PURE__ */ new WeakSet();
function memoryError(bytes2, cause) {
  const size = bytes2.toLocaleString("en-US");
  const message = `Cannot compile: the program needs ${size} bytes of memory`;
  const error = new UsageError(message, {
    cause
  });
  memoryErrors.add(error);
  return error;
}
function isMemoryError(error) {
  return error instanceof UsageError && memoryErrors.has(error);
}

// src/backends/wasm/balance.ts
var lineBytes = 64;
var boundsBytes = 128;
var lookTime = 5e-7;
var slack = 8e-3;


var Balance = class {
  #bounds;
  #waits;
  #fair;
  #shares;
  /** Equal shares, noted in a program's memory from an address on. */
  constructor(buffer, address, threads) {
    this.#bounds = new Int32Array(buffer, address, threads + 1);
    this.#waits = new Int32Array(buffer, address + boundsBytes, threads * lineBytes / 4);
    this.#fair = new Array(threads).fill(1 / threads);
    this.#shares = [
      ...this.#fair
    ];
    this.#write();
  }
  /** The shares of the threads, which add up to 1. */
  get shares() {
    return this.#shares;
  }
  /** Moves the shares after a run of so many milliseconds towards what would have been even. */
  note(milliseconds) {
    const fair = this.#fair;
    const speeds = this.#shares.map((share, thread) => {
      const waited = this.#waits[thread * lineBytes / 4] * lookTime;
      return share / Math.max(milliseconds - waited, milliseconds / 4);
    });
    const sum3 = speeds.reduce((a, b) => a + b);
    const pace = Math.min(0.5, 0.05 + milliseconds / 50);
    speeds.forEach((speed, thread) => fair[thread] += pace * (speed / sum3 - fair[thread]));
    if (fair.every((share, thread) => Math.abs(share - this.#shares[thread]) < slack)) return;
    this.#shares = [
      ...fair
    ];
    this.#write();
  }
  #write() {
    let sum3 = 0;
    this.#shares.forEach(((share, thread) => {
      sum3 += share;
      this.#bounds[thread + 1] = Math.round(sum3 * whole);
    }));
    this.#bounds[this.#shares.length] = whole;
  }
};

// src/backends/wasm/barrier.ts
var barrierBytes = 128;
var spins = 2e5;



// src/backends/wasm/pace.ts
var settling = 2;
var windowSteps = 8;
var windowTime = 10;
var longWindow = {
  steps: 3,
  time: 50
};
var patience = {
  first: 4,
  most: 640
};
var clearly = 1.1;
var hopelessly = 0.85;
var Pace = class {
  #way = "together";
  #isTrial = true;
  #isAloneTried = false;
  #patience = patience.first;
  #windowsLeft = patience.first;
  #settling = settling;
  #steps = 0;
  #sum = 0;
  #slowest = 0;
  #times = {
    alone: NaN,
    together: NaN
  };
  /** Notes how long a step took while there were no other threads yet. */
  
  /** Whether the next step shall be taken together. */
  get isTogether() {
    return this.#way === "together";
  }
  /** Notes how long a step took that was taken as this said; may change its mind. */
  note(milliseconds) {
    if (this.#settling-- > 0) return;
    this.#steps++;
    this.#sum += milliseconds;
    this.#slowest = Math.max(this.#slowest, milliseconds);
    const isLong2 = this.#steps >= longWindow.steps && this.#sum >= longWindow.time;
    if (!isLong2 && (this.#steps < windowSteps || this.#sum < windowTime)) return;
    const time = (this.#sum - this.#slowest) / (this.#steps - 1);
    this.#times[this.#way] = time;
    this.#isAloneTried ||= this.#way === "alone";
    this.#steps = this.#sum = this.#slowest = 0;
    this.#decide(time, this.#times[this.#other]);
  }
  get #other() {
    return this.#way === "alone" ? "together" : "alone";
  }
  #decide(time, otherTime) {
    if (this.#isTrial) {
      this.#isTrial = false;
      const isBetter = !(time > otherTime);
      this.#patience = isBetter ? patience.first : Math.min(2 * this.#patience, patience.most);
      this.#windowsLeft = this.#patience;
      if (!isBetter) this.#turn();
    } else if (time > clearly * otherTime || --this.#windowsLeft <= 0 && this.#mayGain(time)) {
      this.#isTrial = true;
      this.#turn();
    }
  }
  /** Whether to go the other way for a while could be worth it. */
  #mayGain(time) {
    const isHopeless2 = this.#isAloneTried && time < hopelessly * this.#times.alone;
    return this.#way === "alone" || !isHopeless2;
  }
  #turn() {
    this.#way = this.#other;
    this.#settling = settling;
  }
static {
  methodsOf(this.prototype, {
noteAlone: (function (milliseconds) {
    const before = Number.isNaN(this.#times.alone) ? milliseconds : this.#times.alone;
    this.#times.alone = before + (milliseconds - before) / windowSteps;
  })
}); }
};

// src/backends/wasm/threads.ts
var call3 = 0;
var program = 1;
var threadCount = 2;
var done = 3;
var heeded = 4;
var source = `
const openProducts = ${openProducts};
const start = (port) => {
  const programs = [];
  let control, thread, timer, messages = 0, last = 0;
  const serve = () => {
    while (true) {
      for (let spins = 0; Atomics.load(control, ${call3}) === last && spins < 20000; spins++) {
        Atomics.pause?.();
      }
      while (Atomics.load(control, ${call3}) === last) {
        const isIdle = Atomics.wait(control, ${call3}, last, 1000) === "timed-out";
        if (isIdle) return void (timer = setTimeout(serve)); // lets what ends the worker come in
      }
      last = Atomics.load(control, ${call3});
      const index = Atomics.load(control, ${program});
      if (index >= 0) programs[index].run(thread, Atomics.load(control, ${threadCount}));
      Atomics.store(control, ${done}, last);
      if (index < 0) return;
    }
  };
  const learn = ({ index, module: code, memory, native, isKnown }) => {
    let products;
    try {
      products = openProducts(memory, native, ${JSON.stringify(productSymbols)});
      const imports = { blas: products.functions };
      for (const { module, name, kind } of WebAssembly.Module.imports(code)) {
        (imports[module] ??= {})[name] ??= kind === "memory" ? memory : () => 0;
      }
      const { run } = new WebAssembly.Instance(code, imports).exports;
      programs[index] = { run, close: products.close };
      Atomics.store(isKnown, 0, 1);
    } catch {
      products?.close();
    }
  };
  const forget = (index) => {
    programs[index]?.close();
    programs[index] = null;
  };
  port((message) => {
    clearTimeout(timer);
    if (message.control) ({ control, thread } = message);
    if (message.forget !== undefined) forget(message.forget);
    if (message.module) learn(message);
    Atomics.store(control, ${heeded}, ++messages);
    last = message.call;
    serve();
  });
};
`;
var Helper = class {
  #control = new Int32Array(new SharedArrayBuffer(64));
  #worker;
  #calls = 0;
  #messages = 0;
  #pending = [];
  #isRunning = false;
  #hasFailed = false;
  constructor(thread) {
    this.#worker = startWorker(() => this.#hasFailed = true);
    this.#send({
      control: this.#control,
      thread
    });
  }
  /** Tells the worker of a program; it sets a word as soon as it knows it. */
  teach(index, { module, memory: memory3, native }) {
    const isKnown = new Int32Array(new SharedArrayBuffer(4));
    this.#send({
      index,
      module,
      memory: memory3,
      native,
      isKnown
    });
    return isKnown;
  }
  /** Lets the worker drop a program. */
  forget(index) {
    this.#send({
      forget: index
    });
  }
  #send(message) {
    this.#messages++;
    this.#pending.push(message);
    if (!this.#isRunning) this.#post();
  }
  #post() {
    for (const message of this.#pending.splice(0)) {
      this.#call(-1, 0);
      this.#worker.postMessage({
        ...message,
        call: this.#calls
      });
    }
  }
  /** Whether the worker has acted on all it was told, and is idle: until then it may not be called. */
  get isReady() {
    return !this.#isRunning && !this.#hasFailed && Atomics.load(this.#control, heeded) === this.#messages;
  }
  /** Starts the worker on a program. */
  start(index, threads) {
    this.#isRunning = true;
    this.#call(index, threads);
  }
  /** Waits until the worker is through. */
  join() {
    while (Atomics.load(this.#control, done) !== this.#calls) Atomics.pause?.();
    this.#isRunning = false;
    this.#post();
  }
  #call(index, threads) {
    Atomics.store(this.#control, program, index);
    Atomics.store(this.#control, threadCount, threads);
    this.#calls = this.#calls + 1 | 0;
    Atomics.store(this.#control, call3, this.#calls);
    Atomics.notify(this.#control, call3);
  }
};
function startWorker(onFailure) {
  const { process } = globalThis;
  const threads = process?.getBuiltinModule?.("node:worker_threads");
  if (threads !== void 0) {
    const listen2 = `start((f) => require("node:worker_threads").parentPort.on("message", f));`;
    const env = {};
    const execArgv = [];
    const worker2 = new threads.Worker(source + listen2, {
      eval: true,
      env,
      execArgv
    });
    worker2.on("error", onFailure);
    worker2.unref();
    return worker2;
  }
  const listen = "start((f) => onmessage = (event) => f(event.data));";
  const url = URL.createObjectURL(new Blob([
    source + listen
  ], {
    type: "text/javascript"
  }));
  const { Worker } = globalThis;
  const worker = new Worker(url);
  worker.onerror = onFailure;
  return worker;
}
var mostThreads = 16;
var helpers = [];
var canStart = true;
var programs = 0;
var shared = /* @__PURE__ */ new Map();

function shareProgram(program2, threads) {
  startHelpers();
  for (const [index2, known3] of shared) if (known3.deref() === void 0) forget(index2);
  const index = programs++;
  const known2 = helpers.map((helper) => helper.teach(index, program2));
  let running = [];
  const own = helpers.slice(0, threads - 1);
  const canHelp = (helper, i) => helper.isReady && Atomics.load(known2[i], 0) === 1;
  const threaded = {
    start() {
      running = shared.has(index) && own.every(canHelp) ? own : [];
      for (const helper of running) helper.start(index, running.length + 1);
      return running.length + 1;
    },
    join() {
      for (const helper of running) helper.join();
    },
    dispose: () => forget(index)
  };
  shared.set(index, new WeakRef(threaded));
  return threaded;
}
function startHelpers() {
  try {
    while (canStart && helpers.length < availableThreads() - 1) {
      helpers.push(new Helper(helpers.length + 1));
    }
  } catch {
    canStart = false;
  }
}
function forget(index) {
  if (shared.delete(index)) helpers.forEach((helper) => helper.forget(index));
}

// src/backends/wasm/crew.ts
var worthHelp = 40;
var Crew = class {
  #options;
  #pace = new Pace();
  #balance;
  #threaded = null;
  #together = 1;
  #worked = 0;
  /** Nobody is asked to help yet. */
  constructor(options) {
    const { shared: shared2, balanceAt, most } = options;
    this.#options = options;
    this.#balance = new Balance(shared2.memory.buffer, balanceAt, most);
  }
  /** How many threads shared the last run. */
  get threads() {
    return this.#together;
  }
  /** Runs all steps once. */
  
  #note(milliseconds) {
    const isTogether = this.#together > 1;
    if (isTogether) this.#balance.note(milliseconds);
    if (this.#threaded !== null && (isTogether || !this.#pace.isTogether)) {
      this.#pace.note(milliseconds);
      return;
    }
    this.#pace.noteAlone(milliseconds);
    this.#worked += milliseconds;
    if (this.#threaded !== null || this.#worked <= worthHelp) return;
    this.#threaded = shareProgram(this.#options.shared, this.#options.most);
  }
  /** Lets the helpers forget the program. */
  dispose() {
    this.#threaded?.dispose();
    this.#threaded = null;
  }
static {
  methodsOf(this.prototype, {
run: (function () {
    const started = performance.now();
    const threaded = this.#pace.isTogether ? this.#threaded : null;
    this.#together = threaded?.start() ?? 1;
    this.#options.run(0, this.#together);
    if (this.#together > 1) threaded.join();
    this.#note(performance.now() - started);
  })
}); }
};

// src/backends/wasm/math/kernel_context.ts
var importModule = "scalar";
var KernelContext = class {
  module;
  fused;
  /** The functions to instantiate the module with, as its import `scalar`. */
  imports = {};
  #imported = /* @__PURE__ */ new Map();
  #functions = /* @__PURE__ */ new Map();
  #globals = /* @__PURE__ */ new Map();
  #ops = /* @__PURE__ */ new Map();
  /** The kernels of `module`. */
  constructor(module, { fused: fused2 }) {
    this.module = module;
    this.fused = fused2;
  }
  /** A function of the module that kernels share, written the first time it is asked for. */
  function(name3, signature, body) {
    const known2 = this.#functions.get(name3);
    const made2 = known2 ?? this.module.function(signature, body);
    if (!known2) this.#functions.set(name3, made2);
    return made2;
  }
  /** A variable of the module that kernels share. */
  global(name3) {
    const known2 = this.#globals.get(name3) ?? this.module.global("i32", 0);
    this.#globals.set(name3, known2);
    return known2;
  }
  /** Imports an operation on plain numbers; possible until the module has its first function. */
  importScalar(call4) {
    const name3 = this.#nameOf(call4);
    if (this.#imported.has(name3)) return;
    const { op, attributes, inputs, result } = call4;
    this.imports[name3] = attributes === void 0 || attributes === null ? op.scalar : (...numbers3) => op.scalar(...numbers3, attributes);
    const params = inputs.map(valueType);
    this.#imported.set(name3, this.module.importFunction(importModule, name3, {
      params,
      result: valueType(result)
    }));
  }
  /** The function that was imported for an operation. */
  scalar(call4) {
    const callee = this.#imported.get(this.#nameOf(call4));
    if (callee) return callee;
    throw new Error(`Cannot call ${call4.op.name}: it was not imported before the first function`);
  }
  #nameOf({ op, attributes, inputs, result }) {
    const number = this.#ops.get(op) ?? this.#ops.size;
    this.#ops.set(op, number);
    const kinds2 = [
      ...inputs,
      result
    ].join();
    return `${op.name} ${number} ${kinds2} ${attributesKey(attributes)}`.trim();
  }
};
function valueType(dtype) {
  return dtype === "float32" ? "f32" : dtype === "float64" ? "f64" : "i32";
}

// src/backends/wasm/schedule.ts

var only = {
  index: i32.const(0),
  count: i32.const(1),
  from: i32.const(0),
  to: i32.const(whole)
};


function bytesOfSlot({ slots: slots2 }, value2) {
  const { shape, dtype } = slots2[value2];
  return sizeOf(shape) * bytesPerElement(dtype);
}



// src/backends/wasm/program.ts
var pageBytes = 65536;
var mostPages = 65536;



function growTo(memory3, pages, bytes2) {
  const missing = pages - memory3.buffer.byteLength / pageBytes;
  try {
    if (missing > 0) memory3.grow(missing);
  } catch (cause) {
    throw memoryError(bytes2, cause);
  }
}

// src/backends/wasm/eager.ts
var worthCopying = 512;
var worthMultiplying = 1 << 12;
var longRun2 = 64;
var worthWriting = 1 << 16;
var worthPieces = 1 << 18;
var pieceLength = 1 << 14;
var mostKept = 512;
var placed = /* @__PURE__ */ new Set([
  slice,
  unslice,
  overwrite
]);
var memory2 = {
  arena: null
};
var calls = /* @__PURE__ */ new WeakMap();
var kept = [];
var wasm = {
  name: "wasm",
  run: (function (op, output, inputs, attributes) {
    if (op.alias || !isWorthIt(op, output, inputs)) {
      return reference.run(op, output, inputs, attributes);
    }
    const isDivided = isInPieces(op, output, inputs);
    const { ready } = isDivided ? callOf2(op, pieceOf(output, 0), inputs.map((input) => pieceOf(input, 0)), attributes) : callOf2(op, output, inputs, attributes);
    if (!ready) reference.run(op, output, inputs, attributes);
    else if (isDivided) runInPieces(ready, output, inputs);
    else run(ready, output, inputs);
  })
};
function run(ready, output, inputs) {
  if (ready.views[0].length === 0) ready.views = viewsOf([
    ...inputs,
    output
  ], ready.offsets);
  const { views } = ready;
  for (let i = 0; i < inputs.length; i++) views[i].set(inputs[i].data);
  ready.run();
  output.data.set(views[inputs.length]);
}

function runInPieces(ready, output, inputs) {
  const { length } = output.data;
  for (let from = 0; from < length; from += pieceLength) {
    const start = Math.min(from, length - pieceLength);
    run(ready, pieceOf(output, start), inputs.map((input) => pieceOf(input, start)));
  }
}
function pieceOf({ data }, start) {
  const numbers3 = data.length === 1 ? data : data.subarray(start, start + pieceLength);
  return {
    data: numbers3,
    shape: [
      numbers3.length
    ]
  };
}


function isOfKind(call4, inputs, attributes) {
  if (call4.inputs.length !== inputs.length) return false;
  for (let i = 0; i < inputs.length; i++) {
    const { shape, dtype } = call4.inputs[i], { shape: other2, data } = inputs[i];
    if (dtype !== dtypeOf(data) || !sameShape(shape, other2)) return false;
  }
  return sameAttributes(call4.attributes, attributes);
}
function prepare(op, output, inputs, attributes) {
  const blocks = [
    ...inputs,
    output
  ];
  const slots2 = blocks.map(({ data, shape }) => ({
    shape,
    dtype: dtypeOf(data)
  }));
  const shapes = inputs.map(({ shape }) => shape);
  const size = inputs.reduce((sum3, { data }) => sum3 + data.length, 0);
  const numbers3 = inputs.map((_, i) => i);
  const step = {
    op,
    inputs: numbers3,
    outputs: [
      inputs.length
    ],
    attributes
  };
  const program2 = {
    slots: slots2,
    inputs: numbers3,
    constants: /* @__PURE__ */ new Map(),
    steps: [
      step
    ],
    outputs: step.outputs
  };
  if (isMoving(op) && !isScattered(op.moves(shapes, output.shape, attributes), size)) return null;
  const emitter = emitterFor(program2, step);
  if (emitter === null || emitter.mayRefuse) return null;
  let bytes2 = 0;
  const offsets = slots2.map(({ shape, dtype }) => {
    const start = bytes2;
    bytes2 += Math.ceil(sizeOf(shape) * bytesPerElement(dtype) / 64) * 64;
    return start;
  });
  try {
    memory2.arena ??= new WebAssembly.Memory({
      initial: 1,
      maximum: 65536
    });
    const executable = emitProgram(program2, {
      offsets,
      bytes: bytes2,
      copies: []
    }, {
      threads: 1,
      memory: memory2.arena,
      runStep: () => {
      },
      nameOf: () => op.name
    });
    return {
      run: executable.run,
      offsets,
      views: viewsOf(blocks, offsets)
    };
  } catch (error) {
    const isFull = error instanceof UsageError || error instanceof RangeError;
    if (isFull) return null;
    throw error;
  }
}
function isScattered({ moves }, size) {
  const moved2 = moves.reduce((sum3, { lengths }) => sum3 + sizeOf(lengths), 0);
  return 2 * moved2 >= size && moves.some((move) => runOf(move) < longRun2);
}
function viewsOf(blocks, offsets) {
  const { buffer } = memory2.arena;
  return blocks.map(({ data }, i) => viewOf(buffer, offsets[i], data.length, dtypeOf(data)));
}

// src/values/tensor_parts.ts
var Numbers = class {
  /** The numbers in row-major order. */
  array;
  /** Whether somebody has had them in hand, who may write to them at any time. */
  isExposed;
  /** How often the library has overwritten them. */
  version = 0;
  /** Holds an array that nobody else has, unless it is exposed. */
  constructor(array, isExposed = false) {
    this.array = array;
    this.isExposed = isExposed;
  }
  /** Puts others in their place. */
  overwrite({ array }) {
    this.array.set(array);
    this.version++;
  }
};

// src/values/dispatch.ts
var backend;




// src/values/tensor.ts
var Tensor = class Tensor extends Convolutions {
  /** The length along each axis. */
  shape;
  /** The kind of its numbers. */
  dtype;
  /** The call that made it, or null where it was not computed or nobody will ask. */
  origin;
  /** Whether `backward()` leaves a derivative in `grad`. */
  requiresGrad;
  /** What `backward()` has added up so far, or null. */
  grad = null;
  /** What it is called when it is printed, or null. */
  name;
  /** @internal */
  place = 0;
  #numbers;
  #residence;
  /** Makes a tensor of its parts; users call `tensor` and its kin. */
  constructor({ shape, dtype, data, origin = null, requiresGrad = false, name: name3 }) {
    super();
    if (!shape) throw new UsageError("Cannot make a Tensor without a shape: use tensor([...])");
    this.shape = shape;
    this.dtype = dtype;
    this.origin = origin;
    this.requiresGrad = requiresGrad;
    this.name = name3 ?? null;
    const numbers3 = ArrayBuffer.isView(data) ? new Numbers(data, true) : data;
    this.#numbers = numbers3 instanceof Numbers ? numbers3 : null;
    this.#residence = numbers3 instanceof Numbers ? null : numbers3;
    if (requiresGrad && !isFloat(dtype)) {
      throw new DTypeError(`Cannot require a gradient of ${dtype} ${formatShape(shape)}: only float32 and float64 have derivatives`);
    }
  }
  /** The numbers in row-major order; writing to them, at any time, changes the tensor in place. */
  get data() {
    const { numbers: numbers3 } = this;
    numbers3.isExposed = true;
    return numbers3.array;
  }
  /** @internal The numbers for whoever neither writes to them nor hands them out. */
  get numbers() {
    if (this.#numbers === null) {
      if (this.#residence === null) {
        throw new TracingError("Cannot read the values of a tensor while it is being traced");
      }
      this.#numbers = new Numbers(this.#residence.takeOut());
      this.#residence = null;
    }
    return this.#numbers;
  }
  /** Where the numbers lie as long as nobody has read them, if a compiled program left them. */
  get residence() {
    return this.#residence;
  }
  /** Whether the numbers are not known yet, since a function is being traced. */
  get isSymbolic() {
    return this.#numbers === null && this.#residence === null;
  }
  /** Whether it holds floating-point numbers. */
  get isDifferentiable() {
    return isFloat(this.dtype);
  }
  /** The one number of a tensor of one element. */
  
  /** The numbers as nested arrays; truth values as booleans; a scalar as a number. */
  toArray() {
    return nested(this.numbers.array, this.shape, this.dtype === "bool");
  }
  /** What becomes of it in JSON: its numbers as nested arrays, and `null` for NaN and infinities. */
  toJSON() {
    return this.toArray();
  }
  /** The numbers at any size, with name, kind and shape; long axes are elided. */
  toString() {
    return formatTensor(this, this.isSymbolic ? null : this.numbers.array);
  }
  /** What `console.log` shows in Deno. */
  [Symbol.for("Deno.customInspect")]() {
    return this.toString();
  }
  /** What `console.log` shows in Node. */
  [Symbol.for("nodejs.util.inspect.custom")]() {
    return this.toString();
  }
  /** What a notebook shows. */
  [Symbol.for("Jupyter.display")]() {
    return displayTensor(this, this.isSymbolic ? null : this.numbers.array);
  }
  /** A copy with numbers of its own and no history. */
  clone() {
    const data = this.isSymbolic ? null : new Numbers(this.numbers.array.slice());
    return this.leaf({
      data,
      requiresGrad: this.requiresGrad
    });
  }
  /** The same numbers (not a copy) without a history: no derivative flows back through it. */
  detach() {
    return isTracked(this) || this.isSymbolic ? this.leaf({
      requiresGrad: false
    }) : this;
  }
  /** The same numbers under other properties: no derivative flows back, but a trace goes on. */
  
  /** Whether a trace has to know what becomes of it, since its numbers may be others next time. */
  get isBeingTraced() {
    return this.isSymbolic || isTracing() && isTracked(this);
  }
  // Derivatives
  /**
   * Carries derivatives back from this tensor and adds them to the `grad` of every tensor that
   * requires one. A tensor of more than one element needs the cotangent to start from. A function
   * that is compiled has to return derivatives instead, as `gradients` gives them.
   */
  backward(cotangent) {
    if (isTracing() || this.isSymbolic) {
      throw new TracingError("Cannot backward while a function is being traced: return what gradients() or grad() gives");
    }
    if (cotangent === void 0 && this.size !== 1) {
      throw new ShapeError(`Cannot backward from ${formatShape(this.shape)}: reduce it to a scalar, as in .sum(), or pass a cotangent of its shape`);
    }
    const seed = cotangent ?? this.fillLike(1);
    this.checkOperands("backward", [
      seed
    ]);
    if (!sameShape(seed.shape, this.shape)) {
      throw new ShapeError(`Cannot backward a cotangent of shape ${formatShape(seed.shape)} from ` + formatShape(this.shape));
    }
    sameDType("backward", [
      this.dtype,
      seed.dtype
    ]);
    const isSource = (value2) => value2.requiresGrad;
    const cotangents = reverse([
      this
    ], [
      seed
    ], {
      isSource,
      record: false
    });
    if (cotangents.size === 0) {
      throw new UsageError(`Cannot backward from ${formatShape(this.shape)}: it depends on no tensor that requires a gradient`);
    }
    for (const [leaf, g] of cotangents) {
      leaf.grad = leaf.grad === null ? g.clone() : leaf.grad.add(g).detach();
    }
  }
  /** Forgets the derivative in `grad`. */
  zeroGrad() {
    this.grad = null;
  }
  /** This cotangent added up over the axes along which `input` was broadcast. */
  
  /** The same numbers as a variable of a transform, still connected to this tensor. */
  
  /** The same numbers as a leaf with a name, whose derivative `backward()` leaves in its `grad`. */
  
  /** The same numbers with the name of `other`, and differentiated where it is. */
  
  /** A tensor of the same shape and kind filled with one number. */
  
  /** Zeros of the same shape and kind with a one at `index` in row-major order. */
  unitLike(index) {
    const unit4 = this.fillOf(this.shape, 0);
    unit4.data[index] = 1;
    return unit4;
  }
  /** @internal */
  
  // Operations
  /** @internal */
  
  /** @internal */
  
static {
  methodsOf(this.prototype, {
item: (function () {
    if (this.size !== 1) {
      throw new ShapeError(`Cannot take the item of ${formatShape(this.shape)}: it has ${this.size} elements, not 1`);
    }
    return this.numbers.array[0];
  }),
leaf: (function (parts) {
    const { shape, dtype, name: name3 } = this;
    const origin = this.isBeingTraced ? originOf(stopGradient, [
      this
    ], void 0) : null;
    const data = this.isSymbolic ? null : this.numbers;
    return new Tensor({
      shape,
      dtype,
      data,
      name: name3,
      origin,
      ...parts
    });
  }),
sumLike: (function (input) {
    if (sameShape(this.shape, input.shape)) return this;
    const added2 = this.rank - input.rank;
    const axes = this.shape.map(((_, axis) => axis)).filter(((axis) => axis < added2 || input.shape[axis - added2] === 1 && this.shape[axis] !== 1));
    return this.sum(axes).reshape(input.shape);
  }),
asVariable: (function () {
    if (isTracked(this) || this.isSymbolic) return this.call(identity, [], void 0);
    return this.leaf({
      requiresGrad: true
    });
  }),
asParameter: (function (name3) {
    return this.leaf({
      name: name3,
      requiresGrad: true
    });
  }),
asUpdateOf: (function (other2) {
    const { name: name3, requiresGrad } = other2;
    const origin = this.isBeingTraced ? originOf(identity, [
      this
    ], void 0) : this.origin;
    return this.leaf({
      name: name3,
      requiresGrad,
      origin
    });
  }),
fillLike: (function (number) {
    return this.fillOf(this.shape, number);
  }),
fillOf: (function (shape, number) {
    const data = new Numbers(allocate(this.dtype, sizeOf(shape)).fill(number));
    return new Tensor({
      shape,
      dtype: this.dtype,
      data
    });
  }),
apply: (function (op, others, attributes) {
    const known2 = typeof others[0] === "number" ? op.byNumber?.(others[0]) : void 0;
    if (known2 !== void 0) return this.call(known2.op, [], known2.attributes);
    const kind = (others.find(((other2) => other2 instanceof Tensor)) ?? this).dtype;
    const inputs = others.map(((other2) => typeof other2 === "number" ? new Tensor({
      shape: [],
      dtype: kind,
      data: lifted(op, other2, kind)
    }) : other2));
    return this.call(op, inputs, attributes);
  }),
call: (function (op, others, attributes) {
    return applyOp(op, [
      this,
      ...others
    ], attributes);
  })
}); }
};


// src/values/creation.ts
var tensorOptions = {
  dtype: '"float64"',
  requiresGrad: null,
  name: null
};
var dataOptions = {
  ...tensorOptions,
  shape: null
};
function ownDType(data) {
  if (data instanceof Float64Array) return "float64";
  const isHalf = Object.prototype.toString.call(data) === "[object Float16Array]";
  return data instanceof Float32Array || isHalf ? "float32" : "int32";
}
function areTruthValues(entries) {
  return typeof entries[0] === "boolean" && Array.prototype.every.call(entries, (entry2) => typeof entry2 === "boolean");
}

function tensor(values, options = {}) {
  optionsOf("make a tensor", options, dataOptions);
  if (values instanceof DataView) {
    throw new UsageError("Cannot make a tensor of a DataView: use a typed array");
  }
  const isView = ArrayBuffer.isView(values);
  const shape = isView ? [
    values.length
  ] : shapeOf(values);
  const flat = isView ? values : flatten(values, shape);
  const inferred = isView ? ownDType(values) : areTruthValues(flat) ? "bool" : "float32";
  const dtype = checkDType("make a tensor of", options.dtype ?? inferred);
  const data = store2(dtype, flat);
  const target = options.shape === void 0 ? shape : [
    ...checkShape("make", options.shape)
  ];
  if (sizeOf(target) !== data.length) {
    throw new ShapeError(`Cannot make a tensor of shape ${formatShape(target)}: there are ${data.length} numbers, not ${sizeOf(target)}`);
  }
  return fromData(data, target, dtype, options);
}
var wholeNumbers = [
  Int32Array,
  Int16Array,
  Int8Array,
  Uint16Array,
  Uint8Array,
  Uint8ClampedArray
];


function shapeOf(values) {
  const shape = [];
  for (let node = values; Array.isArray(node); node = node[0]) shape.push(node.length);
  return shape;
}
function flatten(values, shape) {
  const flat = [];
  const visit = (node, axis, path) => {
    const isLeaf = axis === shape.length;
    const fits2 = isLeaf ? !Array.isArray(node) : Array.isArray(node) && node.length === shape[axis];
    if (!fits2) {
      const what = Array.isArray(node) ? `an array of ${node.length}` : "a single entry";
      const expected = isLeaf ? "a single entry" : `an array of ${shape[axis]}`;
      throw new ShapeError(`Cannot make a tensor of ragged arrays: at ${path} stands ${what}, not ${expected}`);
    }
    if (isLeaf) flat.push(node);
    else node.forEach((child, i) => visit(child, axis + 1, `${path}[${i}]`));
  };
  visit(values, 0, "values");
  return flat;
}


function ones(shape, options = {}) {
  return full(shape, 1, options);
}
function arange(start, stop, step = 1, options = {}) {
  optionsOf("arange", options, tensorOptions);
  const [from, to] = stop === void 0 ? [
    0,
    start
  ] : [
    start,
    stop
  ];
  if (!Number.isFinite(from) || !Number.isFinite(to) || !Number.isFinite(step) || step === 0) {
    throw new UsageError(`Cannot arange from ${from} to ${to} in steps of ${step}`);
  }
  const dtype = checkDType("make a tensor of", options.dtype ?? "float32");
  const numbers3 = new Float64Array(Math.max(0, Math.ceil((to - from) / step)));
  for (let i = 0; i < numbers3.length; i++) numbers3[i] = from + i * step;
  return fromData(store2(dtype, numbers3), [
    numbers3.length
  ], dtype, options);
}
function linspace(start, stop, count, options = {}) {
  optionsOf("linspace", options, tensorOptions);
  const dtype = checkDType("make a tensor of", options.dtype ?? "float32");
  checkNumber("linspace", "start", start);
  checkNumber("linspace", "stop", stop);
  const numbers3 = new Float64Array(sizeOf(checkShape("make", [
    count
  ])));
  for (let i = 0; i < count; i++) {
    numbers3[i] = i === count - 1 && count > 1 ? stop : start + i * (stop - start) / (count - 1 || 1);
  }
  return fromData(store2(dtype, numbers3), [
    count
  ], dtype, options);
}
function eye(size, options = {}) {
  const result = zeros([
    size,
    size
  ], options);
  for (let i = 0; i < size; i++) result.numbers.array[i * (size + 1)] = 1;
  return result;
}

// src/values/check_tensors.ts


// src/values/one_hot.ts
function oneHot2(labels, classes, options = {}) {
  checkTensors("oneHot", [
    labels
  ]);
  return labels.oneHot(classes, options);
}


// src/values/joining.ts
function where2(condition, a, b) {
  checkTensors("where", [
    condition
  ]);
  if (a instanceof Tensor) return a.where(condition, b);
  if (b instanceof Tensor) return b.maskedFill(condition, a);
  return full([], a).where(condition, b);
}
function concat2(tensors, options = {}) {
  checkJoined("concat", tensors, options);
  const [first2, ...others] = tensors;
  if (first2 === void 0) throw new UsageError("Cannot concat: there are no tensors");
  return first2.concat(others, options);
}
function stack(tensors, options = {}) {
  checkJoined("stack", tensors, options);
  const { axis = 0 } = options;
  const first2 = tensors[0];
  if (first2 === void 0) throw new UsageError("Cannot stack: there are no tensors");
  for (const { shape } of tensors) {
    if (!sameShape(shape, first2.shape)) {
      throw new ShapeError(`Cannot stack ${formatShape(first2.shape)} and ${formatShape(shape)}: the shapes differ`);
    }
  }
  const at = resolveAxis("stack", axis, [
    ...first2.shape,
    1
  ]);
  return concat2(tensors.map((tensor2) => tensor2.unsqueeze(at)), {
    axis: at
  });
}
function checkJoined(name3, tensors, options) {
  if (typeof options === "number") {
    throw new UsageError(`Cannot ${name3} along ${options}: an axis is given as { axis: ${options} }`);
  }
  if (!Array.isArray(tensors)) {
    throw new UsageError(`Cannot ${name3} ${describe(tensors)}: use an array of tensors`);
  }
  checkTensors(name3, tensors);
  optionsOf(name3, options, {
    axis: "1"
  });
}

// src/values/einsum.ts
function einsum(equation, ...tensors) {
  if (typeof equation !== "string") {
    throw new UsageError(`Cannot einsum ${describe(equation)}: an equation is text, as "ij,jk->ik"`);
  }
  checkTensors("einsum", tensors);
  const { inputs, output } = parse(equation, tensors);
  checkLengths(equation, inputs);
  const terms = inputs.map(withoutRepeats);
  const product2 = terms.reduce((a, b, i) => {
    const later = terms.slice(i + 1).flatMap(({ letters: letters2 }) => letters2);
    return contract(a, b, /* @__PURE__ */ new Set([
      ...later,
      ...output
    ]));
  });
  const { tensor: tensor2, letters } = summed(product2, new Set(output));
  return tensor2.permute(output.map((letter) => letters.indexOf(letter)));
}
function parse(equation, tensors) {
  const unreadable = (reason) => new UsageError(`Cannot einsum "${equation}" of ${tensors.length} tensors: ${reason}`);
  const [left, right, ...more] = equation.replaceAll(/\s/g, "").split("->");
  const terms = left.split(",");
  if (more.length > 0) throw unreadable("there are two arrows");
  if (terms.length !== tensors.length) throw unreadable(`it names ${terms.length}`);
  for (const term2 of [
    ...terms,
    right ?? ""
  ]) {
    if (!/^[a-z]*(\.\.\.[a-z]*)?$/i.test(term2)) throw unreadable(`"${term2}" is no list of letters`);
  }
  const inputs = terms.map((term2, i) => name2(equation, term2, tensors[i]));
  const all = inputs.flatMap(({ letters }) => letters);
  const covered = Math.max(0, ...all.filter(isNumber).map(Number));
  const once = all.filter((letter) => all.indexOf(letter) === all.lastIndexOf(letter));
  const output = right === void 0 ? [
    ...numbers2(covered),
    ...once.filter((letter) => !isNumber(letter)).sort()
  ] : expand(right, covered);
  const wrong = output.find((letter, i) => !all.includes(letter) || output.indexOf(letter) !== i);
  if (wrong !== void 0) throw unreadable(`its output cannot have an axis "${wrong}"`);
  if (covered > 0 && !output.includes("1")) throw unreadable("its output lacks ...");
  return {
    inputs,
    output
  };
}
function name2(equation, term2, tensor2) {
  const letters = expand(term2, tensor2.rank - term2.replace("...", "").length);
  if (letters.length === tensor2.rank) return {
    tensor: tensor2,
    letters
  };
  throw new ShapeError(`Cannot einsum "${equation}": "${term2}" does not fit ${formatShape(tensor2.shape)}`);
}
function expand(term2, covered) {
  const [before, after] = term2.split("...");
  return after === void 0 ? [
    ...term2
  ] : [
    ...before,
    ...numbers2(covered),
    ...after
  ];
}
function numbers2(count) {
  return Array.from({
    length: Math.max(count, 0)
  }, (_, i) => `${count - i}`);
}
function isNumber(letter) {
  return /\d/.test(letter);
}
function checkLengths(equation, inputs) {
  const lengths = /* @__PURE__ */ new Map();
  for (const { tensor: tensor2, letters } of inputs) {
    for (const [axis, letter] of letters.entries()) {
      const length = tensor2.shape[axis];
      const before = lengths.get(letter) ?? length;
      if (before !== length && !isNumber(letter)) {
        throw new ShapeError(`Cannot einsum "${equation}": axis ${letter} has lengths ${before} and ${length}`);
      }
      lengths.set(letter, length);
    }
  }
}
function withoutRepeats({ tensor: tensor2, letters }) {
  const second = letters.findIndex((letter, axis) => letters.indexOf(letter) !== axis);
  if (second < 0) return {
    tensor: tensor2,
    letters
  };
  const first2 = letters.indexOf(letters[second]);
  const others = letters.filter((_, axis) => axis !== first2 && axis !== second);
  return withoutRepeats({
    tensor: tensor2.diagonal(0, {
      axis1: first2,
      axis2: second
    }),
    letters: [
      ...others,
      letters[second]
    ]
  });
}
function summed({ tensor: tensor2, letters }, kept2) {
  const axes = letters.flatMap((letter, axis) => kept2.has(letter) ? [] : [
    axis
  ]);
  if (axes.length === 0) return {
    tensor: tensor2,
    letters
  };
  return {
    tensor: tensor2.sum(axes),
    letters: letters.filter((letter) => kept2.has(letter))
  };
}
function contract(a, b, kept2) {
  const left = summed(a, /* @__PURE__ */ new Set([
    ...b.letters,
    ...kept2
  ]));
  const right = summed(b, /* @__PURE__ */ new Set([
    ...a.letters,
    ...kept2
  ]));
  const shared2 = left.letters.filter((letter) => right.letters.includes(letter));
  const batch = shared2.filter((letter) => kept2.has(letter));
  const inner = shared2.filter((letter) => !kept2.has(letter));
  const rows = left.letters.filter((letter) => !shared2.includes(letter));
  const columns2 = right.letters.filter((letter) => !shared2.includes(letter));
  const product2 = matrices2(left, batch, rows, inner).matmul(matrices2(right, batch, inner, columns2));
  const lengths = [
    ...lengthsOf(left, rows),
    ...lengthsOf(right, columns2)
  ];
  return {
    tensor: product2.reshape([
      ...product2.shape.slice(0, -2),
      ...lengths
    ]),
    letters: [
      ...batch,
      ...rows,
      ...columns2
    ]
  };
}
function lengthsOf({ tensor: tensor2, letters }, group) {
  return group.map((letter) => tensor2.shape[letters.indexOf(letter)]);
}
function matrices2(named, batch, rows, columns2) {
  const { tensor: tensor2, letters } = named;
  const order = [
    ...batch,
    ...rows,
    ...columns2
  ].map((letter) => letters.indexOf(letter));
  const size = (group) => sizeOf(lengthsOf(named, group));
  return tensor2.permute(order).reshape([
    ...lengthsOf(named, batch),
    size(rows),
    size(columns2)
  ]);
}

// src/values/random.ts
var unit2 = {
  low: 0,
  high: 1,
  isWhole: false,
  highest: 1
};
var aroundZero = {
  low: -1,
  high: 1,
  isWhole: false,
  highest: 1
};


var Random = class {
  static {
    declareOwn(this);
  }
  #state = new Int32Array(4);
  #one = new Float64Array(1);
  #points = new Float64Array(256);
  #trace = traceNow();
  #spare = null;
  /** Starts the sequence that belongs to `seed`, any whole number. */
  constructor(seed = 0) {
    if (!Number.isInteger(seed)) {
      throw new UsageError(`Cannot start random numbers from the seed ${describe(seed)}: it is a whole number, as Math.floor gives`);
    }
    let z = seed >>> 0;
    for (let i = 0; i < 4; i++) {
      z = z + 2654435769 >>> 0;
      let mixed = Math.imul(z ^ z >>> 16, 569420461);
      mixed = Math.imul(mixed ^ mixed >>> 15, 1935289751);
      this.#state[i] = mixed ^ mixed >>> 15;
    }
  }
  /** A whole number from 0 to 2^32 - 1. */
  bits() {
    this.#draw(this.#one, 1);
    return this.#one[0];
  }
  /** A number from 0 up to, but not including, 1, with 53 random bits. */
  next() {
    this.#draw(this.#one, 1, unit2);
    return this.#one[0];
  }
  /** A whole number from 0 to `limit` - 1, each equally likely. */
  integer(limit) {
    if (!(Number.isInteger(limit) && limit > 0)) {
      throw new UsageError(`Cannot draw a whole number below ${describe(limit)}: the limit is a whole number above 0`);
    }
    return Math.floor(this.next() * limit);
  }
  /** A number from the standard normal distribution, by the polar method of Marsaglia. */
  standardNormal() {
    this.#drawNormal(this.#one, {
      mean: 0,
      std: 1
    });
    return this.#one[0];
  }
  /** The whole numbers from 0 to `count` - 1 in random order (Fisher and Yates). */
  permutation(count) {
    if (!(count >= 0)) throw new UsageError(`Cannot put ${count} numbers in a random order`);
    const order = new Int32Array(count);
    for (let i = 0; i < count; i++) order[i] = i;
    const steps = Math.max(0, count - 1);
    const places2 = new Float64Array(steps);
    this.#draw(places2, steps, unit2);
    for (let step = 0; step < steps; step++) {
      const i = steps - step, j = Math.floor(places2[step] * (i + 1));
      const kept2 = order[i];
      order[i] = order[j];
      order[j] = kept2;
    }
    return order;
  }
  /**
   * A tensor of numbers spread evenly from `low` up to `high`, drawn in row-major order; `float32`
   * unless asked otherwise.
   */
  
  /**
   * A tensor of normally distributed numbers, drawn in row-major order; `float32` unless asked
   * otherwise.
   */
  
  #draw(into, count, range) {
    if (count === 0) return;
    this.#checkTrace();
    draw(this.#state, into, count, range);
  }
  /** Throws where the numbers of one trace would stand for those of each call. */
  #checkTrace() {
    if (this.#trace !== traceNow() && isTracing()) {
      throw new TracingError("Cannot draw random numbers while a function is being traced: its program would give the same ones at each call, so draw them outside and hand them over");
    }
  }
  /** Fills an array with pairs of numbers, one of each point of a square that lies in its circle. */
  #drawNormal(into, { mean, std }) {
    const points = this.#points;
    let filled = 0;
    if (into.length > 0) this.#checkTrace();
    if (this.#spare !== null && into.length > 0) {
      into[filled++] = mean + std * this.#spare;
      this.#spare = null;
    }
    while (filled < into.length) {
      const missing = into.length - filled;
      const count = Math.min(points.length, missing + missing % 2);
      this.#draw(points, count, aroundZero);
      for (let i = 0; i < count; i += 2) {
        const u = points[i], v = points[i + 1];
        const s = u * u + v * v;
        if (s === 0 || s >= 1) continue;
        const scale2 = Math.sqrt(-2 * Math.log(s) / s);
        into[filled++] = mean + std * (u * scale2);
        if (filled < into.length) into[filled++] = mean + std * (v * scale2);
        else this.#spare = v * scale2;
      }
    }
  }
static {
  methodsOf(this.prototype, {
uniform: (function (shape, options = {}) {
    const { low = 0, high = 1, ...rest } = optionsOf("draw numbers", options, {
      low: "-1",
      high: "1",
      ...tensorOptions
    });
    checkNumber("draw numbers", "low", low);
    checkNumber("draw numbers", "high", high);
    const result = zeros(shape, rest);
    checkDrawn(result);
    this.#draw(result.numbers.array, result.size, rangeOf(low, high, result.dtype));
    return result;
  }),
normal: (function (shape, options = {}) {
    const { mean = 0, std = 1, ...rest } = optionsOf("draw numbers", options, {
      mean: "1",
      std: "2",
      ...tensorOptions
    });
    checkNumber("draw numbers", "mean", mean);
    checkNumber("draw numbers", "std", std);
    const result = zeros(shape, rest);
    checkDrawn(result);
    this.#drawNormal(result.numbers.array, {
      mean,
      std
    });
    return result;
  })
}); }
};





// src/formula/notation.ts
var level = {
  or: 0,
  xor: 1,
  and: 2,
  comparison: 3,
  sum: 4,
  product: 5,
  power: 6,
  atom: 7
};
var infixes = /* @__PURE__ */ new Map([
  [
    "equal",
    {
      text: "==",
      latex: "=",
      level: level.comparison,
      least: level.sum
    }
  ],
  [
    "notEqual",
    {
      text: "!=",
      latex: "\\neq",
      level: level.comparison,
      least: level.sum
    }
  ],
  [
    "less",
    {
      text: "<",
      latex: "<",
      level: level.comparison,
      least: level.sum
    }
  ],
  [
    "lessEqual",
    {
      text: "<=",
      latex: "\\le",
      level: level.comparison,
      least: level.sum
    }
  ],
  [
    "greater",
    {
      text: ">",
      latex: ">",
      level: level.comparison,
      least: level.sum
    }
  ],
  [
    "greaterEqual",
    {
      text: ">=",
      latex: "\\ge",
      level: level.comparison,
      least: level.sum
    }
  ],
  [
    "logicalAnd",
    {
      text: "and",
      latex: "\\land",
      level: level.and,
      least: level.and
    }
  ],
  [
    "logicalOr",
    {
      text: "or",
      latex: "\\lor",
      level: level.or,
      least: level.or
    }
  ],
  [
    "logicalXor",
    {
      text: "xor",
      latex: "\\oplus",
      level: level.xor,
      least: level.xor
    }
  ]
]);


// src/formula/latex.ts
var greek = new Set("alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi pi rho sigma tau upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega".split(" "));
var commands = new Map([
  ...[
    "sin",
    "cos",
    "tan",
    "sinh",
    "cosh",
    "tanh",
    "exp",
    "log",
    "max",
    "min"
  ].map(((name3) => {
    return [
      name3,
      `\\${name3}`
    ];
  })),
  [
    "asin",
    "\\arcsin"
  ],
  [
    "acos",
    "\\arccos"
  ],
  [
    "atan",
    "\\arctan"
  ],
  [
    "log2",
    "\\log_{2}"
  ],
  [
    "log10",
    "\\log_{10}"
  ],
  [
    "logicalNot",
    "\\lnot"
  ]
]);
var around = /* @__PURE__ */ new Map([
  [
    "abs",
    [
      "\\left|",
      "\\right|"
    ]
  ],
  [
    "floor",
    [
      "\\left\\lfloor ",
      "\\right\\rfloor"
    ]
  ],
  [
    "ceil",
    [
      "\\left\\lceil ",
      "\\right\\rceil"
    ]
  ],
  [
    "sqrt",
    [
      "\\sqrt{",
      "}"
    ]
  ]
]);
var marks = {
  "\\": "\\backslash{}",
  "^": "\\hat{}",
  "~": "\\sim{}",
  " ": "\\ "
};
function escaped(name3) {
  return name3.replace(/[\\^~ ]|[#$%&_{}]/g, (mark) => marks[mark] ?? `\\${mark}`);
}
function word(name3) {
  if (/^(\p{L}\p{M}*|\d+)$/u.test(name3)) return name3;
  return greek.has(name3) ? `\\${name3}` : `\\mathrm{${escaped(name3)}}`;
}
function bracketed(piece, least2) {
  return piece.level < least2 ? other(`\\left(${piece.text}\\right)`, level.atom) : piece;
}
function between2(left, right) {
  if (left.kind === "number" && right.kind === "name") return "\\,";
  const isSpecial = left.kind === "number" && !/^\d/.test(left.text);
  const isApart = isSpecial || left.kind === "name" || right.kind === "name";
  if (isApart || /^\d/.test(right.text)) return " \\cdot ";
  const runsOn = /\\[a-zA-Z]+$/.test(left.text) && /^\p{L}/u.test(right.text);
  const areClose = left.kind === "number" || left.kind === "symbol" && right.kind === "symbol";
  return areClose && !runsOn ? "" : " ";
}
function listed(inputs) {
  return inputs.map((input) => input.text).join(", ");
}
function functionOf(name3, inputs) {
  const command = commands.get(name3) ?? `\\operatorname{${escaped(name3)}}`;
  return other(`${command}\\left(${listed(inputs)}\\right)`, level.atom);
}
var latex = {
  elision: other("\\dots", level.atom),
  beside(names2) {
    return names2.includes("e") ? besideE : latex;
  },
  number(digits3) {
    const [mantissa, exponent] = digits3.split("e");
    const scale2 = `10^{${exponent}}`;
    const scaled2 = mantissa === "1" ? scale2 : `${mantissa} \\cdot ${scale2}`;
    if (exponent !== void 0) return {
      text: scaled2,
      level: level.product,
      kind: "number"
    };
    const special = digits3 === "Infinity" ? "\\infty" : digits3 === "NaN" ? "\\mathrm{NaN}" : digits3;
    return {
      text: special,
      level: level.atom,
      kind: "number"
    };
  },
  variable(name3) {
    const isWord2 = /^[\p{L}\p{M}\p{Nd}\u2080-\u2089_.']*$/u.test(name3);
    const tightness = isWord2 ? level.atom : level.or;
    const [, base, digits3, rest] = /^([^_]*?)(\d*)((?:_[^_]+)*)$/.exec(name3) ?? [];
    if (!base || /\d/.test(base)) {
      return {
        text: `\\mathrm{${escaped(name3)}}`,
        level: tightness,
        kind: "name"
      };
    }
    const lower = [
      digits3,
      ...rest.split("_")
    ].filter((part2) => part2 !== "").map(word);
    const text2 = word(base) + (lower.length === 0 ? "" : `_{${lower.join(",")}}`);
    return {
      text: text2,
      level: tightness,
      kind: text2.startsWith("\\mathrm") ? "name" : "symbol"
    };
  },
  call(name3, inputs) {
    const infix = infixes.get(name3);
    if (infix !== void 0) {
      const operands = inputs.map((input) => bracketed(input, infix.least).text);
      return other(operands.join(` ${infix.latex} `), infix.level);
    }
    const [first2, second, third] = inputs.map((input) => input.text);
    if (name3 === "exp") return other(`e^{${first2}}`, level.power);
    if (name3 === "pow") return other(latex.power(inputs[0], inputs[1]).text, level.power);
    if (name3 === "where") {
      const cases = `${second} & \\text{if } ${first2} \\\\ ${third} & \\text{otherwise}`;
      return other(`\\begin{cases} ${cases} \\end{cases}`, level.atom);
    }
    const [open, close] = around.get(name3) ?? [];
    if (open !== void 0) return other(open + listed(inputs) + close, level.atom);
    return functionOf(name3, inputs);
  },
  power(base, exponent) {
    const low = bracketed(base, level.atom);
    const kind = exponent.kind === "number" ? low.kind : "other";
    return {
      text: `${low.text}^{${exponent.text}}`,
      level: level.power,
      kind
    };
  },
  product(factors) {
    if (factors.length === 1) return factors[0];
    const pieces = factors.map((factor) => {
      return factor.kind === "number" ? factor : bracketed(factor, level.power);
    });
    const joined3 = pieces.map((piece, i) => {
      return i === 0 ? piece.text : between2(pieces[i - 1], piece) + piece.text;
    });
    return other(joined3.join(""), level.product);
  },
  quotient(numerator, denominator) {
    return other(`\\frac{${numerator.text}}{${denominator.text}}`, level.product);
  },
  bracketed
};
var besideE = {
  ...latex,
  call: (name3, inputs) => name3 === "exp" ? functionOf(name3, inputs) : latex.call(name3, inputs)
};

// src/formula/coefficient.ts
var rounding = 2 ** -53;
var mostLost = 1e-10;
function bounded2(value2, error) {
  return {
    value: value2,
    error: Number.isFinite(value2) && Number.isFinite(error) ? error : 0
  };
}
function written2(value2) {
  const size = Math.abs(value2);
  if (Number.isSafeInteger(value2)) return {
    value: value2,
    error: 0
  };
  const moved2 = Math.abs(value2 - Number(value2.toPrecision(10)));
  const isNoise = moved2 < 4 * rounding * Math.min(Math.max(1, size), 16 * size);
  return bounded2(value2, Math.max(errorOf(value2), isNoise ? 2 * moved2 : 0));
}
function errorOf(value2) {
  return Number.isSafeInteger(value2) ? 0 : Math.abs(value2) * rounding;
}
function plus(a, b) {
  const value2 = a.value + b.value;
  const added2 = value2 - a.value;
  const lost = a.value - (value2 - added2) + (b.value - added2);
  const most = mostLost * (Math.abs(a.value) + Math.abs(b.value));
  return bounded2(value2, Math.min(a.error + b.error + Math.abs(lost), most));
}
function times2(a, b) {
  const value2 = a.value * b.value;
  const moved2 = Math.abs(a.value) * b.error + Math.abs(b.value) * a.error;
  return bounded2(value2, moved2 === 0 ? errorOf(value2) : moved2 + Math.abs(value2) * rounding);
}
function over(a, b) {
  const value2 = a.value / b.value;
  const moved2 = (a.error + Math.abs(value2) * b.error) / Math.abs(b.value);
  return bounded2(value2, moved2 === 0 ? errorOf(value2) : moved2 + Math.abs(value2) * rounding);
}
function power4(a, exponent) {
  const value2 = a.value ** exponent;
  const moved2 = Math.abs(exponent * value2 / a.value) * a.error;
  return bounded2(value2, moved2 === 0 ? errorOf(value2) : moved2 + Math.abs(value2) * rounding);
}
function negative({ value: value2, error }) {
  return {
    value: -value2,
    error
  };
}
function isOutOfRange(result, a, b) {
  if (Number.isFinite(result.value) && result.value !== 0) return false;
  return isInRange(a) && isInRange(b);
}
function isInRange({ value: value2 }) {
  return Number.isFinite(value2) && value2 !== 0;
}
function isNegligible({ value: value2, error }) {
  return value2 === 0 || Math.abs(value2) <= error;
}
function isOne({ value: value2, error }) {
  return value2 === 1 || Math.abs(value2 - 1) < error;
}
function digits({ value: value2, error }) {
  const size = Math.abs(value2);
  if (error === 0) return shortest(size);
  for (let count = 1; count < 17; count++) {
    const candidate = Number(size.toPrecision(count));
    if (Math.abs(candidate - size) < error) return shortest(candidate);
  }
  return shortest(size);
}
function shortest(number) {
  return String(number).replace("+", "");
}

// src/formula/layout.ts
var leastRoom = 3;
var leastPart = 40;
var Layout = class {
  #notation;
  /** Makes a layout in a notation. */
  constructor(notation) {
    this.#notation = notation;
  }
  /** A sum in about `room` symbols: where it takes more, the middle is left out. */
  sum(terms, room) {
    const size = sizeOf2(terms);
    if (room < size && room < leastRoom) return this.#notation.elision;
    if (terms.length === 0) return this.#notation.number("0");
    const parts = positiveFirst(partsOf(terms), terms);
    const shown2 = room < size ? abridged(parts, room) : parts;
    const rooms = shares(shown2.map((part2) => part2?.size ?? 0), room);
    const pieces = shown2.map((part2, i) => part2 && this.#part(part2, rooms[i]));
    if (pieces.length === 1 && !parts[0].isNegative) return pieces[0];
    const signed = pieces.map((piece, i) => {
      if (piece === null) return ` + ${this.#notation.elision.text}`;
      const { isNegative } = shown2[i];
      const sign2 = isNegative ? "-" : "+";
      const before = i > 0 ? ` ${sign2} ` : isNegative ? "-" : "";
      return before + this.#notation.bracketed(piece, isNegative ? level.product : level.sum).text;
    });
    return other(signed.join(""), level.sum);
  }
  #part({ numerators, denominator }, room) {
    const sizes = [
      sizeOf2(numerators),
      denominator.reduce((sum3, { atom }) => sum3 + atom.size, 0)
    ];
    const [above, below2] = shares(sizes, room);
    const numerator = numerators.length === 1 ? this.#product(numerators[0].digits, numerators[0].factors, above) : this.sum(numerators, above);
    if (denominator.length === 0) return numerator;
    return this.#notation.quotient(numerator, this.#product("1", denominator, below2));
  }
  #product(digits3, factors, room) {
    const rooms = shares(factors.map(({ atom }) => atom.size), room);
    const all = factors.map(({ atom, exponent }, i) => {
      const piece = this.#atom(atom, rooms[i]);
      if (exponent === 1 || piece === this.#notation.elision) return piece;
      return this.#notation.power(piece, this.#notation.number(shortest(exponent)));
    });
    const pieces = all.filter((piece, i) => piece !== this.#notation.elision || piece !== all[i - 1]);
    if (digits3 !== "1" || pieces.length === 0) pieces.unshift(this.#notation.number(digits3));
    return this.#notation.product(pieces);
  }
  #atom(atom, room) {
    if (atom.kind === "variable") return this.#notation.variable(atom.name);
    const inside2 = room - atom.name.length - 2;
    if (room < atom.size && inside2 < leastRoom) return this.#notation.elision;
    const rooms = shares(atom.inputs.map((input) => input.size), inside2);
    const inputs = atom.inputs.map((input, i) => this.sum(input.terms, rooms[i]));
    return atom.name === "" ? inputs[0] : this.#notation.call(atom.name, inputs);
  }
};
function partsOf(terms) {
  const groups = [];
  const byDenominator = /* @__PURE__ */ new Map();
  for (const term2 of terms) {
    const denominator = term2.factors.filter(({ exponent }) => exponent < 0);
    const key = denominator.map(({ atom, exponent }) => `${atom.rank}^${exponent}`).join();
    const group = key === "" ? void 0 : byDenominator.get(key);
    if (group !== void 0) {
      group.push(term2);
      continue;
    }
    groups.push([
      term2
    ]);
    byDenominator.set(key, groups.at(-1));
  }
  return groups.map(partOf);
}
function partOf(terms) {
  const isNegative = terms.every((term2) => term2.isNegative);
  const denominator = terms[0].factors.filter(({ exponent }) => exponent < 0).map(({ atom, exponent }) => ({
    atom,
    exponent: -exponent
  }));
  const below2 = denominator.reduce((sum3, { atom }) => sum3 + atom.size, 0);
  const numerators = terms.map((term2) => ({
    ...term2,
    isNegative: term2.isNegative !== isNegative,
    factors: term2.factors.filter(({ exponent }) => exponent > 0),
    size: term2.size - below2
  }));
  return {
    numerators,
    denominator,
    isNegative,
    size: sizeOf2(numerators) + below2
  };
}
function sizeOf2(terms) {
  return terms.reduce((sum3, term2) => sum3 + term2.size, 0);
}
function positiveFirst(parts, terms) {
  const isPolynomial = terms.every(({ factors }) => factors.every(({ atom, exponent }) => atom.kind === "variable" && exponent > 0));
  const first2 = parts.findIndex((part2) => !part2.isNegative);
  if (isPolynomial || first2 <= 0) return parts;
  return [
    parts[first2],
    ...parts.slice(0, first2),
    ...parts.slice(first2 + 1)
  ];
}
function abridged(parts, room) {
  const count = Math.max(1, Math.floor(room / leastPart));
  if (parts.length <= count) return parts;
  const front = Math.ceil(count / 2);
  return [
    ...parts.slice(0, front),
    null,
    ...parts.slice(parts.length - (count - front))
  ];
}
function shares(sizes, room) {
  if (sizes.reduce((sum3, size) => sum3 + size, 0) <= room) return sizes.map(() => room);
  const rooms = [
    ...sizes
  ];
  const bySize = sizes.map((_, i) => i).sort((a, b) => sizes[a] - sizes[b]);
  let left = room;
  bySize.forEach((index, taken) => {
    rooms[index] = Math.min(sizes[index], left / (sizes.length - taken));
    left -= rooms[index];
  });
  return rooms;
}

// src/formula/polynomial.ts
function term(coefficient, factors) {
  const key = factors.map(({ atom, exponent }) => `${atom.rank}^${exponent}`).join();
  return {
    coefficient,
    factors,
    key
  };
}
function polynomialOf(...[coefficient, factors]) {
  if (isNegligible(coefficient)) return /* @__PURE__ */ new Map();
  const only2 = term(coefficient, factors);
  return /* @__PURE__ */ new Map([
    [
      only2.key,
      only2
    ]
  ]);
}
function constant2(coefficient) {
  return polynomialOf(coefficient, []);
}
function atomPower(atom, exponent) {
  return polynomialOf(written2(1), [
    {
      atom,
      exponent
    }
  ]);
}
function soleTerm(polynomial2) {
  if (polynomial2.size !== 1) return null;
  const [sole] = polynomial2.values();
  return sole;
}
function constantOf2(polynomial2) {
  if (polynomial2.size === 0) return written2(0);
  const sole = soleTerm(polynomial2);
  return sole !== null && sole.factors.length === 0 ? sole.coefficient : null;
}
function atomOf(polynomial2) {
  const sole = soleTerm(polynomial2);
  if (sole === null || sole.factors.length !== 1 || !isOne(sole.coefficient)) return null;
  const [{ atom, exponent }] = sole.factors;
  return exponent === 1 ? atom : null;
}
function accumulate(sum3, added2) {
  const before = sum3.get(added2.key);
  if (before === void 0) {
    if (!isNegligible(added2.coefficient)) sum3.set(added2.key, added2);
    return true;
  }
  const coefficient = plus(before.coefficient, added2.coefficient);
  if (isNegligible(coefficient)) sum3.delete(added2.key);
  else sum3.set(added2.key, {
    ...added2,
    coefficient
  });
  return Number.isFinite(coefficient.value) || !Number.isFinite(before.coefficient.value) || !Number.isFinite(added2.coefficient.value);
}
function sumOf(a, b) {
  const [larger, smaller] = a.size < b.size ? [
    b,
    a
  ] : [
    a,
    b
  ];
  const sum3 = new Map(larger);
  for (const term2 of smaller.values()) if (!accumulate(sum3, term2)) return null;
  return sum3;
}
function negativeOf(polynomial2) {
  const negated = /* @__PURE__ */ new Map();
  for (const [key, term2] of polynomial2) {
    negated.set(key, {
      ...term2,
      coefficient: negative(term2.coefficient)
    });
  }
  return negated;
}
function scaled(polynomial2, by, scale2) {
  const changed = /* @__PURE__ */ new Map();
  let isLost = false;
  for (const [key, term2] of polynomial2) {
    const coefficient = scale2(term2.coefficient, by);
    if (isOutOfRange(coefficient, term2.coefficient, by)) {
      if (coefficient.value !== 0) return null;
      isLost = true;
    }
    if (!isNegligible(coefficient)) changed.set(key, {
      ...term2,
      coefficient
    });
  }
  return isLost && changed.size === 0 ? null : changed;
}
function substituted(polynomial2, atoms, meaning) {
  const sum3 = new Map(polynomial2);
  for (const atom of atoms) {
    const { key } = term(written2(1), [
      {
        atom,
        exponent: 1
      }
    ]);
    const replaced = sum3.get(key);
    if (replaced === void 0) continue;
    const isUnchanged = replaced.coefficient.value === 1 && replaced.coefficient.error === 0;
    const parts = isUnchanged ? meaning(atom) : scaled(meaning(atom), replaced.coefficient, times2);
    if (parts === null) continue;
    sum3.delete(key);
    for (const part2 of parts.values()) accumulate(sum3, part2);
  }
  return sum3;
}
function productOf3(a, b, most) {
  const product2 = /* @__PURE__ */ new Map();
  let isLost = false;
  for (const left of a.values()) {
    for (const right of b.values()) {
      const coefficient = times2(left.coefficient, right.coefficient);
      if (isOutOfRange(coefficient, left.coefficient, right.coefficient)) {
        if (coefficient.value !== 0) return null;
        isLost = true;
      }
      const added2 = term(coefficient, productOfFactors(left.factors, right.factors));
      if (!accumulate(product2, added2)) return null;
    }
    if (product2.size > most) return null;
  }
  return isLost && product2.size === 0 ? null : product2;
}
function termPower({ coefficient, factors }, exponent) {
  const number = power4(coefficient, exponent);
  if (isOutOfRange(number, coefficient, coefficient)) return null;
  const powers2 = factors.map((factor) => {
    return {
      atom: factor.atom,
      exponent: tidy(factor.exponent * exponent)
    };
  });
  return polynomialOf(number, powers2);
}
function tidy(exponent) {
  return Number.isInteger(exponent) ? exponent : Number(exponent.toPrecision(15));
}
function productOfFactors(a, b) {
  if (a.length === 0) return b;
  if (b.length === 0) return a;
  const product2 = [];
  for (let i = 0, j = 0; i < a.length || j < b.length; ) {
    const [left, right] = [
      a[i],
      b[j]
    ];
    if (right === void 0 || left !== void 0 && left.atom.rank < right.atom.rank) {
      product2.push(left);
      i++;
    } else if (left === void 0 || right.atom.rank < left.atom.rank) {
      product2.push(right);
      j++;
    } else {
      const exponent = tidy(left.exponent + right.exponent);
      if (exponent !== 0) product2.push({
        atom: left.atom,
        exponent
      });
      i++;
      j++;
    }
  }
  return product2;
}
function byDegree(a, b) {
  return degree(b) - degree(a) || lexicographic(a.factors, b.factors);
}
function degree({ factors }) {
  return factors.reduce((sum3, { exponent }) => sum3 + exponent, 0);
}
function lexicographic(a, b) {
  for (let i = 0; i < a.length || i < b.length; i++) {
    const [left, right] = [
      a[i],
      b[i]
    ];
    if (right === void 0) return -left.exponent;
    if (left === void 0) return right.exponent;
    if (left.atom.rank < right.atom.rank) return -left.exponent;
    if (right.atom.rank < left.atom.rank) return right.exponent;
    if (left.exponent !== right.exponent) return right.exponent - left.exponent;
  }
  return 0;
}

// src/formula/expression.ts
var hugest = 2 ** 40;
var Expressions = class {
  #calls = /* @__PURE__ */ new Map();
  #sums = /* @__PURE__ */ new Map();
  #atoms = 0;
  /** A new variable. */
  variable(name3) {
    return {
      kind: "variable",
      rank: this.#atoms++,
      name: name3,
      size: name3.length,
      depth: 0
    };
  }
  /** The function `name` of `inputs`, which is the same atom whenever it is asked for. */
  call(name3, inputs) {
    const key = [
      name3,
      ...inputs.map((input) => input.id)
    ].join();
    const known2 = this.#calls.get(key);
    if (known2 !== void 0) return known2;
    const inputSize = inputs.reduce((size2, input) => size2 + input.size, 0);
    const size = Math.min(name3.length + 2 + inputSize, hugest);
    const depth = 1 + Math.max(0, ...inputs.map((input) => input.depth));
    const call4 = {
      kind: "call",
      rank: this.#atoms++,
      name: name3,
      inputs,
      size,
      depth
    };
    this.#calls.set(key, call4);
    return call4;
  }
  /** The printed form of a polynomial; polynomials that print alike have the same. */
  sum(polynomial2) {
    const keys = [];
    const terms = [];
    let [size, depth] = [
      0,
      0
    ];
    for (const { coefficient, factors, key: key2 } of [
      ...polynomial2.values()
    ].sort(byDegree)) {
      const isNegative = coefficient.value < 0;
      const number = digits(coefficient);
      const termSize = factors.reduce((sum4, factor) => sum4 + sizeOf3(factor), number.length + 3);
      for (const { atom } of factors) depth = Math.max(depth, atom.depth);
      terms.push({
        isNegative,
        digits: number,
        factors,
        size: termSize
      });
      keys.push(`${isNegative ? "-" : ""}${number}*${key2}`);
      size += termSize;
    }
    const key = keys.join(" ");
    const sum3 = this.#sums.get(key) ?? {
      terms,
      size,
      depth,
      id: this.#sums.size,
      polynomial: polynomial2
    };
    this.#sums.set(key, sum3);
    return sum3;
  }
};
function sizeOf3({ atom, exponent }) {
  return atom.size + (exponent === 1 ? 0 : 2);
}

// src/formula/algebra.ts
var mostTerms = 1e3;
var mostTermsWhenTired = 8;
var tiring = 4e6;
var Algebra = class {
  #expressions = new Expressions();
  #sums = /* @__PURE__ */ new WeakMap();
  /** The brackets around what is left unexpanded: others are not printed in a numerator. */
  #kept = /* @__PURE__ */ new Set();
  #work = 0;
  /** A number. */
  number(value2) {
    return constant2(written2(value2));
  }
  /** A new variable. */
  variable(name3) {
    return atomPower(this.#expressions.variable(name3), 1);
  }
  /** A function of polynomials. */
  call(name3, ...inputs) {
    return atomPower(this.#expressions.call(name3, inputs.map((input) => this.printed(input))), 1);
  }
  /** A polynomial in its printed order. */
  printed(polynomial2) {
    this.#work += polynomial2.size;
    const known2 = this.#sums.get(polynomial2);
    if (known2 !== void 0) return known2;
    const sum3 = this.#expressions.sum(this.settled(polynomial2));
    this.#sums.set(polynomial2, sum3);
    return sum3;
  }
  /** The sum `a + b`. */
  add(a, b) {
    const [left, right] = [
      this.#short(a),
      this.#short(b)
    ];
    this.#work += left.size + right.size;
    const sum3 = sumOf(left, right) ?? sumOf(this.#bracketed(left), this.#bracketed(right));
    if (sum3.size <= this.#mostTerms()) return sum3;
    const [larger, smaller] = left.size < right.size ? [
      right,
      left
    ] : [
      left,
      right
    ];
    const shorter = sumOf(this.#whole(larger), smaller);
    if (shorter.size <= this.#mostTerms()) return shorter;
    return sumOf(this.#whole(larger), this.#whole(smaller));
  }
  /** The negative `-a`. */
  neg(a) {
    const short = this.#short(a);
    this.#work += short.size;
    return negativeOf(short);
  }
  /** The product `ab`. */
  mul(a, b) {
    const [left, right] = [
      constantOf2(a),
      constantOf2(b)
    ];
    if (left !== null && right !== null) return constant2(times2(left, right));
    if (right !== null) {
      return this.#scaled(a, right, times2) ?? productOf3(this.#bracketed(a), b, 1);
    }
    if (left !== null) return this.#scaled(b, left, times2) ?? productOf3(this.#bracketed(b), a, 1);
    return this.#expanded(a, b) ?? productOf3(this.#whole(a), this.#whole(b), 1) ?? productOf3(this.#bracketed(a), this.#bracketed(b), 1);
  }
  /** The quotient `a / b`: by one term, its exponents are subtracted, so `x / x` is 1. */
  div(a, b) {
    const divisor = constantOf2(b);
    if (divisor !== null && divisor.value !== 0) {
      const quotient2 = this.#scaled(a, divisor, over);
      if (quotient2 !== null) return quotient2;
    }
    if (soleTerm(b) !== null) return this.mul(a, this.pow(b, -1));
    if (b.size > 0 && this.printed(a) === this.printed(b)) return this.number(1);
    return this.mul(a, atomPower(this.#atom(b), -1));
  }
  /** The power of a polynomial to a finite number. */
  pow(a, exponent) {
    if (exponent === 0) return this.number(1);
    const sole = soleTerm(a);
    if (!Number.isInteger(exponent)) return atomPower(this.#atom(a), exponent);
    if (sole !== null) return termPower(sole, exponent) ?? atomPower(this.#bracket(a), exponent);
    if (exponent < 0) return atomPower(this.#atom(a), exponent);
    let power5 = exponent < this.#mostTerms() ? a : null;
    for (let i = 1; i < exponent && power5 !== null; i++) power5 = this.#expanded(power5, a);
    return power5 ?? atomPower(this.#bracket(a), exponent);
  }
  /**
   * A polynomial without the brackets that have come into its numerators: those of a denominator of
   * a denominator, or of a square root squared. Until it is printed, or a function is applied to it,
   * they stay, since a later quotient may cancel them.
   */
  settled(polynomial2) {
    const isReopened = ({ atom, exponent }) => isBracket(atom) && !this.#kept.has(atom) && Number.isInteger(exponent) && exponent > 0;
    const closed = [
      ...polynomial2.values()
    ].filter(({ factors }) => factors.some(isReopened));
    if (closed.length === 0) return polynomial2;
    const rest = new Map(polynomial2);
    for (const { key } of closed) rest.delete(key);
    const opened = closed.map(({ coefficient, factors }) => {
      const others = factors.filter((factor) => !isReopened(factor));
      return factors.filter(isReopened).reduce((part2, { atom, exponent }) => this.mul(part2, this.pow(contentOf(atom), exponent)), polynomialOf(coefficient, others));
    });
    return this.settled(opened.reduce((sum3, part2) => this.add(sum3, part2), rest));
  }
  /** The sum without brackets around a part of it, however long it gets. */
  opened(sum3) {
    const brackets = /* @__PURE__ */ new Set();
    const parts = [
      sum3
    ];
    for (const part2 of parts) {
      for (const { factors: [first2, ...more] } of part2.values()) {
        if (!first2 || !isBracket(first2.atom) || first2.exponent !== 1 || more.length > 0) continue;
        if (!brackets.has(first2.atom)) parts.push(contentOf(first2.atom));
        brackets.add(first2.atom);
      }
    }
    const outsideIn = [
      ...brackets
    ].sort((a, b) => b.rank - a.rank);
    return substituted(sum3, outsideIn, (atom) => contentOf(atom));
  }
  #mostTerms() {
    return this.#work < tiring ? mostTerms : mostTermsWhenTired;
  }
  #scaled(a, by, scale2) {
    const short = this.#short(a);
    this.#work += short.size;
    return scaled(short, by, scale2);
  }
  /** The product in full, or null where it would be too long, or a coefficient out of range. */
  #expanded(a, b) {
    const most = this.#mostTerms();
    const product2 = a.size + b.size - 1 <= most ? productOf3(a, b, most) : null;
    const count = product2 === null ? most : a.size * b.size;
    this.#work += count * (1 + factorsPerTerm(a) + factorsPerTerm(b));
    return product2;
  }
  /** A polynomial as one term: in brackets, or as it is. */
  #whole(a) {
    return a.size <= 1 ? a : this.#bracketed(a);
  }
  #bracketed(a) {
    return atomPower(this.#bracket(a), 1);
  }
  #short(a) {
    return a.size <= this.#mostTerms() ? a : this.#whole(a);
  }
  /** A polynomial as an atom that stays one. */
  #bracket(a) {
    const atom = this.#atom(a);
    this.#kept.add(atom);
    return atom;
  }
  #atom(a) {
    return atomOf(a) ?? this.#expressions.call("", [
      this.printed(a)
    ]);
  }
};
function factorsPerTerm(polynomial2) {
  let sum3 = 0;
  for (const { factors } of polynomial2.values()) sum3 += factors.length;
  return sum3 / Math.max(1, polynomial2.size);
}
function isBracket(atom) {
  return atom.kind === "call" && atom.name === "";
}
function contentOf({ inputs: [content] }) {
  return content.polynomial;
}

// src/formula/guards.ts
function isGuard([condition, chosen, other2]) {
  const [left, right] = inputsOf(condition, "logicalOr");
  return isOfExponent(left, right, chosen, other2) || isOfLogarithm(left, right, chosen, other2);
}
function isOfExponent(left, right, chosen, other2) {
  const [square2, bound] = inputsOf(left, "greater");
  const [exponent, zero2] = inputsOf(right, "notEqual");
  const [reduced, one2] = inputsOf(chosen, "sub");
  return inputsOf(square2, "square").length === 1 && exponent === reduced && isNumber2(bound, 0) && isNumber2(zero2, 0) && isNumber2(one2, 1) && isNumber2(other2, 0);
}
function isOfLogarithm(left, right, chosen, other2) {
  const [base, zero2] = inputsOf(left, "notEqual");
  const [, bound] = inputsOf(right, "less");
  return base === chosen && isNumber2(zero2, 0) && isNumber2(bound, 0) && isNumber2(other2, 1);
}
function inputsOf(value2, op) {
  const origin = value2?.origin ?? null;
  return origin?.op.name === op ? origin.inputs : [];
}
function isNumber2(value2, number) {
  return value2 !== void 0 && value2.origin === null && !value2.requiresGrad && value2.data === number;
}

// src/formula/reading.ts
var readings = /* @__PURE__ */ new Map([
  [
    "identity",
    (_, [x]) => x
  ],
  [
    "stopGradient",
    (_, [x]) => x
  ],
  [
    "add",
    (algebra, [a, b]) => algebra.add(a, b)
  ],
  [
    "sub",
    (algebra, [a, b]) => algebra.add(a, algebra.neg(b))
  ],
  [
    "neg",
    (algebra, [x]) => algebra.neg(x)
  ],
  [
    "mul",
    (algebra, [a, b]) => algebra.mul(a, b)
  ],
  [
    "square",
    (algebra, [x]) => algebra.pow(x, 2)
  ],
  [
    "div",
    (algebra, [a, b]) => algebra.div(a, b)
  ],
  [
    "reciprocal",
    (algebra, [x]) => algebra.div(algebra.number(1), x)
  ],
  [
    "pow",
    (algebra, [a, b]) => powerOf2(algebra, a, b)
  ],
  [
    "rsqrt",
    (algebra, [x]) => algebra.pow(algebra.call("sqrt", x), -1)
  ],
  [
    "hypot",
    (algebra, [a, b]) => {
      return algebra.call("sqrt", algebra.add(algebra.pow(a, 2), algebra.pow(b, 2)));
    }
  ],
  [
    "exp2",
    (algebra, [x]) => powerOf2(algebra, algebra.number(2), x)
  ],
  [
    "expm1",
    (algebra, [x]) => algebra.add(algebra.call("exp", x), algebra.number(-1))
  ],
  [
    "log1p",
    (algebra, [x]) => algebra.call("log", algebra.add(x, algebra.number(1)))
  ],
  [
    "logaddexp",
    (algebra, [a, b]) => {
      return algebra.call("log", algebra.add(algebra.call("exp", a), algebra.call("exp", b)));
    }
  ],
  [
    "maximum",
    (algebra, [a, b]) => algebra.call("max", a, b)
  ],
  [
    "minimum",
    (algebra, [a, b]) => algebra.call("min", a, b)
  ],
  [
    "clamp",
    clampOf
  ],
  [
    "hardtanh",
    clampOf
  ],
  [
    "where",
    whereOf
  ],
  [
    "logicalOr",
    (algebra, inputs) => decided(algebra, inputs, 1) ?? algebra.call("logicalOr", ...inputs)
  ],
  [
    "logicalAnd",
    (algebra, inputs) => decided(algebra, inputs, 0) ?? algebra.call("logicalAnd", ...inputs)
  ]
]);
function decided(algebra, inputs, deciding) {
  const isDecided = inputs.some((input) => {
    const known2 = constantOf2(input);
    return known2 !== null && known2.value !== 0 === (deciding === 1);
  });
  return isDecided ? algebra.number(deciding) : null;
}
function powerOf2(algebra, base, exponent) {
  const number = constantOf2(exponent);
  const isNumber3 = number !== null && Number.isFinite(number.value);
  return isNumber3 ? algebra.pow(base, rounded(number)) : algebra.call("pow", base, exponent);
}
function rounded(number) {
  return Math.sign(number.value) * Number(digits(number));
}
function clampOf(algebra, [x], attributes) {
  const { min: min2, max: max2 } = attributes;
  if (max2 === Infinity) return min2 === -Infinity ? x : algebra.call("max", x, algebra.number(min2));
  if (min2 === -Infinity) return algebra.call("min", x, algebra.number(max2));
  return algebra.call("clamp", x, algebra.number(min2), algebra.number(max2));
}
function whereOf(algebra, [condition, a, b]) {
  const known2 = constantOf2(condition);
  if (known2 !== null) return known2.value ? a : b;
  if (algebra.printed(a) === algebra.printed(b)) return a;
  const atom = atomOf(condition);
  if (atom?.kind === "call" && atom.name === "logicalNot") {
    return algebra.call("where", atom.inputs[0].polynomial, b, a);
  }
  return algebra.call("where", condition, a, b);
}
function callOf3(algebra, { op, attributes }, inputs) {
  const numbers3 = Object.values(attributes ?? {}).filter((value2) => typeof value2 === "number");
  return algebra.call(op.name, ...inputs, ...numbers3.map((value2) => algebra.number(value2)));
}
function folded({ op, attributes }, inputs) {
  const numbers3 = inputs.map(constantOf2);
  if (!("scalar" in op) || typeof op.scalar !== "function" || numbers3.includes(null)) return null;
  return op.scalar(...numbers3.map((number) => number.value), attributes);
}
var arithmetic = /* @__PURE__ */ new Set([
  "identity",
  "stopGradient",
  "add",
  "sub",
  "neg",
  "mul",
  "square",
  "div"
]);
var powers = /* @__PURE__ */ new Set([
  "pow",
  "reciprocal"
]);
function resultOf(algebra, origin, given) {
  const isFunction = !arithmetic.has(origin.op.name) && !powers.has(origin.op.name);
  const inputs = isFunction ? given.map((input) => algebra.settled(input)) : given;
  const number = folded(origin, inputs);
  if (number !== null && !(Number.isFinite(number) && arithmetic.has(origin.op.name))) {
    return algebra.number(number);
  }
  const reading2 = readings.get(origin.op.name);
  if (reading2 === void 0) return callOf3(algebra, origin, inputs);
  return reading2(algebra, inputs, origin.attributes);
}
function isVariable(value2) {
  return value2.origin === null && value2.requiresGrad && nameOf3(value2) !== "";
}
function nameOf3({ name: name3 }) {
  return (name3 ?? "").replace(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/gu, "");
}
function distinctNames(variables2, written3) {
  const taken = new Set(variables2.map((variable) => written3(nameOf3(variable))));
  const uses = /* @__PURE__ */ new Map();
  return variables2.map((variable) => {
    const name3 = nameOf3(variable);
    const form = written3(name3);
    let count = (uses.get(form) ?? 0) + 1;
    while (count > 1 && taken.has(written3(`${name3}_${count}`))) count++;
    uses.set(form, count);
    return count === 1 ? name3 : `${name3}_${count}`;
  });
}
function lineage(result) {
  const values = [
    result
  ];
  const known2 = /* @__PURE__ */ new Set([
    result.id
  ]);
  for (const { origin } of values) {
    for (const input of origin?.inputs ?? []) {
      if (known2.has(input.id)) continue;
      known2.add(input.id);
      values.push(input);
    }
  }
  return values.sort((a, b) => a.id - b.id);
}
function read(result, written3) {
  const algebra = new Algebra();
  const values = lineage(result);
  const variables2 = values.filter(isVariable);
  const names2 = distinctNames(variables2, written3);
  const polynomials = /* @__PURE__ */ new Map();
  variables2.forEach(({ id }, i) => polynomials.set(id, algebra.variable(names2[i])));
  const guards = /* @__PURE__ */ new Set();
  const polynomialOf2 = ({ id, data }) => polynomials.get(id) ?? algebra.number(data);
  for (const { id, origin } of values) {
    if (origin === null) continue;
    const inputs = origin.inputs.map(polynomialOf2);
    const isChoice = origin.op.name === "where", [condition] = origin.inputs;
    if (isChoice && isGuard(origin.inputs)) guards.add(condition);
    const isGuarded = isChoice && guards.has(condition);
    polynomials.set(id, isGuarded ? inputs[1] : resultOf(algebra, origin, inputs));
  }
  return {
    sum: algebra.printed(algebra.opened(polynomialOf2(result))),
    names: names2
  };
}

// src/formula/text.ts
var functionNames = /* @__PURE__ */ new Map([
  [
    "logicalNot",
    "not"
  ]
]);
function isSymbol(name3) {
  return /^\p{L}\p{M}*\d*'*$/u.test(name3);
}
function isWord(name3) {
  return /^[\p{L}_][\p{L}\p{M}\p{Nd}\u2080-\u2089_.']*$/u.test(name3);
}
function bracketed2(piece, least2) {
  return piece.level < least2 ? other(`(${piece.text})`, level.atom) : piece;
}
function isScale({ text: text2 }) {
  return /^e\d/i.test(text2);
}
function between3(left, right) {
  if (left.kind !== "number") {
    const areSymbols = left.kind === "symbol" && right.kind === "symbol";
    const runsOn2 = left.text.includes(".") || left.level === level.power && isScale(right);
    return areSymbols && !runsOn2 ? "" : " * ";
  }
  const runsOn = !/^[\d.]+$/.test(left.text) || isScale(right) || /^[\d\u2026]/.test(right.text);
  return runsOn ? " * " : right.kind === "name" ? " " : "";
}
var text = {
  elision: other("\u2026", level.atom),
  beside() {
    return text;
  },
  number(digits3) {
    return {
      text: digits3,
      level: digits3.includes("e") ? level.product : level.atom,
      kind: "number"
    };
  },
  variable(name3) {
    if (!isWord(name3)) return other(`(${name3})`, level.atom);
    return {
      text: name3,
      level: level.atom,
      kind: isSymbol(name3) ? "symbol" : "name"
    };
  },
  call(name3, inputs) {
    const infix = infixes.get(name3);
    if (infix !== void 0) {
      const operands = inputs.map((input) => bracketed2(input, infix.least).text);
      return other(operands.join(` ${infix.text} `), infix.level);
    }
    if (name3 === "pow") return other(text.power(inputs[0], inputs[1]).text, level.power);
    const list2 = inputs.map((input) => input.text).join(", ");
    const isBarred = name3 === "abs" && !list2.includes("|");
    if (isBarred) return other(`|${list2}|`, level.atom);
    return other(`${functionNames.get(name3) ?? name3}(${list2})`, level.atom);
  },
  power(base, exponent) {
    const [low, high] = [
      bracketed2(base, level.atom),
      bracketed2(exponent, level.atom)
    ];
    const kind = exponent.kind === "number" ? low.kind : "other";
    return {
      text: `${low.text}^${high.text}`,
      level: level.power,
      kind
    };
  },
  product(factors) {
    const pieces = factors.map((factor) => {
      return factor.kind === "number" ? factor : bracketed2(factor, level.power);
    });
    if (pieces.length === 1) return factors[0];
    const joined3 = pieces.map((piece, i) => {
      return i === 0 ? piece.text : between3(pieces[i - 1], piece) + piece.text;
    });
    return other(joined3.join(""), level.product);
  },
  quotient(numerator, denominator) {
    const over2 = bracketed2(numerator, level.product).text;
    return other(`${over2} / ${bracketed2(denominator, level.power).text}`, level.product);
  },
  bracketed: bracketed2
};

// src/formula/formula.ts
var notations = /* @__PURE__ */ new Map([
  [
    "text",
    text
  ],
  [
    "latex",
    latex
  ]
]);
var longest = 1e4;
var deepest = 200;
var shortened = 500;
function formula(value2, options = {}) {
  const { style = "text" } = optionsOf("print a formula", options, {
    style: '"latex"'
  });
  if (!(value2 instanceof Value)) {
    throw new UsageError(`Cannot print the formula of ${described(value2)}: formulas are made of Values`);
  }
  const notation = notations.get(style);
  if (notation === void 0) {
    throw new UsageError(`Cannot print a formula in style ${described(style)}: the styles are "text" and "latex"`);
  }
  const { sum: sum3, names: names2 } = read(value2, (name3) => notation.variable(name3).text);
  const isWhole = sum3.size <= longest && sum3.depth <= deepest;
  return new Layout(notation.beside(names2)).sum(sum3.terms, isWhole ? Infinity : shortened).text;
}
function described(thing) {
  if (typeof thing === "string") return JSON.stringify(thing);
  if (typeof thing === "function") return "a function";
  if (typeof thing !== "object" || thing === null) return String(thing);
  const name3 = thing.constructor?.name || "object";
  return `${/^[AEIOU]/i.test(name3) ? "an" : "a"} ${name3}`;
}

// src/compile/arena.ts


var Present = class {
  #numbers = null;
  #version = 0;
  /** Whether the place holds these numbers. */
  
  /** Remembers that these have been put there. */
  
static {
  methodsOf(this.prototype, {
is: (function (numbers3) {
    return numbers3 === this.#numbers && numbers3.version === this.#version && !numbers3.isExposed;
  }),
note: (function (numbers3) {
    this.#numbers = numbers3.isExposed ? null : numbers3;
    this.#version = numbers3.version;
  })
}); }
};
function takeOut({ view: view2, turned }) {
  const copy2 = view2.slice();
  if (turned !== null) copyTurned(copy2, view2, turned[1], turned[0]);
  return copy2;
}

var KeptNumber = class {
  #number;
  #dtype;
  /** Keeps a number of some kind. */
  constructor(number, dtype) {
    this.#number = number;
    this.#dtype = dtype;
  }
  /** The number in an array of its kind. */
  
static {
  methodsOf(this.prototype, {
takeOut: (function () {
    return allocate(this.#dtype, 1).fill(this.#number);
  })
}); }
};
var Resident = class {
  #view;
  #loss = "handed back";
  #taken = null;
  /** Marks the numbers at a place as somebody's. */
  constructor(place2) {
    this.#view = place2;
  }
  /** Whether the numbers still lie in the arena, and only there. */
  get isCurrent() {
    return this.#view !== null;
  }
  /** Gives the numbers up to the program, which is going to overwrite them. */
  useUp(loss) {
    this.#view = null;
    this.#loss = loss;
  }
  /** The numbers, out of the arena. */
  takeOut() {
    if (this.#taken === null) {
      if (this.#view === null) throw new UsageError(explanations[this.#loss]);
      this.#taken = takeOut(this.#view);
      this.#view = null;
    }
    return this.#taken;
  }
};
var explanations = {
  "handed back": "Cannot read a tensor that was handed back to the compiled function it came from, which has replaced it: keep a .clone() of it",
  overwritten: "Cannot read a result of a function compiled with reuseResults after another call of it, which has overwritten it: keep a .clone() of it"
};

// src/compile/fusion.ts
var fused = {
  name: "fused",
  shape: (shapes) => shapes.reduce((a, b) => broadcast("fuse", a, b)),
  dtype: (_, { nodes, results }) => nodes[results[0]].dtype,
  forward: (output, inputs, fusion) => runFusion([
    output
  ], inputs, fusion),
  pullbacks: []
};
var fusedMatmul = {
  name: "fusedMatmul",
  shape: (shapes, product2) => matmul.shape([
    shapes[0],
    shapes[1]
  ], product2),
  dtype: (_, { epilogue: { nodes, results } }) => nodes[results[0]].dtype,
  forward: (output, inputs, product2) => runProduct([
    output
  ], inputs, product2),
  pullbacks: []
};





function runStep(step, outputs, inputs) {
  const { op, attributes } = step;
  if (op === fused) runFusion(outputs, inputs, attributes);
  else if (isFusedProduct(step)) {
    const multiply2 = isNative(op) ? op.blas.multiply.bind(op.blas) : matmul.forward;
    runProduct(outputs, inputs, step.attributes, multiply2);
  } else op.forward(outputs[0], inputs, attributes);
}
function runFusion(outputs, inputs, { nodes, results }) {
  const values = [
    ...inputs
  ];
  for (const { op, inputs: operands, attributes, dtype } of nodes) {
    const blocks = operands.map((operand2) => values[operand2]);
    const shape = op.shape(blocks.map((block2) => block2.shape), attributes);
    const output = temporary(shape, dtype);
    op.forward(output, blocks, attributes);
    values.push(output);
  }
  results.forEach((node, i) => {
    const value2 = values[inputs.length + node];
    const output = outputs[i];
    if (sizeOf(value2.shape) === sizeOf(output.shape)) output.data.set(value2.data);
    else output.data.fill(value2.data[0]);
  });
}
function runProduct(outputs, [a, b, ...others], { epilogue, ...transposition }, multiply2 = matmul.forward) {
  const shape = matmul.shape([
    a.shape,
    b.shape
  ], transposition);
  const product2 = temporary(shape, dtypeOf(a.data));
  multiply2(product2, [
    a,
    b
  ], transposition);
  runFusion(outputs, [
    product2,
    ...others
  ], epilogue);
}
function temporary(shape, dtype) {
  return {
    shape,
    data: allocate(dtype, sizeOf(shape))
  };
}

// src/compile/passes/fuse.ts
var mostMembers = 32;





function reads({ inputs }, group) {
  return group.members.some(({ outputs }) => outputs.some((value2) => inputs.includes(value2)));
}







// src/compile/passes/fuse_reductions.ts
var inOnePass = /* @__PURE__ */ new Set([
  sum,
  max,
  min
]);



// src/compile/passes/layout.ts
var worthTurning = 1 << 20;









// src/compile/passes/native_products.ts
var worthCalling = 1 << 18;
function nativeProducts2(blas) {
  const op = nativeMatmul(blas);
  return (program2) => ({
    ...program2,
    steps: program2.steps.map((step) => isLargeProduct(program2, step) ? {
      ...step,
      op
    } : step)
  });
}
function isLargeProduct({ slots: slots2 }, { op, inputs, attributes }) {
  if (op !== matmul) return false;
  const [a, b] = inputs.map((value2) => slots2[value2]);
  if (a.shape.length !== 2 || b.shape.length !== 2 || !isFloat(a.dtype)) return false;
  const { rows, inner, columns: columns2 } = productSizes(a.shape, b.shape, attributes);
  return rows * inner * columns2 >= worthCalling;
}

// src/compile/passes/refuse_first.ts


// src/compile/passes/simplify.ts









// src/compile/optimize.ts
var passes = [
  removeIdentities,
  foldTransposes,
  readUnbroadcast,
  shareCommonSteps,
  removeDeadSteps,
  fuse,
  fuseReductions,
  turnParameters,
  refuseFirst
];


// src/compile/executable.ts


function referenceExecutable(program2, plan) {
  const buffer = makeBuffer(plan.bytes);
  const views = viewsOf2(program2, plan, buffer);
  const block2 = (value2) => ({
    data: views[value2],
    shape: program2.slots[value2].shape
  });
  const computed = program2.steps.filter(({ op }) => !op.alias);
  const calls2 = computed.map((step) => ({
    step,
    inputs: step.inputs.map(block2),
    outputs: step.outputs.map(block2)
  }));
  const finish = () => {
    for (const { from, to } of plan.copies) views[to].set(views[from]);
  };
  return {
    buffer,
    threads: 1,
    run() {
      for (const { step, inputs, outputs } of calls2) runStep(step, outputs, inputs);
      finish();
    },
    profile() {
      const times3 = calls2.map(({ step, inputs, outputs }) => {
        const started = performance.now();
        runStep(step, outputs, inputs);
        return {
          name: nameOf4(step),
          milliseconds: performance.now() - started
        };
      });
      finish();
      return times3;
    },
    dispose() {
    }
  };
}
function makeBuffer(bytes2) {
  try {
    return new ArrayBuffer(bytes2);
  } catch (cause) {
    throw memoryError(bytes2, cause);
  }
}
function nameOf4({ op, outputs }) {
  return `${outputs.map((value2) => `%${value2}`).join(", ")} = ${op.name}`;
}

// src/compile/memory_plan.ts
var alignment = 64;





var FreeList = class {
  /** The size of the arena so far. */
  bytes = 0;
  #holes = [];
  /** Bytes in the smallest hole that has room, or at the end. */
  
  /** Makes bytes a hole, one with its neighbours. */
  
static {
  methodsOf(this.prototype, {
take: (function (bytes2) {
    let best = -1;
    this.#holes.forEach(((hole2, i) => {
      const fits2 = hole2.bytes >= bytes2;
      if (fits2 && (best < 0 || hole2.bytes < this.#holes[best].bytes)) best = i;
    }));
    if (best < 0) {
      this.bytes += bytes2;
      return this.bytes - bytes2;
    }
    const hole = this.#holes[best];
    if (hole.bytes === bytes2) this.#holes.splice(best, 1);
    else this.#holes[best] = {
      offset: hole.offset + bytes2,
      bytes: hole.bytes - bytes2
    };
    return hole.offset;
  }),
give: (function (offset2, bytes2) {
    let hole = {
      offset: offset2,
      bytes: bytes2
    };
    this.#holes = this.#holes.filter(((other2) => {
      const before = other2.offset + other2.bytes === hole.offset;
      const after = hole.offset + hole.bytes === other2.offset;
      if (before || after) {
        hole = {
          offset: Math.min(other2.offset, hole.offset),
          bytes: other2.bytes + hole.bytes
        };
      }
      return !(before || after);
    }));
    this.#holes.push(hole);
  })
}); }
};

// src/compile/shelf.ts
var enough = 2;
var leastBytes = 1 << 14;
var mostBytes = 1 << 27;
var Shelf = class {
  /** How many bytes of room it wants: none as long as nothing has come again. */
  wanted = 0;
  #slot;
  #turned;
  #seen = /* @__PURE__ */ new WeakSet();
  #count = 0;
  #again = 0;
  #kept = /* @__PURE__ */ new WeakMap();
  #used = 0;
  #room = null;
  #pointer = new Int32Array(1);
  /** A shelf for an input of which this is known; `turned` as in its place. */
  constructor(slot, turned) {
    this.#slot = slot;
    this.#turned = turned;
  }
  /** Whether it wants room and has none. */
  get lacksRoom() {
    return this.wanted > 0 && this.#room === null;
  }
  /** Wants no room any more, since there is none to be had, unless it has some. */
  giveUp() {
    if (this.#room === null) this.wanted = 0;
  }
  /** Uses this room from now on, of as many bytes as are wanted: for that it copies all again. */
  moveTo(room) {
    this.#room = room;
    this.#pointer = new Int32Array(room.buffer, room.pointer, 1);
    this.#kept = /* @__PURE__ */ new WeakMap();
    this.#used = 0;
  }
  /** Lets the program read these numbers from the shelf, or if it has not got them, from home: false. */
  
  /** Whether numbers have come before, and nobody can have changed them unnoticed. */
  #hasComeAgain(numbers3) {
    if (numbers3.isExposed) return false;
    if (!this.#seen.has(numbers3)) {
      this.#seen.add(numbers3);
      this.#count++;
      return false;
    }
    const bytes2 = bytesOf(this.#slot), all = this.#count * bytes2;
    const isWorthIt2 = bytes2 >= leastBytes && all <= mostBytes;
    if (++this.#again === enough && isWorthIt2) this.wanted = all;
    return true;
  }
  #keep(numbers3) {
    const known2 = this.#kept.get(numbers3);
    if (known2 !== void 0) return known2;
    if (this.#room === null || this.#used >= this.wanted) return null;
    const { shape, dtype } = this.#slot;
    const address = this.#room.start + this.#used;
    const view2 = viewOf(this.#room.buffer, address, sizeOf(shape), dtype);
    const kept2 = {
      address,
      place: {
        view: view2,
        turned: this.#turned
      },
      version: -1
    };
    this.#used += bytesOf(this.#slot);
    this.#kept.set(numbers3, kept2);
    return kept2;
  }
static {
  methodsOf(this.prototype, {
pointTo: (function (numbers3) {
    const kept2 = this.#hasComeAgain(numbers3) ? this.#keep(numbers3) : null;
    if (this.#room !== null) this.#pointer[0] = kept2?.address ?? this.#room.home;
    if (kept2 === null) return false;
    if (kept2.version !== numbers3.version) bringIn(kept2.place, numbers3.array);
    kept2.version = numbers3.version;
    return true;
  })
}); }
};

// src/compile/placement.ts


var none4 = /* @__PURE__ */ new Map();



// src/compile/program.ts
function formatProgram(program2) {
  const { slots: slots2, inputs, constants, steps, outputs, turned } = program2;
  const label2 = (value2) => `%${value2}:${formatShape(slots2[value2].shape)}`;
  const constantText = (value2) => {
    const data = constants.get(value2);
    return data.length === 1 ? String(data[0]) : `${data.length} numbers`;
  };
  const lines = [
    ...inputs.map((value2) => [
      label2(value2),
      turned?.has(value2) ? "input, turned over" : "input"
    ]),
    ...[
      ...constants.keys()
    ].map((value2) => [
      label2(value2),
      `constant ${constantText(value2)}`
    ]),
    ...steps.map((step) => [
      step.outputs.map(label2).join(", "),
      formatCall(step)
    ])
  ];
  const width = Math.max(0, ...lines.map(([left]) => left.length));
  const body = lines.map(([left, right]) => `${left.padEnd(width)} = ${right}`);
  return [
    ...body,
    `return ${outputs.map((value2) => `%${value2}`).join(", ")}`
  ].join("\n");
}
function formatCall({ op, inputs, attributes }) {
  const operands = inputs.map((value2) => `%${value2}`);
  return `${op.name}(${[
    ...operands,
    ...formatAttributes(attributes)
  ].join(", ")})`;
}
function formatAttributes(attributes) {
  if (typeof attributes !== "object" || attributes === null) return [];
  if (isFusion(attributes)) return [
    formatFusion(attributes)
  ];
  return Object.entries(attributes).filter(([, value2]) => value2 !== false).map(([name3, value2]) => value2 === true ? name3 : `${name3}: ${formatAttribute(value2)}`);
}
function formatAttribute(value2) {
  if (isFusion(value2)) return formatFusion(value2);
  return Array.isArray(value2) ? formatShape(value2) : String(value2);
}
function isFusion(value2) {
  return typeof value2 === "object" && value2 !== null && "nodes" in value2;
}
function formatFusion({ nodes }) {
  return nodes.map(({ op }) => op.name).join(" ");
}

// src/compile/structure.ts
var Structure = class {
  #matches;
  /** The structure of these arguments. */
  constructor(args) {
    this.#matches = matcherOf(args).matches;
  }
  /** The leaves of arguments that have this structure, or null where they differ. */
  leavesOf(args) {
    const found2 = [];
    return this.#matches(args, found2) ? found2 : null;
  }
};


function matchesValue(node, found2) {
  if (!(node instanceof Value)) return false;
  found2.push(node);
  return true;
}






function tracedIn(node, seen) {
  if (isTraced(node)) {
    return node.isSymbolic || node.origin?.trace === presentTrace() ? node : null;
  }
  const isCollection = node instanceof Map || node instanceof Set;
  if (seen.has(node) || !(isCollection || isBranch(node))) return null;
  seen.add(node);
  for (const part2 of isCollection ? [
    ...node
  ].flat() : Object.values(node)) {
    const found2 = tracedIn(part2, seen);
    if (found2 !== null) return found2;
  }
  return null;
}


// src/compile/compilation.ts
var Compilation = class {
  /** The structure of the arguments it was made for. */
  structure;
  /** The parameters that it reads besides its arguments. */
  captured;
  /** Whether derivatives may flow back to what it reads besides its arguments. */
  usesTracked;
  #rebuild;
  #program;
  #place;
  #residents;
  #incoming;
  #reuseResults;
  #placement;
  #lent = [];
  #vain = 0;
  #isSettled;
  #mayReplace = true;
  #lacksRoom = false;
  /** Optimises, plans and emits a trace of a function. */
  constructor({ program: program2, result, captured, usesTracked }, { structure, args, ...options }) {
    this.structure = structure;
    this.#reuseResults = options.reuseResults ?? false;
    this.captured = captured;
    this.usesTracked = usesTracked;
    this.#rebuild = rebuilder(result);
    this.#program = optimize(program2, options.blas);
    this.#place = placing(this.#program, {
      args,
      result
    }, options);
    this.#placement = this.#place({
      mayReplace: true
    });
    this.#isSettled = !this.#placement.isReplaced.includes(true);
    this.#residents = this.#program.inputs.map((() => null));
    this.#incoming = this.#program.inputs.map((() => null));
  }
  /** What the function returns for arguments with these tensors, in their order. */
  
  /** Whether results take the place of inputs that are given again and again instead of them. */
  #isVain(inputs) {
    const { present, isReplaced } = this.#placement;
    for (let slot = 0; slot < inputs.length; slot++) {
      const resident = this.#residents[slot];
      if (!isReplaced[slot] || resident === null) continue;
      const { residence } = inputs[slot];
      if (residence === resident) this.#isSettled = true;
      else if (residence === null && present[slot].is(inputs[slot].numbers)) this.#vain++;
    }
    return !this.#isSettled && this.#vain > 1;
  }
  /** Plans and emits once more, with room for what comes again, if there is memory for that. */
  #placeAnew(mayReplace) {
    const { shelves } = this.#placement;
    this.#isSettled ||= !mayReplace;
    this.#lacksRoom = false;
    try {
      const placement2 = this.#place({
        mayReplace,
        shelves
      });
      this.dispose();
      this.#residents.fill(null);
      this.#lent = [];
      this.#placement = placement2;
      this.#mayReplace = mayReplace;
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      for (const shelf of shelves) shelf?.giveUp();
    }
  }
  /** A result that replaces no input. */
  #handOut(place2, dtype) {
    if (this.#reuseResults) {
      const resident = new Resident(place2);
      this.#lent.push(resident);
      return resident;
    }
    const { view: view2 } = place2;
    return view2.length === 1 ? new KeptNumber(view2[0], dtype) : new Numbers(takeOut(place2));
  }
  /** Puts the inputs in their places; what is left in `#residents` lies where it is an input. */
  #bringIn(inputs) {
    const residents = this.#residents, incoming = this.#incoming;
    const { inputs: places2, present, shelves, isReplaced } = this.#placement;
    for (let slot = 0; slot < incoming.length; slot++) {
      const input = inputs[slot], resident = residents[slot];
      const isThere = resident !== null && input.residence === resident && resident.isCurrent;
      incoming[slot] = isThere ? null : input.numbers;
    }
    for (let slot = 0; slot < residents.length; slot++) {
      if (incoming[slot] === null) continue;
      if (!isReplaced[slot] && present[slot].is(incoming[slot])) incoming[slot] = null;
      if (residents[slot]?.isCurrent) this.#clear(residents[slot]);
      residents[slot] = null;
    }
    for (const resident of this.#lent) if (resident.isCurrent) this.#clear(resident);
    if (this.#lent.length > 0) this.#lent = [];
    for (let slot = 0; slot < incoming.length; slot++) {
      const numbers3 = incoming[slot];
      if (numbers3 === null) continue;
      const shelf = shelves[slot];
      if (shelf === null) bringIn(places2[slot], numbers3.array);
      else {
        if (!shelf.pointTo(numbers3)) bringIn(places2[slot], numbers3.array);
        this.#lacksRoom ||= shelf.lacksRoom;
      }
      present[slot].note(numbers3);
      incoming[slot] = null;
    }
  }
  /** Makes room where a result lies. */
  #clear(resident) {
    if (this.#reuseResults) resident.useUp("overwritten");
    else resident.takeOut();
  }
  /** The program, its memory and kernels, and how long each step takes on these tensors. */
  explain(leaves) {
    this.run(leaves.map((leaf) => leaf.clone()));
    const { executable, bytes: bytes2 } = this.#placement;
    const { threads } = executable;
    const kernels = executable.profile();
    const total = kernels.reduce((sum3, { milliseconds }) => sum3 + milliseconds, 0);
    const size = bytes2.toLocaleString("en-US");
    return [
      formatProgram(this.#program),
      "",
      `${size} bytes of memory; the last run was on ${threads} thread${threads === 1 ? "" : "s"}`,
      `${kernels.length} kernels, ${total.toFixed(3)} ms one by one:`,
      ...kernels.map(({ name: name3, milliseconds }) => `${milliseconds.toFixed(4).padStart(9)} ms  ${name3}`)
    ].join("\n");
  }
  /** Frees the memory; results that still lie in it are taken out. */
  dispose() {
    for (const resident of [
      ...this.#residents,
      ...this.#lent
    ]) {
      if (resident?.isCurrent) resident.takeOut();
    }
    this.#placement.executable.dispose();
  }
static {
  methodsOf(this.prototype, {
run: (function (leaves) {
    const inputs = this.captured.length === 0 ? leaves : [
      ...leaves,
      ...this.captured
    ];
    const isVain = !this.#isSettled && this.#isVain(inputs);
    if (isVain || this.#lacksRoom) this.#placeAnew(isVain ? false : this.#mayReplace);
    this.#bringIn(inputs);
    const { executable, outputs } = this.#placement;
    executable.run();
    const residents = this.#residents;
    for (let slot = 0; slot < residents.length; slot++) {
      residents[slot]?.useUp("handed back");
      residents[slot] = null;
    }
    const results = new Array(outputs.length);
    for (let i = 0; i < outputs.length; i++) {
      const { parts, place: place2, slot, isRenamed } = outputs[i];
      if (slot < 0) parts.data = this.#handOut(place2, parts.dtype);
      else parts.data = residents[slot] = new Resident(place2);
      if (!isRenamed) parts.name = leaves[slot].name;
      results[i] = new Tensor(parts);
      parts.data = null;
    }
    return this.#rebuild(results);
  })
}); }
};

// src/backends/wasm/scalars/layout.ts
var partLength = 1e3;
function layOut(program2) {
  const { slots: slots2, steps, outputs } = program2;
  const makers = new Int32Array(slots2.length).fill(-1);
  const lastReaders = new Int32Array(slots2.length).fill(-1);
  const reads2 = new Int32Array(slots2.length);
  const starts = [];
  steps.forEach((step, at) => {
    if (at % partLength === 0) starts.push(at);
    const part2 = starts.length - 1;
    makers[step.outputs[0]] = part2;
    for (const value2 of step.inputs) {
      lastReaders[value2] = part2;
      if (makers[value2] === part2) reads2[value2]++;
    }
  });
  for (const value2 of outputs) lastReaders[value2] = starts.length;
  return {
    starts: [
      ...starts,
      steps.length
    ],
    reads: reads2,
    ...place(program2, makers, lastReaders)
  };
}
function place({ slots: slots2, inputs, constants, steps }, makers, lastReaders) {
  const places2 = new Int32Array(slots2.length).fill(-1);
  let size = 0;
  for (const value2 of [
    ...inputs,
    ...constants.keys()
  ]) places2[value2] = size++;
  const endings = [];
  const free = [];
  let part2 = -1;
  for (const { outputs: [value2] } of steps) {
    if (makers[value2] > part2) free.push(...endings[part2++] ?? []);
    const last2 = lastReaders[value2];
    if (last2 <= part2) continue;
    places2[value2] = free.pop() ?? size++;
    (endings[last2] ??= []).push(places2[value2]);
  }
  return {
    places: places2,
    size
  };
}

// src/backends/wasm/scalars/scalar_ops.ts
var nought = f64.const(0);
var zeros2 = f64x2.splat(nought);
var ones2 = f64x2.splat(f64.const(1));
var scalarOps = {
  add: two(f64.add),
  sub: two(f64.sub),
  mul: two(f64.mul),
  div: two(f64.div),
  maximum: two(f64.max),
  minimum: two(f64.min),
  neg: one(f64.neg),
  abs: one(f64.abs),
  sqrt: one(f64.sqrt),
  floor: one(f64.floor),
  ceil: one(f64.ceil),
  trunc: one(f64.truncate),
  round: one(f64.nearest),
  reciprocal: one((x) => f64.div(1, x)),
  rsqrt: one((x) => f64.div(1, f64.sqrt(x))),
  clamp: one(within2),
  hardtanh: one(within2),
  square: again((x) => f64.mul(x, x)),
  sign: again((x) => f64.sub(asNumber(f64x2.greater(both(x), zeros2)), asNumber(f64x2.less(both(x), zeros2)))),
  relu: again((x) => first(v128.andNot(both(x), f64x2.lessEqual(both(x), zeros2)))),
  leakyRelu: again((x, { slope }) => choose2(f64x2.greater(both(x), zeros2), x, f64.mul(f64.const(slope), x))),
  equal: compare3(f64x2.equal),
  notEqual: compare3(f64x2.notEqual),
  less: compare3(f64x2.less),
  lessEqual: compare3(f64x2.lessEqual),
  greater: compare3(f64x2.greater),
  greaterEqual: compare3(f64x2.greaterEqual),
  logicalAnd: ([a, b]) => v128.and(isNotZero(a), isNotZero(b)),
  logicalOr: ([a, b]) => v128.or(isNotZero(a), isNotZero(b)),
  logicalXor: ([a, b]) => v128.xor(isNotZero(a), isNotZero(b)),
  logicalNot: ([x]) => v128.not(isNotZero(x)),
  isNaN: again((x) => f64x2.notEqual(both(x), both(x))),
  isFinite: one((x) => f64x2.less(f64x2.abs(both(x)), both(f64.const(Infinity)))),
  where: ([condition, a, b]) => choose2(holds(condition), asNumber(a), asNumber(b))
};
function asNumber(term2) {
  return isMask(term2) ? first(v128.and(term2, ones2)) : term2;
}
function isMask(term2) {
  return term2.type === "v128";
}
function holds(term2) {
  return isMask(term2) ? term2 : f64x2.greater(f64x2.abs(both(term2)), zeros2);
}
function isNotZero(term2) {
  return isMask(term2) ? term2 : f64x2.notEqual(both(term2), zeros2);
}
function choose2(mask, a, b) {
  if (b === nought) return first(v128.and(both(a), mask));
  if (a === nought) return first(v128.andNot(both(b), mask));
  return first(v128.bitselect(both(a), both(b), mask));
}
function both(x) {
  return x === nought ? zeros2 : f64x2.splat(x);
}
function first(vector) {
  return f64x2.extract(vector, 0);
}




function within2(x, { min: min2, max: max2 }) {
  return f64.min(f64.max(x, f64.const(min2)), f64.const(max2));
}

// src/backends/wasm/scalars/program.ts
var zero = i32.const(0);
var pageBytes2 = 65536;
function emitScalarProgram(program2) {
  const layout = layOut(program2);
  const bytes2 = Math.max(1, layout.size) * Float64Array.BYTES_PER_ELEMENT;
  const pages = Math.ceil(bytes2 / pageBytes2);
  const module = new ModuleBuilder();
  module.importMemory("env", "memory", {
    initial: pages,
    maximum: pages
  });
  const functions = new Functions2(module, program2.steps);
  const loads = [];
  for (const [value2, [number]] of program2.constants) {
    if (Object.is(number, 0)) loads[layout.places[value2]] = nought;
  }
  const parts = layout.starts.slice(0, -1).map((start, part2) => {
    const steps = program2.steps.slice(start, layout.starts[part2 + 1]);
    return module.function({
      export: `${part2}`
    }, (f) => {
      new PartWriter(f, layout, functions, loads).write(steps);
    });
  });
  module.function({
    export: "run"
  }, (f) => parts.forEach((part2) => f.do(call2(part2))));
  const memory3 = makeMemory2(pages, bytes2);
  const { exports } = new WebAssembly.Instance(module.compile(), {
    env: {
      memory: memory3
    },
    functions: functions.imports
  });
  const { run: run2 } = exports;
  return {
    buffer: memory3.buffer,
    threads: 1,
    places: layout.places,
    run: run2,
    profile: () => parts.map((_, part2) => {
      const started = performance.now();
      exports[part2]();
      const milliseconds = performance.now() - started;
      return {
        name: `steps ${layout.starts[part2]} to ${layout.starts[part2 + 1] - 1}`,
        milliseconds
      };
    }),
    dispose() {
    }
  };
}
function makeMemory2(pages, bytes2) {
  try {
    return new WebAssembly.Memory({
      initial: pages,
      maximum: pages
    });
  } catch (cause) {
    throw memoryError(bytes2, cause);
  }
}
var Functions2 = class {
  /** What the module imports, by number. */
  imports = {};
  #callees = /* @__PURE__ */ new Map();
  /** Imports what the steps need. */
  constructor(module, steps) {
    for (const step of steps) {
      const key = keyOf2(step);
      if (step.op.name in scalarOps || this.#callees.has(key)) continue;
      const { op, attributes, inputs } = step;
      const { scalar } = op;
      const name3 = `${this.#callees.size}`;
      this.imports[name3] = attributes === void 0 ? scalar : (...numbers3) => scalar(...numbers3, attributes);
      const params = inputs.map(() => "f64");
      this.#callees.set(key, module.importFunction("functions", name3, {
        params,
        result: "f64"
      }));
    }
  }
  /** A call of the function that a step needs. */
  call(step, inputs) {
    return call2(this.#callees.get(keyOf2(step)), ...inputs.map(asNumber));
  }
};
function keyOf2({ op, attributes }) {
  return `${op.name} ${attributesKey(attributes)}`;
}
var PartWriter = class {
  #f;
  #layout;
  #functions;
  #loads;
  #terms = /* @__PURE__ */ new Map();
  #unwritten = /* @__PURE__ */ new Set();
  /** Writes into a function. */
  constructor(f, layout, functions, loads) {
    this.#f = f;
    this.#loads = loads;
    this.#layout = layout;
    this.#functions = functions;
  }
  /** Writes the steps of the part. */
  write(steps) {
    const { places: places2, reads: reads2 } = this.#layout;
    for (const step of steps) {
      const value2 = step.outputs[0];
      const term2 = this.#termOf(step);
      const isStored = places2[value2] >= 0;
      const isKnown = !step.inputs.some((input) => this.#unwritten.has(input));
      if (isKnown && !isStored && reads2[value2] === 1) {
        this.#terms.set(value2, term2);
        this.#unwritten.add(value2);
        continue;
      }
      const number = reads2[value2] > 0 ? this.#f.let(asNumber(term2)) : asNumber(term2);
      this.#terms.set(value2, number);
      if (isStored) this.#f.store(zero, number, 8 * places2[value2]);
    }
  }
  #termOf(step) {
    const inputs = step.inputs.map((value2) => this.#terms.get(value2) ?? this.#load(value2));
    const write = scalarOps[step.op.name];
    if (write === void 0) return this.#functions.call(step, inputs);
    return write(inputs, step.attributes, (term2) => this.#once(term2));
  }
  #once(term2) {
    const number = asNumber(term2);
    return number instanceof Local ? number : this.#f.let(number);
  }
  #load(value2) {
    const place2 = this.#layout.places[value2];
    return this.#loads[place2] ??= f64.load(zero, 8 * place2);
  }
};

// src/compile/scalar_compilation.ts
var passes2 = [
  removeIdentities,
  shareCommonSteps,
  removeDeadSteps
];
var ScalarCompilation = class {
  /** The structure of the arguments it was made for. */
  structure;
  /** The Values that it reads besides its arguments. */
  captured;
  /** Whether derivatives may flow back to what it reads besides its arguments. */
  usesTracked;
  #rebuild;
  #program;
  #executable;
  #numbers;
  #inputs;
  #outputs;
  /** Optimises and emits a trace of a function. */
  constructor({ program: program2, result, captured, usesTracked }, { structure, backend: backend2 = "wasm" }) {
    this.structure = structure;
    this.captured = captured;
    this.usesTracked = usesTracked;
    this.#rebuild = rebuilder(result);
    this.#program = passes2.reduce((simplified, pass) => pass(simplified), program2);
    this.#executable = backend2 === "wasm" && detectFeatures().simd ? emitScalarProgram(this.#program) : referenceExecutable2(this.#program);
    const { places: places2, buffer } = this.#executable;
    this.#numbers = new Float64Array(buffer);
    for (const [value2, [number]] of this.#program.constants) {
      this.#numbers[places2[value2]] = number;
    }
    this.#inputs = this.#program.inputs.map((value2) => places2[value2]);
    const leaves = leavesOf(result);
    this.#outputs = this.#program.outputs.map((value2, i) => {
      const { name: name3, requiresGrad } = leaves[i];
      return {
        details: {
          name: name3,
          requiresGrad
        },
        place: places2[value2]
      };
    });
  }
  /** What the function returns for arguments with these Values, in their order. */
  run(leaves) {
    const numbers3 = this.#numbers;
    this.#bringIn(leaves);
    this.#executable.run();
    return this.#rebuild(this.#outputs.map(({ details, place: place2 }) => new Value(numbers3[place2], details)));
  }
  #bringIn(leaves) {
    const count = leaves.length;
    for (let i = 0; i < count; i++) this.#numbers[this.#inputs[i]] = leaves[i].data;
    for (let i = 0; i < this.captured.length; i++) {
      this.#numbers[this.#inputs[count + i]] = this.captured[i].data;
    }
  }
  /** The program, its memory, and how long its parts take on these Values. */
  explain(leaves) {
    this.#bringIn(leaves);
    const parts = this.#executable.profile();
    const total = parts.reduce((sum3, { milliseconds }) => sum3 + milliseconds, 0);
    return [
      formatProgram(this.#program),
      "",
      `${this.#numbers.byteLength.toLocaleString("en-US")} bytes of memory, ${this.#program.steps.length.toLocaleString("en-US")} steps, ${total.toFixed(3)} ms`,
      ...parts.map(({ name: name3, milliseconds }) => `${milliseconds.toFixed(4)} ms  ${name3}`)
    ].join("\n");
  }
  /** Nothing is held that the garbage collector does not own. */
  dispose() {
    this.#executable.dispose();
  }
};
function referenceExecutable2({ slots: slots2, steps }) {
  const numbers3 = new Float64Array(Math.max(1, slots2.length));
  const run2 = () => {
    for (const { op, inputs, outputs, attributes } of steps) {
      const { scalar } = op;
      numbers3[outputs[0]] = scalar(...inputs.map((value2) => numbers3[value2]), attributes);
    }
  };
  const profile = () => {
    const started = performance.now();
    run2();
    return [
      {
        name: "all steps (reference)",
        milliseconds: performance.now() - started
      }
    ];
  };
  const places2 = Int32Array.from(slots2, (_, value2) => value2);
  return {
    buffer: numbers3.buffer,
    threads: 1,
    places: places2,
    run: run2,
    profile,
    dispose() {
    }
  };
}

// src/compile/trace.ts


var pushTraced = ((leaf, stack2, met) => {
  for (const input of tracedCall(leaf)?.inputs.toReversed() ?? []) {
    if (input.place < met) stack2.push(input);
  }
});

function kindOf(leaf) {
  return isValue(leaf) ? "a Value" : `a tensor ${formatShape(leaf.shape)}`;
}
function titleOf(leaf) {
  if (leaf.name === null) return kindOf(leaf);
  return isValue(leaf) ? leaf.name : `${leaf.name} ${formatShape(leaf.shape)}`;
}




var scalarSlot = {
  shape: [],
  dtype: "float64"
};


// src/compile/compile.ts


var mostPrograms = 64;
var Programs = class {
  #f;
  #options;
  #programs = [];
  constructor(f, options) {
    this.#f = f;
    this.#options = options;
  }
  /** The program for such arguments, made if there is none; null where it would lose a history. */
  
  /** Makes a program; where there is no memory for it, that of the function's others is given up. */
  #withRoom(make2) {
    try {
      return make2();
    } catch (error) {
      if (!isMemoryError(error) || this.#programs.length === 0) throw error;
      this.dispose();
      return make2();
    }
  }
  #find(args) {
    for (const program2 of this.#programs) {
      const leaves = program2.structure.leavesOf(args);
      if (leaves === null) continue;
      if (program2 !== this.#programs[0]) {
        this.#programs = [
          program2,
          ...this.#programs.filter((other2) => other2 !== program2)
        ];
      }
      return {
        program: program2,
        leaves
      };
    }
    return null;
  }
  /** Frees the memory of all programs. */
  dispose() {
    for (const program2 of this.#programs) program2.dispose();
    this.#programs = [];
  }
static {
  methodsOf(this.prototype, {
readyFor: (function (args) {
    const known2 = this.#find(args);
    const leaves = known2?.leaves ?? leavesOf(args);
    if (isPassedThrough(leaves)) return null;
    if (known2 !== null) return mayBeDifferentiated(known2.program) ? null : known2;
    const structure = new Structure(args);
    const traced = trace(this.#f, args);
    if (mayBeDifferentiated(traced)) return null;
    const call4 = {
      structure,
      args,
      ...this.#options
    };
    const program2 = this.#withRoom((() => [
      ...leaves,
      ...leavesOf(traced.result)
    ].some(isValue) ? new ScalarCompilation(traced, call4) : new Compilation(traced, call4)));
    this.#programs.unshift(program2);
    for (const unused of this.#programs.splice(mostPrograms)) unused.dispose();
    return {
      program: program2,
      leaves
    };
  })
}); }
};



// src/backends/blas/candidates.ts
var linux = {
  libraries: [
    "libopenblas.so.0",
    "libopenblas.so",
    "libmkl_rt.so.2",
    "libmkl_rt.so",
    "libblis.so.4",
    "libcblas.so.3",
    "libblas.so.3"
  ],
  advice: "on Debian and Ubuntu install libopenblas0-pthread, on Fedora openblas-threads"
};
var systems = {
  linux,
  darwin: {
    libraries: [
      "/System/Library/Frameworks/Accelerate.framework/Accelerate",
      "/opt/homebrew/opt/openblas/lib/libopenblas.dylib",
      "/usr/local/opt/openblas/lib/libopenblas.dylib"
    ],
    advice: "Accelerate is a part of macOS; OpenBLAS is installed by brew install openblas"
  },
  windows: {
    libraries: [
      "openblas.dll",
      "libopenblas.dll",
      "mkl_rt.2.dll",
      "mkl_rt.dll"
    ],
    advice: "put libopenblas.dll of OpenBLAS' releases into a folder of PATH"
  }
};
function candidatesOf(system) {
  return systems[system] ?? linux;
}

// src/backends/blas/vendor.ts
function vendorOf(functions, path) {
  return openBlas(functions) ?? mkl(functions) ?? blis(functions) ?? {
    name: path.includes("Accelerate") ? "Accelerate" : "BLAS",
    version: "",
    threads: () => null
  };
}
function openBlas(functions) {
  const { openblas_get_config: config, openblas_set_num_threads: set } = functions;
  if (config === null || set === null) return null;
  const core = textAt(functions.openblas_get_corename?.() ?? null);
  const isSequential = functions.openblas_get_parallel?.() === 0;
  const number = textAt(config()).match(/^OpenBLAS (\S+)/)?.[1] ?? "";
  return {
    name: "OpenBLAS",
    version: core === "" ? number : `${number} for ${core}`,
    threads: () => isSequential ? null : functions.openblas_get_num_threads?.() ?? null,
    setThreads: set
  };
}
function mkl(functions) {
  const { MKL_Get_Version_String: versionInto, MKL_Set_Num_Threads: set } = functions;
  if (versionInto === null || set === null) return null;
  const text2 = new Uint8Array(200);
  versionInto(text2, text2.length);
  return {
    name: "MKL",
    version: new TextDecoder().decode(text2).match(/[\d.]+/)?.[0] ?? "",
    threads: () => functions.MKL_Get_Max_Threads?.() ?? null,
    setThreads: set
  };
}
function blis(functions) {
  const { bli_info_get_version_str: version, bli_thread_set_num_threads: set } = functions;
  if (version === null || set === null) return null;
  return {
    name: "BLIS",
    version: textAt(version()),
    threads: () => Number(functions.bli_thread_get_num_threads?.() ?? 1),
    setThreads: set
  };
}

// src/backends/blas/library.ts
function openBlas2(options = {}) {
  const { path, threads = 1 } = optionsOf("open a BLAS", options, {
    path: null,
    threads: "1"
  });
  if (!(Number.isInteger(threads) && threads > 0)) {
    throw new UsageError(`Cannot open a BLAS on ${describe(threads)} threads: it takes a whole number above zero`);
  }
  const { library: library2, path: opened } = path === void 0 ? findLibrary() : openGiven(path);
  const vendor = vendorOf(library2.symbols, opened);
  vendor.setThreads?.(threads);
  const used = vendor.threads();
  const description = [
    `${vendor.name} ${vendor.version}`.trim(),
    `from ${opened}`,
    ...used === null ? [] : [
      used === 1 ? "1 thread" : `${used} threads`
    ]
  ].join(", ");
  return new NativeBlas(library2, {
    name: vendor.name,
    description,
    path: opened,
    threads: used
  });
}
function findLibrary() {
  const { libraries, advice } = candidatesOf(systemName());
  const failures = [];
  for (const path of libraries) {
    try {
      return {
        library: openAllowed(path),
        path
      };
    } catch (error) {
      if (error instanceof UsageError) throw error;
      failures.push(error);
    }
  }
  throw new UsageError(`Cannot open a BLAS: none of ${libraries.join(", ")} was found; ${advice}`, {
    cause: new AggregateError(failures)
  });
}
function openGiven(path) {
  try {
    return {
      library: openAllowed(path),
      path
    };
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const { message } = error;
    const missing = message.match(/register symbol (\w+)/)?.[1];
    const reason = missing === void 0 ? message.replace(/^(Could not open library: )+/, "") : `${path} has no ${missing}`;
    throw new UsageError(`Cannot open a BLAS: ${reason}`, {
      cause: error
    });
  }
}
function openAllowed(path) {
  try {
    return openLibrary(path);
  } catch (cause) {
    const { name: name3 } = cause;
    if (name3 !== "NotCapable" && name3 !== "PermissionDenied") throw cause;
    throw new UsageError(`Cannot open a BLAS: calling ${path} is not allowed; run Deno with --allow-ffi`, {
      cause
    });
  }
}
var rowMajor = 101;
var asIs = 111;
var transposed2 = 112;
var NativeBlas = class {
  name;
  description;
  path;
  threads;
  #library;
  #functions;
  /** Wraps a library that is open. */
  constructor(library2, { name: name3, description, path, threads }) {
    this.#library = library2;
    this.#functions = library2.symbols;
    this.name = name3;
    this.description = description;
    this.path = path;
    this.threads = threads;
  }
  multiply(output, inputs, transposition) {
    const functions = this.#functions;
    if (functions === null) {
      throw new UsageError(`Cannot multiply by ${this.name}: it has been disposed of`);
    }
    checkProduct2(output, inputs, transposition);
    const [a, b] = inputs;
    const { transposeA, transposeB } = transposition;
    const { rows, inner, columns: columns2 } = productSizes(a.shape, b.shape, transposition);
    const gemm2 = output.data instanceof Float64Array ? functions.cblas_dgemm : functions.cblas_sgemm;
    const row = (matrix) => Math.max(1, matrix.shape[1]);
    const readA = transposeA ? transposed2 : asIs;
    const readB = transposeB ? transposed2 : asIs;
    gemm2(rowMajor, readA, readB, rows, columns2, inner, 1, a.data, row(a), b.data, row(b), 0, output.data, row(output));
  }
  dispose() {
    if (this.#functions === null) return;
    this.#functions = null;
    this.#library.close();
  }
  [Symbol.dispose]() {
    this.dispose();
  }
};
function checkProduct2(output, [a, b], transposition) {
  const shape = matmul.shape([
    a.shape,
    b.shape
  ], transposition);
  if (a.shape.length !== 2 || b.shape.length !== 2 || !sameShape(shape, output.shape)) {
    throw new ShapeError(`Cannot multiply ${formatShape(a.shape)} by ${formatShape(b.shape)} into ${formatShape(output.shape)}: a BLAS takes matrices`);
  }
  const blocks = [
    output,
    a,
    b
  ];
  const isAll = (kind) => blocks.every(({ data }) => data instanceof kind);
  if (!isAll(Float32Array) && !isAll(Float64Array)) {
    throw new DTypeError("Cannot multiply by a BLAS: it takes float32 alone or float64 alone");
  }
  for (const { data, shape: shape2 } of blocks) {
    if (data.length !== sizeOf(shape2)) {
      throw new ShapeError(`Cannot multiply by a BLAS: ${formatShape(shape2)} has ${data.length} numbers`);
    }
  }
}

// src/data/error.ts
var DataError = class extends UsageError {
};

// src/data/packed.ts
var packed = /* @__PURE__ */ new WeakMap();
function packedDataset(inputs, labels) {
  let whole2 = null;
  const dataset = {
    get inputs() {
      const bytes2 = packed.get(dataset);
      if (whole2 === null && bytes2 !== void 0) {
        whole2 = unpack(bytes2, null, 0, labels.shape[0]);
        packed.delete(dataset);
      }
      return whole2;
    },
    labels
  };
  const shape = formatShape([
    labels.shape[0],
    ...inputs.shape
  ]);
  const shown2 = () => {
    const kept2 = packed.has(dataset) ? ", kept as bytes" : "";
    return `{ inputs: float32 ${shape}${kept2}, labels: ${labels.dtype} ${formatShape(labels.shape)} }`;
  };
  Object.defineProperty(dataset, Symbol.for("Deno.customInspect"), {
    value: shown2
  });
  packed.set(dataset, inputs);
  return dataset;
}
function packedInputs(dataset) {
  return packed.get(dataset);
}
var unit3 = Float32Array.from({
  length: 256
}, ((_, byte) => byte / 255));
function unpack({ bytes: bytes2, shape }, order, start, stop) {
  const size = sizeOf(shape);
  const floats = new Float32Array((stop - start) * size);
  const { buffer, byteOffset, length } = bytes2;
  const fours = size % 4 === 0 && byteOffset % 4 === 0 ? new Uint32Array(buffer, byteOffset, length >> 2) : null;
  for (let row = start, to = 0; row < stop; row++, to += size) {
    const from = (order === null ? row : order[row]) * size;
    if (fours === null) unpackBytes(floats, to, bytes2, from, from + size);
    else unpackFours(floats, to, bytes2, fours, from >> 2, from + size >> 2);
  }
  return fromData(floats, [
    stop - start,
    ...shape
  ], "float32");
}
function unpackBytes(floats, to, bytes2, from, until) {
  for (let i = from; i < until; i++) floats[to++] = unit3[bytes2[i]];
}
function unpackFours(floats, to, bytes2, fours, from, until) {
  for (let four = from; four < until; four++, to += 4) {
    if (fours[four] !== 0) unpackBytes(floats, to, bytes2, 4 * four, 4 * four + 4);
  }
}

// src/data/dataset.ts
function batches(dataset, options) {
  const count = exampleCount(dataset);
  const { batchSize, random, dropLast = false } = optionsOf("make batches", options, {
    batchSize: "32",
    random: null,
    dropLast: null
  });
  checkRandom("make batches", random);
  if (count === 0) throw new DataError("Cannot make batches: the dataset is empty");
  if (!Number.isInteger(batchSize) || batchSize < 1) {
    throw new DataError(`Cannot make batches of ${batchSize}: batchSize is a whole number from 1 up`);
  }
  const order = random?.permutation(count) ?? null;
  return cut(dataset, order, batchSize, dropLast ? count - count % batchSize : count);
}
function* cut(dataset, order, batchSize, end) {
  for (let start = 0; start < end; start += batchSize) {
    yield pick(dataset, order, start, Math.min(start + batchSize, end));
  }
}
function splitDataset(dataset, first2, options = {}) {
  const count = exampleCount(dataset);
  const { random } = optionsOf("split a dataset", options, {
    random: "new Random(0)"
  });
  checkRandom("split a dataset", random);
  const at = first2 > 0 && first2 < 1 ? Math.round(first2 * count) : first2;
  if (!Number.isInteger(at) || at < 1 || at >= count) {
    throw new DataError(`Cannot split ${count} examples at ${first2}: expected a fraction between 0 and 1, or a whole number, that leaves an example on each side`);
  }
  const order = random?.permutation(count) ?? null;
  return [
    part(dataset, order, 0, at),
    part(dataset, order, at, count)
  ];
}
function exampleCount(dataset) {
  const isPacked = packedInputs(dataset) !== void 0;
  if (!isPacked) checkDataset(dataset);
  const labels = dataset.labels.shape;
  const inputs = isPacked ? labels : dataset.inputs.shape;
  if (inputs.length === 0 || labels.length === 0 || inputs[0] !== labels[0]) {
    throw new DataError(`Cannot use inputs ${formatShape(inputs)} with labels ${formatShape(labels)}: their first axes count the examples and must agree`);
  }
  return labels[0];
}
function checkDataset(dataset) {
  const { inputs, labels } = dataset ?? {};
  if (inputs instanceof Tensor && labels instanceof Tensor) return;
  const hasBoth = inputs !== void 0 && labels !== void 0;
  const found2 = hasBoth ? `{ inputs: ${describe(inputs)}, labels: ${describe(labels)} }` : describe(dataset);
  throw new DataError(`Cannot use ${found2} as a dataset: it is { inputs, labels }, two tensors`);
}
function pick(dataset, order, start, stop) {
  const packed2 = packedInputs(dataset);
  return {
    inputs: packed2 === void 0 ? pickRows(dataset.inputs, order, start, stop) : unpack(packed2, order, start, stop),
    labels: pickRows(dataset.labels, order, start, stop)
  };
}
function part(dataset, order, start, stop) {
  const packed2 = packedInputs(dataset);
  if (packed2 === void 0) return pick(dataset, order, start, stop);
  const { bytes: bytes2, shape } = packed2;
  const rows = copyRows(bytes2, bytes2.length / dataset.labels.shape[0], order, start, stop);
  return packedDataset({
    bytes: rows,
    shape
  }, pickRows(dataset.labels, order, start, stop));
}
function pickRows(values, order, start, stop) {
  const [count, ...shape] = values.shape;
  const data = copyRows(values.numbers.array, values.size / count, order, start, stop);
  return fromData(data, [
    stop - start,
    ...shape
  ], values.dtype);
}
function copyRows(values, rowSize, order, start, stop) {
  if (order === null) return values.slice(start * rowSize, stop * rowSize);
  const rows = values.slice(0, (stop - start) * rowSize);
  for (let row = start, to = 0; row < stop; row++, to += rowSize) {
    const from = order[row] * rowSize;
    rows.set(values.subarray(from, from + rowSize), to);
  }
  return rows;
}

// src/data/glyphs.ts
var ways = [
  [
    "50,0 24,12 12,50 24,88 50,100 76,88 88,50 76,12 50,0",
    "66,6 38,2 13,34 16,78 44,100 78,82 88,42 72,10 46,2",
    "46,4 20,22 12,60 34,97 66,92 88,52 74,12 48,0 36,10",
    "34,10 14,44 22,86 52,100 84,74 84,30 62,3 44,4",
    "30,14 60,2 86,30 74,84 36,98 12,62 28,20 58,8 76,22",
    "54,10 30,2 8,40 24,90 62,98 92,60 84,20 50,2 40,14"
  ],
  [
    "50,0 50,100",
    "50,0 50,50 50,100",
    "54,0 51,50 46,100",
    "47,0 50,50 53,100",
    "33,20 54,0! 51,100",
    "32,22 52,0! 52,100 / 28,100 76,99",
    "58,0 42,100",
    "24,30 58,0! 52,100 / 22,98 90,96"
  ],
  [
    "14,26 30,5 56,0 78,16 72,42 46,70 12,98! 88,96",
    "12,20 36,2 66,4 76,26 60,58 30,88 14,96 12,82 28,76 52,90 90,98",
    "18,14 46,0 74,12 74,38 48,70 14,96! 40,88 62,96 90,90",
    "10,30 24,6 54,2 72,22 62,52 36,84 16,92 14,78 30,76 56,92 88,86",
    "16,18 44,2 76,10 80,34 52,64 14,92! 50,94 92,88",
    "16,10 58,2 76,22 42,70 18,92 10,80 30,74 94,100",
    "28,14 60,2 80,30 60,80 28,98 12,84 30,68 60,80 98,100",
    "20,30 46,4 78,18 70,54 36,94 8,88 14,68 44,72 94,86"
  ],
  [
    "15,14 44,0 76,14 70,38 42,48! 74,56 84,80 54,100 12,90",
    "18,8 52,0 76,16 66,40 40,48 68,54 82,74 64,96 34,100 12,88",
    "16,14 48,0 74,16 64,38 42,50 38,44 52,44 78,62 76,86 46,100 12,86",
    "16,3 78,2! 44,42! 74,50 84,74 60,98 12,92",
    "20,6 56,0 78,14 68,36 46,46! 66,50 76,68 60,90 20,100",
    "24,8 60,2 70,22 40,44 60,46 84,66 66,94 18,98",
    "10,10 40,0 66,12 58,34 34,42! 70,46 90,72 60,98 10,92"
  ],
  [
    "24,4 12,54! 86,50 / 76,0 66,100",
    "20,6 12,42 28,56 58,54 82,44 / 82,2 76,50 70,100",
    "64,0 10,64! 92,60 / 64,0 60,100",
    "18,4 16,40 34,56 62,50 80,4! 74,50 64,100",
    "28,0 8,60! 90,62 / 64,26 58,100",
    "22,2 14,46! 40,52 80,44 / 84,0 66,98",
    "12,0 8,52! 50,54 94,46 / 80,8 70,100",
    "34,4 20,32 48,50 80,8! 68,60 56,100"
  ],
  [
    "28,4 18,46! 46,36 80,54 78,82 48,100 10,90 / 28,4 88,2",
    "84,4 32,4! 22,44! 54,38 82,60 72,92 38,100 8,88",
    "86,2 40,8 28,26 44,46 72,62 72,88 42,100 10,90",
    "34,6 26,42! 60,46 80,66 62,94 12,98 / 32,6 84,0",
    "40,4 30,40! 56,36 76,58 60,90 14,98 / 40,4 94,0",
    "92,2 38,8! 30,42! 58,46 66,72 44,96 8,92",
    "30,2 28,38! 62,36 78,60 60,92 20,98 / 30,2 76,4"
  ],
  [
    "72,2 40,24 16,62 26,94 58,98 78,74 60,54 32,62 18,80",
    "56,0 30,38 16,76 34,99 66,90 74,66 52,54 22,76",
    "48,0 22,40 14,80 40,100 76,86 78,60 50,50 20,70",
    "78,6 46,14 18,52 18,86 46,100 72,86 70,64 46,58 22,74",
    "40,0 20,46 20,84 48,100 72,82 62,64 40,64 24,80",
    "62,2 30,30 12,70 40,100 84,86 80,56 50,52 34,72 50,86",
    "38,0 12,44 18,86 56,100 90,80 80,56 46,60 34,84"
  ],
  [
    "12,6 86,4! 62,46 42,100",
    "12,5 84,3! 46,100",
    "14,22 16,5! 84,5! 60,48 44,100",
    "10,16 32,4 84,8! 62,44 50,100",
    "14,10 50,4 80,4 74,30 48,100",
    "12,5 86,4! 62,46 42,100 / 32,52 78,48",
    "10,12 34,3 84,6! 48,100 / 30,56 74,48",
    "12,34 16,6! 80,2 80,24 56,60 46,100",
    "18,22 46,0 80,12 76,44 56,72 44,100",
    "16,16 26,6 84,4! 60,42 40,100 / 20,54 92,46"
  ],
  [
    "76,14 50,0 24,18 46,46 76,72 56,99 24,88 30,62 60,40 76,16",
    "70,8 38,2 22,26 50,48 78,72 58,100 26,90 28,66 56,44 78,20 62,4",
    "52,46 24,28 38,4 66,4 76,24 50,48 20,74 38,99 70,94 76,70 50,46",
    "50,0 26,14 30,38 50,46 72,36 74,12 50,0 / 50,46 20,64 24,92 50,100 80,90 78,62 50,46",
    "78,4 50,2 24,20 40,44 70,66 66,92 40,100 24,82 40,58 66,36 86,8",
    "80,18 48,0 16,20 40,48 62,72 52,98 34,84 46,58 82,20"
  ],
  [
    "80,14 48,0 18,20 24,44 52,46 78,18! 72,100",
    "78,20 60,0 26,8 16,34 42,50 76,26! 74,60 60,100",
    "76,12 44,0 16,24 30,48 62,42 80,12 82,52 66,88 30,100",
    "68,6 34,6 18,34 40,50 70,32 78,8! 66,60 52,100",
    "74,26 64,2 34,4 22,28 42,46 70,34 76,20 66,64 46,100",
    "66,14 44,2 22,18 34,40 60,30 70,10! 60,60 52,100",
    "80,20 50,4 10,20 20,50 60,44 84,16! 84,60 78,100",
    "60,2 32,8 20,34 44,46 72,10! 70,60 60,100",
    "76,20 50,0 24,20 40,42 78,22! 80,66 56,98 24,88"
  ]
];
function glyphsOf(digit) {
  return parsed[digit] ??= ways[digit].map((way) => way.split(" / ").map(parseStroke));
}
var parsed = [];
function parseStroke(text2) {
  const points = text2.split(" ");
  return {
    points: points.flatMap((point) => point.split(",").map((n) => parseFloat(n) / 50 - 1)),
    corners: points.map((point) => point.endsWith("!"))
  };
}

// src/data/pen.ts
var piecesPerStep = 6;
function trace2({ points, corners }, pieces) {
  const count = corners.length;
  for (let i = 0; i + 1 < count; i++) {
    const before = i === 0 || corners[i] ? i : i - 1;
    const after = i + 2 === count || corners[i + 1] ? i + 1 : i + 2;
    let x = points[2 * i];
    let y = points[2 * i + 1];
    for (let step = 1; step <= piecesPerStep; step++) {
      const t = step / piecesPerStep;
      const nextX = spline(points, 0, before, i, after, t);
      const nextY = spline(points, 1, before, i, after, t);
      pieces.push(x, y, nextX, nextY);
      x = nextX;
      y = nextY;
    }
  }
}
function spline(points, coordinate, before, i, after, t) {
  const p0 = points[2 * before + coordinate];
  const p1 = points[2 * i + coordinate];
  const p2 = points[2 * i + 2 + coordinate];
  const p3 = points[2 * after + coordinate];
  const cubic = 3 * (p1 - p2) + p3 - p0;
  const square2 = 2 * p0 - 5 * p1 + 4 * p2 - p3;
  return p1 + 0.5 * t * (p2 - p0 + t * (square2 + t * cubic));
}
function draw2(pieces, { radius, softness }, image, at, side2) {
  const reach = radius + softness / 2;
  for (let k = 0; k < pieces.length; k += 4) {
    const x0 = pieces[k], y0 = pieces[k + 1];
    const dx = pieces[k + 2] - x0, dy = pieces[k + 3] - y0;
    const inverse = 1 / Math.max(dx * dx + dy * dy, 1e-12);
    const left = Math.max(0, Math.ceil(Math.min(x0, x0 + dx) - reach));
    const right = Math.min(side2 - 1, Math.floor(Math.max(x0, x0 + dx) + reach));
    const top = Math.max(0, Math.ceil(Math.min(y0, y0 + dy) - reach));
    const bottom = Math.min(side2 - 1, Math.floor(Math.max(y0, y0 + dy) + reach));
    for (let y = top; y <= bottom; y++) {
      for (let x = left; x <= right; x++) {
        const along2 = ((x - x0) * dx + (y - y0) * dy) * inverse;
        const t = along2 < 0 ? 0 : along2 > 1 ? 1 : along2;
        const ex = x - x0 - t * dx, ey = y - y0 - t * dy;
        const ink = (reach - Math.sqrt(ex * ex + ey * ey)) / softness;
        const pixel = at + y * side2 + x;
        if (ink > image[pixel]) image[pixel] = ink < 1 ? ink : 1;
      }
    }
  }
}

// src/data/digits.ts
function digits2(options = {}) {
  const { train = 5e3, validation = 500, test = 1e3, seed = 0 } = optionsOf("draw digits", options, {
    train: "500",
    validation: null,
    test: null,
    seed: null
  });
  for (const [name3, count] of Object.entries({
    train,
    validation,
    test
  })) {
    if (!Number.isInteger(count) || count < 0) {
      throw new DataError(`Cannot draw ${count} digits for ${name3}: expected a whole number from 0 up`);
    }
  }
  const seeds = new Random(seed);
  return {
    train: drawDigits(train, new Random(seeds.bits())),
    validation: drawDigits(validation, new Random(seeds.bits())),
    test: drawDigits(test, new Random(seeds.bits()))
  };
}
var side = 28;
var pixels = side * side;
function drawDigits(count, random) {
  const inputs = new Float32Array(count * pixels);
  const labels = random.permutation(count).map((rank) => rank % 10);
  for (let i = 0; i < count; i++) drawDigit(labels[i], random, inputs, i * pixels);
  return {
    inputs: fromData(inputs, [
      count,
      pixels
    ], "float32"),
    labels: fromData(labels, [
      count
    ], "int32")
  };
}
function drawDigit(digit, random, images, at) {
  const ways2 = glyphsOf(digit);
  const bend = randomBend(random);
  const pieces = [];
  for (const stroke of ways2[random.integer(ways2.length)]) {
    trace2(moved(stroke, 0.03, random), pieces);
  }
  for (let k = 0; k < pieces.length; k += 2) bend(pieces, k);
  const radius = between4(random, 0.8, 1.9);
  const middle2 = (side - 1) / 2;
  fit(pieces, {
    size: between4(random, 18.5, 20.5) - 2 * radius,
    centreX: middle2 + between4(random, -1.9, 1.9),
    centreY: middle2 + between4(random, -1.9, 1.9)
  });
  draw2(pieces, {
    radius,
    softness: between4(random, 1.3, 2.2)
  }, images, at, side);
  blot(images.subarray(at, at + pixels), random);
}
function moved({ points, corners }, spread, random) {
  return {
    points: points.map((coordinate) => coordinate + spread * bell2(random)),
    corners
  };
}
function randomBend(random) {
  const [a, b, c, d, e, f] = Array.from({
    length: 6
  }, () => 0.07 * bell2(random));
  const width = between4(random, 0.6, 1.2);
  const slant = 0.15 + 0.2 * bell2(random);
  const half = 0.03 * bell2(random);
  const cos4 = (1 - half * half) / (1 + half * half);
  const sin4 = 2 * half / (1 + half * half);
  return (points, k) => {
    const u = points[k], v = points[k + 1];
    const y = v + d * u * u + e * u * v + f * v * v;
    const x = width * (u + a * u * u + b * u * v + c * v * v) - slant * y;
    points[k] = cos4 * x - sin4 * y;
    points[k + 1] = sin4 * x + cos4 * y;
  };
}
function fit(pieces, { size, centreX, centreY }) {
  let [left, right, top, bottom] = [
    Infinity,
    -Infinity,
    Infinity,
    -Infinity
  ];
  let [massX, massY, mass] = [
    0,
    0,
    0
  ];
  for (let k = 0; k < pieces.length; k += 4) {
    const x0 = pieces[k], y0 = pieces[k + 1], x1 = pieces[k + 2], y1 = pieces[k + 3];
    left = Math.min(left, x0, x1);
    right = Math.max(right, x0, x1);
    top = Math.min(top, y0, y1);
    bottom = Math.max(bottom, y0, y1);
    const length = Math.sqrt((x1 - x0) * (x1 - x0) + (y1 - y0) * (y1 - y0));
    massX += length * (x0 + x1) / 2;
    massY += length * (y0 + y1) / 2;
    mass += length;
  }
  const scale2 = size / Math.max(right - left, bottom - top);
  for (let k = 0; k < pieces.length; k += 2) {
    pieces[k] = centreX + scale2 * (pieces[k] - massX / mass);
    pieces[k + 1] = centreY + scale2 * (pieces[k + 1] - massY / mass);
  }
}
function blot(image, random) {
  const strength = between4(random, 0.95, 1.25);
  for (let i = 0; i < image.length; i++) {
    const ink = image[i];
    if (ink === 0) continue;
    image[i] = Math.round(255 * Math.min(1, ink * (strength + between4(random, -0.08, 0.08)))) / 255;
  }
}
function between4(random, low, high) {
  return low + (high - low) * random.next();
}
function bell2(random) {
  return 2 * (random.next() + random.next() + random.next()) - 3;
}

// src/data/files.ts
function runtime2() {
  const { Deno } = globalThis;
  if (Deno === void 0) throw new DataError("Cannot read files outside of Deno: use parseIdx");
  return Deno;
}
var states = {
  NotFound: "there is no such file",
  NotADirectory: "a part of its path is not a directory",
  IsADirectory: "it is a directory"
};
function stateOf(error) {
  return states[error.name] ?? null;
}
function readFile(path) {
  return runtime2().readFile(path);
}
async function stat(path) {
  try {
    return await runtime2().stat(path);
  } catch (error) {
    if (stateOf(error) !== null) return null;
    throw error;
  }
}

// src/data/idx.ts
var kinds = {
  8: {
    bytes: 1,
    decode: (bytes2) => bytes2
  },
  9: {
    bytes: 1,
    decode: (bytes2) => new Int8Array(bytes2.buffer)
  },
  11: wide(Int16Array, (view2, at) => view2.getInt16(at)),
  12: wide(Int32Array, (view2, at) => view2.getInt32(at)),
  13: wide(Float32Array, (view2, at) => view2.getFloat32(at)),
  14: wide(Float64Array, (view2, at) => view2.getFloat64(at))
};

async function readIdx(path) {
  const name3 = String(path);
  let bytes2;
  try {
    bytes2 = await readFile(path);
  } catch (error) {
    const state = stateOf(error);
    if (state === null) throw error;
    throw new DataError(`Cannot read ${name3}: ${state}`, {
      cause: error
    });
  }
  return await parseIdx(bytes2, name3);
}
async function parseIdx(bytes2, name3 = "IDX data") {
  const isGzip = bytes2[0] === 31 && bytes2[1] === 139;
  const reader = new IdxReader(name3, isGzip ? bytes2.length * deflateLimit : bytes2.length);
  const isOwn = bytes2.buffer instanceof ArrayBuffer;
  const own = isOwn ? bytes2 : bytes2.slice();
  for await (const chunk of isGzip ? gunzip(own, name3) : [
    own
  ]) reader.take(chunk);
  return reader.finish();
}
var deflateLimit = 1032;
var IdxReader = class {
  #name;
  #limit;
  #start = new Uint8Array(0);
  #header = null;
  #payload = new Uint8Array(0);
  #found = 0;
  /** `limit` is the most bytes that can come: no array is made for a header that promises more. */
  constructor(name3, limit) {
    this.#name = name3;
    this.#limit = limit;
  }
  take(chunk) {
    if (this.#header === null) {
      const start = concatenate(this.#start, chunk);
      this.#start = start;
      this.#header = parseHeader(start, this.#name);
      if (this.#header === null) return;
      const expected = byteLength(this.#header);
      this.#payload = new Uint8Array(expected <= this.#limit ? expected : 0);
      chunk = start.subarray(this.#header.length);
    }
    const room = this.#payload.length - this.#found;
    if (room > 0) this.#payload.set(chunk.subarray(0, room), this.#found);
    this.#found += chunk.length;
  }
  finish() {
    const header = this.#header;
    if (header === null) {
      throw new DataError(`Cannot read ${this.#name}: expected an IDX file, found ${this.#start.length} bytes, less than its header`);
    }
    if (this.#found !== byteLength(header)) {
      throw new DataError(`Cannot read ${this.#name}: expected ${byteLength(header)} bytes for ${formatShape(header.shape)}, found ${this.#found}`);
    }
    return {
      shape: header.shape,
      data: header.kind.decode(this.#payload)
    };
  }
};
function parseHeader(start, name3) {
  if (start.length < 4) return null;
  const kind = kinds[start[2]];
  if (start[0] !== 0 || start[1] !== 0 || kind === void 0) {
    const found2 = Array.from(start.subarray(0, 4), (byte) => byte.toString(16).padStart(2, "0"));
    throw new DataError(`Cannot read ${name3}: expected an IDX file, which begins with the bytes 00 00 and one of 08 09 0b 0c 0d 0e, found ${found2.join(" ")}`);
  }
  const rank = start[3];
  const length = 4 + 4 * rank;
  if (start.length < length) return null;
  const view2 = new DataView(start.buffer, start.byteOffset);
  const shape = Array.from({
    length: rank
  }, (_, axis) => view2.getUint32(4 + 4 * axis));
  return {
    kind,
    shape,
    length
  };
}
function byteLength(header) {
  return sizeOf(header.shape) * header.kind.bytes;
}
function concatenate(a, b) {
  if (a.length === 0) return b;
  const both2 = new Uint8Array(a.length + b.length);
  both2.set(a);
  both2.set(b, a.length);
  return both2;
}
async function* gunzip(bytes2, name3) {
  const step = 1 << 15;
  let at = 0;
  const source2 = new ReadableStream({
    pull(controller) {
      if (at < bytes2.length) controller.enqueue(bytes2.subarray(at, at += step));
      else controller.close();
    }
  });
  let found2 = 0;
  try {
    for await (const chunk of source2.pipeThrough(new DecompressionStream("gzip"))) {
      found2 += chunk.length;
      yield chunk;
    }
  } catch (error) {
    throw new DataError(`Cannot read ${name3}: its gzip data are damaged or cut short after ${found2} good bytes`, {
      cause: error
    });
  }
}

// src/data/iris.ts
var flowers = {
  setosa: `
    51351402 49301402 47321302 46311502 50361402 54391704 46341403 50341502 44291402 49311501
    54371502 48341602 48301401 43301101 58401202 57441504 54391304 51351403 57381703 51381503
    54341702 51371504 46361002 51331705 48341902 50301602 50341604 52351502 52341402 47321602
    48311602 54341504 52411501 55421402 49311502 50321202 55351302 49361401 44301302 51341502
    50351303 45231303 44321302 50351606 51381904 48301403 51381602 46321402 53371502 50331402
  `,
  versicolor: `
    70324714 64324515 69314915 55234013 65284615 57284513 63334716 49243310 66294613 52273914
    50203510 59304215 60224010 61294714 56293613 67314414 56304515 58274110 62224515 56253911
    59324818 61284013 63254915 61284712 64294313 66304414 68284814 67305017 60294515 57263510
    55243811 55243710 58273912 60275116 54304515 60344516 67314715 63234413 56304113 55254013
    55264412 61304614 58264012 50233310 56274213 57304212 57294213 62294313 51253011 57284113
  `,
  virginica: `
    63336025 58275119 71305921 63295618 65305822 76306621 49254517 73296318 67255818 72366125
    65325120 64275319 68305521 57255020 58285124 64325323 65305518 77386722 77266923 60225015
    69325723 56284920 77286720 63274918 67335721 72326018 62284818 61304918 64285621 72305816
    74286119 79386420 64285622 63285115 61265614 77306123 63345624 64315518 60304818 69315421
    67315624 69315123 58275119 68325923 67335725 67305223 63255019 65305220 62345423 59305118
  `
};
var flowersPerClass = 50;
function iris(options = {}) {
  const { seed = 0, test = 0.2 } = optionsOf("load iris", options, {
    test: "0.3",
    seed: null
  });
  const testPerClass = Math.round(flowersPerClass * test);
  if (!(testPerClass >= 1 && testPerClass < flowersPerClass)) {
    throw new DataError(`Cannot keep ${test} of the iris flowers for testing: expected a fraction between 0 and 1 that leaves at least one of ${flowersPerClass} on each side`);
  }
  const random = new Random(seed);
  const trainRows = [];
  const testRows = [];
  for (let label2 = 0; label2 < 3; label2++) {
    for (const [rank, flower] of random.permutation(flowersPerClass).entries()) {
      (rank < testPerClass ? testRows : trainRows).push(label2 * flowersPerClass + flower);
    }
  }
  return {
    train: select2(trainRows, random),
    test: select2(testRows, random),
    featureNames: [
      "sepal length",
      "sepal width",
      "petal length",
      "petal width"
    ],
    classNames: Object.keys(flowers)
  };
}
function select2(rows, random) {
  const all = Object.values(flowers).flatMap((species) => species.trim().split(/\s+/));
  const inputs = new Float32Array(rows.length * 4);
  const labels = new Int32Array(rows.length);
  for (const [to, from] of random.permutation(rows.length).entries()) {
    const row = rows[from];
    const millimetres = all[row].match(/../g);
    inputs.set(millimetres.map((length) => Number(length) / 10), to * 4);
    labels[to] = Math.floor(row / flowersPerClass);
  }
  return {
    inputs: fromData(inputs, [
      rows.length,
      4
    ], "float32"),
    labels: fromData(labels, [
      rows.length
    ], "int32")
  };
}

// src/data/mnist.ts
async function loadMnist(directory, options = {}) {
  const { flatten: flatten2 } = optionsOf("load MNIST", options, {
    flatten: "false"
  });
  await checkDirectory(directory);
  const shape = flatten2 === false ? [
    1,
    28,
    28
  ] : [
    784
  ];
  const all = await readExamples(directory, "train");
  const test = await readExamples(directory, "t10k");
  const count = all.labels.length;
  const split = count - Math.floor(count / 12);
  const part2 = ({ pixels: pixels2, labels }, start, stop) => {
    const bytes2 = pixels2.subarray(start * 784, stop * 784);
    const data = Int32Array.from(labels.subarray(start, stop));
    return packedDataset({
      bytes: bytes2,
      shape
    }, fromData(data, [
      stop - start
    ], "int32"));
  };
  return {
    train: part2(all, 0, split),
    validation: part2(all, split, count),
    test: part2(test, 0, test.labels.length)
  };
}
async function checkDirectory(directory) {
  if (directory === "" || typeof directory !== "string" && !(directory instanceof URL)) {
    throw new DataError(`Cannot load MNIST from ${describe(directory)}: it takes a directory`);
  }
  const info = await stat(directory);
  if (info?.isDirectory) return;
  const state = info === null ? "there is no such directory" : "it is not a directory";
  throw new DataError(`Cannot load MNIST from ${directory}: ${state}`);
}
async function readExamples(directory, prefix) {
  const labels = await readBytes(await find2(directory, prefix, "labels", 1), "labels, [n]", []);
  const pixels2 = await readBytes(await find2(directory, prefix, "images", 3), "images, [n, 28, 28]", [
    28,
    28
  ]);
  if (pixels2.length !== labels.length * 784) {
    throw new DataError(`Cannot load MNIST from ${directory}: ${prefix} has ${pixels2.length / 784} images and ${labels.length} labels`);
  }
  const wrong = labels.findIndex((label2) => label2 > 9);
  if (wrong >= 0) {
    throw new DataError(`Cannot load MNIST from ${directory}: label ${wrong} of ${prefix} is ${labels[wrong]}, expected 0 to 9`);
  }
  return {
    pixels: pixels2,
    labels
  };
}
async function find2(directory, prefix, content, rank) {
  const name3 = `${prefix}-${content}-idx${rank}-ubyte`;
  const variant = `${prefix}-${content}.idx${rank}-ubyte`;
  for (const candidate of [
    `${name3}.gz`,
    name3,
    `${variant}.gz`,
    variant
  ]) {
    const path = inside(directory, candidate);
    if ((await stat(path))?.isFile) return path;
  }
  throw new DataError(`Cannot load MNIST from ${directory}: ${name3} is missing, expected train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-images-idx3-ubyte and t10k-labels-idx1-ubyte, each as it is or with .gz`);
}
async function readBytes(path, expected, shape) {
  const found2 = await readIdx(path);
  const isExpected = found2.data instanceof Uint8Array && found2.shape.length === 1 + shape.length && shape.every((length, axis) => found2.shape[axis + 1] === length) && sizeOf(found2.shape) > 0;
  if (isExpected) return found2.data;
  throw new DataError(`Cannot read ${path}: expected bytes of ${expected}, found ${formatShape(found2.shape)}` + (found2.data instanceof Uint8Array ? "" : ` of ${found2.data.constructor.name}`));
}
function inside(directory, file) {
  if (typeof directory === "string") return `${directory.replace(/[/\\]+$/, "")}/${file}`;
  const url = new URL(directory);
  url.pathname = `${url.pathname.replace(/\/+$/, "")}/${file}`;
  return url;
}

// src/nn/mod.ts
var mod_exports2 = {};
__export(mod_exports2, {
  Activation: () => Activation,
  AvgPool2d: () => AvgPool2d,
  Conv1d: () => Conv1d,
  Conv2d: () => Conv2d,
  Flatten: () => Flatten,
  Layer: () => Layer,
  Linear: () => Linear,
  MaxPool2d: () => MaxPool2d,
  Sequential: () => Sequential,
  TrainingError: () => TrainingError,
  binaryCrossEntropyWithLogits: () => binaryCrossEntropyWithLogits,
  confusionMatrix: () => confusionMatrix,
  crossEntropy: (() => crossEntropy),
  evaluate: () => evaluate,
  fit: () => fit2,
  hinge: () => hinge,
  init: () => initializers_exports,
  meanAbsoluteError: () => meanAbsoluteError,
  meanSquaredError: (() => meanSquaredError),
  mlp: (() => mlp),
  predict: () => predict,
  rootMeanSquaredError: () => rootMeanSquaredError
});

// src/nn/model_display.ts
function displayModel(model) {
  const counted = /* @__PURE__ */ new Set();
  const rows = partsOf2(model).map(({ path, kind, parameters }) => {
    const fresh = parameters.filter(([, parameter]) => !counted.has(parameter));
    for (const [, parameter] of fresh) counted.add(parameter);
    const written3 = parameters.map(([name3, parameter]) => `${name3} ${formatShape(parameter.shape)}${fresh.some(([, other2]) => other2 === parameter) ? "" : " shared"}`);
    const count = fresh.reduce((sum3, [, { size }]) => sum3 + size, 0);
    return [
      path === "" ? "model" : path,
      kind,
      written3.join(", "),
      grouped(count)
    ];
  });
  const headers = [
    "",
    "layer",
    "parameters",
    "count"
  ];
  const text2 = String(model);
  const [title] = text2.split("\n", 1);
  const table = htmlTable(rows, {
    headers,
    words: 3
  });
  return {
    "text/plain": text2,
    "text/html": `<div>${htmlNote(title)}${table}</div>`
  };
}
var grouped = (count) => count.toLocaleString("en-US");
function partsOf2(model) {
  const found2 = [];
  const visit = (node, path, owner) => {
    if (isTraced(node)) {
      const name3 = path.slice(owner.path.length).replace(/^\./, "");
      owner.parameters.push([
        name3,
        node
      ]);
    } else if (isPart(node)) enter(node, path);
    else if (isBranch(node)) visitFields(node, path, owner);
  };
  const visitFields = (node, path, owner) => {
    for (const [key, child] of Object.entries(node)) {
      const below2 = Array.isArray(node) ? `[${key}]` : path === "" ? key : `.${key}`;
      visit(child, path + below2, owner);
    }
  };
  const enter = (node, path) => {
    const part2 = {
      path,
      kind: kindOf2(node),
      parameters: []
    };
    const place2 = found2.push(part2);
    visitFields(node, path, part2);
    const isShell = part2.parameters.length === 0 && found2.length > place2;
    if (isShell) found2.splice(place2 - 1, 1);
  };
  enter(model, "");
  return found2;
}
function isPart(node) {
  return isBranch(node) && "forward" in node && "parameters" in node;
}
function kindOf2(layer) {
  const kind = layer.constructor.name;
  const settings = Object.entries(layer).filter(([, setting]) => typeof setting === "string" || typeof setting === "number").map(([name3, setting]) => name3 === kind.toLowerCase() ? setting : `${name3} ${setting}`);
  return [
    kind,
    settings.join(", ")
  ].join(" ").trim();
}

// src/nn/layer.ts
var Layer = class {
  /** All parameters, in the order of the fields; one that is shared stands once. */
  parameters() {
    return [
      ...new Set(leavesOf(this))
    ];
  }
  /** Forgets the derivatives of all parameters. */
  zeroGrad() {
    for (const parameter of this.parameters()) parameter.zeroGrad();
  }
  /** A table of the parameters: path, shape and count. */
  toString() {
    const entries = entriesOf(this);
    const width = Math.max(0, ...entries.map(([path]) => path.length));
    const rows = entries.map(([path, leaf]) => `  ${path.padEnd(width)}  ${formatShape(leaf.shape)} ${leaf.dtype}`);
    const total = this.parameters().reduce((sum3, { size }) => sum3 + size, 0);
    return [
      `${this.constructor.name} with ${total.toLocaleString("en-US")} parameters`,
      ...rows
    ].join("\n");
  }
  /** What `console.log` shows in Deno. */
  [Symbol.for("Deno.customInspect")]() {
    return this.toString();
  }
  /** What `console.log` shows in Node. */
  [Symbol.for("nodejs.util.inspect.custom")]() {
    return this.toString();
  }
  /** What a notebook shows. */
  [Symbol.for("Jupyter.display")]() {
    return displayModel(this);
  }
};

// src/nn/initializers.ts
var initializers_exports = {};
__export(initializers_exports, {
  fans: () => fans,
  gain: () => gain,
  kaimingNormal: () => kaimingNormal,
  kaimingStd: () => kaimingStd,
  kaimingUniform: () => kaimingUniform,
  uniformFanIn: () => uniformFanIn,
  xavierNormal: () => xavierNormal,
  xavierStd: () => xavierStd,
  xavierUniform: () => xavierUniform
});

function gain(nonlinearity, slope = 0.01) {
  switch (nonlinearity) {
    case "linear":
    case "sigmoid":
      return 1;
    case "tanh":
      return 5 / 3;
    case "relu":
      return Math.SQRT2;
    case "leakyRelu":
      return Math.sqrt(2 / (1 + slope * slope));
    case "selu":
      return 3 / 4;
    default:
      nonlinearity;
      throw new UsageError(`Cannot tell the gain of ${nonlinearity}`);
  }
}
var uniform = ((bound) => ((shape, random, dtype = "float32") => random.uniform(shape, {
  low: -bound,
  high: bound,
  dtype
})));
var normal = (std) => (shape, random, dtype = "float32") => random.normal(shape, {
  std,
  dtype
});

function xavierStd(shape, gain2 = 1) {
  checkNumber("make weights", "gain", gain2);
  const { fanIn, fanOut } = fans(shape);
  return gain2 * Math.sqrt(2 / (fanIn + fanOut));
}
function xavierUniform(options = {}) {
  const { gain: gain2 = 1 } = optionsOf("xavierUniform", options, {
    gain: "2"
  });
  checkNumber("make weights", "gain", gain2);
  return (shape, random, dtype) => uniform(Math.sqrt(3) * xavierStd(shape, gain2))(shape, random, dtype);
}
function xavierNormal(options = {}) {
  const { gain: gain2 = 1 } = optionsOf("xavierNormal", options, {
    gain: "2"
  });
  checkNumber("make weights", "gain", gain2);
  return (shape, random, dtype) => normal(xavierStd(shape, gain2))(shape, random, dtype);
}
function kaimingOptions(options) {
  const known2 = {
    mode: '"fanOut"',
    nonlinearity: null,
    slope: null
  };
  const { mode = "fanIn", ...others } = optionsOf("make weights", options, known2);
  if (mode !== "fanIn" && mode !== "fanOut") {
    throw new UsageError(`Cannot make weights in the mode ${describe(mode)}: it is "fanIn" or "fanOut"`);
  }
  return {
    mode,
    ...others
  };
}
function kaimingStd(shape, options = {}) {
  const { mode, nonlinearity = "relu", slope } = kaimingOptions(options);
  return gain(nonlinearity, slope) / Math.sqrt(fans(shape)[mode]);
}
function kaimingUniform(options = {}) {
  kaimingOptions(options);
  return (shape, random, dtype) => uniform(Math.sqrt(3) * kaimingStd(shape, options))(shape, random, dtype);
}
function kaimingNormal(options = {}) {
  kaimingOptions(options);
  return (shape, random, dtype) => normal(kaimingStd(shape, options))(shape, random, dtype);
}

// src/nn/layers.ts
var unseeded = new Random(0);
var layerOptions = {
  random: null,
  dtype: null
};
var weightOptions = {
  bias: "false",
  initializer: null,
  ...layerOptions
};

var Linear = class extends Layer {
  /** The weights, `[outputs, inputs]`. */
  weight;
  /** The biases, `[outputs]`, or null. */
  bias;
  /** Makes a layer with random weights. */
  constructor(inputs, outputs, options = {}) {
    super();
    optionsOf("make a Linear", options, weightOptions);
    for (const width of [
      inputs,
      outputs
    ]) {
      if (!Number.isInteger(width) || width < 1) {
        throw new UsageError(`Cannot make a Linear of ${inputs} inputs and ${outputs} outputs`);
      }
    }
    const { weight, bias } = startingParameters([
      outputs,
      inputs
    ], options);
    this.weight = weight;
    this.bias = bias;
  }
  /** The weighted sums `x W^T + b`. */
  
static {
  methodsOf(this.prototype, {
forward: (function (inputs) {
    const width = this.weight.shape[1];
    if (!(inputs instanceof Tensor)) {
      throw new UsageError(`Cannot pass ${describe(inputs)} through a Linear: use tensor([...])`);
    }
    if (inputs.shape.at(-1) !== width) {
      throw new ShapeError(`Cannot pass ${formatShape(inputs.shape)} through a Linear of ${width} inputs: axis -1 has length ${inputs.shape.at(-1) ?? "none"}`);
    }
    const sums2 = inputs.matmul(this.weight, {
      transposeB: true
    });
    return this.bias === null ? sums2 : sums2.add(this.bias);
  })
}); }
};
var activationNames = [
  "relu",
  "leakyRelu",
  "elu",
  "selu",
  "gelu",
  "silu",
  "mish",
  "sigmoid",
  "tanh",
  "softplus",
  "softsign"
];
var Activation = class extends Layer {
  static {
    declareRecord(this);
  }
  /** The name of the function. */
  activation;
  /** Makes the layer of a function by its name. */
  constructor(activation) {
    super();
    if (!activationNames.includes(activation)) {
      throw new UsageError(`Cannot make an activation "${activation}": there are ${activationNames.join(", ")}`);
    }
    this.activation = activation;
  }
  /** The function of each element. */
  
static {
  methodsOf(this.prototype, {
forward: (function (inputs) {
    return inputs[this.activation]();
  })
}); }
};
var Flatten = class extends Layer {
  static {
    declareRecord(this);
  }
  /** The samples as rows. */
  forward(inputs) {
    return inputs.flatten(1);
  }
};
var Sequential = class extends Layer {
  /** The layers in order. */
  layers;
  /** Makes a network of layers. */
  constructor(layers) {
    super();
    if (!Array.isArray(layers)) {
      throw new UsageError(`Cannot make a Sequential of ${describe(layers)}: it takes an array of layers`);
    }
    for (const layer of layers) {
      if (typeof layer?.forward === "function") continue;
      throw new UsageError(`Cannot make a Sequential with ${describe(layer)}: a layer has a method forward(inputs)`);
    }
    this.layers = layers;
  }
  /** The output of the last layer. */
  
static {
  methodsOf(this.prototype, {
forward: (function (inputs) {
    return this.layers.reduce(((x, layer) => layer.forward(x)), inputs);
  })
}); }
};


// src/nn/convolutions.ts
var Convolution = class extends Layer {
  /** The weights, `[outputs, inputs / groups, ...size]`. */
  weight;
  /** The biases, `[outputs]`, or null. */
  bias;
  /** How the windows lie, and how many groups there are. */
  options;
  /** Makes a layer with random weights, for windows along so many axes. */
  constructor([inputs, outputs, size, rank], options) {
    super();
    const name3 = `make a Conv${rank}d`;
    const { stride = 1, padding = 0, dilation = 1, groups = 1 } = optionsOf(name3, options, {
      ...windowOptions,
      groups: null,
      ...weightOptions,
      bias: null
    });
    const isWhole = [
      inputs,
      outputs,
      groups
    ].every((n) => Number.isInteger(n) && n > 0);
    if (!isWhole || inputs % groups !== 0 || outputs % groups !== 0) {
      throw new UsageError(`Cannot ${name3} of ${inputs} inputs and ${outputs} outputs, in groups: ${groups}`);
    }
    const lengths = perAxis(name3, "size", size, rank, 1);
    placement(name3, rank, {
      stride,
      padding,
      dilation
    });
    const { weight, bias } = startingParameters([
      outputs,
      inputs / groups,
      ...lengths
    ], options);
    this.weight = weight;
    this.bias = bias;
    this.options = {
      stride,
      padding,
      dilation,
      groups
    };
  }
};
var Conv1d = class extends Convolution {
  /** Makes a layer with random weights; `size` is the length of a window. */
  constructor(inputs, outputs, size, options = {}) {
    super([
      inputs,
      outputs,
      size,
      1
    ], options);
  }
  /** What `conv1d` makes of the inputs. */
  forward(inputs) {
    return inputs.conv1d(this.weight, {
      ...this.options,
      bias: this.bias
    });
  }
};
var Conv2d = class extends Convolution {
  /** Makes a layer with random weights; `size` is that of a window, or its `[height, width]`. */
  constructor(inputs, outputs, size, options = {}) {
    super([
      inputs,
      outputs,
      size,
      2
    ], options);
  }
  /** What `conv2d` makes of the inputs. */
  forward(inputs) {
    return inputs.conv2d(this.weight, {
      ...this.options,
      bias: this.bias
    });
  }
};
var MaxPool2d = class extends Layer {
  static {
    declareRecord(this);
  }
  /** The size of a window, or its `[height, width]`. */
  size;
  /** How the windows lie. */
  options;
  /** Makes a layer that takes the maximum; `stride` is `size` unless given. */
  constructor(size, options = {}) {
    super();
    optionsOf("make a MaxPool2d", options, maxPoolOptions);
    perAxis("make a MaxPool2d", "size", size, 2, 1);
    placement("make a MaxPool2d", 2, options);
    this.size = size;
    this.options = options;
  }
  /** What `maxPool2d` makes of the inputs. */
  forward(inputs) {
    return inputs.maxPool2d(this.size, this.options);
  }
};
var AvgPool2d = class extends Layer {
  static {
    declareRecord(this);
  }
  /** The size of a window, or its `[height, width]`. */
  size;
  /** How the windows lie. */
  options;
  /** Makes a layer that takes the mean; `stride` is `size` unless given. */
  constructor(size, options = {}) {
    super();
    optionsOf("make an AvgPool2d", options, avgPoolOptions);
    perAxis("make an AvgPool2d", "size", size, 2, 1);
    placement("make an AvgPool2d", 2, options);
    this.size = size;
    this.options = options;
  }
  /** What `avgPool2d` makes of the inputs. */
  forward(inputs) {
    return inputs.avgPool2d(this.size, this.options);
  }
};

// src/nn/loss_chart.ts
var frame = {
  left: 56,
  right: 330,
  top: 10,
  bottom: 138,
  width: 420,
  height: 160
};
var lineHeight = 13;
var looks = {
  loss: 'stroke="#3b82d0"',
  validation: 'stroke="#d9772b" stroke-dasharray="5 3"'
};
function lossChart(history2) {
  const lines = linesOf(history2);
  if (lines.length === 0) return "";
  const losses = lines.flatMap(({ points }) => points.map(([, loss]) => loss));
  const [low, high] = [
    Math.min(0, ...losses),
    Math.max(...losses)
  ];
  const [first2, last2] = [
    history2[0].epoch,
    history2.at(-1).epoch
  ];
  const { left, right, top, bottom, width, height } = frame;
  const x = (epoch) => left + (right - left) * (epoch - first2) / Math.max(1, last2 - first2);
  const y = (loss) => bottom - (bottom - top) * (loss - low) / (high - low || 1);
  const short = (loss) => formatNumber(Number(loss.toPrecision(3)));
  return `<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="Loss over the epochs" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="sans-serif" font-size="12" fill="currentColor"><path d="M${left} ${top}V${bottom}H${right}" fill="none" stroke="currentColor" stroke-opacity="0.4"/>` + label(left - 6, top, short(high), "end") + label(left - 6, bottom, short(low), "end") + label(left, bottom + 14, `epoch ${first2}`, "start") + label(right, bottom + 14, String(last2), "end") + lines.map(({ look, points }) => polyline(points.map(([e, loss]) => [
    x(e),
    y(loss)
  ]), look)).join("") + names(lines, y) + "</svg>";
}
function linesOf(history2) {
  const line = (name3, of) => {
    const points = history2.map((record) => [
      record.epoch,
      of(record)
    ]).filter((point) => Number.isFinite(point[1]));
    return {
      name: name3,
      look: looks[name3],
      points
    };
  };
  return [
    line("loss", ({ loss }) => loss),
    line("validation", ({ validationLoss }) => validationLoss)
  ].filter(({ points }) => points.length > 1);
}
function names(lines, y) {
  const ends = lines.map(({ name: name3, points }) => ({
    name: name3,
    at: y(points.at(-1)[1])
  })).sort((a, b) => a.at - b.at);
  const [upper, lower] = ends;
  if (upper && lower && lower.at - upper.at < lineHeight) {
    upper.at = Math.max(frame.top, upper.at - (lineHeight - lower.at + upper.at) / 2);
    lower.at = upper.at + lineHeight;
  }
  return ends.map(({ name: name3, at }) => label(frame.right + 8, at, name3, "start")).join("");
}
function polyline(points, look) {
  const path = points.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join(" ");
  return `<polyline points="${path}" fill="none" stroke-width="1.6" ${look}/>`;
}
function label(x, y, text2, anchor) {
  return `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" text-anchor="${anchor}" dominant-baseline="middle">${text2}</text>`;
}

// src/nn/history_display.ts
function shown(history2) {
  return Object.defineProperty(history2, Symbol.for("Jupyter.display"), {
    value: () => displayHistory(history2)
  });
}
var columns = [
  [
    "epoch",
    ({ epoch }) => String(epoch)
  ],
  [
    "loss",
    ({ loss }) => formatNumber(loss)
  ],
  [
    "accuracy",
    ({ accuracy }) => percent(accuracy)
  ],
  [
    "validation loss",
    ({ validationLoss: loss }) => loss === null ? null : formatNumber(loss)
  ],
  [
    "validation accuracy",
    ({ validationAccuracy }) => percent(validationAccuracy)
  ]
];
function percent(share) {
  return share === null ? null : `${(100 * share).toFixed(2)} %`;
}
var edge2 = 5;
function displayHistory(history2) {
  const used = columns.filter(([, of]) => history2.some((record) => of(record) !== null));
  const row = (record) => used.map(([, of]) => of(record) ?? "");
  const rows = history2.length <= 2 * edge2 + 1 ? history2.map(row) : [
    ...history2.slice(0, edge2).map(row),
    used.map(() => "\u2026"),
    ...history2.slice(-edge2).map(row)
  ];
  const headers = used.map(([header]) => header);
  const title = `History of ${history2.length} epoch${history2.length === 1 ? "" : "s"}`;
  if (history2.length === 0) return {
    "text/plain": title,
    "text/html": htmlNote(title)
  };
  const table = htmlTable(rows, {
    headers
  });
  return {
    "text/plain": `${title}
${aligned([
      headers,
      ...rows
    ])}`,
    "text/html": `<div>${htmlNote(title)}${lossChart(history2)}${table}</div>`
  };
}
function aligned(rows) {
  const widths = rows[0].map((_, i) => Math.max(...rows.map((row) => row[i].length)));
  return rows.map((row) => row.map((cell, i) => cell.padStart(widths[i] + 2)).join("")).join("\n");
}

// src/nn/losses.ts
var lossOptions = {
  reduction: '"sum"'
};



function rootMeanSquaredError(outputs, targets) {
  checkShapes("rootMeanSquaredError", outputs, targets);
  return outputs.sub(targets).norm().div(Math.sqrt(outputs.size));
}
function meanAbsoluteError(outputs, targets, options = {}) {
  const { reduction } = optionsOf("meanAbsoluteError", options, lossOptions);
  checkShapes("meanAbsoluteError", outputs, targets);
  return reduce4(outputs.sub(targets).abs(), reduction);
}
var crossEntropyOptions = {
  ...lossOptions,
  weights: null,
  ignoreIndex: null,
  labelSmoothing: null
};




function binaryCrossEntropyWithLogits(logits, targets, options = {}) {
  const { reduction, positiveWeight = 1 } = optionsOf("binaryCrossEntropyWithLogits", options, {
    ...lossOptions,
    positiveWeight: null
  });
  checkShapes("binaryCrossEntropyWithLogits", logits, targets);
  const positive = targets.mul(positiveWeight).mul(logits.neg().softplus());
  const negative2 = targets.neg().add(1).mul(logits.softplus());
  return reduce4(positive.add(negative2), reduction);
}
function hinge(scores, targets, options = {}) {
  const { reduction, margin = 1, power: power5 = 1 } = optionsOf("hinge", options, {
    ...lossOptions,
    margin: null,
    power: null
  });
  checkShapes("hinge", scores, targets);
  const short = scores.mul(targets).neg().add(margin).relu();
  return reduce4(power5 === 1 ? short : short.pow(power5), reduction);
}

// src/nn/metrics.ts
function checkModel(name3, model) {
  if (typeof model?.forward === "function") return;
  throw new UsageError(`Cannot ${name3} ${describe(model)}: a model has a method forward(inputs)`);
}
function areClasses(labels) {
  if (!isFloat(labels.dtype)) return labels.rank === 1;
  if (labels.rank !== 2) return false;
  const areSums = labels.sum(1).sub(1).abs().less(1e-3).all();
  return labels.greaterEqual(0).all().logicalAnd(areSums).item() === 1;
}
function correctMask(outputs, labels) {
  if (outputs.rank !== 2 || outputs.shape[1] < 2) return null;
  const isIndices = labels.dtype === "int32" && labels.rank === 1;
  if (!isIndices && !sameShape(outputs.shape, labels.shape)) return null;
  return outputs.argmax(1).equal(isIndices ? labels : labels.argmax(1));
}
function correctCount(outputs, labels) {
  return noGrad(() => areClasses(labels) ? correctMask(outputs, labels)?.sum().item() ?? null : null);
}
async function evaluate(model, dataset, options = {}) {
  const { loss, batchSize = 1e3 } = optionsOf("evaluate", options, {
    batchSize: "100",
    loss: null
  });
  checkModel("evaluate", model);
  if (loss === void 0) checkClasses(dataset);
  return evaluateNow(model, dataset, {
    loss: loss ?? crossEntropy,
    batchSize
  });
}
function checkClasses(dataset) {
  exampleCount(dataset);
  const { labels } = dataset;
  if (noGrad(() => areClasses(labels))) return;
  throw new UsageError(`Cannot evaluate labels ${formatShape(labels.shape)} of ${labels.dtype} without a loss: they are no classes; pass it, as in { loss: nn.meanSquaredError }`);
}
function evaluateNow(model, dataset, { loss, batchSize }) {
  let total = 0;
  let correct = 0;
  let count = 0;
  for (const { inputs, labels } of batches(dataset, {
    batchSize
  })) {
    const outputs = noGrad(() => model.forward(inputs));
    const right = correctCount(outputs, labels);
    correct = right === null || correct === null ? null : correct + right;
    total += noGrad(() => loss(outputs, labels)).item() * labels.shape[0];
    count += labels.shape[0];
  }
  return {
    loss: total / count,
    accuracy: correct === null ? null : correct / count
  };
}
function predict(model, examples, options = {}) {
  const { batchSize = 1e3 } = optionsOf("predict", options, {
    batchSize: "100"
  });
  checkModel("predict with", model);
  const dataset = examples instanceof Tensor ? {
    inputs: examples,
    labels: zeros(examples.shape.slice(0, 1))
  } : examples;
  const answers = new Int32Array(exampleCount(dataset));
  let done2 = 0;
  for (const { inputs } of batches(dataset, {
    batchSize
  })) {
    const outputs = noGrad(() => model.forward(inputs));
    if (outputs.rank !== 2 || outputs.shape[0] !== inputs.shape[0]) {
      throw new ShapeError(`Cannot predict from outputs ${formatShape(outputs.shape)}: they are [examples, classes]`);
    }
    if (outputs.shape[1] === 1) {
      throw new ShapeError(`Cannot predict a class from outputs ${formatShape(outputs.shape)}: there is one alone; model.forward(inputs) gives the numbers`);
    }
    answers.set(outputs.argmax(1).data, done2);
    done2 += inputs.shape[0];
  }
  return tensor(answers);
}
function confusionMatrix(predictions, labels, classes) {
  checkTensors("confusionMatrix", [
    predictions,
    labels
  ]);
  if (!sameShape(predictions.shape, labels.shape)) {
    throw new ShapeError(`Cannot confusionMatrix ${formatShape(predictions.shape)} and ${formatShape(labels.shape)}: there is one prediction for each label`);
  }
  const [rows, columns2] = [
    labels,
    predictions
  ].map((given) => oneHotFor("confusionMatrix", given, classes, {
    dtype: "float32"
  }));
  return rows.matmul(columns2, {
    transposeA: true
  }).cast("int32");
}

// src/nn/training_step.ts
var NotFinite = class extends Error {
};
var requireFinite = {
  name: "requireFinite",
  mayRefuse: true,
  shape: ([x]) => x,
  dtype: ([x]) => x,
  forward: (output, [x]) => {
    if (!x.data.every(Number.isFinite)) throw new NotFinite();
    output.data.set(x.data);
  },
  pullbacks: [
    (g) => g
  ]
};
var smallGradient = 4096;
function scalarLoss(loss, outputs, labels) {
  const error = loss(outputs, labels);
  if (!(error instanceof Tensor)) {
    throw new UsageError(`Cannot fit a loss that returns ${describe(error)}: it returns a tensor`);
  }
  if (error.size !== 1) {
    throw new ShapeError(`Cannot fit a loss of shape ${formatShape(error.shape)}: reduce it to a scalar, as in .mean()`);
  }
  return error;
}
var TrainingStep = class {
  #model;
  #optimizer;
  #step;
  #current;
  /** Starts from the parameters that the model has now. */
  constructor(model, loss, optimizer) {
    this.#model = model;
    this.#optimizer = optimizer;
    this.#current = {
      model,
      state: optimizer.stateOf(model)
    };
    this.#step = compile((model2, state, inputs, labels) => {
      let outputs;
      const [error, gradients2] = valueAndGrad((m) => {
        outputs = m.forward(inputs);
        return scalarLoss(loss, outputs, labels);
      })(model2);
      const suspects = leavesOf(gradients2).filter((g) => g.size <= smallGradient);
      const checked = suspects.reduce((sum3, g) => sum3.add(g.sum().mul(0)), error);
      return {
        loss: applyOp(requireFinite, [
          checked
        ], void 0),
        correct: correctMask(outputs, labels)?.sum() ?? null,
        ...optimizer.update(model2, gradients2, state)
      };
    });
  }
  /** One step on one batch; throws `NotFinite` before anything is updated. */
  run(inputs, labels) {
    const { model, state } = this.#current;
    const result = this.#step(model, state, inputs, labels);
    this.#current = {
      model: result.model,
      state: result.state
    };
    return {
      loss: result.loss.item(),
      correct: result.correct?.item() ?? null
    };
  }
  /** Writes the parameters and the optimizer's memory back to where they came from. */
  writeBack() {
    const { model, state } = this.#current;
    const current = leavesOf(model);
    leavesOf(this.#model).forEach((parameter, i) => {
      if (parameter !== current[i]) parameter.numbers.overwrite(current[i].numbers);
    });
    this.#optimizer.remember(this.#model, state);
  }
  /** Starts again from the parameters that the model has now, as after a step without it. */
  restart() {
    this.#current = {
      model: this.#model,
      state: this.#optimizer.stateOf(this.#model)
    };
  }
  /** Frees the memory. */
  dispose() {
    this.#step.dispose();
  }
};

// src/nn/learner.ts
var TrainingError = class extends UsageError {
};
var Learner = class {
  #model;
  #options;
  #compiled;
  /** Starts from the parameters that the model has now. */
  constructor(model, options) {
    this.#model = model;
    this.#options = options;
    const { loss, optimizer } = options;
    this.#compiled = canCompile(model) ? new TrainingStep(model, loss, optimizer) : null;
  }
  /** One step on one batch. */
  step(inputs, labels, at) {
    if (this.#compiled !== null) {
      try {
        const outcome2 = this.#compiled.run(inputs, labels);
        return areClasses(labels) ? outcome2 : {
          ...outcome2,
          correct: null
        };
      } catch (error) {
        if (isHopeless(error)) this.#giveUpCompiling();
        else if (!(error instanceof NotFinite)) throw error;
      }
    }
    this.settle();
    const outcome = eagerStep(this.#model, inputs, labels, this.#options, at);
    this.#compiled?.restart();
    return outcome;
  }
  /** Goes on by single operations, from where the compiled steps have come to. */
  #giveUpCompiling() {
    this.settle();
    this.dispose();
    this.#compiled = null;
  }
  /** Puts the parameters back into the model, as they are after the last step. */
  settle() {
    this.#compiled?.writeBack();
  }
  /** Frees what the steps needed. */
  dispose() {
    this.#compiled?.dispose();
  }
};
function isHopeless(error) {
  const isPrivate = error instanceof TypeError && /private|instance of class/.test(error.message);
  return isPrivate || error instanceof TracingError || isMemoryError(error);
}
function canCompile(model) {
  const leaves = leavesOf(model);
  const isPlain = leaves.every((leaf) => leaf.requiresGrad);
  return leaves.length > 0 && isPlain && new Set(leaves).size === leaves.length;
}
function eagerStep(model, inputs, labels, { loss, optimizer }, at) {
  const parameters = entriesOf(model);
  for (const [, parameter] of parameters) parameter.zeroGrad();
  const outputs = model.forward(inputs);
  const error = scalarLoss(loss, outputs, labels);
  const value2 = error.item();
  if (!Number.isFinite(value2)) {
    throw new TrainingError(explain(`the loss is ${value2}`, inputs, labels, at));
  }
  error.backward();
  for (const [path, { grad: grad2 }] of parameters) {
    const bad = grad2?.numbers.array.find((x) => !Number.isFinite(x));
    if (bad === void 0) continue;
    throw new TrainingError(explain(`the gradient of ${path} holds ${bad}`, inputs, labels, at));
  }
  optimizer.step(model);
  return {
    loss: value2,
    correct: correctCount(outputs, labels)
  };
}
function explain(state, inputs, labels, { epoch, batch }) {
  const what = `Cannot fit: ${state} in batch ${batch} of epoch ${epoch}`;
  for (const [name3, { data, size, shape }] of Object.entries({
    inputs,
    labels
  })) {
    const bad = data.findIndex((x) => !Number.isFinite(x));
    if (bad < 0) continue;
    const row = Math.floor(bad / (size / shape[0]));
    return `${what}, whose ${name3} hold ${data[bad]} (row ${row} of the batch)`;
  }
  return `${what}, though its data is finite: a smaller learning rate may help`;
}

// src/nn/progress.ts
function formatEpoch(record, epochs) {
  const percent2 = (share, name3 = "") => share === null ? "" : `  ${name3}${(100 * share).toFixed(2)} %`;
  const validation = record.validationLoss === null ? "" : `  validation ${record.validationLoss.toFixed(4)}${percent2(record.validationAccuracy)}`;
  const epoch = String(record.epoch).padStart(String(epochs).length);
  const training = `loss ${record.loss.toFixed(4)}${percent2(record.accuracy, "accuracy ")}`;
  return `epoch ${epoch}/${epochs}  ${training}${validation}  ${record.seconds.toFixed(1)} s`;
}
function columnsOfTerminal() {
  const { Deno } = globalThis;
  try {
    return Deno?.consoleSize?.().columns || 80;
  } catch {
    return 80;
  }
}
function terminal() {
  const { Deno } = globalThis;
  return Deno?.stdout?.isTerminal() ? Deno.stdout : null;
}
function consoleProgress() {
  const output = terminal();
  const encoder = new TextEncoder();
  const clear = "\r\x1B[K";
  let drawn = 0;
  return {
    onBatch({ epoch, epochs, batch, batches: batches2, loss }) {
      if (output === null || batch < batches2 && performance.now() - drawn < 50) return;
      drawn = performance.now();
      const [before, after] = [
        `epoch ${epoch}/${epochs} `,
        ` ${batch}/${batches2}`
      ];
      const tail2 = `  loss ${loss.toFixed(4)}`;
      const columns2 = columnsOfTerminal() - 1;
      const room = columns2 - before.length - after.length - tail2.length;
      const width = Math.max(0, Math.min(24, room));
      const filled = Math.round(width * batch / batches2);
      const bar = "\u2588".repeat(filled) + "\u2591".repeat(width - filled);
      output.writeSync(encoder.encode(clear + (before + bar + after + tail2).slice(0, columns2)));
    },
    onEpoch(record, epochs) {
      if (output !== null) output.writeSync(encoder.encode(clear));
      console.log(formatEpoch(record, epochs));
    }
  };
}

// src/nn/fit.ts
async function fit2(model, dataset, options) {
  const count = exampleCount(dataset);
  checkModel("fit", model);
  checkOptions3(options);
  const { epochs = 1, batchSize = 32, validation, shuffle: shuffle2 = true, progress = false } = options;
  if (!Number.isInteger(epochs) || epochs < 0) {
    throw new UsageError(`Cannot fit for ${epochs} epochs: it takes a whole number from 0 up`);
  }
  if (validation !== void 0) exampleCount(validation);
  const random = shuffle2 ? options.random ?? new Random(0) : void 0;
  const reporter = typeof progress === "object" ? progress : progress ? consoleProgress() : {};
  const history2 = [];
  const learner = new Learner(model, options);
  let rested = performance.now();
  try {
    for (let epoch = 1; epoch <= epochs; epoch++) {
      const started = performance.now();
      const totals = {
        loss: 0,
        correct: 0
      };
      let batch = 0;
      for (const { inputs, labels } of batches(dataset, {
        batchSize,
        random
      })) {
        batch++;
        const { loss, correct } = learner.step(inputs, labels, {
          epoch,
          batch
        });
        totals.loss += loss * labels.shape[0];
        totals.correct = correct === null || totals.correct === null ? null : totals.correct + correct;
        reporter.onBatch?.({
          epoch,
          epochs,
          batch,
          batches: Math.ceil(count / batchSize),
          loss
        });
        if (performance.now() - rested > 100) {
          await new Promise((resolve) => setTimeout(resolve));
          rested = performance.now();
        }
      }
      learner.settle();
      const judged = validation === void 0 ? null : evaluateNow(model, validation, {
        loss: options.loss,
        batchSize: 1e3
      });
      const record = {
        epoch,
        loss: totals.loss / count,
        accuracy: totals.correct === null ? null : totals.correct / count,
        validationLoss: judged?.loss ?? null,
        validationAccuracy: judged?.accuracy ?? null,
        seconds: (performance.now() - started) / 1e3
      };
      history2.push(record);
      reporter.onEpoch?.(record, epochs);
    }
  } finally {
    learner.settle();
    learner.dispose();
  }
  return shown(history2);
}
function checkOptions3(options) {
  const { loss, optimizer, random } = optionsOf("fit", options, {
    loss: "nn.crossEntropy",
    optimizer: "optim.adam()",
    epochs: null,
    batchSize: null,
    validation: null,
    random: null,
    shuffle: null,
    progress: null
  });
  checkRandom("fit", random);
  if (typeof loss !== "function") {
    throw new UsageError(`Cannot fit with ${describe(loss)} for a loss: it is a function, as nn.crossEntropy is`);
  }
  if (typeof optimizer?.stateOf !== "function") {
    throw new UsageError(`Cannot fit with ${describe(optimizer)} for an optimizer: optim.sgd and its kin make one`);
  }
}

// src/optim/mod.ts
var mod_exports3 = {};
__export(mod_exports3, {
  Optimizer: () => Optimizer,
  adam: (() => adam),
  adamW: () => adamW,
  sgd: (() => sgd)
});

// src/optim/optimizer.ts
var Optimizer = class {
  #rule;
  #memory = /* @__PURE__ */ new WeakMap();
  /** Makes an optimizer of a rule; users call `sgd`, `adam` and their kin. */
  constructor(rule) {
    this.#rule = rule;
  }
  /** The name of the rule. */
  get name() {
    return this.#rule.name;
  }
  /** What `console.log` shows in Deno. */
  [Symbol.for("Deno.customInspect")]() {
    return `Optimizer ${this.name}`;
  }
  /** What `console.log` shows in Node. */
  [Symbol.for("nodejs.util.inspect.custom")]() {
    return `Optimizer ${this.name}`;
  }
  /** What the optimizer remembers before the first step. */
  
  /** The changed model and memory; `gradients` has the structure of the model. */
  
  /** Throws unless a state is one that this optimizer's rule gives. */
  #checkState(state) {
    const { slots: given } = state ?? {};
    const names2 = Object.keys(this.#rule.slots);
    if (given !== void 0 && names2.every(((name3) => name3 in given))) return;
    throw new UsageError(`Cannot update with ${this.name} from ${describe(state)}: init(model) gives the first state`);
  }
  /** Changes every parameter that has a `grad`, in place. */
  step(model) {
    const leaves = new Set(leavesOf(model));
    const parameters = [
      ...leaves
    ].filter((leaf) => leaf.grad !== null);
    if (leaves.size === 0) {
      throw new UsageError(`Cannot step with ${this.name}: there is no tensor in the fields of ${describe(model)}`);
    }
    if (parameters.length === 0) {
      throw new UsageError(`Cannot step with ${this.name}: no parameter has a gradient, call backward() first`);
    }
    withRecording(false, () => {
      const changes = parameters.map((parameter) => {
        const before = this.#memory.get(parameter) ?? this.#fresh(parameter);
        const step = before.step.add(1);
        const change = this.#rule.update(step);
        return {
          step,
          ...apply(change, parameter, parameter.grad, before.slots)
        };
      });
      for (const [i, parameter] of parameters.entries()) {
        const { parameter: changed, slots: slots2, step } = changes[i];
        this.#memory.set(parameter, {
          slots: slots2,
          step
        });
        parameter.numbers.overwrite(changed.numbers);
      }
    });
  }
  /** What the optimizer remembers of a model that it has changed in place, or what `init` gives. */
  stateOf(model) {
    const parameters = leavesOf(model);
    const memories = parameters.map((leaf) => this.#memory.get(leaf) ?? this.#fresh(leaf));
    const first2 = memories[0];
    if (first2 === void 0) return this.init(model);
    const slots2 = Object.keys(this.#rule.slots).map((name3) => [
      name3,
      rebuild(model, memories.map(({ slots: slots3 }) => slots3[name3]))
    ]);
    return {
      step: first2.step,
      slots: Object.fromEntries(slots2)
    };
  }
  /** Makes a state that `update` gave what the optimizer remembers of a model, for `step`. */
  remember(model, { step, slots: slots2 }) {
    const names2 = Object.keys(this.#rule.slots);
    const memory3 = names2.map((name3) => leavesLike("remember", model, slots2[name3]));
    leavesOf(model).forEach((parameter, i) => {
      const own = names2.map((name3, s) => [
        name3,
        memory3[s][i]
      ]);
      this.#memory.set(parameter, {
        slots: Object.fromEntries(own),
        step
      });
    });
  }
  #fresh(parameter) {
    const { step, slots: slots2 } = this.init({
      parameter
    });
    const own = Object.entries(slots2).map(([name3, tree]) => [
      name3,
      tree.parameter
    ]);
    return {
      step,
      slots: Object.fromEntries(own)
    };
  }
static {
  methodsOf(this.prototype, {
init: (function (model) {
    const first2 = leavesOf(model)[0];
    const slots2 = Object.fromEntries(Object.entries(this.#rule.slots).map((([slot, start]) => [
      slot,
      mapTree(model, ((leaf) => leaf.fillLike(start)))
    ])));
    return {
      step: full([], 0, {
        dtype: first2?.dtype ?? "float32"
      }),
      slots: slots2
    };
  }),
update: (function (model, gradients2, state) {
    this.#checkState(state);
    const parameters = leavesOf(model);
    const changes = leavesLike("update", model, gradients2);
    const names2 = Object.keys(this.#rule.slots);
    const memory3 = names2.map(((name3) => leavesLike("update", model, state.slots[name3])));
    return withRecording(isRecording() && isTransforming(), (() => {
      const step = state.step.add(1);
      const change = this.#rule.update(step);
      const updated = parameters.map(((parameter, i) => {
        const slots2 = Object.fromEntries(names2.map(((name3, s) => [
          name3,
          memory3[s][i]
        ])));
        return apply(change, parameter, changes[i], slots2);
      }));
      const newSlots = names2.map(((name3) => [
        name3,
        rebuild(model, updated.map((({ slots: slots2 }) => slots2[name3])))
      ]));
      return {
        model: rebuild(model, updated.map((({ parameter }, i) => parameter.asUpdateOf(parameters[i])))),
        state: {
          step,
          slots: Object.fromEntries(newSlots)
        }
      };
    }));
  })
}); }
};




// src/optim/adam.ts

var adamOptions = {
  learningRate: "0.01",
  betas: null,
  epsilon: null,
  weightDecay: null,
  amsgrad: null
};


function adamW(options = {}) {
  const all = complete("adamW", options, 0.01);
  return new Optimizer(adamRule("adamW", all, (parameter, gradient) => ({
    parameter: parameter.mul(1 - all.learningRate * all.weightDecay),
    gradient
  })));
}

// src/optim/sgd.ts

export {
  DTypeError,
  DataError,
  GradientError,
  IndexError,
  Random,
  ShapeError,
  Tensor,
  TracingError,
  UsageError,
  Value,
  arange,
  batches,
  checkGradients,
  compile,
  concat2 as concat,
  digits2 as digits,
  einsum,
  eye,
  formula,
  full,
  grad,
  gradients,
  hessian,
  iris,
  jacobian,
  jvp,
  linspace,
  loadMnist,
  mod_exports2 as nn,
  noGrad,
  oneHot2 as oneHot,
  ones,
  openBlas2 as openBlas,
  mod_exports3 as optim,
  parseIdx,
  readIdx,
  splitDataset,
  stack,
  tensor,
  value,
  valueAndGrad,
  vjp,
  where2 as where,
  zeros
};
