// Backward through a batch norm by the batch's own statistics; share is 1 over its m pixels:
// scale · (dz − (Σdz + x̂ · Σ(dz·x̂)) / m), x̂ = (x − mean) · inverse.
fn normGradient(x: vec4f, dz: vec4f, c4: u32, share: f32) -> vec4f {
  let normalised = (x - coefficients[c4 * 4 + 2]) * coefficients[c4 * 4 + 3];
  let centred = dz - (biasGradient[c4] + normalised * weightGradient[c4]) * share;
  return coefficients[c4 * 4] * centred;
}
