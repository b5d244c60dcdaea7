// Walks through a pattern that Go compiled (generator/goldenpath/pattern.go), all its
// ways in step: the same answer as Go's, in time that grows with the length of the value
// alone. The browser's own expressions mean other things and may take forever.
const beginLine = 1, endLine = 2, beginText = 4, endText = 8, boundary = 16, noBoundary = 32

const isWord = (code: number | undefined): boolean =>
  code !== undefined && (code >= 48 && code <= 57 || code >= 65 && code <= 90 || code === 95 || code >= 97 && code <= 122)

// What is true of the place between two characters.
function conditions(before: number | undefined, after: number | undefined): number {
  let holds = isWord(before) === isWord(after) ? noBoundary : boundary
  if (before === undefined) holds |= beginText | beginLine
  if (before === 10) holds |= beginLine
  if (after === undefined) holds |= endText | endLine
  if (after === 10) holds |= endLine
  return holds
}

export function matches(program: number[][], value: string): boolean {
  const codes = [...value].map((letter) => letter.codePointAt(0)!)
  let states = [0]
  for (let i = 0; i <= codes.length; i++) {
    const code = codes[i], holds = conditions(codes[i - 1], code)
    const seen = new Set<number>(), next: number[] = []
    let matched = false
    while (states.length > 0) {
      const state = states.pop()!
      if (seen.has(state)) continue
      seen.add(state)
      const [kind, to, ...rest] = program[state]!
      switch (kind) {
        case 0: states.push(rest[0]!, to!); break
        case 1: states.push(to!); break
        case 2: if ((rest[0]! & ~holds) === 0) states.push(to!); break
        case 3: matched = true; break
        case 5:
          if (code !== undefined) for (let r = 0; r < rest.length; r += 2) if (code >= rest[r]! && code <= rest[r + 1]!) next.push(to!)
      }
    }
    if (code === undefined) return matched
    states = next
  }
  return false
}
