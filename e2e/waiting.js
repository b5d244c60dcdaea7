// Waiting for the thing itself, as long as it takes on a busy machine.
import { equal, match } from 'node:assert/strict'

/** What a test may wait for anything; a fault is told later by it, and nothing else. */
export const patience = 120_000

/** Reads until it is what is wanted, a value or a pattern; fails with the difference if it never is. */
export async function becomes(read, wanted) {
  const is = (value) => wanted instanceof RegExp ? wanted.test(value) : value === wanted
  const end = Date.now() + patience
  let value = await read()
  while (!is(value) && Date.now() < end) {
    await new Promise((resolve) => setTimeout(resolve, 20))
    value = await read()
  }
  if (wanted instanceof RegExp) match(value, wanted)
  else equal(value, wanted)
}
