/** Columns that line up: the first to the left, the others to the right. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)))
  return rows
    .map((row) =>
      row
        .map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

/** A share to three decimals without the leading zero: .957; 1.000. */
export function shareText(value: number): string {
  return value.toFixed(3).replace(/^0(?=\.)/, '')
}

export function intervalText([low, high]: readonly [number, number], text: (value: number) => string): string {
  return `${text(low)}–${text(high)}`
}

export function thresholdText(threshold: number | null): string {
  return threshold === null ? 'none' : shareText(threshold)
}
