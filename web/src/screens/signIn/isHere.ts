/** An address of this site, told as browsers read it: `//elsewhere.example`, `/\elsewhere.example` and `https:` are not. */
export const isHere = (to: unknown): to is string =>
  typeof to === 'string' && to.startsWith('/') && URL.canParse(to, HERE) && new URL(to, HERE).origin === HERE

const HERE = 'https://here.invalid'
