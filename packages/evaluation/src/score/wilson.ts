import type { Interval } from './bootstrap.ts'

// Of a normal distribution 95 % lie within so many deviations.
const Z = 1.959964

/** Wilson's interval of a share: holds also where all or none are right, and where there are few. */
export function wilson(part: number, whole: number): Interval | null {
  if (whole === 0) return null
  const p = part / whole
  const spread = Z * Math.sqrt((p * (1 - p)) / whole + (Z * Z) / (4 * whole * whole))
  const [middle, scale] = [p + (Z * Z) / (2 * whole), 1 + (Z * Z) / whole]
  return [Math.max(0, (middle - spread) / scale), Math.min(1, (middle + spread) / scale)]
}
