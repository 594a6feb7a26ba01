// The factor on all gradients of a step; src/shaders/loss-scale/loss-scale.ts writes the first one.
struct LossScale {
  exponent: i32, // of the scale, a power of two: scaling is exact
  good: i32, // steps since the last one that overflowed, or since the scale last grew
}

/** 2^exponent, for normal numbers. */
fn powerOfTwo(exponent: i32) -> f32 {
  return bitcast<f32>((exponent + 127) << 23);
}
