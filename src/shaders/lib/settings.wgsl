// What changes from step to step without recompiling; src/shaders/settings.ts writes it.
struct Settings {
  learningRate: f32,
  momentum: f32,
  weightDecay: f32,
  nesterov: u32,
  /** Where in the ring of metrics this step's figures go. */
  slot: u32,
  step: u32,
  /** The run's seed. */
  seed: u32,
  reserved: u32,
}
