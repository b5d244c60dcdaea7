/** Fails with the faults, one a line, if there are any. */
export function none(faults) {
  if (faults.length === 0) return
  const shown = faults.slice(0, 40)
  if (faults.length > shown.length) shown.push(`and ${faults.length - shown.length} more`)
  const error = new Error(`${faults.length} faults:\n${shown.join('\n')}`)
  error.stack = undefined // the place of this line helps nobody
  throw error
}
