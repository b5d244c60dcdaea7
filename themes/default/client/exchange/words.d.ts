// The words that only answers from elsewhere need: generator/theme makes the file of the
// catalogue, so that the page need not carry them.
declare module '*/words.json' {
  const catalogue: Record<string, string>
  export default catalogue
}
