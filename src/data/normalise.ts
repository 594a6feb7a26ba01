/**
 * Mean and standard deviation of the channels R, G, B over CIFAR-10's training images, in units
 * of 1: a net sees (p/255 − mean) / deviation of a byte p. The built-in set uses the same.
 */
export const MEAN = [0.4914, 0.4822, 0.4465]
export const STANDARD_DEVIATION = [0.247, 0.2435, 0.2616]
